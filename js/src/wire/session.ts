// The session of one document: numbering, acknowledgement and bounded queues. jupyterwin/wire/session.py is its twin,
// tests/transcripts holds both to the same behaviour.
//
// A pure state machine: no socket, timer or DOM. Its owner sends what `flush` gives and feeds what arrives to `receive`.

import type { Bytes } from "./arrays.ts";
import { Overflow, PeerError, TooLarge } from "./errors.ts";
import type { Batch, Frame } from "./frames.gen.ts";
import { Queue, type Queued } from "./queue.ts";

/**
 * A frame may go while less than so many bytes are under way without acknowledgement, however large it is itself: an idle
 * end may owe some, and a frame that had to fit beside them would wait for ever.
 */
export const WINDOW = 4 * 1024 * 1024;
/** Bytes that may wait in the queue; beyond it `Overflow`. */
export const LIMIT = 64 * 1024 * 1024;
/** An end acknowledges at the latest when it has received so much since its last acknowledgement. */
const ACK_FRAMES = 64;
/** Frames that may be under way without acknowledgement, however small. */
export const WINDOW_FRAMES = 4096;
/** Bytes of one frame and its buffers: what a carrier takes, with room for what comes around it. */
export const FRAME_LIMIT = 192 * 1024 * 1024;
const ACK_BYTES = 256 * 1024;
/**
 * `latest` messages of one channel that may be under way: further ones wait, and give way to newer ones, unless something
 * else waits behind them. More than ACK_FRAMES, as an end may owe the acknowledgement of fewer for ever.
 */
export const LATEST_AHEAD = 2 * ACK_FRAMES;

/** A frame that arrived in order, with the buffers that belong to it. */
export interface Delivered {
  readonly frame: Frame;
  readonly buffers: readonly Bytes[];
}

/** JSON text of one batch, and its buffers. */
export interface Flushed {
  readonly text: string;
  readonly buffers: readonly Bytes[];
}

interface UnderWay {
  readonly seq: number;
  readonly size: number;
  readonly channel: string;
}

export interface SessionOptions {
  readonly window?: number;
  readonly limit?: number;
}

/** One end of a document's conversation. A new document is a new session. */
export class Session {
  readonly #window: number;
  readonly #limit: number;
  readonly #queue = new Queue();
  #nextSeq = 1;
  #underWay: UnderWay[] = [];
  #underWayBytes = 0;
  readonly #latestUnderWay = new Map<string, number>();
  #received = 0;
  #acked = 0;
  #bytesSinceAck = 0;

  constructor(options: SessionOptions = {}) {
    this.#window = options.window ?? WINDOW;
    this.#limit = options.limit ?? LIMIT;
  }

  /** Bytes waiting in the queue, not yet given by `flush`. */
  get queued(): number {
    return this.#queue.bytes;
  }

  /** Bytes given by `flush` that the other end has not acknowledged. */
  get unacknowledged(): number {
    return this.#underWayBytes;
  }

  /** Nothing may be sent now: an acknowledgement must come first. */
  get blocked(): boolean {
    return this.#underWayBytes >= this.#window || this.#underWay.length >= WINDOW_FRAMES;
  }

  /** So much arrived unacknowledged that the next `flush` acknowledges even without frames to send. */
  get mustAck(): boolean {
    return this.#received - this.#acked >= ACK_FRAMES || this.#bytesSinceAck >= ACK_BYTES;
  }

  /** Something arrived that is not acknowledged yet. */
  get owesAck(): boolean {
    return this.#received > this.#acked;
  }

  /**
   * Queue a frame; it is turned into text here and now. Throws `Overflow` when the queue is full, `TooLarge` when it is.
   * `latest`: a message for which one of its channel that waits gives way; it says how many did.
   */
  push(frame: Frame, buffers: readonly Bytes[] = [], latest = false): void {
    const channel = latest && frame.op === "send" ? frame.channel : "";
    const older = channel === "" ? null : this.#queue.givesWay(channel);
    const missed = older === null ? 0 : older.missed + 1;
    const text = JSON.stringify(missed > 0 ? { ...frame, missed } : frame);
    const size = text.length + byteLength(buffers);
    if (size > FRAME_LIMIT || (size > FRAME_LIMIT / 3 && utf8Length(text) + byteLength(buffers) > FRAME_LIMIT)) {
      throw new TooLarge(`a message of ${size} bytes is over the limit of ${FRAME_LIMIT}: send it in parts`);
    }
    const others = this.#queue.bytes - (older?.size ?? 0);
    if (others > 0 && others + size > this.#limit) {
      throw new Overflow(`the queue is full: ${others} bytes wait, the bound is ${this.#limit}`);
    }
    this.#queue.add({ text, buffers, size, channel, missed }, older);
  }

