// What a frame tells of the person: the last of many selections, every click, in their order.

import { afterEach, expect, test, vi } from "vitest";
import { telling } from "../../src/frames/telling.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("of selections within a moment the last of each name is told, and a click after what was before it", () => {
  vi.useFakeTimers();
  const said: unknown[] = [];
  const tell = telling((words) => said.push(words));
  for (let x = 0; x < 100; x++) {
    tell("select", { name: "brush", value: x });
    tell("select", { name: "other", value: -x });
  }
  expect(said).toEqual([]);
  tell("click", { datum: 1 });
  const event = (name: string, detail: unknown) => ({ say: "event", event: name, detail });
  const told = [
    event("select", { name: "brush", value: 99 }),
    event("select", { name: "other", value: -99 }),
    event("click", { datum: 1 }),
  ];
  expect(said).toEqual(told);
  tell("select", { index: [1] });
  vi.runAllTimers();
  expect(said).toEqual([...told, event("select", { index: [1] })]);
});
