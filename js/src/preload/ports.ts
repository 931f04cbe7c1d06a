// Message ports that reach beyond this document: for each, a port of the web on this side and a number towards the kernel.
// What a page posts to its end arrives here and goes on as frames; what the kernel sends is posted to the page's end.

import { Overflow, PeerError } from "../wire/errors.ts";
import type { PortClose, PortCredit, PortMessage } from "../wire/frames.gen.ts";
import { type Bytes, decode, type Encoded, encode } from "../wire/values.ts";
import type { SendFrame } from "./outgoing.ts";

/** A port may be so many characters and messages ahead of whoever takes what it sends. */
const AHEAD = 256 * 1024;
const AHEAD_MESSAGES = 64;
/** What may wait here for credit, in characters and bytes; a port that wants more is closed. */
const LIMIT = 64 * 1024 * 1024;
/** Open ports that were made here. */
const MOST = 1000;

/** Its ports get their numbers when it leaves: numbers go upwards in the order of the frames. */
interface Waiting {
  readonly encoded: Encoded;
  readonly ports: readonly MessagePort[];
  readonly size: number;
}

/** A port as the rest of the document goes on with it. */
interface Relayed {
  readonly own: MessagePort;
  /** Sizes of what was sent and not yet taken. */
  readonly underWay: number[];
  ahead: number;
  waiting: Waiting[];
  waitingSize: number;
  closing: boolean;
}

/** The ports of one document. */
export class Ports {
  readonly #send: SendFrame;
  readonly #open = new Map<number, Relayed>();
  #lastOwn = -1;
  #lastOfKernel = 0;
  #made = 0;

