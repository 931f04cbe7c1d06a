// Comm: the front end's side of one widget's comm, as the widget libraries use it. It knows the line, and no model.
//
// `status` callbacks are called with "idle" when the kernel is done with a message: without it a model sends once.

import type { ICallbacks, IClassicComm } from "@jupyter-widgets/base";
import type { Line } from "./line.ts";
import type { Bytes } from "./words.ts";

type Message = Parameters<Parameters<IClassicComm["on_msg"]>[0]>[0];
type Data = { readonly method: string; readonly [name: string]: unknown };

/** Callbacks of messages that the kernel is not done with, by their number. */
export type Waiting = Map<string, ICallbacks>;

export class Comm implements IClassicComm {
  readonly target_name = "jupyter.widget";
  #heard: ((message: Message) => unknown) | undefined;
  #closed: ((message: Message) => unknown) | undefined;

  constructor(
    readonly comm_id: string,
    readonly line: Line,
    readonly waiting: Waiting,
  ) {}

  open(): string {
    return ""; // the kernel opened it
  }

  send(
    data: unknown,
    callbacks?: ICallbacks,
    _metadata?: unknown,
    buffers: ArrayBuffer[] | ArrayBufferView[] = [],
  ): string {
    const { method, ...rest } = data as Data;
    if (method !== "update" && method !== "custom") {
      return ""; // the kernel tells its state by itself
    }
    const text = JSON.stringify(method === "custom" ? (rest.content ?? null) : rest);
    const number = this.line.tell(this.comm_id, method, text, [...buffers].map(owned));
    if (callbacks) {
      this.waiting.set(number, callbacks);
    }
    return number;
  }

  close(): string {
    return ""; // a page closes no widget of the kernel's
  }

  on_msg(callback: (message: Message) => unknown): void {
    this.#heard = callback;
  }

  on_close(callback: (message: Message) => unknown): void {
    this.#closed = callback;
  }

  /** A message of the kernel's side, in answer to `parent`. */
  hear(data: Data, buffers: readonly Bytes[], parent = ""): unknown {
    return this.#heard?.({
      content: { comm_id: this.comm_id, data },
      buffers: buffers.map(view),
      parent_header: { msg_id: parent },
    } as unknown as Message);
  }

  /** The kernel closed it. */
  gone(): void {
    this.#closed?.({ content: { comm_id: this.comm_id, data: {} }, buffers: [] } as unknown as Message);
  }
}

/** As widget libraries expect buffers: views that they may keep. */
export function view(bytes: Bytes): DataView {
  return bytes instanceof ArrayBuffer
    ? new DataView(bytes)
    : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function owned(bytes: Bytes): ArrayBuffer {
  return bytes instanceof ArrayBuffer
    ? bytes
    : (bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}
