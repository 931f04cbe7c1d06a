// Follower: fetches what is new of a chart's rows, one answer at a time and at most one a frame. It draws nothing.

import { RowStore } from "./rows.ts";
import type { RowsMessage } from "./wire.ts";

export class Follower {
  rows = new RowStore();
  readonly #ask: (since: number) => Promise<RowsMessage>;
  readonly #came: () => void;
  #behind = false;
  #fetching: Promise<void> | null = null;
  #disposed = false;

  /** `came`: there are new rows. */
  constructor(ask: (since: number) => Promise<RowsMessage>, came: () => void) {
    this.#ask = ask;
    this.#came = came;
  }

  /** Other rows from now on; what was asked for before is not taken. */
  restart(): void {
    this.rows = new RowStore();
  }

  /** Fetch until there is no more. */
  follow(): Promise<void> {
    this.#behind = true;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #fetch(): Promise<void> {
    while (this.#behind && !this.#disposed) {
      this.#behind = false;
      const { rows } = this;
      const message = await this.#ask(rows.count === 0 ? -1 : rows.next);
      if (rows === this.rows) {
        rows.take(message);
        this.#behind ||= rows.next < message.total;
        this.#came();
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }
}

/** Of a chart that is not there any more nobody waits for answers. */
export function unlessCancelled(error: { code?: string }): void {
  if (error.code !== "cancelled") {
    console.error(error);
  }
}
