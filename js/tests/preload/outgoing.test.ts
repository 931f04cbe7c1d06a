// A call that has ended holds nothing: no timer, no listener, no entry.

import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outgoing } from "../../src/preload/outgoing.ts";
import type { Frame } from "../../src/wire/frames.gen.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const sent: Frame[] = [];
  const outgoing = new Outgoing((frame) => sent.push(frame));
  const controller = new AbortController();
  const left = () => [outgoing.pending, vi.getTimerCount(), getEventListeners(controller.signal, "abort").length];
  const call = () => outgoing.invoke("c", [], { signal: controller.signal, timeout: 50 });
  return { sent, outgoing, controller, left, call };
}

test("with a value", async () => {
  const { outgoing, left, call } = open();
  const answer = call();
  expect(left()).toStrictEqual([1, 1, 1]);
  outgoing.answer({ op: "result", id: 1, value: 5 }, []);
  expect(await answer).toBe(5);
  expect(left()).toStrictEqual([0, 0, 0]);
});

test("with an error, by its deadline, by its signal, by the end of the link", async () => {
  const { sent, outgoing, controller, left, call } = open();
  const failed = expect(call()).rejects.toThrow("no");
  outgoing.answer({ op: "error", id: 1, error: { code: "x", message: "no" } }, []);
  await failed;
  const late = expect(call()).rejects.toMatchObject({ code: "deadline" });
  vi.advanceTimersByTime(50);
  await late;
  const ended = expect(call()).rejects.toMatchObject({ code: "cancelled", cause: expect.anything() });
  controller.abort();
  await ended;
  expect(left()).toStrictEqual([0, 0, 0]);
  const gone = expect(outgoing.invoke("c", [], { timeout: 50 })).rejects.toMatchObject({ code: "kernel-gone" });
  outgoing.close({ code: "kernel-gone", message: "gone" });
  await gone;
  expect(left()).toStrictEqual([0, 0, 0]);
  expect(sent.map((frame) => frame.op)).toStrictEqual(["invoke", "invoke", "cancel", "invoke", "cancel", "invoke"]);
});

test("because it could not be sent", async () => {
  const outgoing = new Outgoing(() => {
    throw new Error("full");
  });
  await expect(outgoing.invoke("c", [], { timeout: 50 })).rejects.toThrow("full");
  expect([outgoing.pending, vi.getTimerCount()]).toStrictEqual([0, 0]);
});

test("a deadline longer than timers can be is the longest there is, not none", async () => {
  const { sent, outgoing } = open();
  void outgoing.invoke("c", [], { timeout: 2 ** 40 }).catch(() => undefined);
  expect(sent[0]).toMatchObject({ timeout: 2 ** 31 - 1 });
  vi.advanceTimersByTime(1000);
  expect(outgoing.pending).toBe(1);
});
