// Grid: the table on the screen: what is drawn where, and what pointer and keys do in it. It asks the kernel for nothing but rows.

import { make } from "../../dom.ts";
import type { Blocks } from "./blocks.ts";
import { type Column, Columns, GUTTER, type Placed } from "./columns.ts";
import { EVERYTHING, type Query } from "./content.ts";
import { type Doing, Header } from "./header.ts";
import { led } from "./keys.ts";
import { ROW, Rows } from "./rows.ts";
import { Scroll } from "./scroll.ts";
import { type Place, Selection } from "./selection.ts";
import { Tip } from "./tip.ts";

/** What the grid tells its table. */
export interface Told extends Omit<Doing, "resize" | "fit" | "leave"> {
  readonly selected: () => void;
  readonly clicked: (place: Place) => void;
  /** The whole text of a cell. */
  readonly textOf: (place: Place) => Promise<string>;
  /** Something of the view is another: its place, a width. */
  readonly moved: () => void;
}

let made = 0;

export class Grid {
  readonly el = make("div.jw-t-view");
  readonly columns: Columns;
  readonly selection = new Selection();
  readonly scroll: Scroll;
  readonly header: Header;
  query: Query = EVERYTHING;
  filtering = false;
  /** How many are shown, of all that there are. */
  count = 0;
  readonly #scroller = make("div.jw-t-scroller", { role: "grid", tabindex: "0", "aria-multiselectable": "true" });
  readonly #layer = make("div.jw-t-layer", { role: "presentation" });
  readonly #empty = make("div.jw-t-empty");
  readonly #rows: Rows;
  readonly #tip: Tip;
  readonly #told: Told;
  readonly #blocks: Blocks;
  #placed: readonly Placed[] = [];
  #frame = 0;
  /** Pixels that rows have. */
  #room = 0;

  constructor(blocks: Blocks, told: Told) {
    this.#blocks = blocks;
    this.#told = told;
    const sizer = make("div.jw-t-sizer", { role: "presentation" }, this.#layer);
    this.columns = new Columns(measurer(this.el));
    this.#rows = new Rows(`jw-t-${++made}`);
    this.header = new Header({
      ...told,
      resize: (column, width) => this.#resize(() => this.columns.resize(column, width)),
      fit: (column) => this.fit(column),
      leave: () => this.focus(),
    });
    this.#layer.append(this.header.el, this.#rows.el, this.#empty);
    this.#scroller.append(sizer);
    this.el.append(this.#scroller);
    this.#tip = new Tip(this.el);
    this.scroll = new Scroll(this.#scroller, sizer, () => {
      this.#tip.hide();
      this.draw();
      told.moved();
    });
    this.#listen();
  }

  // -------------------------------------------------- drawing

  /** The table has another size, or another order. `atEnd`: its end is seen, wherever it is now. */
  layout(atEnd = false): void {
    const { columns, header, scroll } = this;
    header.measure(columns.levels, this.filtering);
    this.#layer.style.cssText = "width:0;height:0"; // the table alone says which scroll bars there are
    scroll.size(columns.width, header.height + this.count * ROW);
    if (atEnd) {
      scroll.to(Number.POSITIVE_INFINITY);
    }
    const { clientWidth, clientHeight } = this.#scroller;
    this.#layer.style.cssText = `width:${clientWidth}px;height:${clientHeight}px`;
    columns.place(clientWidth);
    this.#scroller.setAttribute("aria-rowcount", String(this.count + 1));
    this.#scroller.setAttribute("aria-colcount", String(this.columns.list.length));
    this.#room = clientHeight - header.height;
    this.#paint();
  }

  /** In the next frame. */
  draw(): void {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
    }
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#tip.hide();
  }

  /** Whether its end was seen when it was laid out: the panel may have another size since. */
  get isAtEnd(): boolean {
    return this.scroll.top + this.#room + ROW > this.count * ROW;
  }

  /** So many rows are gone from the beginning: what is looked at and chosen stays so. */
  slide(rows: number): void {
    if (rows > 0) {
      this.scroll.to(this.scroll.top - rows * ROW);
      this.selection.slide(rows);
    }
  }

  name(name: string): void {
    this.#scroller.setAttribute("aria-label", name);
  }

  say(empty: string): void {
    this.#empty.textContent = empty;
    this.#empty.hidden = !empty;
  }

  focus(): void {
    this.#scroller.focus();
  }

  fit(column: Column): void {
    const { first, last } = this.#shown();
    const texts: string[] = [];
    for (let row = first; row <= last; row++) {
      const cell = this.#blocks.cell(row, column.number);
      texts.push(cell ? (cell.missing ?? column.format.write(cell.value, column.field)) : "");
    }
    this.#resize(() => this.columns.fit(column, texts));
  }

