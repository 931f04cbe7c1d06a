// Formulas in Markdown: between dollars, in a line or as lines of their own. They are taken before anything else reads them.

import type MarkdownIt from "markdown-it";
import type { StateBlock, StateInline } from "markdown-it/index.js";
import { set } from "./formula.ts";

export function formulas(reader: MarkdownIt): void {
  reader.inline.ruler.before("escape", "formula", inLine);
  reader.block.ruler.before("fence", "formula", ofLines, { alt: ["paragraph", "blockquote", "list"] });
  reader.renderer.rules.formula = (tokens, index) => {
    const token = tokens[index];
    return token ? set(token.content, token.block || token.markup === "$$") : "";
  };
}

/** `$x$` and `$$x$$`. A dollar before a space or after one is money, and so is one before a digit behind the end. */
function inLine(state: StateInline, silent: boolean): boolean {
  const found = /^(\$\$?)(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\1(?!\d)/s.exec(state.src.slice(state.pos));
  if (!found) {
    return false;
  }
  if (!silent) {
    const token = state.push("formula", "", 0);
    token.markup = found[1] ?? "";
    token.content = found[2] ?? "";
  }
  state.pos += found[0].length;
  return true;
}

/** From a line that begins with two dollars, or an environment of LaTeX, to the one that ends it. */
function ofLines(state: StateBlock, first: number, last: number, silent: boolean): boolean {
  const line = (number: number) => state.getLines(number, number + 1, state.blkIndent, false);
  const start = /^(\$\$|\\begin\{([a-z]+\*?)\})/.exec(line(first));
  if (!start) {
    return false;
  }
  const end = start[2] ? `\\end{${start[2]}}` : "$$";
  let text = start[2] ? line(first) : line(first).slice(2);
  let at = first;
  while (!text.trimEnd().endsWith(end)) {
    if (++at >= last) {
      return false;
    }
    text += `\n${line(at)}`;
  }
  if (!silent) {
    const token = state.push("formula", "", 0);
    token.block = true;
    token.content = start[2] ? text : text.trimEnd().slice(0, -2);
    token.map = [first, at + 1];
    state.line = at + 1;
  }
  return true;
}
