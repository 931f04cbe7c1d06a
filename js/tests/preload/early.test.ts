// What the kernel asks before the page listens.

import { describe, expect, test } from "vitest";
import { Early } from "../../src/preload/early.ts";
import type { Delivered } from "../../src/wire/session.ts";

const send = (channel: string): Delivered => ({ frame: { op: "send", channel, args: [] }, buffers: [] });
const result: Delivered = { frame: { op: "result", id: 1, value: 1 }, buffers: [] };

function early() {
  const got: Delivered[] = [];
  return { got, early: new Early((delivered) => got.push(delivered)) };
}

describe("before the page has been read", () => {
  test("requests wait, in order, and answers do not", () => {
    const { got, early: gate } = early();
    const frames = [send("a"), send("b"), send("c")] as const;
    for (const frame of [frames[0], result, frames[1], frames[2]]) {
      gate.take(frame);
    }
    expect(got).toStrictEqual([result]);
    gate.release();
    expect(got).toStrictEqual([result, ...frames]);
  });

  test("no more than ten thousand wait", () => {
    const { got, early: gate } = early();
    for (let n = 0; n < 9999; n++) {
      gate.take(send("a"));
    }
    expect(got).toHaveLength(0);
    gate.take(send("a"));
    expect(got).toHaveLength(10_000);
  });
});

test("afterwards nothing waits", () => {
  const { got, early: gate } = early();
  gate.release();
  gate.take(send("a"));
  expect(got).toHaveLength(1);
});
