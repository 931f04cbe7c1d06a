// Parcels: what one string on the engine's text channel carries (docs/protocol.md, section 3). Long ones go in pieces.
// It knows no channel and no frame.

import { PeerError } from "../wire/errors.ts";
import type { Bytes } from "../wire/values.ts";
import { toBase64 } from "./base64.ts";

/** Characters of payload in one parcel. */
export const MAX_PAYLOAD = 768 * 1024;
/** Characters that the pieces of one parcel may come to, at either end. */
export const MAX_JOINED = 256 * 1024 * 1024;
const NONCE_LENGTH = 16;

/** `h` a document is there, `r` it is read, `f` a batch of frames, `s` it stands still, `p` a piece, `!` the kernel is gone. */
export type Kind = "h" | "r" | "f" | "s" | "p" | "!";

export interface Parcel {
  readonly kind: string;
  readonly payload: string;
}

/** A random name for this document: parcels of another document carry another one. */
export function newNonce(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array((NONCE_LENGTH * 3) / 4)) as Bytes);
}

/** The strings that carry a payload, in order. */
export function cut(nonce: string, kind: Kind, payload: string): string[] {
  const texts: string[] = [];
  let start = 0;
  for (; payload.length - start > MAX_PAYLOAD; start += MAX_PAYLOAD) {
    texts.push(`${nonce}p${payload.slice(start, start + MAX_PAYLOAD)}`);
  }
  texts.push(nonce + kind + payload.slice(start));
  return texts;
}

/** Joins what arrives for one document. */
export class Joiner {
  readonly #nonce: string;
  #pieces: string[] = [];
  #joined = 0;

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  /** The parcel that `text` completes; null for a piece, and for what was meant for another document. */
  accept(text: string): Parcel | null {
    if (!text.startsWith(this.#nonce)) {
      return null;
    }
    const kind = text.charAt(NONCE_LENGTH);
    const payload = text.slice(NONCE_LENGTH + 1);
    if (kind === "p") {
      this.#joined += payload.length;
      if (this.#joined > MAX_JOINED) {
        throw new PeerError(`a parcel of more than ${MAX_JOINED} characters`);
      }
      this.#pieces.push(payload);
      return null;
    }
    const whole = this.#pieces.length === 0 ? payload : this.#pieces.join("") + payload;
    this.#pieces = [];
    this.#joined = 0;
    return { kind, payload: whole };
  }
}
