// One world's end of the bridge: calls the other world's functions, answers for its own, and carries promises and aborts.
//
// What comes in may be forged by a hostile page: it can only name ids that were lent to it, and an answer that is
// malformed ends as an Error in the world that asked.

import { isTable, streamOf, tableOf } from "../arrow/table.ts";
import { asError, makeError, uncloneable } from "./errors.ts";
import { type Direction, NodeWire } from "./node.ts";
import { type Accessor, type Notes, pack } from "./pack.ts";
import type { Parcel } from "./parcel.ts";
import {
  apply,
  defineAccessor,
  mapDelete,
  mapGet,
  mapSet,
  SafeError,
  SafeMap,
  SafePromise,
  SafeTypeError,
  SafeWeakMap,
  weakGet,
  weakSet,
  whenSettled,
} from "./primordials.ts";
import { Borrowing, Lending } from "./references.ts";
import { Signals } from "./signals.ts";
import { Symbols } from "./symbols.ts";
import { type Meanings, unpack } from "./unpack.ts";

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

interface Settling {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

// biome-ignore lint/suspicious/noExplicitAny: functions of users, of any kind
type AnyFunction = (...args: any[]) => unknown;

/** Properties that a function of ours takes along (`kernel.quote.with`); those of users' functions are dropped. */
const properties = new SafeWeakMap<object, Readonly<Record<PropertyKey, unknown>>>();

/** Let `fn` cross the bridge together with these properties. */
export function withProperties<F extends AnyFunction>(fn: F, own: Readonly<Record<PropertyKey, unknown>>): F {
  weakSet(properties, fn, own);
  return fn;
}

/** Accessors that an object of ours takes along (`kernel.store.symbol`); those of users' objects are read once. */
const accessors = new SafeWeakMap<object, Readonly<Record<string, Accessor>>>();

/** Let `object` cross the bridge together with these accessors, which are called in this world. */
export function withAccessors<T extends object>(object: T, own: Readonly<Record<string, Accessor>>): T {
  weakSet(accessors, object, own);
  return object;
}

/** One end of the bridge. */
export class Peer {
  readonly #wire: NodeWire;
  readonly #expose: ((name: string, value: unknown) => void) | null;
  readonly #lending = new Lending();
  readonly #borrowing = new Borrowing((id, count) => this.#wire.ask({ op: "release", id, count }));
  readonly #symbols = new Symbols();
  readonly #signals = new Signals();
  readonly #promises = new SafeMap<number, Settling>();
  readonly #notes: Notes;
  readonly #meanings: Meanings;
  #lastPromise = 0;

