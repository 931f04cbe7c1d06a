// The rows of a chart in the page are those that the kernel keeps, however they came.

import { expect, test } from "vitest";
import { drawn } from "../../../src/panels/kinds/chart/drawn.ts";
import { RowStore } from "../../../src/panels/kinds/chart/rows.ts";
import { placesShown, wholeOf } from "../../../src/panels/kinds/chart/shown.ts";
import type { Cells, ChartSpec, RowsMessage } from "../../../src/panels/kinds/chart/wire.ts";
import { noteOf, numberText, summary, timeText } from "../../../src/panels/kinds/chart/words.ts";

const numbers = (...values: number[]): Cells => ({ type: "float64", data: new Float64Array(values).buffer });
const text = (values: string[], ...codes: number[]): Cells => ({
  type: "text",
  data: new Int32Array(codes).buffer,
  values,
});

function rows(first: number, oldest: number, columns: Record<string, Cells>, fresh = false): RowsMessage {
  const [cells] = Object.values(columns);
  const count = (cells?.data.byteLength ?? 0) / (cells?.type === "text" ? 4 : 8);
  return { first, count, total: first + count, oldest, fresh, columns };
}

function spec(given: Partial<ChartSpec> = {}): ChartSpec {
  return {
    mark: "line",
    x: { name: "x", label: "x", kind: "number", utc: false },
    y: [{ name: "y", label: "y", unit: "" }],
    by: null,
    title: "",
    unit: "",
    digits: null,
    range: null,
    log: false,
    stack: false,
    last: { rows: null, ms: null },
    sync: null,
    brush: false,
    note: "",
    ...given,
  };
}

test("rows are added, dropped as the kernel drops them, and begun anew when the page fell behind", () => {
  const store = new RowStore();
  const kept: number[] = [];
  let next = 0;
  for (let step = 0; step < 3000; step++) {
    const count = (step * 7) % 13;
    const values = Array.from({ length: count }, (_, at) => next + at);
    kept.push(...values);
    next += count;
    kept.splice(0, Math.max(0, kept.length - 500));
    store.take(rows(next - count, Math.max(0, next - 500), { n: numbers(...values) }));
  }
  expect(Array.from(store.column("n"))).toEqual(kept);
  expect([store.first, store.count, store.next]).toEqual([next - 500, 500, next]);
  store.take(rows(90_000, 90_000, { n: numbers(1, 2) }, true));
  expect([store.first, store.next, ...store.column("n")]).toEqual([90_000, 90_002, 1, 2]);
  store.take(rows(90_002, 90_002, { n: numbers() })); // cleared
  expect([store.count, store.next]).toEqual([0, 90_002]);
});

test("names have one number each, whichever answer they came in", () => {
  const store = new RowStore();
  store.take(rows(0, 0, { s: text(["b", "a"], 0, 1, -1) }));
  store.take(rows(3, 0, { s: text(["c", "b"], 0, 1) }));
  expect(store.values("s")).toEqual(["b", "a", "c"]);
  expect(Array.from(store.column("s"))).toEqual([0, 1, Number.NaN, 2, 0]);
});

test("a column of names makes a series of each, whose colours stay when others come and go", () => {
  const slots = new Map<string, number>();
  const store = new RowStore();
  store.take(rows(0, 0, { x: numbers(1, 2, 3), y: numbers(5, 6, 7), s: text(["q", "p"], 0, 1, 0) }));
  const both = drawn(spec({ by: "s" }), store, slots);
  expect(both.series.map(({ label, colour }) => [label, colour])).toEqual([
    ["p", 0],
    ["q", 1],
  ]);
  expect(Array.from(both.series[1]?.values ?? [])).toEqual([5, Number.NaN, 7]);
  const other = new RowStore();
  other.take(rows(0, 0, { x: numbers(1, 2), y: numbers(5, 6), s: text(["q", "a"], 0, 1) }));
  const later = drawn(spec({ by: "s" }), other, slots);
  expect(later.series.map(({ label, colour }) => [label, colour])).toEqual([
    ["q", 1],
    ["a", 2],
  ]);
});

