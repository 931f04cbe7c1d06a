// `kernel.store` of a page and `store` of a preload: traits of the kernel's stores, both ways.
//
// A trait is an accessor: read from this document's copy, written to it and then to the kernel.

import { withAccessors } from "../bridge/ends.ts";
import { type Changes, Replica, type State } from "../store/replica.ts";
import { type Outcome, Writer } from "../store/writer.ts";
import type { SharedStore } from "../wire/frames.gen.ts";
import { decode, encode } from "../wire/values.ts";
import type { Ipc } from "./ipcRenderer.ts";
import { Listeners } from "./listeners.ts";

const FOLLOW = "jw:store-follow";
const WRITE = "jw:store-write";
/** The channel on which the kernel tells of newer versions. It does not wait for the page's scripts. */
export const STATE = "jw:store";
/** How often `update` tries while others change the value meanwhile. */
const TRIES = 100;

type Values = Readonly<Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: functions of users take what the store holds
type AnyFunction = (...args: any[]) => unknown;

/** What the documents of a window have of its stores. */
export interface Stores {
  /** For the preload's own world. */
  readonly here: unknown;
  /** For the page, over the bridge. */
  readonly page: unknown;
}

/** The stores that a document is born with; null where there are none. */
export function openStores(born: readonly SharedStore[], ipc: Ipc): Stores | null {
  if (born.length === 0) {
    return null;
  }
  const stores = new Map(born.map((one) => [one.name, new PageStore(one, ipc)]));
  ipc.listeners.add(STATE, (_event, name: string, state: State) => stores.get(name)?.receive(state));
  const known = Object.fromEntries([...stores].map(([name, store]) => [name, store.versions]));
  ipc.outgoing.invoke(FOLLOW, [known]).catch((problem: unknown) => {
    console.error("jupyterwin: the kernel's store does not answer", problem);
  });
  const single = stores.get("");
  if (single !== undefined) {
    return { here: single.api(false), page: single.api(true) };
  }
  const each = (page: boolean) => Object.fromEntries([...stores].map(([name, store]) => [name, store.api(page)]));
  return { here: Object.freeze(each(false)), page: each(true) };
}

class PageStore {
  readonly #name: string;
  readonly #traits: readonly string[];
  readonly #replica: Replica;
  readonly #writer: Writer;
  readonly #subscribers = new Listeners<Changes>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor({ name, traits, state = {} }: SharedStore, ipc: Ipc) {
    this.#name = name;
    this.#traits = traits;
    this.#replica = new Replica((changes) => this.#subscribers.emit("change", changes, []));
    this.#writer = new Writer(
      this.#replica,
      (entries) => ipc.outgoing.invoke(WRITE, [name, entries]) as Promise<readonly Outcome[]>,
      (values, error) => this.#refused(values, error),
    );
    this.receive(decode(state, [], "store") as State);
  }

  get versions(): Readonly<Record<string, number>> {
    return this.#replica.versions;
  }

  receive(state: State): void {
    this.#replica.receive(state);
  }

  /** The object that users have; for a page one whose accessors cross the bridge. */
  api(page: boolean): object {
    const methods = {
      set: (...args: unknown[]) => this.#set(args),
      update: (name: string, fn: AnyFunction) => this.#update(name, fn),
      subscribe: (...args: unknown[]) => this.#subscribe(args),
      on: (event: string, fn: AnyFunction) => this.#on(event, fn),
    };
    const accessors = Object.fromEntries(this.#traits.map((name) => [name, this.#accessor(name)]));
    if (page) {
      return withAccessors(methods, accessors);
    }
    for (const [name, accessor] of Object.entries(accessors)) {
      Object.defineProperty(methods, name, { ...accessor, enumerable: true });
    }
    return Object.freeze(methods);
  }

  #accessor(name: string): { get: () => unknown; set: (value: unknown) => void } {
    return {
      get: () => this.#replica.get(name),
      set: (value) => {
        encode(value, name); // what cannot cross is refused in the line that assigns it
        this.#writer.assign(name, value);
      },
    };
  }

  #set(args: readonly unknown[]): Promise<void> {
    const [values, options] = this.#valuesOf(args);
    encode(values, "values");
    const onlyIf = (options as { readonly ifUnchanged?: boolean } | undefined)?.ifUnchanged === true;
    const expected = onlyIf
      ? Object.fromEntries(Object.keys(values).map((name) => [name, this.#replica.version(name)]))
      : null;
    return this.#writer.set(values, expected);
  }

  /** `set({a: 1})`, or `set("a", 1)`. */
  #valuesOf([first, second, third]: readonly unknown[]): readonly [Values, unknown] {
    if (typeof first === "string") {
      return [{ [first]: second }, third];
    }
    if (typeof first !== "object" || first === null) {
      throw new TypeError("store.set: a trait's name and its value, or an object of values, is expected");
    }
    return [first as Values, second];
  }

  /** Those of one trait take turns here: else all but one would fail at each try. */
  #update(name: string, fn: AnyFunction): Promise<unknown> {
    checkFunction("update", fn);
    const turn = (this.#turns.get(name) ?? Promise.resolve()).then(() => this.#tryUpdate(name, fn));
    const over: Promise<unknown> = turn
      .catch(() => undefined)
      .then(() => this.#turns.get(name) === over && this.#turns.delete(name));
    this.#turns.set(name, over);
    return turn;
  }

  async #tryUpdate(name: string, fn: AnyFunction): Promise<unknown> {
    for (let left = TRIES; ; left--) {
      const expected = { [name]: this.#replica.version(name) };
      const value = await fn(this.#replica.committed(name));
      try {
        await this.#writer.set({ [name]: value }, expected);
        return value;
      } catch (problem) {
        if ((problem as { readonly code?: string }).code !== "conflict" || left <= 1) {
          throw problem;
        }
      }
    }
  }

  /** `subscribe(fn)`: all that changes, as an object; `subscribe(name, fn)`: one value. Both are told what is there now. */
  #subscribe([first, second]: readonly unknown[]): () => void {
    const name = typeof first === "string" ? first : null;
    const fn = checkFunction("subscribe", name === null ? first : second);
    if (name !== null && !this.#traits.includes(name)) {
      throw new TypeError(`store.subscribe: there is no '${name}'; there are: ${this.#traits.join(", ")}`);
    }
    const tell = (changes: Changes) => {
      if (name === null) {
        fn(changes);
      } else if (Object.hasOwn(changes, name)) {
        fn(changes[name]);
      }
    };
    const dispose = this.#subscribers.add("change", tell);
    const now = this.#replica.all();
    if (Object.keys(now).length > 0) {
      tell(now);
    }
    return dispose;
  }

  #on(event: string, fn: AnyFunction): () => void {
    if (event !== "error") {
      throw new TypeError("store.on: 'error' is the only event; use subscribe(fn) for changes");
    }
    return this.#subscribers.add("error", (_changes, refusal) => checkFunction("on", fn)(refusal));
  }

  #refused(values: Values, error: unknown): void {
    if (!this.#subscribers.emit("error", {}, [{ values, error }])) {
      const where = `kernel.store${this.#name && `.${this.#name}`}`;
      console.error(`jupyterwin: ${where}: ${Object.keys(values).join()} was refused: ${(error as Error).message}`);
    }
  }
}

function checkFunction(what: string, fn: unknown): AnyFunction {
  if (typeof fn !== "function") {
    throw new TypeError(`store.${what}: a function is expected`);
  }
  return fn as AnyFunction;
}
