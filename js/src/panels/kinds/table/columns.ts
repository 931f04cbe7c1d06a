// Columns: where each column of a table stands, which of them do not scroll, and which are on the screen. It draws nothing.

import { type Content, type Field, nameOf } from "./content.ts";
import { type Format, formatOf } from "./format.ts";

/** The number of a column that the table does not have: that of the rows' numbers. */
export const GUTTER = -1;

export interface Column {
  /** In the table; `GUTTER` for the numbers of rows. */
  readonly number: number;
  readonly field: Field;
  readonly name: string;
  format: Format;
  width: number;
  /** From the left edge of the table, not scrolled. */
  x: number;
  fixed: boolean;
}

/** A column that is on the screen, and where. */
export interface Placed {
  readonly column: Column;
  readonly x: number;
}

const LEAST = 48;
const MOST = 360;
const PADDING = 17;
/** Room in a header for its menu and arrow. */
const HEADER_ROOM = 34;

export class Columns {
  list: Column[] = [];
  width = 0;
  /** Width of those that do not scroll. */
  fixed = 0;
  /** Rows of the header. */
  levels = 1;
  /** What a person chose, by name: it holds for the next table as well. */
  widths: Record<string, number> = {};
  formats: Record<string, string> = {};
  readonly #measure: (text: string) => number;
  readonly #automatic = new Map<string, number>();

  constructor(measure: (text: string) => number) {
    this.#measure = measure;
  }

  take({ fields, rows, begins }: Content): void {
    const numbered = fields.some(({ index }) => index) ? [] : [gutter((begins ?? 0) + rows)];
    this.levels = Math.max(1, ...fields.map(({ name }) => name.length));
    this.list = [...numbered, ...fields.map((field, number) => ({ field, number }))].map(({ field, number }) => {
      const name = number === GUTTER ? "\0" : nameOf(field);
      const format = formatOf(field, this.formats[name]);
      return { number, field, name, format, width: this.#widthOf(name, field), x: 0, fixed: false };
    });
    this.place();
  }

  /** Anew, after a width was changed. Columns of the index do not scroll, as long as they leave half of the view. */
  place(view = Number.POSITIVE_INFINITY): void {
    let x = 0;
    let fixing = true;
    this.fixed = 0;
    for (const column of this.list) {
      column.x = x;
      x += column.width;
      fixing &&= (column.field.index || column.number === GUTTER) && x <= view / 2;
      column.fixed = fixing;
      this.fixed = fixing ? x : this.fixed;
    }
    this.width = x;
  }

  /** A column by its number in the table. */
  of(number: number): Column | undefined {
    return this.list.find((column) => column.number === number);
  }

  /** What is on a screen of this width, scrolled so far: first those that do not scroll. */
  visible(left: number, view: number): Placed[] {
    const placed: Placed[] = [];
    for (const column of this.list) {
      if (column.fixed) {
        placed.push({ column, x: column.x });
      }
    }
    for (let at = this.#firstAfter(left + this.fixed); at < this.list.length; at++) {
      const column = this.list[at] as Column;
      if (column.x - left >= view) {
        break;
      }
      if (!column.fixed) {
        placed.push({ column, x: column.x - left });
      }
    }
    return placed;
  }

  resize(column: Column, width: number): void {
    column.width = Math.round(Math.max(LEAST, Math.min(2000, width)));
    this.widths[column.name] = column.width;
  }

  /** As wide as the widest of these texts. */
  fit(column: Column, texts: readonly string[]): void {
    const widest = Math.max(this.#headerWidth(column.field), ...texts.map((text) => this.#measure(text) + PADDING));
    this.resize(column, Math.min(widest, 3 * MOST));
  }

  setFormat(column: Column, name: string): void {
    this.formats[column.name] = name;
    column.format = formatOf(column.field, name);
  }

  /** The first column that ends after a place. */
  #firstAfter(x: number): number {
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const column = this.list[middle] as Column;
      if (column.x + column.width <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #widthOf(name: string, field: Field): number {
    const chosen = this.widths[name];
    if (chosen !== undefined) {
      return chosen;
    }
    const wanted = Math.max(this.#measure("0".repeat(Math.min(field.chars, 60))) + PADDING, this.#headerWidth(field));
    // A table that is shown again does not twitch: it only grows.
    const width = Math.round(Math.max(LEAST, Math.min(MOST, wanted), this.#automatic.get(name) ?? 0));
    this.#automatic.set(name, width);
    return width;
  }

  #headerWidth(field: Field): number {
    return field.chars === 0 && !field.name.some(Boolean)
      ? LEAST
      : Math.min(MOST / 2, this.#measure(field.name.at(-1) ?? "") * 1.06 + HEADER_ROOM);
  }
}

function gutter(rows: number): { field: Field; number: number } {
  const chars = String(Math.max(0, rows - 1)).length;
  return { number: GUTTER, field: { name: [], kind: "integer", type: "", index: true, chars } };
}
