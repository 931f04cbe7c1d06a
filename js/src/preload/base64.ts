// Bytes ↔ base64, for the engine's text channel alone: by the engine's own methods where it has them.

import type { Bytes } from "../wire/values.ts";

const native = Uint8Array as unknown as { fromBase64?: (text: string) => Bytes };
const CHUNK = 0x8000; // arguments of one call of String.fromCharCode

export function toBase64(bytes: Bytes): string {
  const own = bytes as Bytes & { toBase64?: () => string };
  return own.toBase64 === undefined ? encodeSlowly(bytes) : own.toBase64();
}

/** Throws for what is no base64. */
export function fromBase64(text: string): Bytes {
  return native.fromBase64 === undefined ? decodeSlowly(text) : native.fromBase64(text);
}

export function encodeSlowly(bytes: Bytes): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

export function decodeSlowly(text: string): Bytes {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
