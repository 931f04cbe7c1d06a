// The table of kinds: which renderer draws which content. Small ones are in panels.js; heavy ones are chunks that are
// loaded once, when the first such content is there.

import { load } from "../chunks.ts";
import { controls } from "./controls/controls.ts";
import { failure } from "./figures/failure.ts";
import { framed, html } from "./figures/framed.ts";
import { image } from "./figures/image.ts";
import { json } from "./figures/json.ts";
import { matplotlib } from "./figures/matplotlib.ts";
import { player } from "./figures/player.ts";
import { outputs } from "./outputs.ts";
import type { Make } from "./renderer.ts";
import { table } from "./table/table.ts";
import { text } from "./text.ts";
import { widget } from "./widget.ts";

const KINDS: Readonly<Record<string, () => Promise<Make>>> = {
  table: async () => table,
  chart: () => load<{ chart: Make }>("chart").then(({ chart }) => chart),
  text: async () => text,
  controls: async () => controls,
  audio: async () => player("audio"),
  bokeh: async () => framed("bokeh"),
  error: async () => failure,
  html: async () => html,
  image: async () => image,
  json: async () => json,
  latex: () => load<{ formula: Make }>("prose").then(({ formula }) => formula),
  markdown: () => load<{ markdown: Make }>("prose").then(({ markdown }) => markdown),
  matplotlib: async () => matplotlib,
  outputs: async () => outputs,
  plotly: async () => framed("plotly"),
  vega: async () => framed("vega"),
  video: async () => player("video"),
  widget: async () => widget,
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
