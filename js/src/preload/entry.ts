// The preload runtime: runs in the isolated world at document start, before users' preloads and before the page.
//
// The host appends one line that calls `jupyterwinBoot` with the window's `Boot`; the function then is gone, and
// `jupyterwin` is there for users' preloads.

import { isTable, streamOf, tableOf } from "../arrow/table.ts";
import type { Boot } from "../wire/frames.gen.ts";
import { useTables } from "../wire/tables.ts";
import { fetchFromOrigin } from "./bulk.ts";
import { openQtChannel } from "./channel.ts";
import { openBridge } from "./contextBridge.ts";
import { startDocument } from "./document.ts";
import { isFirst } from "./first.ts";
import { isOfLoad, loadOfScripts } from "./load.ts";
import { slimBar } from "./progress.ts";
import { askOrigin } from "./sync.ts";

const BOOT = "jupyterwinBoot";

useTables({ isTable, streamOf, tableOf });

Object.defineProperty(globalThis, BOOT, {
  configurable: true,
  value: (boot: Boot): void => {
    Reflect.deleteProperty(globalThis, BOOT);
    if (window !== window.top || !isOfLoad(document, loadOfScripts())) {
      return; // frames inside a page get nothing, nor does what was on its way when the next load was asked for
    }
    const bridge = isFirst(document) ? openBridge() : null;
    const jupyterwin = startDocument(boot, {
      open: openQtChannel,
      fetchBulk: fetchFromOrigin,
      askHost: askOrigin,
      bridge,
      read,
      faults: window,
      drawProgress: slimBar(document),
    });
    Object.defineProperty(globalThis, "jupyterwin", { value: jupyterwin, enumerable: true });
  },
});

/**
 * When the document has been read, its scripts have run: also modules and deferred ones. One whose reading was broken off
 * (by a navigation that came to nothing) is complete without ever having been read.
 */
function read(call: () => void): void {
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", call, { once: true });
    document.addEventListener("readystatechange", () => document.readyState === "complete" && call());
  } else {
    call();
  }
}
