// The way of an evaluation's outcome to the host: from an event on the document to a console line, in the isolated world.
//
// The console is the engine's own way out of a page that needs no channel; the id, made for one evaluation, tells the host
// which lines are its own, and they never reach the window's log. A page that patched its console changes nothing here.

import type { Outcome } from "./outcome.ts";

declare const __JUPYTERWIN_ID__: string;

const id = __JUPYTERWIN_ID__;
const done = new AbortController();

document.addEventListener(
  id,
  (event) => {
    const text = String((event as CustomEvent<string>).detail);
    event.stopImmediatePropagation();
    console.debug(id + text);
    if ((JSON.parse(text) as Outcome).started !== true) {
      done.abort();
    }
  },
  { capture: true, signal: done.signal },
);
