// How values are written: by kind, by the format that was chosen, and what is missing by its name.

import { expect, it } from "vitest";
import type { Field, Kind } from "../../../src/panels/kinds/table/content.ts";
import { formatOf, formatsOf, isRight, textOf } from "../../../src/panels/kinds/table/format.ts";

const field = (kind: Kind, more: Partial<Field> = {}): Field => ({
  name: ["x"],
  kind,
  type: "",
  index: false,
  chars: 5,
  ...more,
});

function written(value: unknown, of: Field, format = ""): string {
  return textOf({ value, missing: null }, of, formatOf(of, format));
}

it.each([
  [1.5, field("number", { digits: 2 }), "", "1.50"],
  [-0, field("number", { digits: 1 }), "", "-0.0"],
  [0.000012, field("number", { digits: 2 }), "", "1.2000e-5"],
  [1.5e20, field("number", { digits: null }), "", "1.5000e+20"],
  [Number.NEGATIVE_INFINITY, field("number", { digits: 2 }), "", "−∞"],
  ["10.50", field("number", { digits: 2 }), "", "10.50"],
  [1234.567, field("number", { digits: 3 }), "0,000.00", "1,234.57"],
  [0.1234, field("number", { digits: 4 }), "0.0%", "12.3%"],
  [1234567, field("integer"), "", "1234567"],
  [1234567, field("integer"), "0,000", "1,234,567"],
  [2n ** 63n, field("integer"), "0,000", "9,223,372,036,854,775,808"],
  ["2024-03-15 00:00:00", field("date", { day: true }), "", "2024-03-15"],
  ["2024-03-15 12:34:56+01:00", field("date", { fraction: 3 }), "", "2024-03-15 12:34:56.000+01:00"],
  ["2024-03-15 12:34:56.250000", field("date", { fraction: 3 }), "", "2024-03-15 12:34:56.250"],
  ["2024-03-15 12:34:56.123456", field("date", { fraction: 0 }), "", "2024-03-15 12:34:56.123456"],
  ["0001-01", field("date"), "", "0001-01"],
  ["2024-03-15 12:34:56.789+01:00", field("date"), "minute", "2024-03-15 12:34"],
  ["2024-03-15 12:34:56.789+01:00", field("date"), "full", "2024-03-15 12:34:56.789+01:00"],
  [true, field("truth"), "", "True"],
  ["a\n\tb", field("text"), "", "a b"],
  ["", field("text"), "", ""],
])("writes %s", (value, of, format, text) => {
  expect(written(value, of, format)).toBe(text);
});

it("names what is missing, whatever the format", () => {
  const number = field("number", { digits: 2 });
  expect(textOf({ value: null, missing: "NaN" }, number, formatOf(number, "0.0%"))).toBe("NaN");
});

it("knows a format for each name, and its own for one that it does not know", () => {
  for (const kind of ["integer", "number", "truth", "date", "duration", "text", "mixed"] as const) {
    expect(formatsOf(field(kind))[0]?.name).toBe("");
    expect(formatOf(field(kind), "nonsense").name).toBe("");
  }
  expect([isRight("number"), isRight("text")]).toEqual([true, false]);
});
