// The rows of a chart in the page: one growing column of numbers each, the oldest dropped as the kernel drops them.
// It knows no drawing and asks nobody.

import type { Cells, RowsMessage } from "./wire.ts";

/** More rows than this are not held in a page: the newest stay. */
export const MOST_ROWS = 1_000_000;

/** Numbers with room at both ends, so that new ones are added and old ones dropped without moving the rest each time. */
class Column {
  #cells = new Float64Array(1024);
  #start = 0;
  #end = 0;
  /** Of text: what the numbers stand for. */
  readonly values: string[] = [];
  readonly #codes = new Map<string, number>();

  get view(): Float64Array {
    return this.#cells.subarray(this.#start, this.#end);
  }

  drop(count: number): void {
    this.#start += Math.min(count, this.#end - this.#start);
  }

  add(cells: Cells): void {
    const given = this.#numbers(cells);
    const held = this.#end - this.#start;
    if (this.#end + given.length > this.#cells.length) {
      const needed = held + given.length;
      // Twice what is needed: a column is moved once in as many rows as it holds.
      const room = needed * 2 <= this.#cells.length ? this.#cells : new Float64Array(needed * 2);
      room.set(this.view);
      this.#cells = room;
      this.#start = 0;
      this.#end = held;
    }
    this.#cells.set(given, this.#end);
    this.#end += given.length;
  }

  #numbers(cells: Cells): Float64Array | Float32Array {
    switch (cells.type) {
      case "float64":
        return new Float64Array(cells.data);
      case "float32":
        return new Float32Array(cells.data);
      case "text":
        return Float64Array.from(new Int32Array(cells.data), (code) => this.#code(cells.values[code]));
    }
  }

  #code(text: string | undefined): number {
    if (text === undefined) {
      return Number.NaN;
    }
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.values.push(text) - 1;
      this.#codes.set(text, code);
    }
    return code;
  }
}

export class RowStore {
  #columns = new Map<string, Column>();
  #first = 0;
  #count = 0;

  /** The number of the first row held. */
  get first(): number {
    return this.#first;
  }

  get count(): number {
    return this.#count;
  }

  /** The number of the row to ask for next. */
  get next(): number {
    return this.#first + this.#count;
  }

  take(rows: RowsMessage): void {
    if (rows.fresh || rows.first !== this.next) {
      this.#columns = new Map();
      this.#first = rows.first;
      this.#count = 0;
    }
    for (const [name, cells] of Object.entries(rows.columns)) {
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = new Column();
        this.#columns.set(name, column);
      }
      column.add(cells);
    }
    this.#count += rows.count;
    this.#drop(Math.max(rows.oldest, this.next - MOST_ROWS) - this.#first);
  }

  column(name: string): Float64Array {
    return this.#columns.get(name)?.view ?? new Float64Array(0);
  }

  /** Of a column of text: what its numbers stand for. */
  values(name: string): readonly string[] {
    return this.#columns.get(name)?.values ?? [];
  }

  #drop(count: number): void {
    const dropped = Math.min(Math.max(0, count), this.#count);
    for (const column of this.#columns.values()) {
      column.drop(dropped);
    }
    this.#first += dropped;
    this.#count -= dropped;
  }
}
