// What a library's script in a frame is: it draws one kind of content, again and again, into one element.

import type { Look } from "./words.ts";

/** Where a driver draws, and whom it tells. */
export interface Stage {
  readonly el: HTMLElement;
  look(): Look;
  /** Tell the kernel's listeners. */
  tell(event: "click" | "select", detail: unknown): void;
  /** Say something to the person, beside what is drawn. */
  warn(text: string): void;
}

export interface Driver {
  /** Draw this, in place of what is there. */
  draw(content: unknown): void | Promise<void>;
  /** The page's look has changed. */
  wear?(look: Look): void | Promise<void>;
}

export type Make = (stage: Stage) => Driver;

declare global {
  /** Put there by the last script that the page hands over. */
  var jupyterwinDriver: Make | undefined;
}
