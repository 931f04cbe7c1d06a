// The queue of a session: what waits to be sent, in order, and which `latest` message gives way to a newer one.
// jupyterwin/wire/queue.py is its twin and says why it does what it does. Pure; it knows no bound and no acknowledgement.

import type { Bytes } from "./arrays.ts";

/** A frame as text, with its buffers. `channel` is empty for whatever may not give way. */
export interface Queued {
  readonly text: string;
  readonly buffers: readonly Bytes[];
  readonly size: number;
  readonly channel: string;
  readonly missed: number;
}

interface Newest {
  readonly place: number;
  /** The place that it, or those it replaced, had first. */
  readonly firstPlace: number;
}

/** First in, first out. Places count all that was ever queued, from 1. */
export class Queue {
  bytes = 0;
  #last = 0;
  readonly #waiting = new Map<number, Queued>();
  /** Goes along with what leaves: one begun anew would pass all the places that are empty by now. */
  #walk = this.#waiting.keys();
  #first = 0;
  /** Of each channel's `latest` messages the newest that waits. */
  readonly #newest = new Map<string, Newest>();
  /** How many wait that may not give way. */
  #others = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** The channel of the next to leave if nothing waits but `latest` messages; else the empty string. */
  get onlyLatest(): string {
    return this.#others > 0 ? "" : this.#head().channel;
  }

  /** The message of `channel` that a newer one would replace. */
  givesWay(channel: string): Queued | null {
    const newest = this.#newest.get(channel);
    if (newest === undefined || (newest.place !== this.#last && this.#headPlace() > newest.firstPlace)) {
      return null;
    }
    return this.#waiting.get(newest.place) ?? null;
  }

  /** Queue at the end; `older`, as `givesWay` gave it, leaves. */
  add(queued: Queued, older: Queued | null = null): void {
    let firstPlace = this.#last + 1;
    const newest = older === null ? undefined : this.#newest.get(queued.channel);
    if (older !== null && newest !== undefined) {
      if (newest.place !== newest.firstPlace || newest.place !== this.#last) {
        firstPlace = newest.firstPlace;
      }
      this.#waiting.delete(newest.place);
      this.bytes -= older.size;
    }
    this.#last += 1;
    this.#waiting.set(this.#last, queued);
    this.bytes += queued.size;
    if (queued.channel === "") {
      this.#others += 1;
    } else {
      this.#newest.set(queued.channel, { place: this.#last, firstPlace });
    }
  }

  /** The next to leave. */
  take(): Queued {
    const place = this.#headPlace();
    const queued = this.#head();
    this.#waiting.delete(place);
    this.bytes -= queued.size;
    if (queued.channel === "") {
      this.#others -= 1;
    } else if (this.#newest.get(queued.channel)?.place === place) {
      this.#newest.delete(queued.channel);
    }
    return queued;
  }

  #head(): Queued {
    return this.#waiting.get(this.#headPlace()) as Queued;
  }

  /** Where the next to leave stands; there must be one. */
  #headPlace(): number {
    while (!this.#waiting.has(this.#first)) {
      const { done, value } = this.#walk.next();
      if (done) {
        this.#walk = this.#waiting.keys(); // it had come to an end, and more was queued since
      } else {
        this.#first = value;
      }
    }
    return this.#first;
  }
}
