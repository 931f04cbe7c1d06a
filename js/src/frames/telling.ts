// What a driver tells of the person: clicks at once, selections at the pace at which somebody can follow them.

import type { Stage } from "./driver.ts";
import type { FromFrame } from "./words.ts";

/** Of the values that a selection has within this time the last is told, in milliseconds. */
const PAUSE = 50;

export function telling(say: (words: FromFrame) => void): Stage["tell"] {
  const waiting = new Map<unknown, unknown>();

  function flush(): void {
    for (const detail of waiting.values()) {
      say({ say: "event", event: "select", detail });
    }
    waiting.clear();
  }

  return (event, detail) => {
    if (event === "select") {
      if (!waiting.size) {
        setTimeout(flush, PAUSE);
      }
      waiting.set((detail as { name?: unknown } | null)?.name, detail);
    } else {
      flush();
      say({ say: "event", event, detail });
    }
  };
}
