// The reading end of a stream: an async iterator with credits. The other end may be AHEAD items ahead of who reads; one
// who stops reading stops it, one who breaks out of the loop ends it.

import { PeerError } from "../wire/errors.ts";

/** Items that may be under way or waiting here. */
export const AHEAD = 16;
/** Credit is given again when so much of it is used up, not for each item. */
const REFILL = AHEAD / 2;

export interface ReaderOptions {
  /** Allow the other end `count` more items. */
  readonly credit: (count: number) => void;
  /** The reader wants no more. */
  readonly cancel: (reason: string) => void;
}

interface Waiting {
  readonly resolve: (result: IteratorResult<unknown, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

type End = { readonly error: unknown } | "ended";

/** What arrived and was not read, or who waits for what has not arrived. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #items: unknown[] = [];
  readonly #waiting: Waiting[] = [];
  #end: End | null = null;
  #allowed = AHEAD;
  #used = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The next item, or the error, in the order they came. */
  next(): Promise<IteratorResult<unknown, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#serve();
    });
  }

  /** Read no further: the other end is told, what waits here is dropped. */
  return(reason = "the reader is done"): Promise<IteratorResult<unknown, undefined>> {
    if (this.#end === null) {
      this.#end = "ended";
      this.#options.cancel(reason);
    }
    this.#end = "ended";
    this.#items.length = 0;
    this.#serve();
    return Promise.resolve({ done: true, value: undefined });
  }

  item(value: unknown): void {
    if (this.#end !== null) {
      return;
    }
    if (this.#allowed === 0) {
      this.#options.cancel("more items than credit");
      this.fail(new PeerError("the stream sent more items than it had credit for"));
      return;
    }
    this.#allowed--;
    this.#items.push(value);
    this.#serve();
  }

  end(): void {
    this.#end ??= "ended";
    this.#serve();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#serve();
  }

  #serve(): void {
    while (this.#waiting.length > 0 && (this.#items.length > 0 || this.#end !== null)) {
      const { resolve, reject } = this.#waiting.shift() as Waiting;
      if (this.#items.length > 0) {
        resolve({ done: false, value: this.#items.shift() });
        this.#refill();
      } else if (this.#end === "ended" || this.#end === null) {
        resolve({ done: true, value: undefined });
      } else {
        const { error } = this.#end;
        this.#end = "ended"; // an iterator that has thrown is done
        reject(error);
      }
    }
  }

  #refill(): void {
    this.#used++;
    if (this.#used >= REFILL && this.#end === null) {
      this.#allowed += this.#used;
      this.#options.credit(this.#used);
      this.#used = 0;
    }
  }
}
