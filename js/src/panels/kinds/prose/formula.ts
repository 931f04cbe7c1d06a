// Formulas of LaTeX: text with formulas between dollars, or one formula. KaTeX trusts nothing in it.

import katex from "katex";
import renderMathInElement from "katex/contrib/auto-render";
import { make } from "../../dom.ts";
import type { Make } from "../renderer.ts";

const OPTIONS = { throwOnError: false, trust: false, strict: "ignore", maxExpand: 1000 } as const;

const ENVIRONMENTS = ["equation", "align", "alignat", "gather", "multline", "eqnarray", "CD"].flatMap((name) => [
  name,
  `${name}*`,
]);

const DELIMITERS = [
  { left: "$$", right: "$$", display: true },
  { left: "\\[", right: "\\]", display: true },
  ...ENVIRONMENTS.map((name) => ({ left: `\\begin{${name}}`, right: `\\end{${name}}`, display: true })),
  { left: "$", right: "$", display: false },
  { left: "\\(", right: "\\)", display: false },
];

/** One formula, as markup of KaTeX's own making. */
export function set(text: string, display: boolean): string {
  return katex.renderToString(text, { ...OPTIONS, displayMode: display });
}

export const formula: Make = ({ el }) => {
  const box = make("div.jw-prose.jw-is-formula", { tabindex: "0" });
  el.append(box);
  return {
    update(content) {
      const text = String(content).trim();
      const inside = make("div");
      if (DELIMITERS.some(({ left }) => text.includes(left))) {
        inside.textContent = text;
        renderMathInElement(inside, { ...OPTIONS, delimiters: DELIMITERS });
      } else {
        inside.innerHTML = set(text, true);
      }
      box.replaceChildren(inside);
    },
    dispose() {
      box.remove();
    },
  };
};
