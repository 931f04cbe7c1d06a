// The calls of the kernel to this document: a handler answers each exactly once, or not at all once it was cancelled.

import { ours, PeerError, toRecord } from "../wire/errors.ts";
import type { Cancel, Credit, Invoke } from "../wire/frames.gen.ts";
import { type Bytes, decodeArgs, encode } from "../wire/values.ts";
import { checkChannel } from "./listeners.ts";
import type { SendFrame } from "./outgoing.ts";

// biome-ignore lint/suspicious/noExplicitAny: handlers of users take what their channel brings
export type Handler = (signal: AbortSignal, ...args: any[]) => unknown;

interface Running {
  readonly abort: AbortController;
  credit: number;
  /** Wakes a stream that waits for credit. */
  wake: () => void;
}

/** Handlers of one document, and their calls under way. */
export class Incoming {
  readonly #handlers = new Map<string, Handler>();
  /** Channels that had a handler. */
  readonly #removed = new Set<string>();
  readonly #running = new Map<number, Running>();
  readonly #send: SendFrame;

  constructor(send: SendFrame) {
    this.#send = send;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Let `handler` answer the kernel's calls on a channel; the disposer takes this very one away. */
  handle(channel: string, handler: Handler): () => void {
    checkChannel(channel);
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
    return () => {
      if (this.#handlers.get(channel) === handler) {
        this.removeHandler(channel);
      }
    };
  }

  removeHandler(channel: string): void {
    if (this.#handlers.delete(channel)) {
      this.#removed.add(channel);
    }
  }

  /** Start the handler here and now, so that calls start in the order of their arrival. */
  invoke(frame: Invoke, buffers: readonly Bytes[]): void {
    const handler = this.#handlers.get(frame.channel);
    if (handler === undefined) {
      const error = this.#removed.has(frame.channel)
        ? ours("handler-removed", `the handler for channel '${frame.channel}' in this window was removed`)
        : ours("no-handler", `no handler for channel '${frame.channel}' in this window`);
      this.#quietly(() => this.#send({ op: "error", id: frame.id, error }));
      return;
    }
    const running: Running = { abort: new AbortController(), credit: 0, wake: () => undefined };
    this.#running.set(frame.id, running);
    void this.#run(frame, running, handler, buffers);
  }

  cancel(frame: Cancel): void {
    this.#stop(frame.id, frame.reason ?? "cancelled");
  }

  credit(frame: Credit): void {
    const running = this.#running.get(frame.id);
    if (running !== undefined) {
      running.credit += frame.count;
      running.wake();
    }
  }

  /** Stop all: nobody will read the answers. */
  close(reason: string): void {
    for (const id of [...this.#running.keys()]) {
      this.#stop(id, reason);
    }
  }

  #stop(id: number, reason: string): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      this.#running.delete(id);
      running.abort.abort(reason);
      running.wake();
    }
  }

  async #run(frame: Invoke, running: Running, handler: Handler, buffers: readonly Bytes[]): Promise<void> {
    const { id, channel } = frame;
    try {
      const value = await handler(running.abort.signal, ...decodeArgs(frame.args, buffers));
      if (frame.stream) {
        await this.#stream(id, running, iteratorOf(value, channel));
      } else if (this.#running.has(id)) {
        this.#answer(id, "result", value);
        this.#running.delete(id);
      }
    } catch (problem) {
      if (this.#running.delete(id)) {
        this.#quietly(() => this.#send({ op: "error", id, error: toRecord(problem) }));
      }
    }
  }

  #answer(id: number, op: "result" | "item", value: unknown): void {
    const encoded = encode(value, op);
    const buffers = encoded.buffers.length;
    this.#quietly(() =>
      this.#send({ op, id, value: encoded.value, ...(buffers > 0 ? { buffers } : {}) }, encoded.buffers),
    );
  }

  async #stream(id: number, running: Running, items: AsyncIterator<unknown>): Promise<void> {
    let open = true; // it has not ended by itself
    try {
      while (await this.#mayGoOn(id, running)) {
        open = false;
        const { done, value } = await items.next();
        open = !done;
        if (!this.#running.has(id)) {
          return;
        }
        if (done) {
          this.#running.delete(id);
          this.#quietly(() => this.#send({ op: "end", id }));
          return;
        }
        running.credit--;
        this.#answer(id, "item", value);
      }
    } finally {
      if (open) {
        await items.return?.();
      }
    }
  }

  /** Wait for credit; false when the call was cancelled. */
  async #mayGoOn(id: number, running: Running): Promise<boolean> {
    while (running.credit <= 0 && this.#running.has(id)) {
      await new Promise<void>((resolve) => {
        running.wake = resolve;
      });
    }
    return this.#running.has(id);
  }

  #quietly(work: () => void): void {
    try {
      work();
    } catch (problem) {
      console.error("jupyterwin: an answer could not be sent", problem);
    }
  }
}

function iteratorOf(value: unknown, channel: string): AsyncIterator<unknown> {
  const source = value as Partial<AsyncIterable<unknown> & Iterable<unknown>> | null | undefined;
  const asynchronous = source?.[Symbol.asyncIterator];
  if (asynchronous !== undefined) {
    return asynchronous.call(source);
  }
  const plain = source?.[Symbol.iterator]?.call(source);
  if (plain === undefined) {
    throw new PeerError(`the handler for channel '${channel}' gave no iterable, and a stream was asked for`);
  }
  return {
    next: () => Promise.resolve(plain.next()),
    return: () => Promise.resolve(plain.return?.() ?? { done: true, value: undefined }),
  };
}
