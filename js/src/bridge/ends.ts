// What both ends of a bridge have in common, however messages cross: what was lent and borrowed, notes and their meanings,
// promises and aborts. It sends nothing itself: `Far` says how the other world is told.
//
// What comes in may be forged by a hostile page: it can only name ids that were lent to it, and an answer that is
// malformed ends as an Error in the world that asked.

import { isTable, streamOf, tableOf } from "../arrow/table.ts";
import { asError, makeError, uncloneable } from "./errors.ts";
import { type Accessor, type Notes, pack } from "./pack.ts";
import type { Parcel } from "./parcel.ts";
import {
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

interface Settling {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

// biome-ignore lint/suspicious/noExplicitAny: functions of users, of any kind
export type AnyFunction = (...args: any[]) => unknown;

/** How the other world is told. */
export interface Far {
  /** Stand-ins for what it lent are gone. */
  readonly release: (id: number, count: number) => void;
  /** A promise of ours is settled. False: the engine could not copy its value. */
  readonly settle: (id: number, ok: boolean, v: Parcel) => boolean;
  /** A signal of ours was aborted. */
  readonly abort: (id: number, v: Parcel) => void;
  /** What a stand-in does that is called. `own` packs its arguments. */
  readonly standIn: (id: number) => AnyFunction;
  /** Whether the other world may give accessors: not the page. */
  readonly takesAccessors: boolean;
  /** A function of ours is about to cross under this id. */
  readonly lent?: (id: number, fn: object) => void;
}

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

/** One world's side of a bridge. */
export class Ends {
  readonly #far: Far;
  readonly #lending = new Lending();
  readonly #borrowing: Borrowing;
  readonly #symbols = new Symbols();
  readonly #signals = new Signals();
  readonly #promises = new SafeMap<number, Settling>();
  readonly #notes: Notes;
  readonly #meanings: Meanings;
  #lastPromise = 0;

  constructor(far: Far) {
    this.#far = far;
    this.#borrowing = new Borrowing(far.release);
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
      function: (id, home) => (home ? this.own(id) : this.#borrowing.borrow(id, () => far.standIn(id))),
      promise: (id) => this.#promise(id),
      signal: (id, home, aborted, reason) =>
        home ? this.own(id) : this.#borrowing.borrow(id, () => this.#signals.make(aborted, reason)),
      symbol: (special) => this.#symbols.unpack(special),
      table: tableOf,
      accessor: (target, key, get, set) => {
        if (!far.takesAccessors) {
          throw new SafeTypeError("a page gives no accessors");
        }
        defineAccessor(target, key, get, set);
      },
    };
  }

  /** How many functions and signals of this world the other one holds. */
  get lent(): number {
    return this.#lending.size;
  }

  pack(value: unknown): Parcel {
    return pack(value, this.#notes);
  }

  unpack(parcel: Parcel): unknown {
    return unpack(parcel, this.#meanings);
  }

  /** An error as a parcel, whatever was thrown and whatever is wrong with it. */
  packError(thrown: unknown): Parcel {
    try {
      return this.pack(asError(thrown));
    } catch {
      return this.pack(makeError("Error", "an error that could not be copied was thrown"));
    }
  }

  /** What was lent under this id. */
  own(id: number): object {
    const target = this.#lending.get(id);
    if (target === undefined) {
      throw new SafeError("a function that was never lent");
    }
    return target;
  }

  /** The other world gives back what it was lent. */
  released(id: number, count: number): void {
    this.#lending.giveBack(id, count);
  }

  /** A signal of the other world was aborted. */
  aborted(id: number, v: Parcel): void {
    this.#signals.abort(this.#borrowing.find(id), this.unpack(v));
  }

  /** A promise of the other world is settled. */
  settled(id: number, ok: boolean, v: Parcel): void {
    const settling = mapGet(this.#promises, id);
    if (settling === undefined) {
      return;
    }
    mapDelete(this.#promises, id);
    try {
      const value = this.unpack(v);
      (ok ? settling.resolve : settling.reject)(value);
    } catch (thrown) {
      settling.reject(asError(thrown));
    }
  }

  #reference(target: object): { id: number; home: boolean } {
    const borrowed = this.#borrowing.idOf(target);
    if (borrowed !== undefined) {
      return { id: borrowed, home: true };
    }
    const id = this.#lending.lend(target);
    this.#far.lent?.(id, target);
    return { id, home: false };
  }

  #follow(promise: Promise<unknown>): number {
    const id = ++this.#lastPromise;
    const failed = (reason: unknown) => this.#far.settle(id, false, this.packError(reason));
    const settled = (value: unknown) => {
      try {
        if (!this.#far.settle(id, true, this.pack(value))) {
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

  #abort(signal: AbortSignal, reason: unknown): void {
    const id = this.#lending.idOf(signal);
    if (id !== undefined) {
      this.#far.abort(id, this.packError(reason));
    }
  }
}
