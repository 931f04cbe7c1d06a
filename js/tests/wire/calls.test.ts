import { expect, test } from "vitest";
import { Calls } from "../../src/wire/calls.ts";
import { PeerError } from "../../src/wire/errors.ts";

test("ids count from 1 and are never used again", () => {
  const calls = new Calls<string>();
  expect([calls.open("a"), calls.open("b")]).toStrictEqual([1, 2]);
  expect(calls.take(1)).toBe("a");
  expect(calls.open("c")).toBe(3);
});

test("a call is taken once", () => {
  const calls = new Calls<string>();
  const id = calls.open("a");
  expect(calls.get(id)).toBe("a");
  expect(calls.take(id)).toBe("a");
  expect(calls.take(id)).toBeUndefined();
  expect(calls.size).toBe(0);
});

test.each([0, -1, 2, 1.5, Number.NaN])("an answer to call %d, which was never made, breaks the protocol", (id) => {
  const calls = new Calls<string>();
  calls.open("a");
  expect(() => calls.take(id)).toThrow(PeerError);
  expect(calls.size).toBe(1);
});

test("all are taken in the order they were made", () => {
  const calls = new Calls<string>();
  for (const name of ["a", "b", "c"]) {
    calls.open(name);
  }
  calls.take(2);
  expect(calls.takeAll()).toStrictEqual(["a", "c"]);
  expect(calls.takeAll()).toStrictEqual([]);
});
