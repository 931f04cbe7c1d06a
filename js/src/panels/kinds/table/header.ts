// Header: the names of the columns on the screen, in as many levels as they have; by them a person sorts, resizes and filters.

import { make } from "../../dom.ts";
import { type Column, type Columns, GUTTER, type Placed } from "./columns.ts";
import type { Query } from "./content.ts";
import { isRight } from "./format.ts";

export const LEVEL = 28;
export const FILTERS = 32;

/** What a person does to a column. */
export interface Doing {
  readonly sort: (column: Column, more: boolean) => void;
  readonly resize: (column: Column, width: number) => void;
  readonly fit: (column: Column) => void;
  readonly menu: (column: Column, at: DOMRect) => void;
  readonly filter: (column: Column, text: string) => void;
  /** Leave the filters for the rows. */
  readonly leave: () => void;
}

interface Head {
  readonly el: HTMLElement;
  readonly label: HTMLElement;
  readonly arrow: HTMLElement;
  readonly filter: HTMLElement;
  readonly input: HTMLInputElement;
}

const HINTS: Readonly<Record<string, string>> = {
  integer: "> 0",
  number: "> 0",
  date: "2024-03",
  duration: "> 90 s",
  truth: "true",
};
const HELP = "Contains the text; =exactly, !not, missing. Numbers and dates: > 5, <= 5, 1..9, 2024-03";

export class Header {
  readonly el = make("div.jw-t-head", { role: "rowgroup" });
  /** Pixels. */
  height = LEVEL;
  readonly #names = make("div.jw-t-names", { role: "row", "aria-rowindex": "1" });
  readonly #groups = make("div.jw-t-groups");
  readonly #inputs = make("div.jw-t-filters", { role: "row" });
  readonly #heads = new Map<number, Head>();
  readonly #doing: Doing;

  constructor(doing: Doing) {
    this.#doing = doing;
    this.el.append(this.#groups, this.#names, this.#inputs);
  }

  measure(levels: number, filtering: boolean): void {
    this.height = levels * LEVEL + (filtering ? FILTERS : 0);
    this.el.style.height = `${this.height}px`;
    this.#names.style.top = `${(levels - 1) * LEVEL}px`;
    this.#inputs.style.top = `${levels * LEVEL}px`;
    this.#inputs.hidden = !filtering;
  }

  draw(placed: readonly Placed[], { levels, fixed }: Columns, query: Query): void {
    const there = new Set(placed.map(({ column }) => column.number));
    for (const [number, head] of this.#heads) {
      const focused = head.input === document.activeElement;
      head.el.hidden = !there.has(number);
      head.filter.classList.toggle("jw-is-away", !there.has(number));
      if (!there.has(number) && !focused) {
        this.#forget(number, head);
      }
    }
    for (const { column, x } of placed) {
      this.#drawHead(column, x, query);
    }
    this.#drawGroups(placed, levels, fixed);
  }

  /** Say under a filter that it means nothing. */
  wrong(number: number | null): void {
    for (const [column, { input }] of this.#heads) {
      input.setAttribute("aria-invalid", String(column === number));
    }
  }

  focusFilter(number: number): void {
    this.#heads.get(number)?.input.focus();
  }

  /** All is of another table: nothing is used again. */
  clear(): void {
    for (const [number, head] of this.#heads) {
      this.#forget(number, head);
    }
  }

  #forget(number: number, head: Head): void {
    head.el.remove();
    head.filter.remove();
    this.#heads.delete(number);
  }