  /** All that may be sent now, or a due acknowledgement, or null. */
  flush(): Flushed | null {
    const first = this.#nextSeq;
    const sent: Queued[] = [];
    while (this.#maySend()) {
      sent.push(this.#take());
    }
    if (sent.length === 0 && !this.mustAck) {
      return null;
    }
    return { text: this.#batch(first, sent), buffers: sent.flatMap((queued) => queued.buffers) };
  }

  /** An empty batch if anything is unacknowledged, for an end that has fallen idle. */
  acknowledge(): Flushed | null {
    return this.owesAck ? { text: this.#batch(this.#nextSeq, []), buffers: [] } : null;
  }

  /**
   * The new frames of a batch, in order; what was seen before is dropped. `size`: bytes the batch came in.
   * Throws `PeerError` for a gap, a false acknowledgement or buffers that are not there.
   */
  receive(batch: Batch, buffers: readonly Bytes[] = [], size = 0): Delivered[] {
    this.#takeAck(batch.ack);
    if (!(Number.isInteger(batch.seq) && batch.seq >= 1 && batch.seq <= this.#received + 1)) {
      throw new PeerError(`frame ${batch.seq} came where ${this.#received + 1} was expected`);
    }
    const delivered = this.#deal(batch, buffers);
    this.#bytesSinceAck += size;
    return delivered;
  }

  #maySend(): boolean {
    if (this.#queue.size === 0 || this.#underWayBytes >= this.#window || this.#underWay.length >= WINDOW_FRAMES) {
      return false;
    }
    const channel = this.#queue.onlyLatest;
    return channel === "" || (this.#latestUnderWay.get(channel) ?? 0) < LATEST_AHEAD;
  }

  /** Move the queue's head to what is under way. */
  #take(): Queued {
    const queued = this.#queue.take();
    const { size, channel } = queued;
    this.#underWay.push({ seq: this.#nextSeq++, size, channel });
    this.#underWayBytes += size;
    this.#countLatest(channel, 1);
    return queued;
  }

  #countLatest(channel: string, step: 1 | -1): void {
    if (channel !== "") {
      const count = (this.#latestUnderWay.get(channel) ?? 0) + step;
      if (count > 0) {
        this.#latestUnderWay.set(channel, count);
      } else {
        this.#latestUnderWay.delete(channel);
      }
    }
  }

  #batch(first: number, frames: readonly Queued[]): string {
    this.#acked = this.#received;
    this.#bytesSinceAck = 0;
    const head = `{"seq":${first},"ack":${this.#received}`;
    return frames.length === 0 ? `${head}}` : `${head},"frames":[${frames.map((queued) => queued.text).join(",")}]}`;
  }

  #takeAck(ack: number): void {
    if (!(Number.isInteger(ack) && ack >= 0 && ack < this.#nextSeq)) {
      throw new PeerError(`frame ${ack} acknowledged, but only ${this.#nextSeq - 1} were sent`);
    }
    const rest = this.#underWay.findIndex(({ seq }) => seq > ack);
    for (const { size, channel } of this.#underWay.splice(0, rest === -1 ? this.#underWay.length : rest)) {
      this.#underWayBytes -= size;
      this.#countLatest(channel, -1);
    }
  }

  #deal(batch: Batch, buffers: readonly Bytes[]): Delivered[] {
    const frames = batch.frames ?? [];
    const delivered: Delivered[] = [];
    let start = 0;
    frames.forEach((frame, index) => {
      const own = "buffers" in frame ? (frame.buffers ?? 0) : 0;
      const end = start + own;
      if (!(Number.isInteger(own) && own >= 0 && end <= buffers.length)) {
        throw new PeerError(`frame ${batch.seq + index} claims buffers ${start}..${end} of ${buffers.length}`);
      }
      if (batch.seq + index > this.#received) {
        delivered.push({ frame, buffers: buffers.slice(start, end) });
      }
      start = end;
    });
    this.#received = Math.max(this.#received, batch.seq + frames.length - 1);
    return delivered;
  }
}

function byteLength(buffers: readonly Bytes[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    length += unit < 0x80 ? 0 : unit < 0x800 ? 1 : unit >= 0xd800 && unit < 0xe000 ? 1 : 2;
  }
  return length;
}
