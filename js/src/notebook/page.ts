// The runtime of the page's frame: puts on the window what the preload exposed, then writes the page. No script of the page
// has run before. The worlds are two documents here, so all that crosses is a promise.

import { FarPeer } from "../bridge/far.ts";
import { freezeDeeply } from "../bridge/freeze.ts";
import { defineForGood, has, SafeError } from "../bridge/primordials.ts";
import { THEME } from "../frames/worn.ts";
import { type Theme, take } from "./begin.ts";
import { Files } from "./files.ts";
import type { Passed } from "./outer.ts";
import { runFor, sayer, tellConsole, tellErrors, tellUnread } from "./said.ts";

const { bridge, out, html, nonce, files, theme } = take();
const say = sayer(out);
const page = window;

const peer = new FarPeer(bridge, {
  expose: (name, api) => {
    if (has(page, name)) {
      throw new SafeError(`'${name}': cannot bind an API on top of an existing property on the window object`);
    }
    freezeDeeply(api);
    defineForGood(page, name, api);
  },
  hear: (word) => word === "go" && write(),
});
out.onmessage = ({ data: { message } }: MessageEvent<Passed>) => {
  if (message.op === "run") {
    runFor(message, nonce, say);
  } else if (message.op === "theme") {
    wear(message.theme);
  }
};
wear(theme);

/** Tell our own page how the front end looks: `panels/theme.ts` reads it, and hears of another. */
function wear(one: Theme | null): void {
  Object.defineProperty(page, THEME, { configurable: true, value: one });
  page.dispatchEvent(new Event(THEME));
}

/** Write the page: its scripts run as it is read, in this very window. */
function write(): void {
  const made = new Files(files);
  if (made.imports !== null) {
    // The map outlives what stands in the document now.
    const map = document.createElement("script");
    map.type = "importmap";
    map.nonce = nonce;
    map.textContent = made.imports;
    document.head.append(map);
  }
  document.open(); // takes all listeners away
  tellConsole(say);
  tellUnread(say);
  tellErrors(say);
  addEventListener("focus", () => say({ op: "seen", focused: true }));
  addEventListener("blur", () => say({ op: "seen", focused: false }));
  document.addEventListener("DOMContentLoaded", read, { once: true });
  addEventListener("load", () => say({ op: "read" }), { once: true });
  document.write(made.fill(html));
  document.close();
  // What a panel draws in a frame of its own passes this page's policy by the nonce, and finds it here.
  const mark = document.createElement("script");
  mark.type = "text/plain";
  mark.nonce = nonce;
  document.head.append(mark);
}

function read(): void {
  peer.say("read");
  let last = "";
  const tell = () => {
    if (document.title !== last) {
      last = document.title;
      say({ op: "titled", title: last.slice(0, 1000).toWellFormed() });
    }
  };
  tell();
  new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true });
}
