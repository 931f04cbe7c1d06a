// Electron's `contextBridge`, for preloads: what is exposed appears on the page's window, copied, frozen, for good.

import { handOver } from "../bridge/handover.ts";
import { PRELOAD } from "../bridge/node.ts";
import { keepHome } from "../bridge/pack.ts";
import { Peer } from "../bridge/peer.ts";

export interface ContextBridge {
  /** Put a deep, frozen copy of `api` on the page's window. Its functions call back here. */
  exposeInMainWorld(name: string, api: unknown): void;
}

/** The way to the page. */
export interface Bridge {
  /** Put `api` on the page's window. Throws what is said against it. */
  expose(name: string, api: unknown): void;
}

/** Hand the bridge's node to the main-world stub; null when none was there to take it. */
export function openBridge(): Peer | null {
  let peer: Peer | undefined;
  handOver((node) => {
    peer = new Peer(node, PRELOAD, null);
  });
  return peer?.greet() ? peer : null;
}

/** Electron's `contextBridge` over the bridge; without one, every exposure throws. */
export function makeContextBridge(bridge: Bridge | null): ContextBridge {
  const contextBridge = keepHome({
    exposeInMainWorld: (name: string, api: unknown) => {
      if (typeof name !== "string" || name === "") {
        throw new TypeError("exposeInMainWorld: a name is expected");
      }
      if (bridge === null) {
        throw new Error(`'${name}' cannot be exposed: the preload did not run before the page`);
      }
      bridge.expose(name, api);
    },
  });
  return Object.freeze(contextBridge);
}