  #resize(resize: () => void): void {
    resize();
    this.layout();
    this.#told.moved();
  }

  #shown(): { first: number; last: number } {
    const room = this.#scroller.clientHeight - this.header.height;
    const first = Math.floor(this.scroll.top / ROW);
    return { first, last: Math.min(this.count - 1, Math.ceil((this.scroll.top + room) / ROW)) };
  }

  #paint(): void {
    const { scroll, columns, selection } = this;
    this.#placed = columns.visible(scroll.left, this.#scroller.clientWidth);
    this.header.draw(this.#placed, columns, this.query);
    this.#rows.el.style.top = `${this.header.height}px`;
    const { first, last } = this.#shown();
    const numbers = this.#placed.map(({ column }) => column.number).filter((number) => number !== GUTTER);
    if (last >= first) {
      this.#blocks.want(first, last, numbers);
    }
    const seen = this.#rows.draw({
      first,
      offset: scroll.top - first * ROW,
      count: Math.max(0, last - first + 1),
      placed: this.#placed,
      cell: (row, column) => this.#blocks.cell(row, column),
      number: (row) => this.#blocks.number(row),
      isChosen: (row, column) => selection.has(row, column),
      active: selection.active,
    });
    if (seen) {
      this.#scroller.setAttribute("aria-activedescendant", this.#rows.activeId);
    } else {
      this.#scroller.removeAttribute("aria-activedescendant");
    }
    this.el.classList.toggle("jw-is-old", this.#blocks.isOld);
    this.#layer.style.setProperty("--fixed", `${columns.fixed}px`);
    this.#layer.classList.toggle("jw-is-scrolled", scroll.left > 0);
  }

  // -------------------------------------------------- pointer and keys

  /** Choose, and scroll as far as is needed to see it. */
  go(place: Place, how: { extend?: boolean; more?: boolean; whole?: boolean } = {}): void {
    this.selection.to(place, how);
    this.reveal(place);
    this.draw();
    this.#told.selected();
  }

  /** Scroll to a row that is not on the screen. */
  revealRow(row: number): void {
    const { first, last } = this.#shown();
    if (row < first || row >= last) {
      const room = this.#scroller.clientHeight - this.header.height;
      this.scroll.to(row * ROW - room / 3);
    }
  }

  reveal({ row, column }: Place): void {
    const room = this.#scroller.clientHeight - this.header.height;
    const y = row * ROW;
    const top = Math.min(Math.max(this.scroll.top, y + ROW - room), y);
    const stands = this.columns.of(column);
    let { left } = this.scroll;
    if (stands && !stands.fixed) {
      const { fixed } = this.columns;
      left = Math.min(Math.max(left, stands.x + stands.width - this.#scroller.clientWidth), stands.x - fixed);
    }
    this.scroll.to(top, left);
  }

  #listen(): void {
    const scroller = this.#scroller;
    scroller.addEventListener("pointerdown", (event) => this.#press(event));
    scroller.addEventListener("dblclick", ({ target }) => {
      const place = this.#rows.at(target, this.#placed);
      if (place && place.column !== GUTTER) {
        this.#told.clicked(place);
      }
    });
    scroller.addEventListener("pointermove", ({ target }) => {
      const place = this.#rows.at(target, this.#placed);
      const cut = place && place.column !== GUTTER ? place : null;
      this.#tip.over(cut?.el ?? null, () => this.#told.textOf(cut as Place));
    });
    scroller.addEventListener("pointerleave", () => this.#tip.hide());
    scroller.addEventListener("keydown", (event) => this.#key(event));
  }

  #press(event: PointerEvent): void {
    const place = this.#rows.at(event.target, this.#placed);
    if (!place || event.button !== 0) {
      return;
    }
    event.preventDefault(); // no text is marked
    this.focus();
    const stands = this.columns.of(place.column);
    const whole = place.column === GUTTER || stands?.field.index === true;
    const column = place.column === GUTTER ? 0 : place.column;
    this.go({ row: place.row, column }, { extend: event.shiftKey, more: event.ctrlKey || event.metaKey, whole });
    this.#scroller.setPointerCapture(event.pointerId);
    const drag = ({ clientX, clientY }: PointerEvent) => {
      const over = this.#rows.at(document.elementFromPoint(clientX, clientY), this.#placed);
      const { active } = this.selection;
      if (over && (over.row !== active?.row || (over.column !== active.column && over.column !== GUTTER))) {
        this.go({ row: over.row, column: over.column === GUTTER ? 0 : over.column }, { extend: true });
      }
    };
    this.#scroller.addEventListener("pointermove", drag);
    const end = () => this.#scroller.removeEventListener("pointermove", drag);
    this.#scroller.addEventListener("lostpointercapture", end, { once: true });
  }

  /** The menu of a column, for those who have no pointer. */
  #menu({ column }: Place): void {
    const stands = this.columns.of(column);
    const at = this.#rows.active ?? this.header.el;
    if (stands) {
      this.#told.menu(stands, at.getBoundingClientRect());
    }
  }

  #key(event: KeyboardEvent): void {
    const { active } = this.selection;
    const columns = this.columns.list.map(({ number }) => number).filter((number) => number !== GUTTER);
    const page = Math.max(1, Math.floor((this.#scroller.clientHeight - this.header.height) / ROW) - 1);
    const far = event.ctrlKey || event.metaKey;
    const start = active ?? { row: this.#shown().first, column: columns[0] ?? 0 };
    const goal = this.count ? led(start, event, { rows: this.count, columns, page }) : null;
    if (goal) {
      this.go(active ? goal : start, { extend: event.shiftKey });
    } else if (far && event.key.toLowerCase() === "a") {
      this.selection.all(this.count);
      this.draw();
      this.#told.selected();
    } else if (active && (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey))) {
      this.#menu(active);
    } else if (event.key === "Enter" && active) {
      this.#told.clicked(active);
    } else if (event.key === "Escape" && active) {
      this.selection.clear();
      this.draw();
      this.#told.selected();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** Measures texts in the face of the table. */
function measurer(el: HTMLElement): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  let font = "";
  return (text) => {
    if (!context) {
      return text.length * 8;
    }
    if (!font && el.isConnected) {
      const { fontSize, fontFamily } = getComputedStyle(el);
      font = `${fontSize} ${fontFamily}`;
      context.font = font;
    }
    return context.measureText(text).width;
  };
}
