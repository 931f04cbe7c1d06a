// Which rows are asked for: those that are looked at and not here, one question for them; old ones are shown until new ones come.

import { expect, it } from "vitest";
import { Blocks } from "../../../src/panels/kinds/table/blocks.ts";
import { type Ask, type Block, EVERYTHING, type Query } from "../../../src/panels/kinds/table/content.ts";

interface Question {
  readonly query: Query;
  readonly start: number;
  readonly stop: number;
  readonly columns: readonly number[];
  answer(): Promise<void>;
}

/** A kernel whose cells say where they are; `sign` tells one order from another. */
function kernel() {
  const questions: Question[] = [];
  const ask = ((_method: string, query: Query, start: number, stop: number, columns: readonly number[]) =>
    new Promise((resolve) => {
      questions.push({
        query,
        start,
        stop,
        columns,
        answer: async () => {
          resolve(block(start, stop, columns, query.search) as never);
          await new Promise((done) => setTimeout(done));
        },
      });
    })) as Ask;
  return { questions, ask };
}

function block(start: number, stop: number, columns: readonly number[], sign = ""): Block {
  const numbers = Array.from({ length: stop - start }, (_, at) => start + at);
  const cells = (column: number) => ({ v: numbers.map((row) => `${sign}${row}/${column}`), m: { 1: "NaN" } });
  return { start, numbers, columns: Object.fromEntries(columns.map((column) => [column, cells(column)])) };
}

it("asks once for all that is missing, and not for what is here", async () => {
  const { questions, ask } = kernel();
  let arrived = 0;
  const blocks = new Blocks(ask, EVERYTHING, () => arrived++);
  blocks.put(block(0, 64, [0, 1]));
  blocks.want(0, 20, [0, 1]);
  expect(questions).toEqual([]);
  blocks.want(50, 150, [0, 1, 2]);
  expect(questions).toMatchObject([{ start: 0, stop: 192, columns: [2, 0, 1] }]);
  expect(blocks.cell(100, 0)).toBe(undefined);
  await questions[0]?.answer();
  expect(blocks.cell(100, 2)).toEqual({ value: "100/2", missing: null });
  expect(blocks.cell(1, 2)).toEqual({ value: "1/2", missing: "NaN" });
  expect(blocks.cell(65, 0)).toEqual({ value: "65/0", missing: null });
  expect(blocks.number(150)).toBe(150);
  expect(arrived).toBe(1);
});

it("does not ask again for what is under way", async () => {
  const { questions, ask } = kernel();
  const blocks = new Blocks(ask, EVERYTHING, () => {});
  blocks.want(0, 100, [0, 1]);
  blocks.want(10, 90, [1]);
  expect(questions.length).toBe(1);
  await questions[0]?.answer();
  expect(questions.length).toBe(1);
});

it("asks two questions at a time, and then for what is looked at by then", async () => {
  const { questions, ask } = kernel();
  const blocks = new Blocks(ask, EVERYTHING, () => {});
  for (const row of [0, 1000, 2000, 3000]) {
    blocks.want(row, row + 10, [0]);
  }
  expect(questions.map(({ start }) => start)).toEqual([0, 960]);
  await questions[0]?.answer();
  expect(questions.map(({ start }) => start)).toEqual([0, 960, 2944]);
});

it("shows old rows until new ones are here, and takes no answer to an old question", async () => {
  const { questions, ask } = kernel();
  const blocks = new Blocks(ask, EVERYTHING, () => {});
  blocks.put(block(0, 64, [0]));
  blocks.want(100, 110, [0]);
  blocks.reset({ ...EVERYTHING, search: "new " });
  expect(blocks.isOld).toBe(true);
  expect(blocks.cell(5, 0)?.value).toBe("5/0");
  blocks.want(0, 10, [0]);
  await questions[0]?.answer();
  expect(blocks.cell(105, 0)).toBe(undefined);
  await questions[1]?.answer();
  expect(blocks.cell(5, 0)?.value).toBe("new 5/0");
  blocks.want(0, 10, [0]);
  expect(blocks.isOld).toBe(false);
});

it("finds old rows where they are once the first ones are gone", () => {
  const blocks = new Blocks(kernel().ask, EVERYTHING, () => {});
  blocks.put(block(0, 64, [0]));
  blocks.reset(EVERYTHING, 10);
  expect(blocks.cell(5, 0)?.value).toBe("15/0");
  blocks.reset(EVERYTHING, 10);
  expect(blocks.cell(5, 0)?.value).toBe("25/0");
  expect(blocks.number(5)).toBe(25);
});

it("keeps a bounded number of rows", () => {
  const blocks = new Blocks(kernel().ask, EVERYTHING, () => {});
  for (let start = 0; start < 64 * 1000; start += 64) {
    blocks.put(block(start, start + 64, [0]));
  }
  expect(blocks.cell(0, 0)).toBe(undefined);
  expect(blocks.cell(63_999, 0)?.value).toBe("63999/0");
});
