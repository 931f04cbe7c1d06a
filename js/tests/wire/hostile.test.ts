// Whatever a message says, the session and the decoder read it or refuse it cleanly.

import { expect, test } from "vitest";
import { JupyterWinError } from "../../src/wire/errors.ts";
import { decode } from "../../src/wire/values.ts";
import { Hostile } from "../support/hostile.ts";

const SEEDS = Array.from({ length: 10 }, (_, seed) => [seed]);

/** Whether it was done; refused it may only be by an error of ours. */
function done(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (problem) {
    if (!(problem instanceof JupyterWinError)) {
      throw problem;
    }
    return false;
  }
}

test.each(SEEDS)("values of seed %i are read, or refused", (seed) => {
  const hostile = new Hostile(seed);
  const counts = { read: 0, refused: 0 };
  for (let count = 0; count < 4000; count++) {
    const text = JSON.stringify(hostile.value());
    const read = done(() => decode(JSON.parse(text), [new Uint8Array(8), new Uint8Array(3)]));
    counts[read ? "read" : "refused"]++;
  }
  expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(400);
});
