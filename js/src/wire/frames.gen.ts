// Generated from jupyterwin/wire/frames.py by `python -m jupyterwin.wire.typescript`. Do not edit.

export const PROTOCOL = 1;

export const SYNC_DEADLINE = 5000;

export const DOCUMENT_TARGET = "jupyterwin.document";

/** An error as it travels: never a bare string, and a traceback only when the window was opened with debug=True. */
export interface ErrorRecord {
  readonly code: string;
  readonly message: string;
  readonly name?: string;
  readonly data?: unknown;
  readonly path?: string;
  readonly traceback?: string;
}

/** First frame of a document. `first` is false when the preload found page content already there: refused. */
export interface Hello {
  readonly op: "hello";
  readonly protocol: number;
  readonly first: boolean;
}

/**
 * A preload script threw where nobody catches, or could not be read by the engine: from the document to the kernel.
 *
 * `file` is the script as the document knows it: its file's name. `line` counts from 1; 0 where it is not known.
 */
export interface Fault {
  readonly op: "fault";
  readonly error: ErrorRecord;
  readonly file?: string;
  readonly line?: number;
}

/** One-way message on a channel. `missed`: how many older ones a ``latest`` policy conflated into this one. */
export interface Send {
  readonly op: "send";
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly buffers?: number;
  readonly missed?: number;
  readonly ports?: readonly number[];
}

/**
 * A call that ends in exactly one `Result`, `Failure` or (for a stream) `End`. `timeout` in milliseconds.
 *
 * `sync`: the page stands still and asks the host for the answer under this id; no frame answers the call then.
 */
export interface Invoke {
  readonly op: "invoke";
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly buffers?: number;
  readonly timeout?: number | null;
  readonly stream?: boolean;
  readonly sync?: string;
}

/** The value of a call. */
export interface Result {
  readonly op: "result";
  readonly id: number;
  readonly value?: unknown;
  readonly buffers?: number;
}

/** The call failed. */
export interface Failure {
  readonly op: "error";
  readonly id: number;
  readonly error: ErrorRecord;
}

/** The caller no longer wants the answer; the answering end stops the work and sends nothing more for this id. */
export interface Cancel {
  readonly op: "cancel";
  readonly id: number;
  readonly reason?: string;
}

/** One item of a stream. */
export interface Item {
  readonly op: "item";
  readonly id: number;
  readonly value: unknown;
  readonly buffers?: number;
}

/** The stream is finished. */
export interface End {
  readonly op: "end";
  readonly id: number;
}

/** The reader of a stream allows `count` more items. */
export interface Credit {
  readonly op: "credit";
  readonly id: number;
  readonly count: number;
}

/** A message for whoever has the other end of the channel that `port` is an end of. `value` is relayed as it is. */
export interface PortMessage {
  readonly op: "port";
  readonly port: number;
  readonly value: unknown;
  readonly buffers?: number;
  readonly ports?: readonly number[];
}

/** The channel of this port is closed; what was sent before is still delivered. */
export interface PortClose {
  readonly op: "port-close";
  readonly port: number;
}

/** The kernel to a document: `count` more of the messages that it sent on this port have been taken. */
export interface PortCredit {
  readonly op: "port-credit";
  readonly port: number;
  readonly count: number;
}

/** What the host tells a page that stands still for a call: a value with its buffers in base64, or an error. */
export interface SyncOutcome {
  readonly value?: unknown;
  readonly buffers?: readonly string[];
  readonly error?: ErrorRecord | null;
}

/** What one comm message carries. An empty batch only acknowledges. */
export interface Batch {
  readonly seq: number;
  readonly ack: number;
  readonly frames?: readonly Frame[];
}

/** One parameter of an exposed function, for the page's typed stub. */
export interface Parameter {
  readonly name: string;
  readonly keyword?: boolean;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

/** An exposed kernel function as the page sees it. */
export interface Exposed {
  readonly name: string;
  readonly parameters?: readonly Parameter[];
  readonly stream?: boolean;
  readonly doc?: string;
}

/**
 * A store as a document is born with it: its traits, and the encoded values that are small, each with its version.
 *
 * `name` is empty for the one store of a window.
 */
export interface SharedStore {
  readonly name: string;
  readonly traits: readonly string[];
  readonly state?: Readonly<Record<string, unknown>>;
}

/**
 * What a document is born with: pushed together with the preload, so no round trip comes before the page's script.
 *
 * `kernel` is null when the window was given nothing; then the page has no ``kernel`` object at all.
 */
export interface Boot {
  readonly window: string;
  readonly kernel?: readonly Exposed[] | null;
  readonly stores?: readonly SharedStore[];
  readonly debug?: boolean;
}

export type Frame =
  | Hello
  | Fault
  | Send
  | Invoke
  | Result
  | Failure
  | Cancel
  | Item
  | End
  | Credit
  | PortMessage
  | PortClose
  | PortCredit;
