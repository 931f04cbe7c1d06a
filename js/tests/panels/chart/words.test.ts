// Words: values that stand side by side have the same digits, where these are few.

import { expect, test } from "vitest";
import { roomOf } from "../../../src/panels/kinds/chart/axes.ts";
import { sharedDigits } from "../../../src/panels/kinds/chart/words.ts";

test.each([
  [[223.02, 128.82, 28.8], 2],
  [[16, 32.7], 1],
  [[1, 2, null], 0],
  [[7.965, 16.1], null], // three would be written for both
  [[1e-5, 28.8], null], // one has an exponent
  [[2.5e9, 28.8], null],
  [[], 0],
])("%j: %j digits", (values, digits) => {
  expect(sharedDigits(values)).toBe(digits);
});

test("a chart without room leaves out its axes' names, then its axes", () => {
  expect([roomOf(600, 400), roomOf(300, 120), roomOf(300, 40), roomOf(90, 400)]).toEqual([
    "full",
    "plain",
    "bare",
    "bare",
  ]);
});
