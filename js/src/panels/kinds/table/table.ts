// Table: a table of any size that stays in the kernel: this page has the rows that it shows, in the order that the kernel keeps.

import { make } from "../../dom.ts";
import type { Make, Place as Seat } from "../renderer.ts";
import { Bar } from "./bar.ts";
import { Blocks } from "./blocks.ts";
import { Choosing } from "./choosing.ts";
import type { Column } from "./columns.ts";
import { type Content, EVERYTHING, type Field, nameOf, type Query } from "./content.ts";
import { Copying } from "./copying.ts";
import { formatsOf } from "./format.ts";
import { Grid } from "./grid.ts";
import { openMenu } from "./menu.ts";
import { saveCsv } from "./saving.ts";

const BUSY_AFTER = 80;
const TELL_AFTER = 300;
const LIVE_EVERY = 80;

export const table: Make = (place) => new Table(place);

class Table {
  readonly #seat: Seat;
  readonly #el = make("div.jw-table");
  readonly #bar: Bar;
  readonly #blocks: Blocks;
  readonly #grid: Grid;
  readonly #copying: Copying;
  readonly #choosing: Choosing;
  /** By which the kernel knows whose older wishes a newer one ends. */
  readonly #viewer = crypto.randomUUID();
  #content: Content | null = null;
  #arranging = 0;
  #telling = 0;

