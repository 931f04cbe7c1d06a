// Garbage collection on demand.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";

setFlagsFromString("--expose-gc");
export const collect = runInNewContext("gc") as () => void;

/** Collect until something has come of it. */
export async function collectUntil(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !done(); tries++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(done()).toBe(true);
}
