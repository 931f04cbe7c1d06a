// Math: formulas in labels and HTML, by KaTeX. A module of its own, which widgets ask for when a formula comes.

import renderMathInElement from "katex/contrib/auto-render";

declare const __KATEX_CSS__: string;
declare function define(dependencies: readonly string[], factory: () => { typeset(el: HTMLElement): void }): void;

define([], () => {
  const style = document.createElement("style");
  style.textContent = __KATEX_CSS__;
  document.head.append(style);
  return {
    typeset: (el) =>
      renderMathInElement(el, {
        throwOnError: false,
        delimiters: [
          { left: "$$", right: "$$", display: true },
          { left: "\\[", right: "\\]", display: true },
          { left: "$", right: "$", display: false },
          { left: "\\(", right: "\\)", display: false },
        ],
      }),
  };
});