  constructor(seat: Seat) {
    this.#seat = seat;
    const ask = seat.ask.bind(seat);
    this.#blocks = new Blocks(ask, EVERYTHING, () => this.#grid.draw());
    this.#bar = new Bar({
      search: (search) => this.#wish({ ...this.#grid.query, search }),
      filtering: (on) => this.#filtering(on),
      csv: () => void this.#save(),
      leave: () => this.#grid.focus(),
    });
    this.#grid = new Grid(this.#blocks, {
      sort: (column, more) => this.#wish({ ...this.#grid.query, sort: sorted(this.#grid.query, column.number, more) }),
      filter: (column, text) => this.#filter(column, text),
      menu: (column, at) => this.#menu(column, at),
      selected: () => this.#choosing.chosen(this.#content?.fields.length ?? 0),
      clicked: (at) => seat.tell("click", { query: this.#blocks.query, ...at }),
      textOf: ({ row, column }) => ask("cell", this.#blocks.query, row, column),
      moved: () => this.#tellView(),
    });
    this.#choosing = new Choosing(this.#grid, this.#blocks, ask, (detail) => seat.tell("select", detail));
    this.#copying = new Copying(this.#grid, this.#blocks, ask, (text) => seat.announce(text));
    this.#el.append(this.#bar.el, this.#grid.el);
    this.#el.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") {
        event.preventDefault();
        this.#bar.focusSearch();
      }
    });
    seat.el.append(this.#el);
  }

  async update(given: unknown): Promise<void> {
    const content = given as Content;
    const { columns, selection } = this.#grid;
    const first = this.#content === null;
    const before = this.#content?.fields ?? content.fields;
    const follows = content.live === true && (first || this.#grid.isAtEnd);
    const gone = content.live ? (content.begins ?? 0) - (this.#content?.begins ?? 0) : 0;
    this.#content = content;
    if (first && content.view) {
      columns.widths = { ...content.view.widths };
      columns.formats = { ...content.view.formats };
      this.#grid.query = content.view.query;
      this.#grid.filtering = content.view.filtering;
    }
    columns.take(content);
    if (!alike(before, content.fields)) {
      this.#grid.header.clear();
      this.#grid.query = fitting(this.#grid.query, before, content.fields);
    }
    if (isPlain(this.#grid.query) || !(await this.#arrange(this.#grid.query))) {
      this.#rowsAre(content.rows, EVERYTHING, gone);
      this.#blocks.put(content.first);
      this.#grid.slide(gone);
    }
    selection.clamp(this.#grid.count, content.fields.length);
    if (content.chosen && (first || !isPlain(this.#blocks.query))) {
      await this.#choosing.show();
    }
    const left = first ? content.view : null;
    this.#show(follows && left === null);
    if (left) {
      this.#grid.scroll.to(left.top, left.left);
    }
    if (content.live && !first) {
      await pause(LIVE_EVERY); // nobody reads faster; the next one is not looked at before
    }
  }

  choose(): void {
    void this.#choosing.show({ reveal: true });
  }

  resize(): void {
    this.#grid.layout(this.#content?.live === true && this.#grid.isAtEnd);
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#choosing.dispose();
    this.#copying.dispose();
    this.#grid.dispose();
    this.#el.remove();
  }

  // -------------------------------------------------- the order of the rows

  /** The person wants another order: shown at once in the header, busy until the kernel has it. */
  #wish(query: Query): void {
    this.#grid.query = query;
    this.#grid.draw();
    void this.#arrange(query).then((done) => {
      this.#show();
      if (done) {
        void this.#choosing.show(); // what is chosen are rows, wherever they stand now
      }
    });
    this.#tellView();
  }

  /** Returns whether the rows are in that order now. */
  async #arrange(query: Query): Promise<boolean> {
    const number = ++this.#arranging;
    const late = setTimeout(() => this.#busy(number === this.#arranging), BUSY_AFTER);
    try {
      const answer = await this.#seat.ask<{ rows?: number; wrong?: string; column?: number | null }>(
        "arrange",
        this.#viewer,
        query,
      );
      if (number === this.#arranging) {
        this.#bar.wrong(answer.wrong ?? "");
        this.#grid.header.wrong(answer.column ?? null);
        if (answer.rows !== undefined) {
          this.#rowsAre(answer.rows, query);
          this.#seat.announce(`${answer.rows} rows`);
          return true;
        }
      }
    } catch (error) {
      // A newer wish of ours, or another table, has ended this one.
      if ((error as { code?: string }).code !== "cancelled" && number === this.#arranging) {
        this.#bar.wrong((error as Error).message);
      }
    } finally {
      clearTimeout(late);
      if (number === this.#arranging) {
        this.#busy(false);
      }
    }
    return false;
  }

  #rowsAre(count: number, query: Query, gone = 0): void {
    this.#grid.count = count;
    this.#blocks.reset(query, gone);
  }

  #busy(busy: boolean): void {
    this.#el.classList.toggle("jw-is-busy", busy);
    this.#grid.el.setAttribute("aria-busy", String(busy));
  }

  #filter(column: Column, text: string): void {
    const { query } = this.#grid;
    const filters = query.filters.filter(([number]) => number !== column.number);
    const before = query.filters.length - filters.length;
    if (text || before) {
      this.#wish({ ...query, filters: text ? [...filters, [column.number, text]] : filters });
    }
  }

  #filtering(on: boolean): void {
    this.#grid.filtering = on;
    if (!on && this.#grid.query.filters.length) {
      this.#wish({ ...this.#grid.query, filters: [] });
    }
    this.#show();
    if (on) {
      this.#grid.header.focusFilter(this.#grid.selection.active?.column ?? 0);
    }
    this.#tellView();
  }

  // -------------------------------------------------- what is shown, and told

  #show(atEnd = false): void {
    const content = this.#content;
    if (!content) {
      return;
    }
    const { count, query, filtering, columns } = this.#grid;
    const shown = columns.list.filter(({ field }) => !field.index).length;
    this.#bar.show(count, content.rows, shown, content.what, content.note);
    this.#bar.state(query.search, filtering);
    this.#bar.canSave(content.save);
    this.#grid.name(content.what);
    this.#grid.say(count ? "" : content.rows ? "No row has all that" : "No rows");
    this.#grid.layout(atEnd);
  }

  #tellView(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      const { query, filtering, scroll, columns } = this.#grid;
      const { widths, formats } = columns;
      this.#seat.tell("view", { query, filtering, widths, formats, top: scroll.top, left: scroll.left });
    }, TELL_AFTER);
  }

  #menu(column: Column, at: DOMRect): void {
    const { columns, query } = this.#grid;
    const sort = (descending: boolean) => () => this.#wish({ ...query, sort: [[column.number, descending]] });
    const formats = formatsOf(column.field).map((format) => ({
      label: format.label,
      checked: format === column.format,
      choose: () => {
        columns.setFormat(column, format.name);
        this.#grid.draw();
        this.#tellView();
      },
    }));
    const groups = [
      [
        { label: "Sort ascending", choose: sort(false) },
        { label: "Sort descending", choose: sort(true) },
        { label: "Do not sort", choose: () => this.#wish({ ...query, sort: [] }) },
      ],
      [
        { label: "Filter", choose: () => this.#filterBy(column) },
        { label: "Fit width", choose: () => this.#grid.fit(column) },
      ],
      ...(formats.length > 1 ? [formats] : []),
    ];
    openMenu(this.#el, at, groups, () => this.#grid.focus());
  }

  async #save(): Promise<void> {
    this.#busy(true);
    const problem = await saveCsv(this.#seat.ask.bind(this.#seat), this.#blocks.query, this.#content?.what ?? "table");
    this.#busy(false);
    this.#bar.wrong(problem);
  }

  #filterBy(column: Column): void {
    this.#grid.filtering = true;
    this.#show();
    this.#grid.header.focusFilter(column.number);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A click sorts by a column, up, then down, then not; with Shift it does so besides the others. */
function sorted({ sort }: Query, column: number, more: boolean): Query["sort"] {
  const place = sort.findIndex(([number]) => number === column);
  const next: [number, boolean][] = place < 0 ? [[column, false]] : sort[place]?.[1] ? [] : [[column, true]];
  if (!more) {
    return place >= 0 && sort.length > 1 ? [[column, false]] : next;
  }
  return place < 0 ? [...sort, ...next] : [...sort.slice(0, place), ...next, ...sort.slice(place + 1)];
}

function isPlain({ sort, filters, search }: Query): boolean {
  return !sort.length && !filters.length && !search;
}

function alike(before: readonly Field[], after: readonly Field[]): boolean {
  return before.length === after.length && before.every((field, at) => isSame(field, after[at]));
}

function isSame(a: Field, b: Field | undefined): boolean {
  return b !== undefined && nameOf(a) === nameOf(b) && a.kind === b.kind;
}

/** What is left of a query in a table with other columns: those of the same name and kind. */
function fitting({ sort, filters, search }: Query, before: readonly Field[], after: readonly Field[]): Query {
  const moved = <T>(entries: readonly (readonly [number, T])[]) =>
    entries.flatMap(([number, what]): [number, T][] => {
      const field = before[number];
      const place = field ? after.findIndex((other) => isSame(field, other)) : -1;
      return place < 0 ? [] : [[place, what]];
    });
  return { sort: moved(sort), filters: moved(filters), search };
}
