// Which part of the rows is seen: the range of x that holds all, the places to draw in a range, the place next to an x. Pure.

import type { View } from "./axes.ts";
import type { Drawn } from "./drawn.ts";
import { stepOf } from "./marks.ts";
import { extent, linePoints, lowerBound, scatterPoints } from "./reduce.ts";
import type { ChartSpec } from "./wire.ts";

/** The range of x that shows everything, with room where marks have a width. */
export function wholeOf(spec: ChartSpec, { x, names }: Drawn): View {
  if (spec.x.kind === "category") {
    return [-0.5, Math.max(1, names.length) - 0.5];
  }
  if (x.length === 0) {
    return [0, 1];
  }
  const [low, high] = [x[0] as number, x[x.length - 1] as number];
  const room =
    low === high
      ? { time: 30_000, row: 0.5, number: Math.abs(low) * 0.05 || 0.5 }[spec.x.kind]
      : { bar: spec.mark === "bar" ? stepOf(x) / 2 : 0, scatter: (high - low) * 0.03, line: 0, area: 0 }[spec.mark];
  return [low - room, high + room];
}

/** The places to draw in this range, so many pixels wide. */
export function placesShown(spec: ChartSpec, all: Drawn, view: View, width: number): Int32Array {
  const columns = all.series.map(({ values }) => values);
  if (spec.mark !== "scatter") {
    return linePoints(all.x, columns, view[0], view[1], width);
  }
  const range = extent(columns) ?? [0, 1];
  const places = columns.map((y) => scatterPoints(all.x, y, null, { x: view, y: range }, width, 1000));
  return places.length === 1 && places[0]
    ? places[0]
    : Int32Array.from(new Set(places.flatMap((one) => [...one]))).sort();
}

/** The place whose x is nearest. */
export function nearest({ x }: Drawn, value: number): number {
  const at = lowerBound(x, value);
  if (at === 0 || at === x.length) {
    return Math.min(at, x.length - 1);
  }
  return (x[at] as number) - value < value - (x[at - 1] as number) ? at : at - 1;
}
