// The calls of this document to the kernel: each ends exactly once, as value, error, cancelled, deadline or kernel-gone.

import { Calls } from "../wire/calls.ts";
import { ours, PeerError, toError } from "../wire/errors.ts";
import type { ErrorRecord, Frame, Invoke, SyncOutcome } from "../wire/frames.gen.ts";
import { type Bytes, decode, encodeArgs } from "../wire/values.ts";
import { fromBase64 } from "./base64.ts";
import { checkChannel } from "./listeners.ts";
import { AHEAD, Reader } from "./reader.ts";

/** Sends a frame; throws when it cannot be queued. `latest`: a message that may give way to a newer one. */
export type SendFrame = (frame: Frame, buffers?: readonly Bytes[], latest?: boolean) => void;

/** How a caller may end its call early. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
}

/** Sends a call for which this document stands still, and comes back with its outcome. */
export type Ask = (call: Invoke, buffers: readonly Bytes[]) => SyncOutcome;

/** Who waits for an answer. */
interface Waiting {
  readonly result: (value: unknown) => void;
  readonly item: (value: unknown) => void;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
  /** The call is over, however it ended: let go of timer and signal. */
  release: () => void;
}

type Answer = Extract<Frame, { op: "result" | "error" | "item" | "end" }>;

const NOBODY: Waiting = {
  result: () => undefined,
  item: () => undefined,
  end: () => undefined,
  fail: () => undefined,
  release: () => undefined,
};

/** Outgoing calls of one document. */
export class Outgoing {
  readonly #calls = new Calls<Waiting>();
  readonly #send: SendFrame;
  #over: ErrorRecord | null = null;

  constructor(send: SendFrame) {
    this.#send = send;
  }

  get pending(): number {
    return this.#calls.size;
  }

