// Words: numbers, times and names as a chart writes them, and what it says of itself to those who do not see it. Pure.

import type { View } from "./axes.ts";
import type { Drawn } from "./drawn.ts";
import { extent } from "./reduce.ts";
import type { ChartSpec } from "./wire.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Signs that stand before their number. */
const MONEY = new Set(["$", "€", "£", "¥"]);

/** A value with its digits and unit. */
export function numberText(value: number | null | undefined, digits: number | null, unit: string): string {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "–";
  }
  const text = Math.abs(value).toLocaleString(undefined, digitsOf(value, digits));
  const sign = value < 0 ? "−" : "";
  return MONEY.has(unit) ? `${sign}${unit}${text}` : `${sign}${text}${unit && ` ${unit}`}`;
}

function digitsOf(value: number, digits: number | null): Intl.NumberFormatOptions {
  if (digits !== null) {
    return { minimumFractionDigits: digits, maximumFractionDigits: digits };
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e9)
    ? { notation: size < 1 ? "scientific" : "compact", maximumSignificantDigits: 4 }
    : { maximumSignificantDigits: Math.max(4, Math.ceil(Math.log10(size + 1)) + 2) };
}

/** As many digits as the finest of values that stand side by side has, where that is a few: 28.80 beside 125.55. */
export function sharedDigits(values: readonly (number | null | undefined)[]): number | null {
  const texts = values.map((value) => numberText(value, null, ""));
  const most = Math.max(0, ...texts.map((text) => text.split(DECIMAL)[1]?.length ?? 0));
  return most > 2 || texts.some((text) => /\p{L}/u.test(text)) ? null : most;
}

/** What stands before a fraction, where this page is read. */
const DECIMAL = new Intl.NumberFormat().formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";

/** A place on the x axis, in full. */
export function xText(x: number, spec: ChartSpec, names: readonly string[]): string {
  switch (spec.x.kind) {
    case "time":
      return timeText(x, spec.x.utc);
    case "category":
      return names[x] ?? "–";
    case "row":
      return Math.round(x).toLocaleString();
    case "number":
      return numberText(x, null, "");
  }
}

/** A time with as many parts as it has: a midnight is a day. */
export function timeText(ms: number, utc: boolean): string {
  const [day, time] = parts(ms, utc);
  return ms % DAY === 0 && utc ? day : ms % MINUTE === 0 ? `${day} ${time.slice(0, 5)}` : `${day} ${time}`;
}

/** `2026-03-01` and `09:30:00`; milliseconds only where there are some. */
function parts(ms: number, utc: boolean): [string, string] {
  const date = new Date(ms);
  const local = utc ? date : new Date(ms - date.getTimezoneOffset() * MINUTE);
  if (Number.isNaN(local.getTime())) {
    return ["–", ""];
  }
  const [day, time] = local.toISOString().split("T") as [string, string];
  return [day, ms % 1000 === 0 ? time.slice(0, 8) : time.slice(0, 12)];
}

/** What the chart is, in one sentence. */
export function name(spec: ChartSpec): string {
  const what = spec.title || spec.y.map(({ label }) => label).join(", ");
  return `${MARKS[spec.mark]}: ${what} by ${spec.x.label}`;
}

const MARKS = { line: "Line chart", scatter: "Scatter plot", bar: "Bar chart", area: "Area chart" };

/** What of the rows is not to be seen. */
export function noteOf(spec: ChartSpec, { series, all }: Drawn): string {
  const some = all > series.length ? `${series.length} of ${all.toLocaleString()} shown` : "";
  return [some, spec.note].filter(Boolean).join(" · ");
}

/** What it shows, in a few sentences. */
export function summary(spec: ChartSpec, drawn: Drawn, zoom: View | null): string {
  const { x, series, names } = drawn;
  if (x.length === 0) {
    return "No rows yet.";
  }
  const range = (from: number, to: number) => `${xText(from, spec, names)} to ${xText(to, spec, names)}`;
  const ends = range(x[0] as number, x[x.length - 1] as number);
  const seen = zoom === null ? "" : ` Zoomed to ${range(zoom[0], zoom[1])}.`;
  const note = noteOf(spec, drawn);
  const told = series.map(({ label, own, unit }) => {
    const ends = extent([own]);
    const text = (value: number) => numberText(value, spec.digits, unit);
    return ends === null
      ? `${label}: no values.`
      : `${label}: ${text(ends[0])} to ${text(ends[1])}, last ${text(lastOf(own) ?? Number.NaN)}.`;
  });
  return `${x.length.toLocaleString()} ${x.length === 1 ? "row" : "rows"}, ${ends}. ${told.join(" ")}${seen}${note && ` ${note}.`}`;
}

/** The last value that is not missing. */
export function lastOf(values: ArrayLike<number>): number | null {
  for (let at = values.length - 1; at >= 0; at--) {
    if (!Number.isNaN(values[at] as number)) {
      return values[at] as number;
    }
  }
  return null;
}
