// Chunks: parts of this page that are loaded when they are first needed: classic scripts, each once. A chunk leaves what
// it has under `jupyterwinChunks[name]`; its styles, if it has any, are in a file beside it.

import { link } from "./link.ts";

const loaded = new Map<string, Promise<unknown>>();
const left: Record<string, unknown> = {};
Object.defineProperty(globalThis, "jupyterwinChunks", { value: left });

/** What the chunk `static/panel-<name>.js` has. */
export function load<T>(name: string): Promise<T> {
  let chunk = loaded.get(name);
  if (!chunk) {
    chunk = run(name).then(() => left[name]);
    chunk.catch(() => loaded.delete(name)); // the next one tries again
    loaded.set(name, chunk);
  }
  return chunk as Promise<T>;
}

/** A window's own origin has the file; under a cell there is none, and the kernel gives the text. */
async function run(name: string): Promise<void> {
  if (location.protocol === "jw:") {
    return script(`panel-${name}.js`);
  }
  const url = URL.createObjectURL(new Blob([await link.chunk(name)], { type: "text/javascript" }));
  return script(url).finally(() => URL.revokeObjectURL(url));
}

function script(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = url;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(element);
  });
}
