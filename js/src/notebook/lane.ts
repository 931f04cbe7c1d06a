// The front end's end of a place's comm: batches of messages, numbered, each taken once and in order. What the server's rate
// limit dropped is asked for again; what a lost connection took along is sent again. `jupyterwin/carriers/notebook.py` is
// the other end.

import type { FromPlace, ToPlace } from "../wire/place.gen.ts";
import type { Bytes } from "../wire/values.ts";

/** What one comm message carries: batch `n`, and that all up to `a` have arrived; `miss`: from there on they have not. */
export interface Batch {
  readonly n?: number;
  readonly a?: number;
  readonly miss?: number;
  readonly m?: readonly unknown[];
}

/** Batches leave so many milliseconds apart at least. */
const PACE = 8;
/** An end that has nothing to say acknowledges after so many milliseconds. */
const IDLE_ACK = 100;
/** Milliseconds without an acknowledgement after which the oldest batch is sent again; twice as many each time. */
const PATIENCE = 1_000;
/** Times that it is: nobody is there then. */
const MOST_AGAIN = 8;
/** Characters of one batch; the server ends a connection over more than 10 MB in one message. */
const MOST = 4 * 1024 * 1024;

export interface LaneOptions {
  readonly send: (batch: Batch) => void;
  readonly deliver: (message: ToPlace, buffers: readonly Bytes[]) => void;
}

export class Lane {
  readonly #options: LaneOptions;
  #queue: FromPlace[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ackTimer: ReturnType<typeof setTimeout> | null = null;
  #left = 0;
  #sent = 0;
  #arrived = 0;
  #acknowledged = 0;
  /** Batches that the kernel has not acknowledged. */
  #kept: Batch[] = [];
  #again = 0;
  #watch: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;
  #open = true;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  post(message: FromPlace): void {
    this.#queue.push(message);
    if (this.#timer === null && this.#open) {
      this.#timer = setTimeout(() => this.#flush(), Math.max(0, this.#left + PACE - performance.now()));
    }
  }

  arrived({ n, a = 0, m = [] }: Batch, buffers: readonly Bytes[]): void {
    this.#reached(a);
    if (n === undefined || n <= this.#arrived) {
      return; // sent again, and it was here all the same
    }
    if (n > this.#arrived + 1) {
      if (this.#asked !== this.#arrived + 1) {
        this.#asked = this.#arrived + 1;
        this.#options.send({ miss: this.#asked });
      }
      return; // it comes again with those before it
    }
    this.#arrived = n;
    this.#ackTimer ??= setTimeout(() => this.#acknowledge(), IDLE_ACK);
    for (const message of m) {
      this.#options.deliver(message as ToPlace, buffers);
    }
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer ?? undefined);
    clearTimeout(this.#ackTimer ?? undefined);
    clearTimeout(this.#watch ?? undefined);
  }

  #flush(): void {
    this.#timer = null;
    this.#left = performance.now();
    let batch: FromPlace[] = [];
    let size = 0;
    for (const message of this.#queue.splice(0)) {
      const length = "text" in message ? message.text.length : 0;
      if (size + length > MOST && batch.length > 0) {
        this.#send(batch);
        batch = [];
        size = 0;
      }
      batch.push(message);
      size += length;
    }
    this.#send(batch);
  }

  #send(m: readonly FromPlace[]): void {
    this.#acknowledged = this.#arrived;
    const batch = { n: ++this.#sent, a: this.#arrived, m };
    this.#kept.push(batch);
    this.#options.send(batch);
    this.#wait();
  }

  #reached(number: number): void {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter(({ n = 0 }) => n > number);
    if (this.#kept.length < before) {
      this.#again = 0;
      clearTimeout(this.#watch ?? undefined);
      this.#watch = null;
      this.#wait();
    }
  }

  /** The oldest goes again if nothing is heard of it. */
  #wait(): void {
    const [oldest] = this.#kept;
    if (oldest !== undefined && this.#open && this.#again < MOST_AGAIN) {
      this.#watch ??= setTimeout(
        () => {
          this.#watch = null;
          this.#again++;
          this.#options.send(oldest);
          this.#wait();
        },
        PATIENCE * 2 ** this.#again,
      );
    }
  }

  #acknowledge(): void {
    this.#ackTimer = null;
    if (this.#acknowledged !== this.#arrived) {
      this.#acknowledged = this.#arrived;
      this.#options.send({ a: this.#arrived });
    }
  }
}
