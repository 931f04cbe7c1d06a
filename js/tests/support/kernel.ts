// A kernel to test against: the real session and values at the other end of the engine's text channel, as the host and
// jupyterwin.main would have them.

import type { Post } from "../../src/preload/channel.ts";
import { cut, Joiner, MAX_PAYLOAD } from "../../src/preload/parcels.ts";
import type { Batch, Credit, Frame, Invoke, SyncOutcome } from "../../src/wire/frames.gen.ts";
import { Session } from "../../src/wire/session.ts";
import { type Bytes, decodeArgs, encode, encodeArgs } from "../../src/wire/values.ts";
import { bytes } from "./shared.ts";

export type Received<F extends Frame = Frame> = F & { readonly bytes: readonly Bytes[] };
type Op = Frame["op"];
type Named<O extends Op> = Extract<Frame, { op: O }>;

/** What a kernel function of a test does; a generator answers a stream. */
// biome-ignore lint/suspicious/noExplicitAny: each test gives its functions the arguments it likes
export type KernelFunction = (...args: any[]) => unknown;

/** As `OpenChannel`, and never fails. */
type OpenAlways = (receive: (text: string) => void, opened: (post: Post) => void) => void;

export class TestKernel {
  readonly session = new Session();
  /** All that was posted, and all frames that arrived. */
  readonly posted: string[] = [];
  readonly frames: Received[] = [];
  /** Buffers of this size and above go beside the parcel, as the host does it. */
  bulkFrom = Number.POSITIVE_INFINITY;
  /** While false, nothing is sent back, acknowledgements neither. */
  acknowledges = true;
  /** Ids that a document announced, those it asked for, and what was answered under them. */
  readonly announced: string[] = [];
  readonly asked: string[] = [];
  readonly outcomes = new Map<string, SyncOutcome>();
  readonly bulk = new Map<string, Bytes>();
  readonly #functions: Readonly<Record<string, KernelFunction>>;
  readonly #streams = new Map<number, Iterator<unknown>>();
  readonly #waiting: { readonly done: () => boolean; readonly resolve: () => void }[] = [];
  #emit: Post = () => undefined;
  #joiner: Joiner | null = null;
  nonce = "";
  #lastCall = 0;

  constructor(functions: Readonly<Record<string, KernelFunction>> = {}) {
    this.#functions = functions;
  }

  /** The channel that a document opens; `opens` says when it is there. */
  channel(opens: Promise<unknown> = Promise.resolve()): OpenAlways {
    return (receive, opened) => {
      this.#emit = receive;
      void opens.then(() => opened((text) => this.#arrive(text)));
    };
  }

  /** For a document's bulk fetches: each once. */
  readonly fetchBulk = async (id: string): Promise<Bytes> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const found = this.bulk.get(id);
    if (found === undefined) {
      throw new Error(`no buffer ${id}`);
    }
    this.bulk.delete(id);
    return found;
  };

  /** For a document that stands still: what the kernel answered at once, or what the host says when it did not. */
  readonly askHost = (id: string): string => {
    this.asked.push(id);
    const outcome = this.outcomes.get(id) ?? { error: { code: "deadline", message: "late", name: "DeadlineExceeded" } };
    return JSON.stringify(outcome);
  };

  /** Send a frame now. */
  push(frame: Frame, buffers: readonly Bytes[] = []): void {
    this.session.push(frame, buffers);
    this.flush();
  }

  send(channel: string, ...args: unknown[]): void {
    const encoded = encodeArgs(args);
    const count = encoded.buffers.length;
    this.push({ op: "send", channel, args: encoded.args, ...(count > 0 ? { buffers: count } : {}) }, encoded.buffers);
  }

  /** Call the document; the answer is among `frames`. */
  invoke(channel: string, args: unknown[] = [], more: Partial<Invoke> = {}): number {
    this.#lastCall += 1;
    this.push({ op: "invoke", id: this.#lastCall, channel, args: encodeArgs(args).args, ...more });
    return this.#lastCall;
  }

  /** Put any text on the channel. */
  emit(text: string): void {
    this.#emit(text);
  }

  kill(): void {
    this.#emit(`${this.nonce}!`);
  }

  all<O extends Op>(op: O): Received<Named<O>>[] {
    return this.frames.filter((frame) => frame.op === op) as Received<Named<O>>[];
  }

  /** Wait until so many frames of a kind have arrived; the last of them. */
  async next<O extends Op>(op: O, count = 1): Promise<Received<Named<O>>> {
    await this.until(() => this.all(op).length >= count);
    return this.all(op)[count - 1] as Received<Named<O>>;
  }

  /** Wait until something that arrives makes `done` true. */
  until(done: () => boolean): Promise<void> {
    return done() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ done, resolve }));
  }

