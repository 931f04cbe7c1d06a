// The engine's text channel, as Qt offers it in this world: one string out by a method of one object, one in by its signal.
// It knows nothing of what the strings say. It also tells when the document is complete.
//
// Qt's own client asks first what there is, and is ready a round trip later. We know what there is, and are ready at once:
// a preload may stand still for an answer in its first line.

import { loadOfScripts } from "./load.ts";

/** Sends one string. Strings arrive in the order of the calls. */
export type Post = (text: string) => void;

/**
 * Opens the channel: `receive` is told each string that arrives; `opened` gets the way to send, once, or `failed` the
 * reason why there is none.
 */
export type OpenChannel = (
  receive: (text: string) => void,
  opened: (post: Post) => void,
  failed: (problem: Error) => void,
) => void;

/** What Qt puts into this world: messages of its channel, as JSON. */
interface Transport {
  send(message: string): void;
  onmessage: (event: { readonly data: string }) => void;
}

/** What the engine and the host put into this world before us. */
interface QtWorld {
  readonly qt?: { readonly webChannelTransport?: Transport };
  /** The number of the signal `parcel` among those of our object. */
  readonly jupyterwinSignal?: number;
}

/** Kinds of messages, in Qt's qwebchannel.js. */
const SIGNAL = 1;
const INVOKE_METHOD = 6;
const CONNECT_TO_SIGNAL = 7;

const OBJECT = "jupyterwin";

/** Open the channel of QtWebEngine. */
export const openQtChannel: OpenChannel = (receive, opened, failed) => {
  const { qt, jupyterwinSignal: signal } = globalThis as unknown as QtWorld;
  const load = loadOfScripts();
  const transport = qt?.webChannelTransport;
  if (transport === undefined || signal === undefined || load === undefined) {
    failed(new Error("the engine's channel is not in this world"));
    return;
  }
  const send = (message: object) => transport.send(JSON.stringify(message));
  let id = 0;
  transport.onmessage = ({ data }) => {
    const message = JSON.parse(data) as { type: number; object?: string; signal?: number; args?: [string] };
    // The engine also answers each call of ours, and those of the last document of this window.
    if (message.type === SIGNAL && message.object === OBJECT && message.signal === signal && message.args) {
      receive(message.args[0]);
    }
  };
  send({ type: CONNECT_TO_SIGNAL, object: OBJECT, signal });
  const call = (method: string, ...args: readonly string[]) =>
    send({ type: INVOKE_METHOD, id: ++id, object: OBJECT, method, args: [...args, load] });
  opened((text) => call("post", text));
  whenComplete(() => call("read"));
};

/** Call when the document is there with all that it shows; also when its reading was broken off: then there is no `load`. */
function whenComplete(call: () => void): void {
  if (document.readyState === "loading") {
    document.addEventListener("readystatechange", () => document.readyState === "complete" && call());
  } else {
    call();
  }
}
