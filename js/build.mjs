// Builds what runs in windows: one classic script for each entry, into the Python package.

import { copyFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildNotebook } from "./src/notebook/build.mjs";

const shared = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "chrome120",
  legalComments: "none",
  logLevel: "warning",
  outdir: "../jupyterwin/static",
};

await build({
  ...shared,
  entryPoints: {
    preload: "src/preload/entry.ts",
    relay: "src/evaluate/relay.ts",
    stub: "src/stub/entry.ts",
  },
});

// A question whose answer is the script's value.
await build({
  ...shared,
  entryPoints: { painting: "src/evaluate/painting.ts" },
  globalName: "jupyterwinPainting",
  footer: { js: "jupyterwinPainting.painted()" },
});

// The page that shows the kernel's objects. Heavy kinds are chunks of their own: `panel-<name>`.
await build({
  ...shared,
  entryPoints: {
    panels: "src/panels/entry.ts",
    "panel-chart": "src/panels/kinds/chart/entry.ts",
  },
});

// Prose: KaTeX's styles travel in the script, with its fonts inside: the page may have no address to load them from.
const katex = await build({
  ...shared,
  entryPoints: ["katex/dist/katex.css"],
  loader: { ".woff2": "dataurl", ".woff": "empty", ".ttf": "empty" },
  write: false,
});
await build({
  ...shared,
  entryPoints: { "panel-prose": "src/panels/kinds/prose/entry.ts" },
  define: { __KATEX_CSS__: JSON.stringify(katex.outputFiles[0].text) },
});

// The document of a frame of opaque origin, and what its page hands over: a library's driver, and Vega itself.
await build({
  ...shared,
  entryPoints: {
    frame: "src/frames/entry.ts",
    "frame-style": "src/frames/frame.css",
    "frame-plotly": "src/frames/plotly.ts",
    "frame-bokeh": "src/frames/bokeh.ts",
    "frame-vega": "src/frames/vega.ts",
  },
});

// Widgets, in such a frame too: their styles are text that the script puts there.
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const made = await build({ ...shared, entryPoints: [path], outdir: undefined, write: false });
      return { contents: made.outputFiles[0].text, loader: "text" };
    });
  },
};
await build({
  ...shared,
  entryPoints: { "frame-widget": "src/widgets/entry.ts" },
  plugins: [styles],
  alias: { "sanitize-html": "./src/widgets/sanitize.ts" }, // brings a parser of its own
});
await build({
  ...shared,
  entryPoints: { "frame-widget-math": "src/widgets/math.ts" },
  define: { __KATEX_CSS__: JSON.stringify(katex.outputFiles[0].text) },
});
await copyFile("src/panels/panels.html", `${shared.outdir}/panels.html`);
await buildNotebook(shared);

// The user's code stands in a block around the bundle, where it sees no name of the bundle's: as an expression, or as
// the body of a function.
const forms = {
  expression: ["async()=>(", ")"],
  body: ["async()=>{", "}"],
};
for (const [form, [before, after]] of Object.entries(forms)) {
  await build({
    ...shared,
    entryPoints: { [`evaluate-${form}`]: "src/evaluate/evaluate.ts" },
    banner: { js: `{const __JUPYTERWIN_RUN__=${before}\n__JUPYTERWIN_CODE__\n${after};` },
    footer: { js: "}" },
  });
}

// A user's preload runs in a function of its own, or two that both begin with `const { ipcRenderer } = jupyterwin` would
// collide. It is not called in a document that is given nothing. The function opens on the script's first line, so that its lines keep their numbers.
await writeFile(`${shared.outdir}/user-preload.js`, "globalThis.jupyterwin && (() => {__JUPYTERWIN_CODE__\n})();\n");

// For editors and `tsc`: the part of a kernel.d.ts that is the same for every window.
await copyFile("src/types/jupyterwin.d.ts", `${shared.outdir}/jupyterwin.d.ts`);