  /** Call a handler of the kernel. Rejects with an Error that has `name`, `code`, `data` and `path`. */
  invoke(channel: string, args: readonly unknown[], options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const misfit = () => reject(new PeerError(`channel '${channel}' answered a call with a stream`));
      this.#start(channel, args, options, false, {
        result: resolve,
        item: misfit,
        end: misfit,
        fail: reject,
        release: () => undefined,
      });
    });
  }

  /** Call a generator of the kernel. Errors, also those of the call itself, come from `next()`. */
  stream(channel: string, args: readonly unknown[], options: CallOptions = {}): Reader {
    let id = 0;
    const reader = new Reader({
      credit: (count) => this.#tell({ op: "credit", id, count }),
      cancel: (reason) => this.#giveUp(id, reason),
    });
    const misfit = () => reader.fail(new PeerError(`channel '${channel}' answered a stream with a value`));
    try {
      id = this.#start(channel, args, options, true, {
        result: misfit,
        item: (value) => reader.item(value),
        end: () => reader.end(),
        fail: (error) => reader.fail(error),
        release: () => undefined,
      });
      this.#tell({ op: "credit", id, count: AHEAD });
    } catch (problem) {
      reader.fail(problem);
    }
    return reader;
  }

  /** Call a handler and stand still: `ask` sends the call and comes back with its outcome, or throws. */
  sync(channel: string, args: readonly unknown[], ask: Ask): unknown {
    checkChannel(channel);
    if (this.#over !== null) {
      throw toError(this.#over);
    }
    const encoded = encodeArgs(args);
    const id = this.#calls.open(NOBODY);
    const buffers = encoded.buffers.length;
    const call: Invoke = { op: "invoke", id, channel, args: encoded.args, ...(buffers > 0 ? { buffers } : {}) };
    try {
      const { value = null, buffers: data = [], error } = ask(call, encoded.buffers);
      if (error == null) {
        return decode(value, data.map(fromBase64), "result");
      }
      if (error.code === "deadline") {
        this.#tell({ op: "cancel", id, reason: error.code });
      }
      throw toError(error);
    } finally {
      this.#calls.take(id);
    }
  }

  /** An answer of the kernel. One to a call that was given up here is dropped. */
  answer(frame: Answer, buffers: readonly Bytes[]): void {
    const waiting = frame.op === "item" ? this.#calls.get(frame.id) : this.#calls.take(frame.id);
    if (waiting === undefined) {
      return;
    }
    if (frame.op !== "item") {
      waiting.release();
    }
    try {
      answerTo(waiting, frame, buffers);
    } catch (problem) {
      // The answer came, and its value cannot be had here: the call fails, the link stays.
      if (frame.op === "item") {
        this.#giveUp(frame.id, "an item could not be read");
      }
      waiting.fail(problem);
    }
  }

  /** End all calls, and those made from now on. */
  close(why: ErrorRecord): void {
    this.#over = why;
    for (const waiting of this.#calls.takeAll()) {
      waiting.release();
      waiting.fail(toError(why));
    }
  }

  #start(channel: string, args: readonly unknown[], options: CallOptions, stream: boolean, waiting: Waiting): number {
    checkChannel(channel);
    const { signal, timeout } = checkOptions(options);
    if (this.#over !== null) {
      throw toError(this.#over);
    }
    if (signal?.aborted) {
      throw cancelled(signal);
    }
    const encoded = encodeArgs(args);
    const id = this.#calls.open(waiting);
    const buffers = encoded.buffers.length;
    const frame: Invoke = {
      op: "invoke",
      id,
      channel,
      args: encoded.args,
      ...(buffers > 0 ? { buffers } : {}),
      ...(timeout === undefined ? {} : { timeout }),
      ...(stream ? { stream } : {}),
    };
    try {
      this.#send(frame, encoded.buffers);
    } catch (problem) {
      this.#calls.take(id);
      throw problem;
    }
    this.#watch(id, waiting, signal, timeout);
    return id;
  }

  #watch(id: number, waiting: Waiting, signal: AbortSignal | undefined, timeout: number | undefined): void {
    const abort = () => this.#giveUp(id, "aborted", cancelled(signal));
    const late = () => this.#giveUp(id, "deadline", toError(ours("deadline", `no answer within ${timeout} ms`)));
    const timer = timeout === undefined ? null : setTimeout(late, timeout);
    signal?.addEventListener("abort", abort, { once: true });
    waiting.release = () => {
      signal?.removeEventListener("abort", abort);
      if (timer !== null) {
        clearTimeout(timer);
      }
    };
  }

  /** The caller wants no answer any more: it fails with `error` if it is given one, and the kernel is told. */
  #giveUp(id: number, reason: string, error?: Error): void {
    const waiting = id > 0 ? this.#calls.take(id) : undefined;
    if (waiting !== undefined) {
      waiting.release();
      this.#tell({ op: "cancel", id, reason });
      if (error !== undefined) {
        waiting.fail(error);
      }
    }
  }

  /** Send what is of no use to anybody once the link has ended, and what no caller waits to hear about. */
  #tell(frame: Frame): void {
    if (this.#over === null) {
      try {
        this.#send(frame);
      } catch (problem) {
        console.error(`jupyterwin: '${frame.op}' could not be sent`, problem);
      }
    }
  }
}

function answerTo(waiting: Waiting, frame: Answer, buffers: readonly Bytes[]): void {
  if (frame.op === "result") {
    waiting.result(decode(frame.value ?? null, buffers, "result"));
  } else if (frame.op === "item") {
    waiting.item(decode(frame.value, buffers, "item"));
  } else if (frame.op === "end") {
    waiting.end();
  } else {
    waiting.fail(toError(frame.error));
  }
}

function checkOptions({ signal, timeout }: CallOptions): CallOptions {
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError("signal: an AbortSignal is expected");
  }
  if (timeout !== undefined && !(Number.isFinite(timeout) && timeout >= 0)) {
    throw new TypeError("timeout: a number of milliseconds is expected");
  }
  return { signal, timeout: timeout === undefined ? undefined : Math.min(Math.round(timeout), 2 ** 31 - 1) };
}

function cancelled(signal: AbortSignal | undefined): Error {
  const error = toError(ours("cancelled", "the call was cancelled"));
  error.cause = signal?.reason;
  return error;
}
