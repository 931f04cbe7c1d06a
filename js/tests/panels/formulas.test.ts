// Formulas in Markdown: what is one, and what is money, code or text.

import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { formulas } from "../../src/panels/kinds/prose/formulas.ts";

const reader = new MarkdownIt({ html: false }).use(formulas);
const set = (text: string) => reader.render(text);

test.each([
  "a $x$ b",
  "$x_1 * y_2 * z$",
  "before $$\\frac{1}{2}$$ after",
  "$$\na\n= b\n- c\n$$",
  "\\begin{align}\na &= b\n\\end{align}",
  "- in a list $x$",
])("%j has a formula", (text) => {
  const html = set(text);
  expect(html).toContain('class="katex');
  expect(html).not.toContain("<em>");
  expect(html).not.toContain("katex-error");
});

test.each(["$5 and $6", "it costs 5$ or 6$", "`$x$`", "\\$x$", "$ x $", "$$\nnever ends"])("%j has none", (text) => {
  expect(set(text)).not.toContain("katex");
});

test("a formula cannot be markup of its author", () => {
  expect(set("$\\href{javascript:alert(1)}{x} <b>$")).not.toMatch(/href=|<b>/);
  expect(set("<b>$x$</b>")).toContain("&lt;b&gt;");
});

test("lines are display, words are not", () => {
  expect(set("$$x$$")).toContain("katex-display");
  expect(set("a $x$")).not.toContain("katex-display");
});
