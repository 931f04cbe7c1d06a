// Rows → what is drawn: x, a column for each series, its name. Still all rows; reduce.ts makes fewer of them. Pure.

import { ascends, extent } from "./reduce.ts";
import type { RowStore } from "./rows.ts";
import type { ChartSpec } from "./wire.ts";

export interface DrawnSeries {
  /** Which of the colours. */
  readonly colour: number;
  readonly label: string;
  readonly unit: string;
  readonly values: ArrayLike<number>;
  /** Where its area or bar begins; null: at zero. */
  readonly base: ArrayLike<number> | null;
  /** What a legend tells: of stacked series their own share. */
  readonly own: ArrayLike<number>;
}

export interface Drawn {
  /** Ascends. */
  readonly x: ArrayLike<number>;
  readonly series: readonly DrawnSeries[];
  /** Names of x, when x is a category: x counts them. */
  readonly names: readonly string[];
  /** Of the row at each place: how far behind the first; null: as far as the place. */
  readonly rows: Int32Array | null;
  readonly first: number;
  /** How many series there are, of which these are drawn. */
  readonly all: number;
  /** Whether missing values are only rows of other series. */
  readonly spans: boolean;
}

/** More series than this cannot be told apart: the first of their names are drawn. */
const MOST_SERIES = 8;

/** `slots`: which colour each name has that a series was once made of; names keep theirs while others come and go. */
export function drawn(spec: ChartSpec, rows: RowStore, slots: Map<string, number>): Drawn {
  const from = firstShown(spec, rows);
  const columns = split(spec, rows, from, slots);
  const all = spec.by === null ? columns.length : rows.values(spec.by).length;
  const x = xOf(spec, rows, from);
  const names = spec.x.kind === "category" && spec.x.name !== null ? rows.values(spec.x.name) : [];
  const first = rows.first + from;
  const spans = spec.by !== null;
  if (spec.mark === "bar" && spec.x.kind === "category") {
    const last = lastOfEach(x, columns, names.length);
    return { x: last.x, series: stacked(spec, last.columns), names, rows: null, first, spans, all };
  }
  if (ascends(x)) {
    return { x, series: stacked(spec, columns), names, rows: null, first, spans, all };
  }
  const order = inOrder(x);
  const sorted = columns.map((column) => ({ ...column, values: picked(column.values, order) }));
  return { x: picked(x, order), series: stacked(spec, sorted), names, rows: order, first, spans, all };
}

interface Named {
  readonly colour: number;
  readonly label: string;
  readonly unit: string;
  readonly values: ArrayLike<number>;
}

/** With `last`, older rows are held but not shown. */
function firstShown(spec: ChartSpec, rows: RowStore): number {
  if (spec.last.rows !== null) {
    return Math.max(0, rows.count - spec.last.rows);
  }
  if (spec.last.ms !== null && spec.x.name !== null) {
    const x = rows.column(spec.x.name);
    const since = (extent([x])?.[1] ?? 0) - spec.last.ms;
    const at = x.findIndex((value) => value >= since);
    return Math.max(0, at);
  }
  return 0;
}

function xOf(spec: ChartSpec, rows: RowStore, from: number): ArrayLike<number> {
  if (spec.x.name !== null) {
    return rows.column(spec.x.name).subarray(from);
  }
  const start = rows.first + from;
  return Float64Array.from({ length: rows.count - from }, (_, at) => start + at);
}

function split(spec: ChartSpec, rows: RowStore, from: number, slots: Map<string, number>): Named[] {
  const columns = spec.y.map(({ name, label, unit }, colour) => ({
    label,
    unit,
    colour,
    values: rows.column(name).subarray(from),
  }));
  const [only] = columns;
  if (spec.by === null || only === undefined) {
    return columns;
  }
  const groups = rows.column(spec.by).subarray(from);
  const names = rows.values(spec.by);
  for (const name of [...names].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))) {
    if (!slots.has(name)) {
      slots.set(name, slots.size);
    }
  }
  const valuesOf = (group: number) =>
    Float64Array.from(groups, (at, row) => (at === group ? (only.values[row] as number) : Number.NaN));
  return names
    .map((label, group) => ({ label, unit: only.unit, colour: slots.get(label) ?? 0, group }))
    .filter(({ colour }) => colour < MOST_SERIES)
    .map(({ group, ...series }) => ({ ...series, values: valuesOf(group) }))
    .sort((a, b) => a.colour - b.colour);
}

function stacked(spec: ChartSpec, columns: readonly Named[]): DrawnSeries[] {
  let below: Float64Array | null = null;
  return columns.map((column) => {
    const { values } = column;
    if (!spec.stack) {
      return { ...column, own: values, base: null };
    }
    const base = below;
    const top = Float64Array.from(values, (value, at) => (Number.isNaN(value) ? 0 : value) + (base?.[at] ?? 0));
    below = top;
    return { ...column, values: top, own: values, base };
  });
}

/** Bars over names: of each name the newest row counts. */
function lastOfEach(x: ArrayLike<number>, columns: readonly Named[], count: number) {
  return {
    x: Float64Array.from({ length: count }, (_, at) => at),
    columns: columns.map((column) => {
      const values = new Float64Array(count).fill(Number.NaN);
      for (let row = 0; row < x.length; row++) {
        const value = column.values[row] as number;
        if (!Number.isNaN(value) && !Number.isNaN(x[row] as number)) {
          values[x[row] as number] = value;
        }
      }
      return { ...column, values };
    }),
  };
}

/** The places of a column in the order of its values; missing ones are left out. */
function inOrder(x: ArrayLike<number>): Int32Array {
  const places = Int32Array.from({ length: x.length }, (_, at) => at).filter((at) => !Number.isNaN(x[at] as number));
  return places.sort((a, b) => (x[a] as number) - (x[b] as number) || a - b);
}

function picked(values: ArrayLike<number>, places: Int32Array): Float64Array {
  return Float64Array.from(places, (at) => values[at] as number);
}
