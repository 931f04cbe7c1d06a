// What a page writes to a store, on its way to the kernel: in order, one message under way at a time.
//
// Assignments conflate: of one trait, the newest that waits. What `set` was given does not, since somebody waits for its
// outcome. So a flood of assignments is as fast as the kernel takes them, and no queue grows.

import type { Replica, State } from "./replica.ts";

/** Values, and the versions that they must not have passed; null where it does not matter. */
export type Entry = readonly [
  values: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, number>> | null,
];

/** How one entry ended: what its traits are now, and why it was refused. */
export type Outcome = readonly [state: State, error: unknown];

/** Sends entries to the kernel; an outcome for each, in order. */
export type SendEntries = (entries: readonly Entry[]) => Promise<readonly Outcome[]>;

/** Told of an assignment that was refused: nobody else waits for it. */
export type Refused = (values: Readonly<Record<string, unknown>>, error: unknown) => void;

interface Waiting {
  values: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, number>> | null;
  write: number;
  /** Absent for an assignment, which a newer one replaces. */
  readonly done?: (error: unknown) => void;
}

/** Calls of `set` that wait at most. */
const MOST = 10_000;
/** Entries of one message. */
const AT_ONCE = 1000;

export class Writer {
  readonly #replica: Replica;
  readonly #send: SendEntries;
  readonly #refused: Refused;
  #queue: Waiting[] = [];
  #busy = false;

  constructor(replica: Replica, send: SendEntries, refused: Refused) {
    this.#replica = replica;
    this.#send = send;
    this.#refused = refused;
  }

  /** Entries that have not been sent. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** `kernel.store.name = value`: shown at once. */
  assign(name: string, value: unknown): void {
    const last = this.#queue.findLast((entry) => Object.hasOwn(entry.values, name));
    if (last === undefined || last.done !== undefined) {
      this.#push({ values: { [name]: value }, expected: null, write: this.#replica.nextWrite() });
    } else {
      last.values = { [name]: value };
      last.write = this.#replica.nextWrite();
      this.#replica.write(last.write, last.values);
    }
  }

  /** `set(values)`: shown at once, all or nothing in the end. Rejects with why it was refused. */
  set(
    values: Readonly<Record<string, unknown>>,
    expected: Readonly<Record<string, number>> | null = null,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#queue.length >= MOST) {
        throw new RangeError(`${MOST} writes wait already: await some of them`);
      }
      const done = (error: unknown) => (error == null ? resolve() : reject(error));
      this.#push({ values, expected, write: this.#replica.nextWrite(), done });
    });
  }

  #push(entry: Waiting): void {
    this.#queue.push(entry);
    if (!this.#busy) {
      this.#busy = true;
      queueMicrotask(() => void this.#run());
    }
    this.#replica.write(entry.write, entry.values); // last: who hears of it may write again
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const sent = this.#queue.slice(0, AT_ONCE);
      this.#queue = this.#queue.slice(AT_ONCE);
      let outcomes: readonly Outcome[] = [];
      let problem: unknown = new Error("the kernel did not answer a write");
      try {
        outcomes = await this.#send(sent.map(({ values, expected }) => [values, expected]));
      } catch (error) {
        problem = error;
      }
      for (const [index, entry] of sent.entries()) {
        this.#end(entry, outcomes[index] ?? [{}, problem]);
      }
    }
    this.#busy = false;
  }

  #end({ values, write, done }: Waiting, [state, error]: Outcome): void {
    this.#replica.answered(write, Object.keys(values), state);
    if (done !== undefined) {
      done(error);
    } else if (error != null) {
      this.#refused(values, error);
    }
  }
}
