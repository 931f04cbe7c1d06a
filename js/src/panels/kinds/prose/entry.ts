// Prose: Markdown and formulas, set by markdown-it and KaTeX with its fonts: a chunk, since few panels need it.

import { formula } from "./formula.ts";
import { markdown } from "./markdown.ts";

declare const __KATEX_CSS__: string;

const style = document.createElement("style");
style.textContent = __KATEX_CSS__;
document.head.append(style);

(globalThis as unknown as { jupyterwinChunks: Record<string, unknown> }).jupyterwinChunks.prose = { formula, markdown };