  /** `expose` puts an API on the window; only the main world's end has it. */
  constructor(node: EventTarget, direction: Direction, expose: ((name: string, value: unknown) => void) | null) {
    this.#expose = expose;
    this.#notes = {
      function: (fn) => ({ ...this.#reference(fn), own: weakGet(properties, fn) ?? null }),
      promise: (promise) => this.#follow(promise),
      signal: (signal) =>
        this.#signals.describe(signal, this.#reference(signal), (lent, why) => this.#abort(lent, why)),
      symbol: (symbol) => this.#symbols.pack(symbol),
      table: (value) => (isTable(value) ? streamOf(value) : null),
      accessors: (value) => weakGet(accessors, value) ?? null,
    };
    this.#meanings = {
      function: (id, home) => (home ? this.#own(id) : this.#borrowing.borrow(id, () => this.#standIn(id))),
      promise: (id) => this.#promise(id),
      signal: (id, home, aborted, reason) =>
        home ? this.#own(id) : this.#borrowing.borrow(id, () => this.#signals.make(aborted, reason)),
      symbol: (special) => this.#symbols.unpack(special),
      table: tableOf,
      accessor: (target, key, get, set) => {
        if (this.#expose === null) {
          throw new SafeTypeError("a page gives no accessors");
        }
        defineAccessor(target, key, get, set);
      },
    };
    this.#wire = new NodeWire(node, direction, (message) => this.#answer(message as Message | null));
  }

  /** How many functions and signals of this world the other one holds. */
  get lent(): number {
    return this.#lending.size;
  }

  /** Whether the other end is there. */
  greet(): boolean {
    return (this.#wire.ask({ op: "hello" }) as Answer | undefined)?.ok === true;
  }

  /** Have the other end put `api` on its window. Throws what it says against it. */
  expose(name: string, api: unknown): void {
    this.#ask({ op: "expose", name, v: pack(api, this.#notes) });
  }

  #ask(message: Message): unknown {
    const answer = this.#wire.ask(message) as Answer | null | undefined;
    if (answer === null) {
      throw uncloneable();
    }
    if (answer === undefined) {
      throw new SafeError("the other side of the bridge did not answer");
    }
    const value = unpack(answer.v, this.#meanings);
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
      return { ok: true, v: pack(this.#handle(message), this.#notes) };
    } catch (thrown) {
      return { ok: false, v: this.#packError(thrown) };
    }
  }

  #handle(message: Message): unknown {
    switch (message.op) {
      case "hello":
        return true;
      case "call":
        return apply(this.#own(message.id) as AnyFunction, undefined, unpack(message.v, this.#meanings) as unknown[]);
      case "settle":
        return this.#settle(message.id, message.ok, message.v);
      case "abort":
        return this.#signals.abort(this.#borrowing.find(message.id), unpack(message.v, this.#meanings));
      case "release":
        return this.#lending.giveBack(message.id, message.count);
      case "expose":
        return this.#expose?.(message.name, unpack(message.v, this.#meanings));
      default:
        throw new SafeError("a message of an unknown kind");
    }
  }

  /** An error as a parcel, whatever was thrown and whatever is wrong with it. */
  #packError(thrown: unknown): Parcel {
    try {
      return pack(asError(thrown), this.#notes);
    } catch {
      return pack(makeError("Error", "an error that could not be copied was thrown"), this.#notes);
    }
  }

  #reference(target: object): { id: number; home: boolean } {
    const borrowed = this.#borrowing.idOf(target);
    return borrowed === undefined ? { id: this.#lending.lend(target), home: false } : { id: borrowed, home: true };
  }

  #own(id: number): object {
    const target = this.#lending.get(id);
    if (target === undefined) {
      throw new SafeError("a function that was never lent");
    }
    return target;
  }

  #standIn(id: number): AnyFunction {
    return (...args) => this.#ask({ op: "call", id, v: pack(args, this.#notes) });
  }

  #follow(promise: Promise<unknown>): number {
    const id = ++this.#lastPromise;
    const report = (ok: boolean, v: Parcel) => this.#wire.ask({ op: "settle", id, ok, v });
    const failed = (reason: unknown) => report(false, this.#packError(reason));
    const settled = (value: unknown) => {
      try {
        // null: packed well, but the engine could not copy it.
        if (report(true, pack(value, this.#notes)) === null) {
          failed(uncloneable());
        }
      } catch (thrown) {
        failed(thrown);
      }
    };
    whenSettled(promise, settled, failed);
    return id;
  }

  #promise(id: number): Promise<unknown> {
    return new SafePromise((resolve, reject) => {
      mapSet(this.#promises, id, { resolve, reject });
    });
  }

  #settle(id: number, ok: boolean, v: Parcel): void {
    const settling = mapGet(this.#promises, id);
    if (settling === undefined) {
      return;
    }
    mapDelete(this.#promises, id);
    try {
      const value = unpack(v, this.#meanings);
      (ok ? settling.resolve : settling.reject)(value);
    } catch (thrown) {
      settling.reject(asError(thrown));
    }
  }

  #abort(signal: AbortSignal, reason: unknown): void {
    const id = this.#lending.idOf(signal);
    if (id !== undefined) {
      this.#wire.ask({ op: "abort", id, v: this.#packError(reason) });
    }
  }
}