test("what is stacked stands on the one below, and tells its own share", () => {
  const store = new RowStore();
  store.take(rows(0, 0, { x: numbers(1, 2), a: numbers(1, 2), b: numbers(10, Number.NaN) }));
  const y = ["a", "b"].map((name) => ({ name, label: name, unit: "" }));
  const { series } = drawn(spec({ mark: "area", stack: true, y }), store, new Map());
  expect(series.map(({ values }) => Array.from(values))).toEqual([
    [1, 2],
    [11, 2],
  ]);
  expect(Array.from(series[1]?.base ?? [])).toEqual([1, 2]);
  expect(Array.from(series[1]?.own ?? [])).toEqual([10, Number.NaN]);
});

test("rows out of order are drawn in order, bars show the newest of each name, and the newest rows alone if asked", () => {
  const store = new RowStore();
  store.take(
    rows(0, 0, { x: numbers(3, 1, Number.NaN, 2), y: numbers(30, 10, 0, 20), s: text(["b", "a"], 0, 1, 0, 1) }),
  );
  const sorted = drawn(spec(), store, new Map());
  expect([Array.from(sorted.x), Array.from(sorted.series[0]?.values ?? [])]).toEqual([
    [1, 2, 3],
    [10, 20, 30],
  ]);
  const names = { name: "s", label: "s", kind: "category", utc: false } as const;
  const bars = drawn(spec({ mark: "bar", x: names }), store, new Map());
  expect([bars.names, Array.from(bars.series[0]?.values ?? [])]).toEqual([
    ["b", "a"],
    [0, 20],
  ]);
  const row = { name: null, label: "row", kind: "row", utc: false } as const;
  const last = drawn(spec({ x: row, last: { rows: 2, ms: null } }), store, new Map());
  expect(Array.from(last.x)).toEqual([2, 3]);
});

test("no row, one row and equal rows have a range of x", () => {
  const store = new RowStore();
  const empty = drawn(spec(), store, new Map());
  expect(wholeOf(spec(), empty)).toEqual([0, 1]);
  expect(placesShown(spec(), empty, [0, 1], 100)).toHaveLength(0);
  expect(summary(spec(), empty, null)).toBe("No rows yet.");
  store.take(rows(0, 0, { x: numbers(100), y: numbers(1) }));
  const one = drawn(spec(), store, new Map());
  expect(wholeOf(spec(), one)).toEqual([95, 105]);
  expect(summary(spec(), one, null)).toBe("1 row, 100 to 100. y: 1 to 1, last 1.");
});

test("numbers and times are written with their units and no more than they have", () => {
  expect(numberText(1234.5678, null, "")).toBe("1,234.57");
  expect(numberText(-0.5, 2, "$")).toBe("−$0.50");
  expect(numberText(12, null, "%")).toBe("12 %");
  expect(numberText(Number.NaN, 2, "$")).toBe("–");
  expect(timeText(Date.UTC(2026, 2, 1), true)).toBe("2026-03-01");
  expect(timeText(Date.UTC(2026, 2, 1, 9, 30), true)).toBe("2026-03-01 09:30");
  expect(timeText(Date.UTC(2026, 2, 1, 9, 30, 5, 20), true)).toBe("2026-03-01 09:30:05.020");
});

test("more series than can be told apart are not drawn, which is said; those that are keep their colours", () => {
  const store = new RowStore();
  const who = Array.from({ length: 23 }, (_, at) => `w${at}`);
  store.take(
    rows(0, 0, {
      x: numbers(...who.map((_, at) => at)),
      y: numbers(...who.map((_, at) => at)),
      who: text(who, ...who.map((_, at) => at)),
    }),
  );
  const given = spec({ by: "who", note: "the lowest and highest of 9 rows" });
  const all = drawn(given, store, new Map());
  expect(all.series.map(({ label }) => label)).toEqual(who.slice(0, 8));
  expect(all.series.map(({ colour }) => colour)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(noteOf(given, all)).toBe("8 of 23 shown · the lowest and highest of 9 rows");
  expect(summary(given, all, null)).toContain("8 of 23 shown");
  expect(noteOf(spec(), drawn(spec(), store, new Map()))).toBe("");
});
