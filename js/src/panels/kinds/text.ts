// Text: a `repr`, in a fixed-width face, wrapped, scrolled by the panel.

import type { Make } from "./renderer.ts";

interface Content {
  readonly text: string;
  /** Characters that were cut. */
  readonly left: number;
}

export const text: Make = ({ el }) => {
  const body = document.createElement("pre");
  body.className = "jw-text";
  body.tabIndex = 0; // so that the keyboard scrolls it
  el.append(body);
  return {
    update(content) {
      const { text, left } = content as Content;
      body.classList.toggle("jw-is-empty", text === "");
      body.textContent = left ? `${text}\n… ${left.toLocaleString()} more characters` : text;
    },
    dispose() {
      body.remove();
    },
  };
};
