// Copying: what is chosen goes to the clipboard as tab-separated values, in full, however it is shown. The kernel writes them.

import type { Blocks } from "./blocks.ts";
import type { Ask } from "./content.ts";
import type { Grid } from "./grid.ts";
import { columnsOf, spansOf } from "./selection.ts";

export class Copying {
  readonly #grid: Grid;
  readonly #blocks: Blocks;
  readonly #ask: Ask;
  readonly #announce: (text: string) => void;
  readonly #copy = (event: ClipboardEvent) => this.#onCopy(event);

  constructor(grid: Grid, blocks: Blocks, ask: Ask, announce: (text: string) => void) {
    this.#grid = grid;
    this.#blocks = blocks;
    this.#ask = ask;
    this.#announce = announce;
    grid.el.addEventListener("copy", this.#copy);
  }

  dispose(): void {
    this.#grid.el.removeEventListener("copy", this.#copy);
  }

  /** The browser asks what is to be copied: it is not here yet, so it is asked for, and the browser is asked to copy again. */
  #onCopy(event: ClipboardEvent): void {
    if (event.target instanceof HTMLInputElement || !this.#grid.selection.active) {
      return;
    }
    event.preventDefault();
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { selection, columns } = this.#grid;
    const { query } = this.#blocks;
    const areas = selection.areas(columns.list.reduce((most, { number }) => Math.max(most, number + 1), 0));
    const spans = spansOf(areas);
    try {
      const texts = spans.map(([start, stop]) => this.#ask<string>("text", query, start, stop, columnsOf(areas)));
      copy((await Promise.all(texts)).join(""));
      this.#announce("Copied");
    } catch (error) {
      this.#announce((error as Error).message);
    }
  }
}

/** The person has just asked for it, so the browser lets a page do so; whichever element it asks then. */
function copy(text: string): void {
  const give = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", give, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", give, { capture: true });
}
