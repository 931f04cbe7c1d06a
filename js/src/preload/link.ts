// This document's link to the kernel: frames in, frames out, over the engine's channel. It pumps a Session and decides
// nothing: what frames mean is the business of who gets them.

import { JupyterWinError, Overflow, ours, PeerError, TooLarge, toError, toRecord } from "../wire/errors.ts";
import type { Batch, ErrorRecord, Frame } from "../wire/frames.gen.ts";
import { PROTOCOL } from "../wire/frames.gen.ts";
import { type Delivered, type Flushed, Session, type SessionOptions } from "../wire/session.ts";
import type { Bytes } from "../wire/values.ts";
import { toBase64 } from "./base64.ts";
import { type Carried, type FetchBulk, unpackBuffers } from "./bulk.ts";
import type { OpenChannel, Post } from "./channel.ts";
import { cut, Joiner, type Kind, MAX_JOINED, newNonce } from "./parcels.ts";

/** An end that has nothing to say acknowledges after so many milliseconds. */
const IDLE_ACK = 25;
/** Binary data of one frame; in base64 it has to fit into one parcel's pieces, beside the frame's text. */
const MAX_BYTES = Math.floor((MAX_JOINED * 3) / 4) - 32 * 1024 * 1024;

export interface LinkOptions {
  readonly open: OpenChannel;
  readonly fetchBulk: FetchBulk;
  /** Frames in order, each once. */
  readonly deliver: (delivered: Delivered) => void;
  /** The link is broken for good. */
  readonly ended: (why: ErrorRecord) => void;
  readonly session?: SessionOptions;
}

/** The link of one document. It is there at once; what is sent before the channel opens waits. */
export class Link {
  readonly #options: LinkOptions;
  readonly #session: Session;
  readonly #nonce = newNonce();
  readonly #joiner = new Joiner(this.#nonce);
  #post: Post | null = null;
  #read = false;
  #end: ErrorRecord | null = null;
  #flushing = false;
  #idle: ReturnType<typeof setTimeout> | null = null;
  /** What still has to be delivered before later parcels may be: a buffer is being fetched. */
  #fetching: Promise<void> | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#session = new Session(options.session);
  }

  /** Say hello, and open the channel. */
  open(first: boolean): void {
    this.#session.push({ op: "hello", protocol: PROTOCOL, first });
    this.#options.open(
      (text) => this.#guard(() => this.#receive(text)),
      (post) => {
        this.#post = post;
        this.#carry("h", JSON.stringify({ protocol: PROTOCOL, first }));
        this.#flush();
        if (this.#read) {
          this.#carry("r", "");
        }
      },
      (problem) => this.#fail(toRecord(Object.assign(problem, { code: "broken" }))),
    );
  }

  /** Tell the host that the document is read: its scripts have run, its elements are there. */
  read(): void {
    if (!this.#read) {
      this.#read = true;
      this.#carry("r", "");
    }
  }

  /** Send a frame; frames of one task go together. Throws when the link has ended or the queue is full. */
  send(frame: Frame, buffers: readonly Bytes[] = [], latest = false): void {
    if (this.#end !== null) {
      throw toError(this.#end);
    }
    if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) > MAX_BYTES) {
      throw new TooLarge(`the binary data of one message is over ${MAX_BYTES} bytes`);
    }
    this.#session.push(frame, buffers, latest);
    if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => {
        this.#flushing = false;
        this.#flush();
      });
    }
  }

  /**
   * Send a call here and now, and announce that this document will stand still for it under `id`. Throws as `send`, and
   * when it would not leave at once: nothing moves while the document stands still.
   */
  sendNow(frame: Frame, buffers: readonly Bytes[], id: string): void {
    this.#flush();
    if (this.#end === null && this.#post === null) {
      throw toError(ours("usage", "sendSync: the link to the kernel is not open yet; await an invoke first"));
    }
    if (this.#session.blocked) {
      throw new Overflow("sendSync: too much is under way already; await an invoke first");
    }
    this.send(frame, buffers);
    this.#carry("s", id);
    this.#flush();
  }

  /** Why the link has ended, or null. */
  get end(): ErrorRecord | null {
    return this.#end;
  }

  #flush(): void {
    const post = this.#post;
    for (let batch = post && this.#session.flush(); batch; batch = this.#session.flush()) {
      this.#ship(batch);
    }
  }

  #ship({ text, buffers }: Flushed): void {
    // Base64 needs no escaping, and there may be megabytes of it.
    const carried = buffers.length === 0 ? "" : `,"b":[${buffers.map((one) => `"${toBase64(one)}"`).join(",")}]`;
    this.#carry("f", `{"d":${text}${carried}}`);
  }

  #carry(kind: Kind, payload: string): void {
    for (const text of cut(this.#nonce, kind, payload)) {
      this.#post?.(text);
    }
  }

  #receive(text: string): void {
    const parcel = this.#end === null ? this.#joiner.accept(text) : null;
    if (parcel?.kind === "!") {
      this.#fail(ours("kernel-gone", "the kernel is gone"));
    } else if (parcel?.kind === "f") {
      const { d, b = [] } = JSON.parse(parcel.payload) as { readonly d: Batch; readonly b?: readonly Carried[] };
      this.#arrive(d, unpackBuffers(b, this.#options.fetchBulk), parcel.payload.length);
    }
  }

  #arrive(batch: Batch, buffers: Bytes[] | Promise<Bytes[]>, size: number): void {
    if (this.#fetching === null && Array.isArray(buffers)) {
      this.#accept(batch, buffers, size);
      return;
    }
    const turn: Promise<void> = Promise.all([buffers, this.#fetching]).then(([fetched]) => {
      if (this.#fetching === turn) {
        this.#fetching = null;
      }
      this.#accept(batch, fetched, size);
    });
    this.#fetching = turn;
    turn.catch((problem: unknown) => this.#fail(toRecord(problem)));
  }

  #accept(batch: Batch, buffers: readonly Bytes[], size: number): void {
    if (this.#end !== null) {
      return;
    }
    for (const delivered of this.#session.receive(batch, buffers, size)) {
      this.#options.deliver(delivered);
    }
    this.#flush(); // an acknowledgement may have opened the window, or be due
    if (this.#session.owesAck && this.#idle === null) {
      this.#idle = setTimeout(() => {
        this.#idle = null;
        const batch = this.#session.flush() ?? this.#session.acknowledge();
        if (batch !== null && this.#end === null) {
          this.#ship(batch);
        }
      }, IDLE_ACK);
    }
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (problem) {
      // Whatever a message was not, it was no message of this protocol.
      const peer = problem instanceof JupyterWinError ? problem : new PeerError(`malformed message: ${problem}`);
      this.#fail(toRecord(peer));
    }
  }

  #fail(why: ErrorRecord): void {
    if (this.#end === null) {
      this.#end = why;
      if (this.#idle !== null) {
        clearTimeout(this.#idle);
      }
      this.#options.ended(why);
    }
  }
}
