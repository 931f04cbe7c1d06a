import { describe, expect, test, vi } from "vitest";
import { Borrowing, Lending } from "../../src/bridge/references.ts";
import { Signals } from "../../src/bridge/signals.ts";
import { collect, collectUntil } from "../support/gc.ts";

describe("what is lent", () => {
  test("has one id, and is kept until all that was lent is given back", () => {
    const lending = new Lending();
    const target = () => 1;
    const id = lending.lend(target);
    expect(lending.lend(target)).toBe(id);
    expect(lending.lend(() => 2)).not.toBe(id);
    lending.giveBack(id, 1);
    expect(lending.get(id)).toBe(target);
    lending.giveBack(id, 1);
    expect(lending.get(id)).toBeUndefined();
    expect(lending.idOf(target)).toBeUndefined();
    lending.giveBack(id, 1); // what is unknown is nobody's
  });

  test("is never known by an id that was used before", () => {
    const lending = new Lending();
    const target = () => 1;
    const first = lending.lend(target);
    lending.giveBack(first, 1);
    expect(lending.lend(target)).not.toBe(first);
  });
});

describe("a stand-in", () => {
  test("is the same while somebody holds it, and is known as a stand-in", () => {
    const borrowing = new Borrowing(() => undefined);
    const made = borrowing.borrow(1, () => ({}));
    expect(borrowing.borrow(1, () => ({}))).toBe(made);
    expect([borrowing.idOf(made), borrowing.idOf({}), borrowing.find(1), borrowing.find(2)]).toStrictEqual([
      1,
      undefined,
      made,
      undefined,
    ]);
  });

  test("that is gone gives back all it was lent, and never the one that came after it", async () => {
    const given: [number, number][] = [];
    const borrowing = new Borrowing((id, count) => given.push([id, count]));
    borrowing.borrow(1, () => ({}));
    borrowing.borrow(1, () => ({}));
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
    // The first is collected, and nobody was told yet.
    const second = borrowing.borrow(1, () => ({}));
    await collectUntil(() => given.length > 0);
    expect(given).toStrictEqual([[1, 2]]);
    expect(borrowing.find(1)).toBe(second);
  });
});

test("a signal is watched once, however often it crosses", () => {
  const signals = new Signals();
  const controller = new AbortController();
  const aborted = vi.fn();
  for (let count = 0; count < 3; count++) {
    expect(signals.describe(controller.signal, { id: 1, home: false }, aborted).aborted).toBe(false);
  }
  controller.abort("why");
  expect(aborted.mock.calls).toStrictEqual([[controller.signal, "why"]]);
  expect(signals.describe(controller.signal, { id: 1, home: false }, aborted)).toMatchObject({
    aborted: true,
    reason: "why",
  });
});
