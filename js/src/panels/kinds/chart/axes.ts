// Axes and scales of a chart, as uPlot wants them. Pure but for the measuring of text.

import uPlot from "uplot";
import type { Colours } from "./colours.ts";
import type { ChartSpec } from "./wire.ts";
import { numberText } from "./words.ts";

export type View = readonly [number, number];

/** What fits: everything, no names of axes, or the marks alone. */
export type Room = "full" | "plain" | "bare";

export function roomOf(width: number, height: number): Room {
  return height < 72 || width < 112 ? "bare" : height < 168 || width < 200 ? "plain" : "full";
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

// From which distance of two ticks on: how a tick is written, and what a new year, day or minute adds below it.
const TIMES: (string | number | null)[][] = [
  [YEAR, "{YYYY}", null, null, null, null, null, null, 1],
  [28 * DAY, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [DAY, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [MINUTE, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [SECOND, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{ss}.{fff}", "\n{D} {MMM} {HH}:{mm}", null, "\n{D} {MMM} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
];

export function scalesOf(spec: ChartSpec, view: () => View): uPlot.Scales {
  const fromZero = spec.mark === "bar" || spec.mark === "area";
  const range = (_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax => {
    if (low === null || high === null) {
      return [spec.range?.[0] ?? (spec.log ? 1 : 0), spec.range?.[1] ?? (spec.log ? 10 : 1)];
    }
    const all = fromZero ? [Math.min(0, low), Math.max(0, high)] : [low, high];
    const found = spec.log
      ? uPlot.rangeLog(low, high, 10, false)
      : uPlot.rangeNum(all[0] as number, all[1] as number, ROOM(fromZero, low, high));
    return [spec.range?.[0] ?? found[0], spec.range?.[1] ?? found[1]];
  };
  return {
    x: { time: spec.x.kind === "time", range: () => [...view()] as uPlot.Range.MinMax },
    y: spec.log ? { distr: 3, range } : { range },
  };
}

/** Some room above and below the values, none beyond a zero that bars stand on. */
const ROOM = (fromZero: boolean, low: number, high: number): uPlot.Range.Config => ({
  min: { pad: fromZero && low >= 0 ? 0 : 0.08, soft: 0, mode: fromZero ? 1 : 3 },
  max: { pad: fromZero && high <= 0 ? 0 : 0.08, soft: 0, mode: fromZero ? 1 : 3 },
});

export function axesOf(
  spec: ChartSpec,
  room: Room,
  colours: () => Colours,
  names: () => readonly string[],
): uPlot.Axis[] {
  if (room === "bare") {
    return [{ show: false }, { show: false }];
  }
  const look = (): uPlot.Axis => ({
    stroke: () => colours().quiet,
    font: colours().font,
    labelFont: colours().font,
    grid: { stroke: () => colours().grid, width: 1 },
    ticks: { stroke: () => colours().grid, width: 1, size: 4 },
    gap: 4,
  });
  const label = (text: string | undefined): uPlot.Axis =>
    text && room === "full" ? { label: text, labelSize: 20, labelGap: 2 } : {};
  const height = spec.x.kind === "time" ? 40 : 28;
  // Where the legend does not say what y is, and no calendar what x is.
  const said = { x: spec.x.kind === "number" ? spec.x.label : "", y: spec.by === null ? "" : spec.y[0]?.label };
  return [
    { ...look(), ...xValues(spec, names), ...label(said.x), size: height, space: 64, grid: { show: false } },
    {
      ...look(),
      ...label(said.y),
      values: (_, splits, _axis, _space, step) => yTexts(spec, splits, step),
      size: widthOf(colours().font),
      space: room === "full" ? 36 : 24, // one tick alone says nothing
    },
  ];
}

function xValues(spec: ChartSpec, names: () => readonly string[]): uPlot.Axis {
  switch (spec.x.kind) {
    case "time":
      return { values: TIMES };
    case "category":
      return {
        incrs: [1, 2, 5, 10, 20, 50, 100, 1000],
        splits: (u, _axis, low, high, step) => whole(low, high, Math.max(1, step, crowded(u, names()))),
        values: (_, splits) => splits.map((at) => shortened(names()[at] ?? "")),
      };
    case "row":
    case "number":
      return { values: (_, splits) => splits.map((value) => (value === null ? "" : numberText(value, null, ""))) };
  }
}

function whole(low: number, high: number, step: number): number[] {
  const splits: number[] = [];
  for (let at = Math.ceil(Math.max(0, low) / step) * step; at <= high; at += step) {
    splits.push(at);
  }
  return splits;
}

/** Every how many names are written, so that they do not run into each other. */
function crowded(u: uPlot, names: readonly string[]): number {
  const longest = Math.max(1, ...names.slice(0, 200).map((name) => shortened(name).length));
  const [low, high] = [u.scales.x?.min ?? 0, u.scales.x?.max ?? 1];
  const room = u.bbox.width / uPlot.pxRatio / Math.max(1, high - low);
  return Math.max(1, Math.ceil((longest * 7 + 8) / Math.max(1, room)));
}

function shortened(name: string): string {
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
}

/** All with the digits that their distance has. */
function yTexts(spec: ChartSpec, splits: readonly (number | null)[], step: number): string[] {
  const unit = spec.unit.length === 1 ? spec.unit : "";
  const digits = spec.log || step < 1e-6 || step >= 1e6 ? null : decimals(step);
  return splits.map((value) => (value === null ? "" : numberText(value, digits, unit)));
}

function decimals(step: number): number {
  const at = [0, 1, 2, 3, 4, 5, 6, 7].find(
    (digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6,
  );
  return at ?? 7;
}

/** As wide as the widest text: the axis moves only when that changes much. */
function widthOf(font: string): uPlot.Axis.Size {
  const context = document.createElement("canvas").getContext("2d");
  return (_, values) => {
    if (context === null || !values) {
      return 48;
    }
    context.font = font;
    const widest = Math.max(...values.map((text) => context.measureText(text ?? "").width));
    return Math.ceil((widest + 16) / 8) * 8;
  };
}
