// One world's end of the bridge where the worlds are two documents, joined by a port: every call is a promise.

import { type AnyFunction, Ends } from "./ends.ts";
import { asError, uncloneable } from "./errors.ts";
import type { Parcel } from "./parcel.ts";
import {
  apply,
  logError,
  mapDelete,
  mapGet,
  mapSet,
  SafeError,
  SafeMap,
  SafePromise,
  whenSettled,
} from "./primordials.ts";
import { type Shape, shapeOf, standFor } from "./shapes.ts";

type Message =
  | { readonly op: "call"; readonly id: number; readonly call: number; readonly v: Parcel }
  | { readonly op: "answer"; readonly call: number; readonly ok: boolean; readonly v: Parcel }
  | { readonly op: "settle"; readonly id: number; readonly ok: boolean; readonly v: Parcel }
  | { readonly op: "abort"; readonly id: number; readonly v: Parcel }
  | { readonly op: "release"; readonly id: number; readonly count: number }
  | { readonly op: "shape"; readonly id: number; readonly shape: Shape }
  | { readonly op: "expose"; readonly name: string; readonly v: Parcel }
  | { readonly op: "say"; readonly word: string };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export interface FarOptions {
  /** Puts an API on the window; only the page's end has it. */
  readonly expose?: (name: string, api: unknown) => void;
  /** Hears the words that the other end says. */
  readonly hear: (word: string) => void;
}

/** One end of the bridge. Messages arrive in the order they were sent. */
export class FarPeer {
  readonly #port: MessagePort;
  readonly #options: FarOptions;
  readonly #calls = new SafeMap<number, Waiting>();
  readonly #shapes = new SafeMap<number, Shape>();
  readonly #ends: Ends;
  #last = 0;

  constructor(port: MessagePort, options: FarOptions) {
    this.#port = port;
    this.#options = options;
    this.#ends = new Ends({
      takesAccessors: options.expose !== undefined,
      release: (id, count) => {
        mapDelete(this.#shapes, id);
        this.#post({ op: "release", id, count });
      },
      settle: (id, ok, v) => this.#post({ op: "settle", id, ok, v }),
      abort: (id, v) => this.#post({ op: "abort", id, v }),
      standIn: (id) => {
        const shape = mapGet(this.#shapes, id) ?? null;
        return (...args) => standFor(shape, this.#call(id, args));
      },
      lent: (id, fn) => {
        const shape = shapeOf(fn);
        if (shape !== null) {
          this.#post({ op: "shape", id, shape });
        }
      },
    });
    port.onmessage = ({ data }) => this.#handle(data as Message);
  }

  /** How many functions and signals of this world the other one holds. */
  get lent(): number {
    return this.#ends.lent;
  }

  /** Have the other end put `api` on its window, before its first script if that has not run. Throws what cannot cross. */
  expose(name: string, api: unknown): void {
    if (!this.#post({ op: "expose", name, v: this.#ends.pack(api) })) {
      throw uncloneable();
    }
  }

  /** Say a word to the other end, after all that went before. */
  say(word: string): void {
    this.#post({ op: "say", word });
  }

  /** False when the engine cannot copy it. */
  #post(message: Message): boolean {
    try {
      this.#port.postMessage(message);
      return true;
    } catch {
      return false;
    }
  }

  #call(id: number, args: readonly unknown[]): Promise<unknown> {
    return new SafePromise((resolve, reject) => {
      const call = ++this.#last;
      const v = this.#ends.pack(args);
      mapSet(this.#calls, call, { resolve, reject });
      if (!this.#post({ op: "call", id, call, v })) {
        mapDelete(this.#calls, call);
        throw uncloneable();
      }
    });
  }

  #handle(message: Message): void {
    const ends = this.#ends;
    try {
      switch (message.op) {
        case "call":
          this.#answer(message);
          break;
        case "answer":
          this.#answered(message);
          break;
        case "settle":
          ends.settled(message.id, message.ok, message.v);
          break;
        case "abort":
          ends.aborted(message.id, message.v);
          break;
        case "release":
          ends.released(message.id, message.count);
          break;
        case "shape":
          mapSet(this.#shapes, message.id, message.shape);
          break;
        case "expose":
          this.#options.expose?.(message.name, ends.unpack(message.v));
          break;
        case "say":
          this.#options.hear(message.word);
          break;
        default:
          throw new SafeError("a message of an unknown kind");
      }
    } catch (problem) {
      logError("jupyterwin: a message of the bridge was refused", problem);
    }
  }

  #answer({ id, call, v }: Extract<Message, { op: "call" }>): void {
    const ends = this.#ends;
    const failed = (thrown: unknown) => this.#post({ op: "answer", call, ok: false, v: ends.packError(thrown) });
    const done = (value: unknown) => {
      try {
        if (!this.#post({ op: "answer", call, ok: true, v: ends.pack(value) })) {
          failed(uncloneable());
        }
      } catch (thrown) {
        failed(thrown);
      }
    };
    try {
      const result = apply(ends.own(id) as AnyFunction, undefined, ends.unpack(v) as unknown[]);
      if (result instanceof SafePromise) {
        whenSettled(result, done, failed);
      } else {
        done(result);
      }
    } catch (thrown) {
      failed(thrown);
    }
  }

  #answered({ call, ok, v }: Extract<Message, { op: "answer" }>): void {
    const waiting = mapGet(this.#calls, call);
    if (waiting === undefined) {
      return;
    }
    mapDelete(this.#calls, call);
    try {
      const value = this.#ends.unpack(v);
      ok ? waiting.resolve(value) : waiting.reject(asError(value));
    } catch (thrown) {
      waiting.reject(asError(thrown));
    }
  }
}
