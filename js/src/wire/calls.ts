// The calls an end has under way: each has an id that is never used again, and is settled exactly once. Pure.

import { PeerError } from "./errors.ts";

/** Calls of one end of one document. `T` is what waits for the answer. */
export class Calls<T> {
  readonly #pending = new Map<number, T>();
  #last = 0;

  get size(): number {
    return this.#pending.size;
  }

  /** Enter a call; its id. */
  open(waiting: T): number {
    this.#last += 1;
    this.#pending.set(this.#last, waiting);
    return this.#last;
  }

  /** What waits for this call; undefined when it was settled here before the answer came. */
  get(id: number): T | undefined {
    if (!(Number.isInteger(id) && id >= 1 && id <= this.#last)) {
      throw new PeerError(`an answer to call ${id}, which was never made`);
    }
    return this.#pending.get(id);
  }

  /** Take a call out: whoever gets it settles it, everybody later gets undefined. */
  take(id: number): T | undefined {
    const waiting = this.get(id);
    this.#pending.delete(id);
    return waiting;
  }

  /** Take all out, in the order they were made. */
  takeAll(): T[] {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    return all;
  }
}
