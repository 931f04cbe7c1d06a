// The table of kinds: which renderer draws which content. Small ones are in panels.js; heavy ones are chunks that are
// loaded once, when the first such content is there.

import type { Make } from "./renderer.ts";
import { text } from "./text.ts";

const KINDS: Readonly<Record<string, () => Promise<Make>>> = {
  text: async () => text,
  // heavy: () => load("heavy").then((chunk) => chunk.make)
};

/** The maker of a kind. Rejects for one that this page does not know. */
export async function makerOf(kind: string): Promise<Make> {
  const maker = KINDS[kind];
  if (!maker) {
    throw new Error(`this page draws no '${kind}': rebuild js/`);
  }
  return maker();
}