  flush(): void {
    for (let batch = this.session.flush(); batch !== null; batch = this.session.flush()) {
      const carried = batch.buffers.map((buffer) => this.#carry(buffer));
      const payload = `{"d":${batch.text}${carried.length > 0 ? `,"b":${JSON.stringify(carried)}` : ""}}`;
      for (const text of cut(this.nonce, "f", payload)) {
        this.#emit(text);
      }
    }
  }

  #carry(buffer: Bytes): unknown {
    if (buffer.byteLength < this.bulkFrom) {
      return Buffer.from(buffer).toString("base64");
    }
    const id = `bulk-${this.bulk.size + 1}`;
    this.bulk.set(id, buffer);
    return { u: id, n: buffer.byteLength };
  }

  #arrive(text: string): void {
    if (text.length > MAX_PAYLOAD + 17) {
      throw new Error(`a parcel of ${text.length} characters`);
    }
    this.posted.push(text);
    if (text.charAt(16) === "h") {
      this.nonce = text.slice(0, 16);
      this.#joiner = new Joiner(this.nonce);
    }
    const parcel = this.#joiner?.accept(text);
    if (parcel?.kind === "s") {
      this.announced.push(parcel.payload);
    } else if (parcel?.kind === "f") {
      const { d, b = [] } = JSON.parse(parcel.payload) as { readonly d: Batch; readonly b?: string[] };
      for (const { frame, buffers } of this.session.receive(d, b.map(bytes), parcel.payload.length)) {
        this.frames.push({ ...frame, bytes: buffers });
        this.#serve(frame, buffers);
      }
    }
    if (this.acknowledges) {
      this.flush();
    }
    for (const { done, resolve } of this.#waiting) {
      if (done()) {
        resolve();
      }
    }
  }

  #serve(frame: Frame, buffers: readonly Bytes[]): void {
    if (frame.op === "invoke") {
      this.#call(frame, buffers);
    } else if (frame.op === "credit") {
      this.#advance(frame);
    } else if (frame.op === "cancel") {
      this.#streams.get(frame.id)?.return?.();
      this.#streams.delete(frame.id);
    }
  }

  #call({ id, channel, args, stream, sync }: Invoke, buffers: readonly Bytes[]): void {
    const fn = this.#functions[channel];
    if (fn === undefined) {
      return; // never answered
    }
    try {
      const value = fn(...decodeArgs(structuredClone(args) as unknown[], buffers));
      if (sync) {
        const encoded = encode(value);
        const base64 = encoded.buffers.map((buffer) => Buffer.from(buffer).toString("base64"));
        this.outcomes.set(sync, { value: encoded.value, buffers: base64 });
      } else if (stream) {
        this.#streams.set(id, value as Iterator<unknown>);
      } else {
        this.#answer("result", id, value);
      }
    } catch (problem) {
      if (sync) {
        const { name, message } = problem as Error;
        this.outcomes.set(sync, { error: { code: "handler-raised", message, name } });
      } else {
        this.#fail(id, problem);
      }
    }
  }

  #advance({ id, count }: Credit): void {
    const items = this.#streams.get(id);
    for (let left = count; items !== undefined && left > 0; left--) {
      try {
        const { done, value } = items.next();
        if (done) {
          this.#streams.delete(id);
          this.session.push({ op: "end", id });
          return;
        }
        this.#answer("item", id, value);
      } catch (problem) {
        this.#streams.delete(id);
        this.#fail(id, problem);
        return;
      }
    }
  }

  #answer(op: "result" | "item", id: number, value: unknown): void {
    const encoded = encode(value);
    const count = encoded.buffers.length;
    this.session.push({ op, id, value: encoded.value, ...(count > 0 ? { buffers: count } : {}) }, encoded.buffers);
  }

  #fail(id: number, problem: unknown): void {
    const { name, message } = problem as Error;
    this.session.push({ op: "error", id, error: { code: "handler-raised", message, name } });
  }
}
