// Where columns stand: those of the index first and fixed, widths that a person chose, and which are seen.

import { expect, it } from "vitest";
import { Columns, GUTTER } from "../../../src/panels/kinds/table/columns.ts";
import type { Content, Field } from "../../../src/panels/kinds/table/content.ts";

function content(names: readonly string[], indexes = 0): Content {
  const fields = names.map(
    (name, at): Field => ({ name: [name], kind: "text", type: "", index: at < indexes, chars: 10 }),
  );
  return {
    rows: 100,
    what: "",
    note: "",
    fields,
    first: { start: 0, numbers: [], columns: {} },
    view: null,
    chosen: false,
    save: false,
  };
}

const measure = (text: string) => text.length * 8;

it("fixes the index, or the numbers of rows where there is none", () => {
  const columns = new Columns(measure);
  columns.take(content(["i", "a", "b"], 1));
  expect(columns.list.map(({ fixed }) => fixed)).toEqual([true, false, false]);
  columns.take(content(["a", "b"]));
  expect(columns.list.map(({ number }) => number)).toEqual([GUTTER, 0, 1]);
  expect(columns.fixed).toBe(columns.list[0]?.width);
});

it("fixes no more than leaves half of the view", () => {
  const columns = new Columns(measure);
  columns.take(content(["i", "j", "a"], 2));
  columns.place(250);
  expect(columns.list.map(({ fixed }) => fixed)).toEqual([true, false, false]);
});

it("shows the columns that are on the screen, wherever it is", () => {
  const columns = new Columns(measure);
  columns.take(content(["i", ...Array.from({ length: 200 }, (_, at) => `c${at}`)], 1));
  for (const left of [0, 300, 5000, columns.width - 500]) {
    const seen = columns.visible(left, 500);
    expect(seen[0]).toMatchObject({ x: 0, column: { number: 0 } });
    expect(seen.length).toBeLessThan(10);
    const rest = seen.slice(1);
    expect(rest[0]?.x).toBeLessThanOrEqual(columns.fixed);
    const last = rest.at(-1);
    expect((last?.x ?? 0) + (last?.column.width ?? 0)).toBeGreaterThanOrEqual(500);
  }
});

it("keeps a width and a format by name, for the next table as well", () => {
  const columns = new Columns(measure);
  columns.take(content(["a", "b"]));
  columns.resize(columns.list[2] as never, 333);
  columns.take(content(["b", "c"]));
  expect(columns.of(0)?.width).toBe(333);
  columns.resize(columns.list[2] as never, 1);
  expect(columns.of(1)?.width).toBe(48);
});
