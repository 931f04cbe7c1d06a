// Two sessions against each other: whatever is sent arrives once and in order, and nothing is left behind.

import { expect, test } from "vitest";
import type { Frame, Send } from "../../src/wire/frames.gen.ts";
import { type Flushed, Session } from "../../src/wire/session.ts";
import { randomFrom } from "../support/random.ts";

function carry(flushed: Flushed | null, to: Session): { frame: Frame; buffers: readonly Uint8Array[] }[] {
  return flushed === null ? [] : to.receive(JSON.parse(flushed.text), flushed.buffers, flushed.text.length);
}

test.each(Array.from({ length: 20 }, (_, seed) => [seed]))(
  "random traffic of seed %i arrives once and in order",
  (seed) => {
    const random = randomFrom(seed);
    const ends = [new Session({ window: 2000 }), new Session({ window: 2000 })] as const;
    const sent: number[] = [0, 0];
    const arrived: number[] = [0, 0];
    const ahead: number[] = [0, 0];
    const pump = (from: 0 | 1, idle: boolean) => {
      const to = from === 0 ? 1 : 0;
      for (let batch = ends[from].flush(); ; batch = ends[from].flush()) {
        batch ??= idle ? ends[from].acknowledge() : null;
        if (batch === null) {
          break;
        }
        for (const { frame, buffers } of carry(batch, ends[to])) {
          const [number, length] = (frame as Send).args as readonly [number, number];
          arrived[to] = (arrived[to] as number) + 1;
          expect(number).toBe(arrived[to]);
          expect(buffers.map((buffer) => buffer.byteLength)).toStrictEqual(length > 0 ? [length] : []);
        }
      }
      ahead[from] = Math.max(ahead[from] as number, ends[from].unacknowledged);
    };
    for (let step = 0; step < 600; step++) {
      const from = random() < 0.5 ? 0 : 1;
      const length = random() < 0.3 ? Math.floor(random() * 1500) + 1 : 0;
      sent[from] = (sent[from] as number) + 1;
      ends[from].push(
        { op: "send", channel: "c", args: [sent[from], length], ...(length > 0 ? { buffers: 1 } : {}) },
        length > 0 ? [new Uint8Array(length)] : [],
      );
      if (random() < 0.4) {
        pump(random() < 0.5 ? 0 : 1, random() < 0.2);
      }
    }
    for (let round = 0; round < 600 && ends.some((end) => end.queued + end.unacknowledged > 0); round++) {
      pump(0, true);
      pump(1, true);
    }
    expect(arrived).toStrictEqual([sent[1], sent[0]]);
    expect(ends.map((end) => [end.queued, end.unacknowledged])).toStrictEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(Math.max(...ahead)).toBeLessThan(2000 + 1600); // the window, and the largest frame that began within it
  },
);

test("a frame is turned into text when it is queued", () => {
  const args: unknown[] = [1];
  const session = new Session();
  session.push({ op: "send", channel: "c", args });
  args.push(2);
  expect(session.flush()?.text).toBe('{"seq":1,"ack":0,"frames":[{"op":"send","channel":"c","args":[1]}]}');
});
