// Fewer points, the same picture: what a pixel shows of all rows is what it shows of those that were chosen.

import { describe, expect, test } from "vitest";
import { ascends, linePoints, lowerBound, scatterPoints } from "../../../src/panels/kinds/chart/reduce.ts";

/** Numbers from 0 to 1, the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function extremes(x: Float64Array, y: Float64Array, rows: Iterable<number>, min: number, max: number, pixels: number) {
  const buckets = new Map<number, [number, number]>();
  for (const row of rows) {
    const [at, value] = [x[row] as number, y[row] as number];
    if (at >= min && at < max && !Number.isNaN(value)) {
      const bucket = Math.floor(((at - min) * pixels) / (max - min));
      const [low, high] = buckets.get(bucket) ?? [value, value];
      buckets.set(bucket, [Math.min(low, value), Math.max(high, value)]);
    }
  }
  return buckets;
}

describe("a line of many rows", () => {
  const next = random(7);
  const count = 100_000;
  const x = Float64Array.from({ length: count }, (_, at) => at + next());
  const columns = [0, 1, 2].map(() =>
    Float64Array.from({ length: count }, () => (next() < 0.01 ? Number.NaN : next())),
  );

  test.each([
    [0, count, 900],
    [10_000, 60_000, 333],
    [-500, 2 * count, 1200],
    [50_000, 50_400, 900],
  ])("from %d to %d has each pixel's lowest and highest", (min, max, pixels) => {
    const rows = linePoints(x, columns, min, max, pixels);
    expect(rows.length).toBeLessThan(pixels * 12);
    expect(ascends(rows)).toBe(true);
    expect(new Set(rows).size).toBe(rows.length);
    const all = Array.from({ length: count }, (_, at) => at);
    for (const column of columns) {
      expect(extremes(x, column, rows, min, max, pixels)).toEqual(extremes(x, column, all, min, max, pixels));
    }
  });

  test("reaches one row beyond what is seen, so that the line leaves the plot", () => {
    const rows = linePoints(x, columns, 1000.5, 1010.5, 900);
    expect(x[rows[0] as number]).toBeLessThan(1000.5);
    expect(x[rows.at(-1) as number]).toBeGreaterThan(1010.5);
  });

  test("keeps its gaps", () => {
    const steps = Float64Array.from({ length: 10_000 }, (_, at) => at);
    const broken = steps.map((value) => (value >= 4_000 && value < 6_000 ? Number.NaN : value));
    const rows = linePoints(steps, [broken], 0, 10_000, 100);
    expect(rows.some((row) => Number.isNaN(broken[row] as number))).toBe(true);
  });

  test("of few, equal or no rows has them all", () => {
    expect([...linePoints([1, 2, 3], [[1, 1, 1]], 1, 3, 100)]).toEqual([0, 1, 2]);
    expect([...linePoints([5, 5], [[1, 2]], 5, 5, 100)]).toEqual([0, 1]);
    expect([...linePoints([], [], 0, 1, 100)]).toEqual([]);
  });
});

test("points that would lie on each other are one, the newest; those that can be told apart all stay", () => {
  const next = random(3);
  const count = 50_000;
  const x = Float64Array.from({ length: count }, next);
  const y = Float64Array.from({ length: count }, next);
  const box = { x: [0, 1], y: [0, 1] } as const;
  const rows = scatterPoints(x, y, null, box, 100, 50);
  const cell = (row: number) => Math.floor((x[row] as number) * 100) * 1000 + Math.floor((y[row] as number) * 50);
  expect(new Set(Array.from(rows, cell)).size).toBe(rows.length);
  expect(rows.length).toBe(new Set(Array.from(x, (_, row) => cell(row))).size);
  expect(ascends(Array.from(rows, (row) => x[row] as number))).toBe(true);
  expect(scatterPoints([0.5, 0.5, 2, Number.NaN], [1, 1, 1, 1], null, box, 10, 10)).toHaveLength(2);
});

test("places are found and order is seen", () => {
  expect([0, 1, 2.5, 9].map((value) => lowerBound([1, 2, 3], value))).toEqual([0, 0, 2, 3]);
  expect([[], [1, 1, 2], [2, 1], [Number.NaN], [1, Number.NaN]].map(ascends)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
