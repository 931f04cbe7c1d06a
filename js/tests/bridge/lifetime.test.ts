// What crossed the bridge is let go of when nobody on the other side holds it any more.

import { expect, test } from "vitest";
import { PAGE, PRELOAD } from "../../src/bridge/node.ts";
import { Peer } from "../../src/bridge/peer.ts";
import { collectUntil } from "../support/gc.ts";

/** Two ends in one realm: what they hold of each other is the same, and easier to look at. */
function pair() {
  const node = new EventTarget();
  const api: Record<string, unknown> = {};
  const page = new Peer(node, PAGE, (name, value) => {
    api[name] = value;
  });
  const preload = new Peer(node, PRELOAD, null);
  return { api, page, preload };
}

test("functions that nobody holds are given back", async () => {
  const { api, page, preload } = pair();
  let last: unknown;
  preload.expose("call", (callback: unknown) => {
    last = callback;
  });
  const call = api.call as (callback: () => void) => void;
  for (let count = 0; count < 100; count++) {
    call(() => undefined);
  }
  expect(page.lent).toBe(100);
  await collectUntil(() => page.lent === 1);
  expect(last).toBeTypeOf("function");
});

test("a function that is held keeps working, also when it crossed many times", async () => {
  const { api, page, preload } = pair();
  let held: (() => number) | undefined;
  preload.expose("call", (callback: () => number) => {
    held = callback;
  });
  const callback = () => 7;
  for (let count = 0; count < 50; count++) {
    (api.call as (f: () => number) => void)(callback);
  }
  await collectUntil(() => page.lent === 1);
  expect(held?.()).toBe(7);
  held = undefined;
  await collectUntil(() => page.lent === 0);
});

test("a function that crosses again after it was given back is lent anew", async () => {
  const { api, page, preload } = pair();
  let result = 0;
  preload.expose("call", (callback: () => number) => {
    result = callback();
  });
  const callback = () => 8;
  (api.call as (f: () => number) => void)(callback);
  await collectUntil(() => page.lent === 0);
  (api.call as (f: () => number) => void)(callback);
  expect(result).toBe(8);
});

test("a signal that nobody holds is given back, one that is held aborts", async () => {
  const { api, page, preload } = pair();
  let held: AbortSignal | undefined;
  preload.expose("call", (signal: AbortSignal) => {
    held ??= signal;
  });
  const controllers = Array.from({ length: 20 }, () => new AbortController());
  for (const { signal } of controllers) {
    (api.call as (s: AbortSignal) => void)(signal);
  }
  await collectUntil(() => page.lent === 1);
  for (const controller of controllers) {
    controller.abort(new Error("enough"));
  }
  expect(held?.aborted).toBe(true);
  expect(held?.reason).toMatchObject({ message: "enough" });
});
