// What a frame of a document is given when it begins, and the hook by which its runtime takes it. Shared by the script
// that waits for it (`frame.ts`), who sends it (`outer.ts`), and the runtimes.

import type { PlaceFile, PlaceScript } from "../wire/place.gen.ts";

/** Said by a new frame to the one that made it. */
export const HELLO = "jupyterwin:frame";

/** How the front end looks. */
export type Theme = "light" | "dark";

/** With it come two ports: to the other frame of the document, and to who made it. */
export interface Begin {
  readonly scripts: readonly PlaceScript[];
  /** Of the page; empty for the preload. */
  readonly html: string;
  readonly files: readonly PlaceFile[];
  /** Of the front end, where it has one of its own. */
  readonly theme: Theme | null;
}

/** What the runtime takes: it is there once. */
export interface Beginning extends Begin {
  /** Of the scripts that may run in this frame. */
  readonly nonce: string;
  readonly bridge: MessagePort;
  readonly out: MessagePort;
}

const NAME = "jupyterwinBeginning";

/** Leave it for the runtime. */
export function leave(beginning: Beginning): void {
  Object.defineProperty(globalThis, NAME, { configurable: true, value: beginning });
}

/** Take it: nobody else finds it afterwards. */
export function take(): Beginning {
  const beginning = (globalThis as unknown as Record<string, Beginning>)[NAME];
  Reflect.deleteProperty(globalThis, NAME);
  if (beginning === undefined) {
    throw new Error("the frame was not begun");
  }
  return beginning;
}

/** Run a script here and now, as an element that the frame's policy lets run; by its name, if it has one. */
export function runScript(source: string, nonce: string, name = ""): void {
  const script = document.createElement("script");
  script.nonce = nonce;
  script.dataset.jupyterwin = name;
  script.textContent = source;
  (document.head ?? document.documentElement ?? document).append(script);
  script.remove();
}

/** The name of the script that runs now. */
export function running(): string {
  return document.querySelector<HTMLScriptElement>("script[data-jupyterwin]")?.dataset.jupyterwin ?? "";
}
