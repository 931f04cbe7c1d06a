// A value of this world → a parcel: copied deeply, getters read once, prototypes dropped; what cannot be copied is noted.

import { uncloneable } from "./errors.ts";
import {
  type Entry,
  type FunctionSpecial,
  MAX_DEPTH,
  type Parcel,
  type Patch,
  type Special,
  type SymbolSpecial,
} from "./parcel.ts";
import {
  AbortSignalPrototype,
  bare,
  CLONED,
  COPIED,
  clone,
  ErrorPrototype,
  getOwnPropertySymbols,
  getPrototypeOf,
  hasOwn,
  inherits,
  isArray,
  isEnumerable,
  isView,
  keys,
  list,
  mapGet,
  mapSet,
  ObjectPrototype,
  PromisePrototype,
  push,
  REFUSED,
  SafeMap,
  SafeString,
  SafeTypeError,
  SafeWeakMap,
  weakGet,
  weakSet,
} from "./primordials.ts";

type Target = Record<PropertyKey, unknown>;

/** How the things that cannot be copied are noted. */
export interface Notes {
  function(fn: object): { readonly id: number; readonly home: boolean; readonly own: Readonly<Target> | null };
  promise(promise: Promise<unknown>): number;
  signal(signal: AbortSignal): {
    readonly id: number;
    readonly home: boolean;
    readonly aborted: boolean;
    reason: unknown;
  };
  symbol(symbol: symbol): SymbolSpecial;
  /** The bytes of a table; null for anything else. */
  table(value: object): Uint8Array<ArrayBuffer> | null;
  /** The accessors that an object of ours takes along, by name; null for any other. */
  accessors(value: object): Readonly<Record<string, Accessor>> | null;
}

