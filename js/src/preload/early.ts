// What the kernel asks of a page that is still being read: it waits until the page's scripts have run and listen.
//
// Answers to the page's own calls do not wait. The order among what waits is kept.

import type { Delivered } from "../wire/session.ts";

/** The kernel's requests; what else comes answers the page. */
const REQUESTS: ReadonlySet<string> = new Set(["send", "invoke", "cancel", "credit", "port", "port-close"]);
/** So many wait at most: a page that is read for ever must not collect for ever. */
const MOST = 10_000;

/** Holds the kernel's requests until `release`. */
export class Early {
  #held: Delivered[] | null = [];
  readonly #deliver: (delivered: Delivered) => void;
  readonly #own: ReadonlySet<string>;

  /** `own`: channels that nothing in the page has to listen to. */
  constructor(deliver: (delivered: Delivered) => void, own: ReadonlySet<string> = new Set()) {
    this.#deliver = deliver;
    this.#own = own;
  }

  /** Deliver now, or keep until the page listens. */
  take(delivered: Delivered): void {
    const { frame } = delivered;
    if (this.#held === null || !REQUESTS.has(frame.op) || (frame.op === "send" && this.#own.has(frame.channel))) {
      this.#deliver(delivered);
    } else if (this.#held.push(delivered) >= MOST) {
      this.release();
    }
  }

  /** The page's scripts have run: deliver what waited, in order, and from now on at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivered of held) {
      this.#deliver(delivered);
    }
  }
}
