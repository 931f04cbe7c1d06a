// What is chosen: rectangles, whole rows, several with Ctrl; where keys lead; what stays when rows go.

import { expect, it } from "vitest";
import { led } from "../../../src/panels/kinds/table/keys.ts";
import { columnsOf, Selection, spansOf } from "../../../src/panels/kinds/table/selection.ts";

it("is a rectangle from where it began", () => {
  const selection = new Selection();
  selection.to({ row: 5, column: 2 });
  selection.to({ row: 3, column: 4 }, { extend: true });
  expect(selection.areas(10)).toEqual([{ top: 3, bottom: 5, left: 2, right: 4 }]);
  expect(selection.has(4, 3)).toBe(true);
  expect(selection.has(4, 5)).toBe(false);
  selection.to({ row: 0, column: 0 });
  expect(selection.areas(10)).toEqual([{ top: 0, bottom: 0, left: 0, right: 0 }]);
});

it("holds whole rows, and more of them with Ctrl, each row and column once", () => {
  const selection = new Selection();
  selection.to({ row: 2, column: 0 }, { whole: true });
  selection.to({ row: 4, column: 0 }, { extend: true });
  selection.to({ row: 9, column: 1 }, { more: true });
  selection.to({ row: 3, column: 1 }, { more: true });
  expect(selection.has(3, 7)).toBe(true);
  expect(selection.has(9, 2)).toBe(false);
  const areas = selection.areas(3);
  expect(spansOf(areas)).toEqual([
    [2, 5],
    [9, 10],
  ]);
  expect(columnsOf(areas)).toEqual([0, 1, 2]);
});

it("holds everything, and follows rows that lose their beginning", () => {
  const selection = new Selection();
  selection.all(100);
  expect(spansOf(selection.areas(2))).toEqual([[0, 100]]);
  selection.to({ row: 50, column: 1 });
  selection.slide(20);
  expect(selection.active).toEqual({ row: 30, column: 1 });
  selection.slide(31);
  expect(selection.active).toBe(null);
});

it("ends where the rows end", () => {
  const selection = new Selection();
  selection.to({ row: 50, column: 5 });
  selection.clamp(10, 3);
  expect(selection.active).toEqual({ row: 9, column: 2 });
  selection.clamp(0, 3);
  expect(selection.areas(3)).toEqual([]);
});

const pressed = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });
const extent = { rows: 100, columns: [0, 2, 4], page: 10 };

it.each([
  ["ArrowDown", false, { row: 6, column: 2 }],
  ["ArrowUp", true, { row: 0, column: 2 }],
  ["ArrowLeft", false, { row: 5, column: 0 }],
  ["ArrowRight", true, { row: 5, column: 4 }],
  ["PageUp", false, { row: 0, column: 2 }],
  ["PageDown", false, { row: 15, column: 2 }],
  ["Home", false, { row: 5, column: 0 }],
  ["End", true, { row: 99, column: 4 }],
  ["x", false, null],
])("leads %s (Ctrl: %s)", (key, ctrl, goal) => {
  expect(led({ row: 5, column: 2 }, pressed(key, ctrl), extent)).toEqual(goal);
});

it("shows what was chosen elsewhere, until somebody chooses here", () => {
  const selection = new Selection();
  selection.to({ row: 5, column: 2 });
  selection.give({ spans: Int32Array.of(1, 3, 7, 8), columns: null });
  expect([0, 1, 2, 3, 6, 7, 8].filter((row) => selection.has(row, 4))).toEqual([1, 2, 7]);
  expect(selection.active).toBe(null);
  expect(selection.first).toBe(1);
  expect(spansOf(selection.areas(3))).toEqual([
    [1, 3],
    [7, 8],
  ]);
  selection.slide(2);
  expect([0, 5].every((row) => selection.has(row, 0))).toBe(true);
  selection.to({ row: 9, column: 0 }, { more: true });
  expect(selection.has(5, 0)).toBe(true);
  selection.to({ row: 9, column: 0 });
  expect(selection.has(5, 0)).toBe(false);
  selection.give({ spans: Int32Array.of(4, 5), columns: [1] });
  expect(selection.active).toEqual({ row: 4, column: 1 });
  expect(selection.has(4, 1) && !selection.has(4, 0)).toBe(true);
});
