// Zooming stays within what there is, and around the place that it was asked for.

import { expect, test } from "vitest";
import { inside, zoomed } from "../../../src/panels/kinds/chart/pointer.ts";

test("zooming in keeps the place under the pointer, zooming out ends with everything", () => {
  expect(zoomed([0, 100], [0, 100], 0.5, 25)).toEqual([12.5, 62.5]);
  expect(zoomed([12.5, 62.5], [0, 100], 0.5, 25)).toEqual([18.75, 43.75]);
  expect(zoomed([10, 60], [0, 100], 4, 25)).toBeNull();
});

test("zooming out at an edge stays inside, and zooming in has an end", () => {
  expect(zoomed([0, 20], [0, 100], 2, 20)).toEqual([0, 40]);
  const [low, high] = zoomed([50, 50.0001], [0, 100], 0.1, 50) ?? [0, 0];
  expect(high - low).toBeCloseTo(0.001, 9);
});

test("what is moved stays inside", () => {
  expect(inside([-10, 10], [0, 100])).toEqual([0, 20]);
  expect(inside([90, 110], [0, 100])).toEqual([80, 100]);
  expect(inside([30, 40], [0, 100])).toEqual([30, 40]);
});
