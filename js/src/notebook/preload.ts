// The preload runtime of the notebook: the same document, calls and API as in a native window, in a frame of its own. It sees
// no element of the page, and what it exposes answers by promises.

import { isTable, streamOf, tableOf } from "../arrow/table.ts";
import { FarPeer } from "../bridge/far.ts";
import { startDocument } from "../preload/document.ts";
import type { Boot } from "../wire/frames.gen.ts";
import { useTables } from "../wire/tables.ts";
import { take } from "./begin.ts";
import { Engine } from "./engine.ts";
import { sayer, tellConsole, tellUnread } from "./said.ts";

useTables({ isTable, streamOf, tableOf });

const { bridge: port, out, nonce } = take();
const say = sayer(out);
tellConsole(say);
tellUnread(say);

let read = (): void => undefined;
const isRead = new Promise<void>((resolve) => {
  read = resolve;
});
const bridge = new FarPeer(port, { hear: (word) => word === "read" && read() });
const engine = new Engine(out, say, nonce);

Object.defineProperty(globalThis, "jupyterwinBoot", {
  configurable: true,
  value: (boot: Boot): void => {
    Reflect.deleteProperty(globalThis, "jupyterwinBoot");
    const jupyterwin = startDocument(boot, {
      open: engine.open,
      fetchBulk: engine.fetchBulk,
      askHost: null,
      bridge,
      read: (call) => void isRead.then(call),
      faults: window,
    });
    Object.defineProperty(globalThis, "jupyterwin", { value: jupyterwin, enumerable: true });
  },
});

/** Called by the last script of this frame: what preloads expose is exposed. */
Object.defineProperty(globalThis, "jupyterwinGo", {
  configurable: true,
  value: (): void => {
    Reflect.deleteProperty(globalThis, "jupyterwinGo");
    bridge.say("go");
  },
});
