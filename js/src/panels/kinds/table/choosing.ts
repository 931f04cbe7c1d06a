// Choosing: what is selected goes to the kernel when the person has chosen, and comes from there when somebody else has.
// Of two choices the later one stays. It draws nothing.

import type { Blocks } from "./blocks.ts";
import type { Ask, ChosenMessage } from "./content.ts";
import type { Grid } from "./grid.ts";
import { columnsOf, spansOf } from "./selection.ts";

const TELL_AFTER = 60;

export class Choosing {
  readonly #grid: Grid;
  readonly #blocks: Blocks;
  readonly #ask: Ask;
  readonly #tell: (detail: unknown) => void;
  #telling = 0;
  #changes = 0;

  constructor(grid: Grid, blocks: Blocks, ask: Ask, tell: (detail: unknown) => void) {
    this.#grid = grid;
    this.#blocks = blocks;
    this.#ask = ask;
    this.#tell = tell;
  }

  /** The person chooses; `columns`: how many there are. */
  chosen(columns: number): void {
    this.#changes++;
    clearTimeout(this.#telling);
    this.#telling = window.setTimeout(() => {
      this.#telling = 0;
      const areas = this.#grid.selection.areas(columns);
      this.#tell({ query: this.#blocks.query, spans: spansOf(areas), columns: columnsOf(areas) });
    }, TELL_AFTER);
  }

  /** Show what the kernel says, in the order of the rows as it is now; unless the person chooses just now. */
  async show({ reveal = false } = {}): Promise<void> {
    if (this.#telling) {
      return;
    }
    const change = ++this.#changes;
    const { query } = this.#blocks;
    const answer = await this.#ask<ChosenMessage | null>("chosen", query).catch(() => undefined);
    if (answer === undefined || change !== this.#changes || query !== this.#blocks.query) {
      return; // a newer one follows
    }
    const { selection } = this.#grid;
    selection.give({ spans: new Int32Array(answer?.spans ?? new ArrayBuffer(0)), columns: answer?.columns ?? null });
    if (reveal && selection.first !== null) {
      this.#grid.revealRow(selection.first);
    }
    this.#grid.draw();
  }

  dispose(): void {
    clearTimeout(this.#telling);
  }
}