  #drawHead(column: Column, x: number, { sort, filters }: Query): void {
    const head = this.#heads.get(column.number) ?? this.#make(column);
    for (const el of [head.el, head.filter]) {
      el.style.cssText = `transform:translateX(${x}px);width:${column.width}px`;
      el.classList.toggle("jw-is-fixed", column.fixed);
    }
    const place = sort.findIndex(([number]) => number === column.number);
    const descending = sort[place]?.[1];
    head.el.setAttribute("aria-sort", place < 0 ? "none" : descending ? "descending" : "ascending");
    head.arrow.textContent = place < 0 ? "" : `${descending ? "↓" : "↑"}${sort.length > 1 ? place + 1 : ""}`;
    const text = filters.find(([number]) => number === column.number)?.[1] ?? "";
    if (head.input !== document.activeElement && head.input.value !== text) {
      head.input.value = text;
    }
    head.input.classList.toggle("jw-is-set", text !== "");
  }

  #make(column: Column): Head {
    const { field, number } = column;
    const name = field.name.at(-1) ?? "";
    const label = make("span.jw-t-label", {}, name);
    const arrow = make("span.jw-t-arrow", { "aria-hidden": "true" });
    const menu = make("button.jw-t-menu-button", { type: "button", tabindex: "-1", "aria-label": `Menu of ${name}` });
    const grip = make("span.jw-t-grip", { "aria-hidden": "true" });
    const el = make("div.jw-t-name", { role: "columnheader", title: `${column.name} (${field.type})` });
    const input = make("input.jw-t-input", {
      type: "text",
      "aria-label": `Filter ${name || "the index"}`,
      placeholder: HINTS[field.kind] ?? "contains",
      title: HELP,
      spellcheck: "false",
      autocomplete: "off",
    });
    el.classList.toggle("jw-is-right", isRight(field.kind));
    el.classList.toggle("jw-is-index", field.index);
    el.append(label, arrow);
    if (number !== GUTTER) {
      el.append(menu, grip);
      el.addEventListener("click", ({ shiftKey }) => this.#doing.sort(column, shiftKey));
      menu.addEventListener("click", (event) => {
        event.stopPropagation();
        this.#doing.menu(column, menu.getBoundingClientRect());
      });
      el.addEventListener("contextmenu", (event) => {
        event.preventDefault();
        this.#doing.menu(column, menu.getBoundingClientRect());
      });
      this.#grip(grip, column);
      this.#filter(input, column);
    } else {
      el.title = "";
    }
    const filter = make("div.jw-t-filter", {}, ...(number === GUTTER ? [] : [input]));
    this.#names.append(el);
    this.#inputs.append(filter);
    const head = { el, label, arrow, filter, input };
    this.#heads.set(number, head);
    return head;
  }

  #grip(grip: HTMLElement, column: Column): void {
    grip.addEventListener("click", (event) => event.stopPropagation());
    grip.addEventListener("dblclick", () => this.#doing.fit(column));
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      const begin = column.width - event.clientX;
      const move = ({ clientX }: PointerEvent) => this.#doing.resize(column, begin + clientX);
      grip.addEventListener("pointermove", move);
      grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
    });
  }

  #filter(input: HTMLInputElement, column: Column): void {
    let waiting = 0;
    const say = () => {
      clearTimeout(waiting);
      this.#doing.filter(column, input.value.trim());
    };
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(say, 250);
    });
    input.addEventListener("change", say); // it is left before the pause is over
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "ArrowDown") {
        say();
        this.#doing.leave();
      } else if (event.key === "Escape") {
        input.value = "";
        say();
        this.#doing.leave();
      }
    });
  }

  /** The levels above the names: what neighbours share is written once. */
  #drawGroups(placed: readonly Placed[], levels: number, fixed: number): void {
    const groups: HTMLElement[] = [];
    for (let level = 0; level < levels - 1; level++) {
      let last: { key: string; el: HTMLElement; x: number; fixed: boolean } | null = null;
      for (const { column, x: begins } of placed) {
        const { name } = column.field;
        const x = column.fixed ? begins : Math.max(begins, fixed); // its name is seen as long as one of its columns is
        const key = name.length > level + 1 ? name.slice(0, level + 1).join("\0") : "";
        if (!last || last.key !== key || last.fixed !== column.fixed) {
          const el = make("div.jw-t-group", {}, name.length > level + 1 ? (name[level] ?? "") : "");
          el.classList.toggle("jw-is-fixed", column.fixed);
          el.style.transform = `translate(${x}px, ${level * LEVEL}px)`;
          last = { key, el, x, fixed: column.fixed };
          groups.push(el);
        }
        last.el.style.width = `${begins + column.width - last.x}px`;
      }
    }
    this.#groups.replaceChildren(...groups);
  }
}
