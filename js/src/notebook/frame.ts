// The first script of each frame of a document: it waits for what the frame is given, and runs the frame's scripts in order.

import { type Begin, HELLO, leave, runScript } from "./begin.ts";

const nonce = (document.currentScript as HTMLScriptElement).nonce;

function begin(event: MessageEvent<Begin>): void {
  if (event.source !== parent) {
    return;
  }
  event.stopImmediatePropagation();
  removeEventListener("message", begin, true);
  const [bridge, out] = event.ports as readonly [MessagePort, MessagePort];
  leave({ ...event.data, nonce, bridge, out });
  for (const { source, name } of event.data.scripts) {
    runScript(source, nonce, name);
  }
}

addEventListener("message", begin, true);
parent.postMessage(HELLO, "*");
