// The bounds of a session: how many frames may be under way, and how large one may be.

import { expect, test } from "vitest";
import type { Send } from "../../src/wire/frames.gen.ts";
import { FRAME_LIMIT, Session, WINDOW_FRAMES } from "../../src/wire/session.ts";

const TINY: Send = { op: "send", channel: "x", args: [] };

test("tiny frames are bounded by their number", () => {
  const session = new Session();
  for (let n = 0; n < WINDOW_FRAMES + 10; n++) {
    session.push(TINY);
  }
  expect(session.flush()?.text.match(/"send"/g)).toHaveLength(WINDOW_FRAMES);
  expect(session.flush()).toBeNull();
});

test("a frame that no carrier takes is refused, counted in bytes", () => {
  const session = new Session();
  const long = "€".repeat(FRAME_LIMIT / 3);
  expect(() => session.push({ ...TINY, args: [long] })).toThrow("send it in parts");
  expect(() => session.push(TINY, [new Uint8Array(FRAME_LIMIT)])).toThrow("send it in parts");
  expect(session.queued).toBe(0);
});
