// Electron's `ipcRenderer`, for preloads: messages and calls on named channels, both ways. Never handed to a page.

import { keepHome } from "../bridge/pack.ts";
import { A_FUNCTION, gives } from "../bridge/shapes.ts";
import { recordOf, toError } from "../wire/errors.ts";
import type { Send } from "../wire/frames.gen.ts";
import { encodeArgs } from "../wire/values.ts";
import type { Incoming } from "./incoming.ts";
import { checkChannel, type Listener, type Listeners } from "./listeners.ts";
import type { Ask, Outgoing, SendFrame } from "./outgoing.ts";
import type { Ports } from "./ports.ts";

/** What a listener gets before the message's arguments. */
export interface IpcRendererEvent {
  readonly sender: IpcRenderer;
  /** How many older messages a `latest` policy conflated into this one. */
  readonly missed: number;
  /** Ports of the web that came along; they may be handed on to the page by `window.postMessage`. */
  readonly ports: readonly MessagePort[];
}

/** The event without its sender, as all listeners share it. */
type Bare = Omit<IpcRendererEvent, "sender">;

/** What a handler gets before the call's arguments. */
export interface IpcRendererInvokeEvent {
  readonly sender: IpcRenderer;
  /** Aborts when the kernel no longer wants the answer. */
  readonly signal: AbortSignal;
}

type Callback = Listener<IpcRendererEvent>;
// biome-ignore lint/suspicious/noExplicitAny: handlers of users take what their channel brings
type InvokeHandler = (event: IpcRendererInvokeEvent, ...args: any[]) => unknown;

export interface IpcRenderer {
  /** Call a handler of the kernel. Rejects with an Error that has `name`, `code`, `data` and `path`. */
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  /**
   * As `invoke`, and stand still until the answer is there, for 5 s at most: the page does not draw, scroll or answer
   * meanwhile. Use it for a few small values that a preload cannot begin without. Listeners (`ipc.on`) answer by
   * `event.return_value`; where there are none, the handler does. Throws what `invoke` rejects with.
   */
  sendSync(channel: string, ...args: unknown[]): unknown;
  /** Send without an answer. Throws here and now for what cannot cross. `send.with({policy: "latest"})` may conflate. */
  readonly send: SendFunction;
  /**
   * As `send`, one message, and ports go with it: those of a `MessageChannel` made here or handed over by the page. They
   * cannot be used here afterwards. Both ends are closed if nobody listens.
   */
  postMessage(channel: string, message: unknown, transfer?: readonly MessagePort[]): void;
  /** Listen; the disposer that comes back ends it. */
  on(channel: string, listener: Callback): () => void;
  once(channel: string, listener: Callback): () => void;
  off(channel: string, listener: Callback): void;
  addListener(channel: string, listener: Callback): () => void;
  removeListener(channel: string, listener: Callback): void;
  removeAllListeners(channel?: string): void;
  /** Answer the kernel's calls on a channel; an async iterable answers a stream. */
  handle(channel: string, handler: InvokeHandler): () => void;
  removeHandler(channel: string): void;
}

/** The parts of a document's ipc. */
export interface Ipc {
  readonly send: SendFrame;
  readonly outgoing: Outgoing;
  readonly incoming: Incoming;
  readonly listeners: Listeners<Bare>;
  readonly ports: Ports;
  readonly ask: Ask;
  /** How many older messages the last one of a channel stands for, where there were any. */
  readonly missed: Map<string, number>;
}

/** How a message is sent. `latest`: one of this channel sent so that still waits gives way to a newer one. */
export interface SendOptions {
  readonly policy?: "lossless" | "latest" | undefined;
}

type Sending = (channel: string, ...args: unknown[]) => void;

/** Sends without an answer; `with` says how. */
export interface SendFunction extends Sending {
  readonly with: (options?: SendOptions) => Sending;
}

