// Tracks: where a grid can be taken hold of, and what a drag makes of its shares.

import { expect, test } from "vitest";
import { edges, leasts, moved, position, sharesOf, template } from "../../src/panels/tracks.ts";

const cell = (row: number, column: number, rows: number, columns: number, ...panels: string[]) => ({
  row,
  column,
  rows,
  columns,
  panels,
});

/** a a / b c */
const GRID = { rows: 2, columns: 2, cells: [cell(0, 0, 1, 2, "a"), cell(1, 0, 1, 1, "b"), cell(1, 1, 1, 1, "c")] };

test("a line can be taken hold of where no panel lies across it", () => {
  expect(edges(GRID, "columns")).toEqual([{ line: 1, from: 1, to: 2 }]);
  expect(edges(GRID, "rows")).toEqual([{ line: 1, from: 0, to: 2 }]);
});

test("a gap has an edge to its neighbours, and none in itself", () => {
  const grid = { rows: 2, columns: 3, cells: [cell(0, 0, 2, 1, "a")] };
  expect(edges(grid, "columns")).toEqual([{ line: 1, from: 0, to: 2 }]);
  expect(edges(grid, "rows")).toEqual([]);
});

test("a drag moves one line, and no other", () => {
  const shares = [0.25, 0.25, 0.25, 0.25];
  const after = moved(shares, [1, 3], 1, 0.1, 0);
  expect(after[0]).toBeCloseTo(0.35);
  expect(after[1]).toBeCloseTo(0.2);
  expect(after[2]).toBeCloseTo(0.2);
  expect(after[3]).toBe(0.25);
  expect(position(after, [1, 3], 1)).toBeCloseTo(0.35 / 0.75);
});

test.each([-5, 5])("however far it is dragged, both sides keep what they need", (by) => {
  const after = moved([0.5, 0.5], [1], 1, by, 0.1);
  expect(Math.min(...after)).toBeCloseTo(0.1);
  expect(after[0] ?? 0).toBeCloseTo(by < 0 ? 0.1 : 0.9);
});

test("where there is too little room for both, they share it", () => {
  expect(moved([0.5, 0.5], [1], 1, -1, 0.9)).toEqual([0.5, 0.5]);
});

test("shares that do not fit the grid are equal ones", () => {
  expect(sharesOf(2, [0.7, 0.3])).toEqual([0.7, 0.3]);
  expect(sharesOf(2, [1])).toEqual([0.5, 0.5]);
  expect(template([0.75, 0.25], [120, 60])).toBe("minmax(120px, 1.50000fr) minmax(60px, 0.50000fr)");
});

test("a track keeps what the panels across it need, however many tracks they share", () => {
  expect(leasts(GRID, "columns", 120)).toEqual([120, 120]);
  expect(leasts({ rows: 1, columns: 12, cells: [cell(0, 0, 1, 12, "a")] }, "columns", 120)).toEqual(Array(12).fill(10));
  expect(leasts({ rows: 1, columns: 2, cells: [cell(0, 0, 1, 1, "a")] }, "columns", 120)).toEqual([120, 0]);
});
