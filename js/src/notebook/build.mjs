// Builds what carries windows into a notebook. The frames hold each other's scripts as text: a frame of no origin can load
// nothing.

import { build } from "esbuild";

/** `shared`: the options of all builds. */
export async function buildNotebook(shared) {
  const text = async (entry, define = {}) => {
    const { outputFiles } = await build({ ...shared, entryPoints: [entry], define, write: false });
    return outputFiles[0].text.trim();
  };
  const frame = await text("src/notebook/frame.ts");
  const outer = await text("src/notebook/outer.ts", { __JUPYTERWIN_FRAME__: JSON.stringify(frame) });
  await build({
    ...shared,
    entryPoints: { "notebook-page": "src/notebook/page.ts", "notebook-preload": "src/notebook/preload.ts" },
  });
  await build({
    ...shared,
    format: "esm",
    entryPoints: { notebook: "src/notebook/entry.ts", "notebook-cards": "src/notebook/cards.ts" },
    define: { __JUPYTERWIN_OUTER__: JSON.stringify(outer) },
  });
}
