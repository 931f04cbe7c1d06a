// One world's end of the bridge where both worlds share a document: what is asked is answered before `ask` returns.

import { type AnyFunction, Ends } from "./ends.ts";
import { asError, uncloneable } from "./errors.ts";
import { type Direction, NodeWire } from "./node.ts";
import type { Parcel } from "./parcel.ts";
import { apply, SafeError } from "./primordials.ts";

type Message =
  | { readonly op: "hello" }
  | { readonly op: "call"; readonly id: number; readonly v: Parcel }
  | { readonly op: "settle"; readonly id: number; readonly ok: boolean; readonly v: Parcel }
  | { readonly op: "abort"; readonly id: number; readonly v: Parcel }
  | { readonly op: "release"; readonly id: number; readonly count: number }
  | { readonly op: "expose"; readonly name: string; readonly v: Parcel };

interface Answer {
  readonly ok: boolean;
  readonly v: Parcel;
}

/** One end of the bridge. */
export class Peer {
  readonly #wire: NodeWire;
  readonly #expose: ((name: string, value: unknown) => void) | null;
  readonly #ends: Ends;

  /** `expose` puts an API on the window; only the main world's end has it. */
  constructor(node: EventTarget, direction: Direction, expose: ((name: string, value: unknown) => void) | null) {
    this.#expose = expose;
    this.#ends = new Ends({
      takesAccessors: expose !== null,
      release: (id, count) => this.#wire.ask({ op: "release", id, count }),
      // null: packed well, but the engine could not copy it.
      settle: (id, ok, v) => this.#wire.ask({ op: "settle", id, ok, v }) !== null,
      abort: (id, v) => this.#wire.ask({ op: "abort", id, v }),
      standIn:
        (id) =>
        (...args) =>
          this.#ask({ op: "call", id, v: this.#ends.pack(args) }),
    });
    this.#wire = new NodeWire(node, direction, (message) => this.#answer(message as Message | null));
  }

  /** How many functions and signals of this world the other one holds. */
  get lent(): number {
    return this.#ends.lent;
  }

  /** Whether the other end is there. */
  greet(): boolean {
    return (this.#wire.ask({ op: "hello" }) as Answer | undefined)?.ok === true;
  }

  /** Have the other end put `api` on its window. Throws what it says against it. */
  expose(name: string, api: unknown): void {
    this.#ask({ op: "expose", name, v: this.#ends.pack(api) });
  }

  #ask(message: Message): unknown {
    const answer = this.#wire.ask(message) as Answer | null | undefined;
    if (answer === null) {
      throw uncloneable();
    }
    if (answer === undefined) {
      throw new SafeError("the other side of the bridge did not answer");
    }
    const value = this.#ends.unpack(answer.v);
    if (!answer.ok) {
      throw asError(value);
    }
    return value;
  }

  #answer(message: Message | null): Answer | null {
    if (message === null) {
      return null;
    }
    try {
      return { ok: true, v: this.#ends.pack(this.#handle(message)) };
    } catch (thrown) {
      return { ok: false, v: this.#ends.packError(thrown) };
    }
  }

  #handle(message: Message): unknown {
    const ends = this.#ends;
    switch (message.op) {
      case "hello":
        return true;
      case "call":
        return apply(ends.own(message.id) as AnyFunction, undefined, ends.unpack(message.v) as unknown[]);
      case "settle":
        return ends.settled(message.id, message.ok, message.v);
      case "abort":
        return ends.aborted(message.id, message.v);
      case "release":
        return ends.released(message.id, message.count);
      case "expose":
        return this.#expose?.(message.name, ends.unpack(message.v));
      default:
        throw new SafeError("a message of an unknown kind");
    }
  }
}
