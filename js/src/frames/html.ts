// HTML of whoever wrote it: a document or a piece of one, with its scripts, which run in here and nowhere else.
//
// A frame writes one document with scripts in its life: what scripts leave behind is gone with the frame alone.

import type { Driver, Stage } from "./driver.ts";

/** Of our own script: under a cell the page's policy, which knows no other scripts, holds in here too. */
const nonce = document.currentScript?.nonce ?? "";

/** The same text, whose scripts have that nonce where they need it. */
function signed(text: string): string {
  if (location.href !== "about:srcdoc") {
    return text;
  }
  const parsed = new DOMParser().parseFromString(text, "text/html");
  for (const script of parsed.scripts) {
    script.setAttribute("nonce", nonce);
  }
  return parsed.documentElement.outerHTML;
}

export function html({ look }: Stage): Driver {
  const base = document.head.querySelector("style")?.textContent ?? "";
  let written = false;

  function dressed(): HTMLStyleElement {
    const style = document.createElement("style");
    style.textContent = base;
    return style;
  }

  /** As the engine reads a document from the network: its scripts run, in order. */
  function write(text: string): void {
    const worn = document.documentElement.style.cssText;
    const source = signed(text);
    document.open();
    document.write(/^\s*<!doctype/i.test(source) ? source : `<!doctype html>${source}`);
    document.close();
    document.head.prepend(dressed());
    document.documentElement.style.cssText = worn + document.documentElement.style.cssText;
    document.documentElement.dataset.theme = look().theme;
  }

  /** The nodes alone, so that it stays scrolled where it is. */
  function exchange(text: string): void {
    const next = new DOMParser().parseFromString(text, "text/html");
    document.head.replaceChildren(dressed(), ...next.head.childNodes);
    document.body.replaceChildren(...next.body.childNodes);
  }

  return {
    draw(content) {
      (written ? exchange : write)(String(content));
      written = true;
    },
  };
}
