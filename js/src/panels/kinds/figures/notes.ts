// Notes: a strip below a figure that says what could not be loaded or drawn. Each thing once.

import { make } from "../../dom.ts";
import type { Place } from "../renderer.ts";

const MOST = 3;

export interface Notes {
  readonly strip: HTMLElement;
  warn(text: string): void;
  clear(): void;
}

export function notes({ el, announce }: Place): Notes {
  const close = make("button.jw-icon", { type: "button", "aria-label": "Dismiss" }, "×");
  const words = make("span");
  const strip = make("div.jw-notes", { role: "note", hidden: "" }, words, close);
  const said = new Set<string>();
  el.append(strip);
  close.addEventListener("click", () => {
    strip.hidden = true;
  });
  return {
    strip,
    warn(text) {
      if (said.size < MOST && !said.has(text)) {
        said.add(text);
        words.textContent = [...said].join(" ");
        strip.hidden = false;
        announce(text);
      }
    },
    clear() {
      said.clear();
      strip.hidden = true;
    },
  };
}