/** Queue a one-way message. Throws for what cannot cross, when the queue is full, and when the kernel is gone. */
function sendMessage(
  send: SendFrame,
  channel: string,
  args: readonly unknown[],
  { policy = "lossless" }: SendOptions,
): void {
  checkChannel(channel);
  if (policy !== "lossless" && policy !== "latest") {
    throw new TypeError("policy: 'lossless' or 'latest' is expected");
  }
  const encoded = encodeArgs(args);
  const buffers = encoded.buffers.length;
  const frame: Send = { op: "send", channel, args: encoded.args, ...(buffers > 0 ? { buffers } : {}) };
  send(frame, encoded.buffers, policy === "latest");
}

/** `send` of a page or a preload; `carry` takes its `with` over the bridge, where there is one. */
export function makeSend(send: SendFrame, carry: typeof Object.assign = Object.assign): SendFunction {
  const bind =
    (options: SendOptions): Sending =>
    (channel, ...args) =>
      sendMessage(send, channel, args, options);
  return carry(bind({}), { with: gives((options?: SendOptions) => bind(options ?? {}), A_FUNCTION) });
}

/** Queue a one-way message that takes ports along; they are neutered. Throws as `sendMessage`, and for what is no port. */
export function postMessage({ send, ports }: Ipc, channel: string, message: unknown, transfer: unknown): void {
  checkChannel(channel);
  if (!Array.isArray(transfer)) {
    throw new TypeError("Invalid value for transfer: an array of ports is expected");
  }
  const encoded = encodeArgs([message]);
  const buffers = encoded.buffers.length;
  const along = ports.take(transfer);
  const frame: Send = {
    op: "send",
    channel,
    args: encoded.args,
    ...(buffers > 0 ? { buffers } : {}),
    ...(along.length > 0 ? { ports: along } : {}),
  };
  try {
    send(frame, encoded.buffers);
  } catch (problem) {
    ports.end(along);
    throw problem;
  }
}

/** Electron's `ipcRenderer` over the parts of this document's ipc. */
export function makeIpcRenderer(ipc: Ipc): IpcRenderer {
  const { send, outgoing, incoming, listeners } = ipc;
  /** `off` takes a user's listener away by itself; what is registered is one of ours around it. */
  const wrappers = new WeakMap<Callback, Parameters<typeof listeners.add>[1]>();
  const wrapped = (listener: Callback) => {
    if (typeof listener !== "function") {
      throw new TypeError("the listener is no function");
    }
    let wrapper = wrappers.get(listener);
    if (wrapper === undefined) {
      wrapper = (event, ...args) => listener({ sender: ipcRenderer, ...event }, ...args);
      wrappers.set(listener, wrapper);
    }
    return wrapper;
  };
  const on = (channel: string, listener: Callback) => listeners.add(channel, wrapped(listener));
  const off = (channel: string, listener: Callback) => listeners.remove(channel, wrapped(listener));
  // A preload that hands a page's callback straight to `on` gives it the event, and with it the sender.
  const ipcRenderer: IpcRenderer = keepHome({
    invoke: (channel: string, ...args: unknown[]) => outgoing.invoke(channel, args),
    sendSync: (channel: string, ...args: unknown[]) => outgoing.sync(channel, args, ipc.ask),
    send: makeSend(send),
    postMessage: (channel: string, message: unknown, transfer: unknown = []) =>
      postMessage(ipc, channel, message, transfer),
    on,
    once: (channel: string, listener: Callback) => listeners.add(channel, wrapped(listener), true),
    off,
    addListener: on,
    removeListener: off,
    removeAllListeners: (channel?: string) => listeners.clear(channel),
    handle: (channel: string, handler: InvokeHandler) => {
      if (typeof handler !== "function") {
        throw toError(recordOf("usage", `the handler for channel '${channel}' is no function`, "TypeError"));
      }
      return incoming.handle(channel, (signal, ...args) => handler({ sender: ipcRenderer, signal }, ...args));
    },
    removeHandler: (channel: string) => incoming.removeHandler(channel),
  });
  return Object.freeze(ipcRenderer);
}