  constructor(send: SendFrame) {
    this.#send = send;
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Take ports over from whoever has them, for a message that takes them to the kernel: all, or none when one cannot be
   * sent. They are neutered then, and have new numbers; `send` what carries these numbers at once.
   */
  take(ports: readonly unknown[]): number[] {
    for (const [index, port] of ports.entries()) {
      if (!(port instanceof MessagePort)) {
        throw new TypeError(`Port at index ${index} is not a valid port`);
      }
      if (ports.indexOf(port) !== index) {
        throw new TypeError(`Port at index ${index} is a duplicate of an earlier port`);
      }
    }
    if (ports.length === 0) {
      return [];
    }
    if (this.#made + ports.length > MOST) {
      throw new Overflow(`${MOST} ports of this page are open: close some of them`);
    }
    const own = structuredClone(ports, { transfer: ports as MessagePort[] }) as MessagePort[];
    return own.map((port) => {
      this.#lastOwn += 2;
      this.#made += 1;
      this.#relay(this.#lastOwn, port);
      return this.#lastOwn;
    });
  }

  /** Ports that a message of the kernel brought along: ports of the web, not yet started. */
  open(numbers: readonly number[] = []): MessagePort[] {
    return numbers.map((number) => {
      if (!(number % 2 === 0 && number > this.#lastOfKernel)) {
        throw new PeerError(`port ${number} is no new port of the kernel's`);
      }
      this.#lastOfKernel = number;
      const { port1, port2 } = new MessageChannel();
      this.#relay(number, port1);
      return port2;
    });
  }

  /** A message of the kernel for a port; one for a port that was closed here meanwhile is dropped. */
  message(frame: PortMessage, buffers: readonly Bytes[]): void {
    const along = this.open(frame.ports);
    const relayed = this.#open.get(frame.port);
    if (relayed === undefined) {
      closeAll(along);
      return;
    }
    try {
      relayed.own.postMessage(decode(frame.value, buffers, "message"), along);
    } catch (problem) {
      closeAll(along);
      console.error("jupyterwin: a message on a port could not be read", problem);
    }
  }

  /** Some of what a port sent was taken: it may send more. */
  credit({ port, count }: PortCredit): void {
    const relayed = this.#open.get(port);
    if (relayed !== undefined) {
      for (const size of relayed.underWay.splice(0, count)) {
        relayed.ahead -= size;
      }
      this.#flush(port, relayed);
    }
  }

  /** The other end is closed: the page's end hears it, after what was sent before. */
  close({ port }: PortClose): void {
    this.#forget(port)?.own.close();
  }

  /** The kernel is gone, or what took these ports there could not be sent: their channels are closed. */
  end(numbers: Iterable<number> = this.#open.keys()): void {
    for (const number of [...numbers]) {
      this.#forget(number)?.own.close();
    }
  }

  #relay(number: number, own: MessagePort): void {
    this.#open.set(number, { own, underWay: [], ahead: 0, waiting: [], waitingSize: 0, closing: false });
    own.addEventListener("message", (event) => this.#posted(number, event));
    own.addEventListener("close", () => this.#closed(number));
    own.start();
  }

  #posted(number: number, { data, ports }: MessageEvent): void {
    const relayed = this.#open.get(number);
    if (relayed === undefined) {
      closeAll(ports);
      return;
    }
    let encoded: Encoded;
    try {
      encoded = encode(data, "message");
    } catch (problem) {
      closeAll(ports);
      console.error("jupyterwin: a message on a port cannot cross to the kernel", problem);
      return;
    }
    const size = lengthOf(encoded.value) + encoded.buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    relayed.waiting.push({ encoded, ports, size });
    relayed.waitingSize += size;
    this.#flush(number, relayed);
    if (relayed.waitingSize > LIMIT) {
      this.#giveUp(number, new Overflow(`more than ${LIMIT} bytes wait on a port that nobody reads`));
    }
  }

  #flush(number: number, relayed: Relayed): void {
    try {
      let sent = 0;
      for (const waiting of relayed.waiting) {
        if (relayed.underWay.length >= AHEAD_MESSAGES || relayed.ahead >= AHEAD) {
          break;
        }
        const { size } = waiting;
        this.#post(number, waiting);
        relayed.underWay.push(size);
        relayed.ahead += size;
        relayed.waitingSize -= size;
        sent++;
      }
      relayed.waiting.splice(0, sent);
      if (relayed.closing && relayed.waiting.length === 0) {
        this.#forget(number);
        this.#send({ op: "port-close", port: number });
      }
    } catch (problem) {
      this.#giveUp(number, problem);
    }
  }

  #post(port: number, { encoded: { value, buffers }, ports }: Waiting): void {
    const along = this.take(ports);
    const counts = { ...(buffers.length > 0 ? { buffers: buffers.length } : {}) };
    this.#send({ op: "port", port, value, ...counts, ...(along.length > 0 ? { ports: along } : {}) }, buffers);
  }

  /** The page's end is closed, or was lost: what it had posted goes first. */
  #closed(number: number): void {
    const relayed = this.#open.get(number);
    if (relayed !== undefined) {
      relayed.closing = true;
      this.#flush(number, relayed);
    }
  }

  /** Nothing may be lost in silence: a channel that cannot carry a message is closed. */
  #giveUp(number: number, problem: unknown): void {
    const relayed = this.#forget(number);
    if (relayed === undefined) {
      return;
    }
    console.error("jupyterwin: a port was closed", problem);
    relayed.own.close();
    try {
      this.#send({ op: "port-close", port: number });
    } catch {
      // The link has ended, and with it all channels.
    }
  }

  #forget(number: number): Relayed | undefined {
    const relayed = this.#open.get(number);
    if (this.#open.delete(number) && number % 2 === 1) {
      this.#made -= 1;
    }
    return relayed;
  }
}

/** Ports that nobody will get: both ends are closed. */
export function closeAll(ports: readonly MessagePort[]): void {
  for (const port of ports) {
    port.close();
  }
}

function lengthOf(value: unknown): number {
  return typeof value === "string" ? value.length + 2 : JSON.stringify(value).length;
}
