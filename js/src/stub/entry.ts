// The main-world stub: runs at document start, before any page script, and puts on the window what the preload exposes.
// It knows the bridge and nothing else: no kernel, no engine, no channel.

import { freezeDeeply } from "../bridge/freeze.ts";
import { awaitNode } from "../bridge/handover.ts";
import { PAGE } from "../bridge/node.ts";
import { Peer } from "../bridge/peer.ts";
import { defineForGood, has, SafeError } from "../bridge/primordials.ts";

const page = window;

if (page === page.top) {
  awaitNode((node) => {
    new Peer(node, PAGE, expose);
  });
}

function expose(name: string, api: unknown): void {
  if (has(page, name)) {
    throw new SafeError("Cannot bind an API on top of an existing property on the window object");
  }
  freezeDeeply(api);
  defineForGood(page, name, api);
}
