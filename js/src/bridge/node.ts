// The wire between the worlds: events on one node that no page script can reach; the engine copies their `detail`.
//
// A message is answered before `ask` returns. The node is the root of a shadow tree on an element of no document, for
// while an event is dispatched there, `window.event` stays undefined and leads no page script to the node.

import { detailOf, dispatch, listen, SafeCustomEvent } from "./primordials.ts";

/** Types of the events one side sends, and of those it hears. The other side has them the other way round. */
export interface Direction {
  readonly out: string;
  readonly into: string;
}

export const PAGE: Direction = { out: "p", into: "i" };
export const PRELOAD: Direction = { out: "i", into: "p" };

const ANSWER = "!";

/** One side's end of the node. */
export class NodeWire {
  readonly #node: EventTarget;
  readonly #out: string;
  #answer: unknown;

  /** `answer` is called for each message of the other side, and must not throw. */
  constructor(node: EventTarget, { out, into }: Direction, answer: (message: unknown) => unknown) {
    this.#node = node;
    this.#out = out;
    listen(
      node,
      into,
      (event) => {
        const message = detailOf(event as CustomEvent);
        this.#send(into + ANSWER, answer(message));
      },
      false,
    );
    listen(
      node,
      out + ANSWER,
      (event) => {
        this.#answer = detailOf(event as CustomEvent);
      },
      false,
    );
  }

  /**
   * Send a message; its answer, or null when either could not be copied, or undefined when nobody answered.
   * While the other side answers it may ask back: an answer is always the last event before `dispatch` returns.
   */
  ask(message: unknown): unknown {
    this.#answer = undefined;
    this.#send(this.#out, message);
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  #send(type: string, detail: unknown): void {
    // Without a prototype, or an accessor of the page on Object.prototype would be given the message as its `this`.
    const options = { __proto__: null, detail };
    dispatch(this.#node, new SafeCustomEvent(type, options as CustomEventInit));
  }
}
