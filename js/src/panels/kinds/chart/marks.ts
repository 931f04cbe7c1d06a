// Marks: how each kind of chart draws a series: uPlot's path builders, and our own for bars and points.

import uPlot from "uplot";
import type { DrawnSeries } from "./drawn.ts";

export type Paths = uPlot.Series.PathBuilder;

/** Canvas pixels of a bar at most, and of the space between two at least. */
const WIDEST = 64;
const BETWEEN = 1;

const linear = uPlot.paths.linear?.() as Paths;

/** Widths of the plot that a line may go up and down before it is drawn as a hairline. */
const DENSE = 12;

/** A line; a hairline where it fills the plot: without a graphics card a thicker zigzag takes 40 times as long. */
export const linePaths: Paths = (u, index, from, to) => {
  const paths = linear(u, index, from, to);
  const dense = climb(u, index, from, to) > DENSE * u.bbox.width;
  // `_width` is what uPlot reads; its types call it `width`.
  return paths && dense ? ({ ...paths, _width: 1 / uPlot.pxRatio } as uPlot.Series.Paths) : paths;
};

/** Canvas pixels that a line goes up and down in all. */
function climb(u: uPlot, index: number, from: number, to: number): number {
  const y = u.data[index] as (number | null)[];
  const scale = u.scales.y;
  let sum = 0;
  let last: number | null = null;
  for (let row = from; row <= to; row++) {
    const value = y[row] ?? null;
    if (value !== null) {
      sum += last === null ? 0 : Math.abs(value - last);
      last = value;
    }
  }
  return (sum / ((scale?.max ?? 1) - (scale?.min ?? 0) || 1)) * u.bbox.height;
}

/** Bars of series `at` of `count`, side by side or, with a base, on top of each other. */
export function barPaths(
  at: number,
  count: number,
  baseOf: () => ArrayLike<number> | null,
  step: () => number,
  stack: boolean,
): Paths {
  return (u, index, from, to) => {
    const path = new Path2D();
    const x = u.data[0] as number[];
    const y = u.data[index] as (number | null)[];
    const base = baseOf();
    const slots = stack ? 1 : count;
    const room = Math.abs(u.valToPos(step(), "x", true) - u.valToPos(0, "x", true));
    const all = Math.max(1, Math.min(room * 0.8, WIDEST * slots * uPlot.pxRatio));
    const width = Math.max(1, all / slots - (slots > 1 ? BETWEEN : 0));
    for (let row = from; row <= to; row++) {
      const value = y[row];
      if (value !== null && value !== undefined) {
        const left = u.valToPos(x[row] as number, "x", true) - all / 2 + (slots > 1 ? at * (all / slots) : 0);
        const top = u.valToPos(value, "y", true);
        const bottom = u.valToPos(base?.[row] ?? 0, "y", true);
        path.rect(Math.round(left), Math.min(top, bottom), Math.round(width), Math.max(1, Math.abs(bottom - top)));
      }
    }
    return { stroke: null, fill: path, clip: null, flags: 1 };
  };
}

/** Points: discs while they are few, squares when they are many. */
export function pointPaths(): Paths {
  return (u, index, from, to) => {
    const path = new Path2D();
    const x = u.data[0] as number[];
    const y = u.data[index] as (number | null)[];
    const few = to - from < 5000;
    const size = (few ? 3 : 1.25) * uPlot.pxRatio;
    for (let row = from; row <= to; row++) {
      const value = y[row];
      if (value !== null && value !== undefined) {
        const left = u.valToPos(x[row] as number, "x", true);
        const top = u.valToPos(value, "y", true);
        if (few) {
          path.moveTo(left + size, top);
          path.arc(left, top, size, 0, 2 * Math.PI);
        } else {
          path.rect(left - size, top - size, 2 * size, 2 * size);
        }
      }
    }
    return { stroke: null, fill: path, clip: null, flags: 1 };
  };
}

/** The smallest distance of two x that differ; 1 when there is none. */
export function stepOf(x: ArrayLike<number>): number {
  let step = Number.POSITIVE_INFINITY;
  for (let at = 1; at < x.length; at++) {
    const distance = (x[at] as number) - (x[at - 1] as number);
    if (distance > 0 && distance < step) {
      step = distance;
    }
  }
  return Number.isFinite(step) ? step : 1;
}

/** A base of a series at some rows. */
export function baseAt(series: DrawnSeries, rows: ArrayLike<number>): Float64Array | null {
  const { base } = series;
  return base === null ? null : Float64Array.from(rows, (row) => base[row] as number);
}
