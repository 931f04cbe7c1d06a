// A page's copy of a store: what the kernel has committed, and over it what the page has written and has no answer to yet.
//
// Pure merge: it sends nothing. Each trait has a version of its own, given by the kernel in one order for everybody. The
// higher version stays, whatever order they arrive in; so all copies that have heard of everything are the same. What the
// page wrote last is shown until it is answered, so no older value, of its own or of others, comes back over it.

import { same } from "./same.ts";

/** Values as the kernel tells them, each with its version. */
export type State = Readonly<Record<string, readonly [version: number, value: unknown]>>;

/** What is shown now of the traits that show something else than before. */
export type Changes = Readonly<Record<string, unknown>>;

interface Committed {
  readonly version: number;
  readonly value: unknown;
}

interface Written {
  readonly write: number;
  readonly value: unknown;
}

/** One copy of one store. `changed` is told of each change of what is shown, its own writes too. */
export class Replica {
  readonly #committed = new Map<string, Committed>();
  readonly #written = new Map<string, Written>();
  readonly #changed: (changes: Changes) => void;
  #writes = 0;

  constructor(changed: (changes: Changes) => void) {
    this.#changed = changed;
  }

  /** What is shown; undefined for what has not come yet. */
  get(name: string): unknown {
    return (this.#written.get(name) ?? this.#committed.get(name))?.value;
  }

  has(name: string): boolean {
    return this.#written.has(name) || this.#committed.has(name);
  }

  /** The version of the value that the kernel committed last, as far as is known here. */
  version(name: string): number {
    return this.#committed.get(name)?.version ?? 0;
  }

  /** What the kernel has, as far as is known here: without what the page wrote and has no answer to. */
  committed(name: string): unknown {
    return this.#committed.get(name)?.value;
  }

  /** The versions of all that the kernel has told. */
  get versions(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#committed].map(([name, { version }]) => [name, version]));
  }

  /** All that is shown. */
  all(): Changes {
    const names = new Set([...this.#committed.keys(), ...this.#written.keys()]);
    return Object.fromEntries([...names].map((name) => [name, this.get(name)]));
  }

  /** The kernel tells what it has committed. */
  receive(state: State): void {
    this.#show(Object.keys(state), () => this.#merge(state));
  }

  /** The number of a write that is about to be made. */
  nextWrite(): number {
    return ++this.#writes;
  }

  /** The page writes these values: they are shown from now on. Who hears of that may write again. */
  write(write: number, values: Readonly<Record<string, unknown>>): void {
    this.#show(Object.keys(values), () => {
      for (const [name, value] of Object.entries(values)) {
        this.#written.set(name, { write, value });
      }
    });
  }

  /** The kernel has answered a write of these traits, by a commit or a refusal; `state` is what they are there now. */
  answered(write: number, names: readonly string[], state: State): void {
    this.#show([...names, ...Object.keys(state)], () => {
      this.#merge(state);
      for (const name of names) {
        if (this.#written.get(name)?.write === write) {
          this.#written.delete(name);
        }
      }
    });
  }

  #merge(state: State): void {
    for (const [name, [version, value]] of Object.entries(state)) {
      if (version > this.version(name)) {
        this.#committed.set(name, { version, value });
      }
    }
  }

  #show(names: readonly string[], change: () => void): void {
    const before = new Map(names.map((name) => [name, this.get(name)]));
    const knew = new Set(names.filter((name) => this.has(name)));
    change();
    const changed = [...before].filter(([name, old]) => !(knew.has(name) && same(old, this.get(name))));
    if (changed.length > 0) {
      this.#changed(Object.fromEntries(changed.map(([name]) => [name, this.get(name)])));
    }
  }
}