/** A property that is read and written in the world that made it. */
export interface Accessor {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

const homebound = new SafeWeakMap<object, true>();

/** `value` never crosses: an empty object does instead, as with Electron's `ipcRenderer`. */
export function keepHome<T extends object>(value: T): T {
  weakSet(homebound, value, true);
  return value;
}

/** Pack one value. Throws what its getters throw, a TypeError when it is too deep, an Error when it cannot be copied. */
export function pack(value: unknown, notes: Notes): Parcel {
  const packing = new Packing(notes);
  const root = bare();
  packing.place(root, "v", value, 0);
  return { root, patches: packing.patches, entries: packing.entries };
}

class Packing {
  readonly patches: Patch[] = list();
  readonly entries: Entry[] = list();
  readonly #notes: Notes;
  readonly #copies = new SafeMap<object, object>();
  readonly #specials = new SafeMap<object, Special>();

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** Put a copy of `value`, or a note of it, at `target[key]`. `target` has no prototype. */
  place(target: Target, key: string | number, value: unknown, depth: number): void {
    target[key] = undefined; // keeps the order of keys for what is patched in later
    if (typeof value === "symbol") {
      push(this.patches, [target, key, this.#notes.symbol(value)]);
    } else if (typeof value === "function" || (typeof value === "object" && value !== null)) {
      this.#object(target, key, value, depth);
    } else {
      target[key] = value;
    }
  }

  #object(target: Target, key: string | number, value: object, depth: number): void {
    const copy = mapGet(this.#copies, value);
    const special = copy === undefined ? mapGet(this.#specials, value) : undefined;
    if (copy !== undefined) {
      target[key] = copy;
    } else if (special !== undefined) {
      push(this.patches, [target, key, special]);
    } else if (depth > MAX_DEPTH) {
      throw new SafeTypeError(`nested objects deeper than ${MAX_DEPTH} are not supported`);
    } else if (weakGet(homebound, value)) {
      target[key] = bare();
    } else if (typeof value === "function") {
      this.#function(target, key, value, depth);
    } else if (isArray(value)) {
      target[key] = this.#array(value, depth);
    } else {
      const prototype = getPrototypeOf(value);
      if (prototype === ObjectPrototype || prototype === null) {
        target[key] = this.#plain(value as Target, depth);
      } else {
        this.#other(target, key, value, depth);
      }
    }
  }

  #array(value: readonly unknown[], depth: number): unknown[] {
    const copy = list<unknown>();
    mapSet(this.#copies, value, copy);
    for (let index = 0; index < value.length; index++) {
      this.place(copy as unknown as Target, index, value[index], depth + 1);
    }
    return copy;
  }

  #plain(value: Target, depth: number): Target {
    const copy = bare();
    mapSet(this.#copies, value, copy);
    const names = keys(value);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      this.place(copy, name, value[name], depth + 1);
    }
    this.#accessors(copy, value);
    const symbols = getOwnPropertySymbols(value);
    for (let index = 0; index < symbols.length; index++) {
      const symbol = symbols[index] as symbol;
      if (isEnumerable(value, symbol)) {
        const holder = bare();
        this.place(holder, "v", value[symbol], depth + 1);
        push(this.entries, [copy, this.#notes.symbol(symbol), holder as { v: unknown }]);
      }
    }
    return copy;
  }

  #accessors(copy: Target, value: object): void {
    const accessors = this.#notes.accessors(value);
    if (accessors === null) {
      return;
    }
    const names = keys(accessors);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      const { get, set } = accessors[name] as Accessor;
      push(this.patches, [copy, name, { k: "accessor", get: this.#plainFunction(get), set: this.#plainFunction(set) }]);
    }
  }

  #plainFunction(fn: object): FunctionSpecial {
    const { id, home } = this.#notes.function(fn);
    return { k: "function", id, home, own: null };
  }

  #other(target: Target, key: string | number, value: object, depth: number): void {
    if (inherits(value, ErrorPrototype)) {
      this.#error(target, key, value as Error, depth);
    } else if (inherits(value, PromisePrototype)) {
      this.#note(target, key, value, { k: "promise", id: this.#notes.promise(value as Promise<unknown>) });
    } else if (inherits(value, AbortSignalPrototype)) {
      this.#signal(target, key, value as AbortSignal, depth);
    } else if (isView(value) || isOneOf(value, COPIED)) {
      target[key] = value;
    } else if (isOneOf(value, CLONED)) {
      target[key] = this.#clone(value);
    } else if (isOneOf(value, REFUSED)) {
      throw uncloneable();
    } else {
      this.#instance(target, key, value, depth);
    }
  }

  /** An instance of a class: a table crosses as its bytes; of all others the data crosses, the class does not. */
  #instance(target: Target, key: string | number, value: object, depth: number): void {
    const bytes = this.#notes.table(value);
    if (bytes === null) {
      target[key] = this.#plain(value as Target, depth);
    } else {
      this.#note(target, key, value, { k: "table", bytes });
    }
  }

  #clone(value: object): object {
    try {
      const copy = clone(value);
      mapSet(this.#copies, value, copy);
      return copy;
    } catch {
      throw uncloneable();
    }
  }

  #note(target: Target, key: string | number, value: object, special: Special): void {
    mapSet(this.#specials, value, special);
    push(this.patches, [target, key, special]);
  }

  #function(target: Target, key: string | number, value: object, depth: number): void {
    const { id, home, own } = this.#notes.function(value);
    const properties = own === null ? null : bare();
    this.#note(target, key, value, { k: "function", id, home, own: properties });
    if (own !== null && properties !== null) {
      const names = keys(own);
      for (let index = 0; index < names.length; index++) {
        const name = names[index] as string;
        this.place(properties, name, own[name], depth + 1);
      }
    }
  }

  #signal(target: Target, key: string | number, value: AbortSignal, depth: number): void {
    const { id, home, aborted, reason } = this.#notes.signal(value);
    const own = bare();
    // The reason goes first: the other side needs it to make a signal that is aborted already.
    this.#attempt(own, "reason", () => reason, depth);
    this.#note(target, key, value, { k: "signal", id, home, aborted, own });
  }

  #error(target: Target, key: string | number, value: Error, depth: number): void {
    const own = bare();
    const name = SafeString(value.name);
    this.#note(target, key, value, { k: "error", name, message: SafeString(value.message), own });
    const names = keys(value);
    for (let index = 0; index < names.length; index++) {
      const property = names[index] as string;
      if (property !== "stack" && property !== "name" && property !== "message") {
        this.#attempt(own, property, () => (value as unknown as Target)[property], depth);
      }
    }
    if (hasOwn(value, "cause")) {
      this.#attempt(own, "cause", () => value.cause, depth);
    }
  }

  /** A detail of an error that cannot cross is left out: the error itself must. */
  #attempt(own: Target, name: string, read: () => unknown, depth: number): void {
    try {
      this.place(own, name, read(), depth + 1);
    } catch {
      delete own[name];
    }
  }
}

function isOneOf(value: object, prototypes: readonly object[]): boolean {
  for (let index = 0; index < prototypes.length; index++) {
    if (inherits(value, prototypes[index] as object)) {
      return true;
    }
  }
  return false;
}
