// Blocks: the cells that this page has of a table, in tiles of some rows; what is missing on the screen is asked for. While rows
// in a new order are on their way, the old ones are still there.

import type { Ask, Block, Cell, Cells, Query } from "./content.ts";

const TILE = 64;
/** Tiles that are kept: some 25,000 rows of the columns that were looked at. */
const KEPT = 400;
const AT_ONCE = 2;

interface Tile {
  numbers: readonly number[];
  readonly columns: Map<number, Cells>;
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly columns: readonly number[];
}

export class Blocks {
  #tiles = new Map<number, Tile>();
  #old = new Map<number, Tile>();
  #query: Query;
  /** Where a row was among the old ones, less where it is. */
  #shift = 0;
  #generation = 0;
  #asked: Span[] = [];
  #wanted: Span | null = null;
  readonly #ask: Ask;
  readonly #arrived: () => void;

  constructor(ask: Ask, query: Query, arrived: () => void) {
    this.#ask = ask;
    this.#query = query;
    this.#arrived = arrived;
  }

  /** From now on the rows are those of this query, or of a changed table. `gone`: rows that its beginning has lost. */
  reset(query: Query, gone = 0): void {
    this.#query = query;
    this.#generation++;
    this.#asked = [];
    this.#shift += gone;
    if (this.#tiles.size) {
      this.#old = this.#tiles;
      this.#tiles = new Map();
      this.#shift = gone;
    }
  }

  /** Whose rows are here: what is said of a row on the screen is about this one, also while another is made. */
  get query(): Query {
    return this.#query;
  }

  /** Whether rows of an order that is gone are still shown. */
  get isOld(): boolean {
    return this.#old.size > 0;
  }

  /** Rows that came without having been asked for. */
  put(block: Block): void {
    for (let at = 0; at < block.numbers.length; at += TILE) {
      const tile = this.#tile((block.start + at) / TILE);
      const end = Math.min(at + TILE, block.numbers.length);
      tile.numbers = block.numbers.slice(at, end);
      for (const [number, cells] of Object.entries(block.columns)) {
        tile.columns.set(Number(number), slice(cells, at, end));
      }
    }
  }

  cell(row: number, column: number): Cell | undefined {
    return cellOf(this.#tiles, row, column) ?? cellOf(this.#old, row + this.#shift, column);
  }

  /** The number that a row has in the object. */
  number(row: number): number | undefined {
    return numberOf(this.#tiles, row) ?? numberOf(this.#old, row + this.#shift);
  }

  /** These rows and columns are on the screen: ask for what is not here. */
  want(first: number, last: number, columns: readonly number[]): void {
    this.#wanted = { first: Math.floor(first / TILE), last: Math.floor(last / TILE), columns };
    this.#next();
  }

  #next(): void {
    const wanted = this.#wanted;
    if (!wanted || this.#asked.length >= AT_ONCE) {
      return;
    }
    const missing = this.#missing(wanted);
    if (missing && !this.#asked.some((span) => holds(span, missing))) {
      void this.#fetch(missing);
    } else if (!missing) {
      this.#old.clear(); // all that is seen is new
    }
  }

  /** What is not here of a span. */
  #missing({ first, last, columns }: Span): Span | null {
    const tiles: number[] = [];
    const lacking = new Set<number>();
    for (let at = first; at <= last; at++) {
      const tile = this.#tiles.get(at);
      const lacks = columns.filter((column) => !tile?.columns.has(column));
      if (lacks.length || !tile) {
        tiles.push(at);
        for (const column of lacks) {
          lacking.add(column);
        }
      }
    }
    const [from, to] = [tiles.at(0), tiles.at(-1)];
    return from === undefined || to === undefined ? null : { first: from, last: to, columns: [...lacking] };
  }

  async #fetch(span: Span): Promise<void> {
    const { first, last, columns } = span;
    const generation = this.#generation;
    this.#asked.push(span);
    try {
      const block = await this.#ask<Block>("rows", this.#query, first * TILE, (last + 1) * TILE, columns);
      if (generation !== this.#generation) {
        return;
      }
      this.put(block);
    } catch {
      return; // the table is another now, or the kernel told the panel what is wrong
    } finally {
      this.#asked = this.#asked.filter((one) => one !== span);
    }
    this.#arrived();
    this.#next();
  }

  #tile(at: number): Tile {
    let tile = this.#tiles.get(at);
    if (tile) {
      this.#tiles.delete(at); // the newest is the last
    } else {
      tile = { numbers: [], columns: new Map() };
    }
    this.#tiles.set(at, tile);
    if (this.#tiles.size > KEPT) {
      this.#tiles.delete(this.#tiles.keys().next().value as number);
    }
    return tile;
  }
}

function holds(outer: Span, inner: Span): boolean {
  const { first, last, columns } = outer;
  return first <= inner.first && last >= inner.last && inner.columns.every((column) => columns.includes(column));
}

function cellOf(tiles: ReadonlyMap<number, Tile>, row: number, column: number): Cell | undefined {
  const place = row % TILE;
  const cells = tiles.get((row - place) / TILE)?.columns.get(column);
  return cells && place < cells.v.length ? { value: cells.v[place], missing: cells.m?.[place] ?? null } : undefined;
}

function numberOf(tiles: ReadonlyMap<number, Tile>, row: number): number | undefined {
  return tiles.get(Math.floor(row / TILE))?.numbers[row % TILE];
}

function slice({ v, m }: Cells, from: number, to: number): Cells {
  if (!m) {
    return { v: v.slice(from, to) };
  }
  const missing: Record<string, string> = {};
  for (const [place, name] of Object.entries(m)) {
    if (Number(place) >= from && Number(place) < to) {
      missing[Number(place) - from] = name;
    }
  }
  return { v: v.slice(from, to), m: missing };
}
