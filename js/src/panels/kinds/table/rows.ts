// Rows: the rows that are on the screen, drawn into elements that are used again. It knows where things stand, not where they come
// from.

import { make } from "../../dom.ts";
import { GUTTER, type Placed } from "./columns.ts";
import type { Cell } from "./content.ts";
import { isRight, textOf } from "./format.ts";

/** Pixels; the grid of 4. */
export const ROW = 24;

/** What stands on the screen. */
export interface Scene {
  /** The first row, and how far it is above the view, in pixels. */
  readonly first: number;
  readonly offset: number;
  readonly count: number;
  readonly placed: readonly Placed[];
  readonly cell: (row: number, column: number) => Cell | undefined;
  /** The number that a row has in the object. */
  readonly number: (row: number) => number | undefined;
  readonly isChosen: (row: number, column: number) => boolean;
  readonly active: { readonly row: number; readonly column: number } | null;
}

interface Drawn {
  readonly el: HTMLElement;
  text: string;
  look: string;
  x: number;
  width: number;
}

interface Line {
  readonly el: HTMLElement;
  readonly cells: Drawn[];
  row: number;
}

export class Rows {
  readonly el = make("div.jw-t-rows", { role: "rowgroup" });
  /** The id of the active cell's element. */
  readonly activeId: string;
  readonly #lines: Line[] = [];

  constructor(id: string) {
    this.activeId = `${id}-active`;
  }

  /** The active cell, if it is on the screen. */
  get active(): Element | null {
    return this.el.querySelector(".jw-is-active");
  }

  /** Returns whether the active cell is on the screen. */
  draw(scene: Scene): boolean {
    while (this.#lines.length < scene.count) {
      const line = { el: make("div.jw-t-row", { role: "row" }), cells: [], row: -1 };
      this.#lines.push(line);
      this.el.append(line.el);
    }
    let seen = false;
    this.#lines.forEach((line, at) => {
      line.el.hidden = at >= scene.count;
      if (!line.el.hidden) {
        seen = this.#drawLine(line, scene.first + at, at * ROW - scene.offset, scene) || seen;
      }
    });
    return seen;
  }

  /** The row and the place among its columns of an element inside. */
  at(element: EventTarget | null, placed: readonly Placed[]): { row: number; column: number; el: HTMLElement } | null {
    const el = element instanceof Element ? element.closest<HTMLElement>(".jw-t-cell") : null;
    const line = this.#lines.find((each) => each.el === el?.parentElement);
    const place = line ? placed[line.cells.findIndex((cell) => cell.el === el)] : undefined;
    return line && place && el ? { row: line.row, column: place.column.number, el } : null;
  }

  #drawLine(line: Line, row: number, y: number, scene: Scene): boolean {
    line.el.style.transform = `translateY(${y}px)`;
    if (line.row !== row) {
      line.row = row;
      line.el.setAttribute("aria-rowindex", String(row + 2)); // the header is the first
      line.el.classList.toggle("jw-is-odd", row % 2 === 1);
    }
    const { placed } = scene;
    while (line.cells.length < placed.length) {
      const el = make("div.jw-t-cell", { role: "gridcell" });
      line.cells.push({ el, text: "", look: "", x: -1, width: -1 });
      line.el.append(el);
    }
    let seen = false;
    line.cells.forEach((drawn, at) => {
      const place = placed[at];
      drawn.el.hidden = !place;
      if (place) {
        seen = this.#drawCell(drawn, row, place, scene) || seen;
      }
    });
    return seen;
  }

  #drawCell(drawn: Drawn, row: number, { column, x }: Placed, scene: Scene): boolean {
    const { field, number, format, width, fixed } = column;
    const cell = number === GUTTER ? gutter(scene.number(row)) : scene.cell(row, number);
    const text = cell ? textOf(cell, field, format) : "";
    const chosen = number !== GUTTER && scene.isChosen(row, number);
    const active = scene.active?.row === row && scene.active.column === number;
    const look = [
      "jw-t-cell",
      isRight(field.kind) && "jw-is-right",
      cell === undefined && "jw-is-awaited",
      cell?.missing != null && "jw-is-missing",
      fixed && "jw-is-fixed",
      (field.index || number === GUTTER) && "jw-is-index",
      chosen && "jw-is-chosen",
      active && "jw-is-active",
    ]
      .filter(Boolean)
      .join(" ");
    if (drawn.look !== look) {
      drawn.look = drawn.el.className = look;
      drawn.el.setAttribute("aria-selected", String(chosen));
      drawn.el.id = active ? this.activeId : "";
    }
    if (drawn.text !== text) {
      drawn.text = drawn.el.textContent = text;
    }
    if (drawn.x !== x || drawn.width !== width) {
      [drawn.x, drawn.width] = [x, width];
      drawn.el.style.transform = `translateX(${x}px)`;
      drawn.el.style.width = `${width}px`;
      drawn.el.setAttribute("aria-colindex", String(Math.max(0, number) + 1));
    }
    return active;
  }
}

function gutter(value: number | undefined): Cell | undefined {
  return value === undefined ? undefined : { value, missing: null };
}
