// Buffers that arrive beside a batch: as base64 in it, or to be fetched once from the document's own origin.

import { PeerError } from "../wire/errors.ts";
import type { Bytes } from "../wire/values.ts";
import { fromBase64 } from "./base64.ts";

/** A buffer as a parcel holds it. */
export type Carried = string | { readonly u: string; readonly n: number };

/** Fetch what the host holds for this document under an id. */
export type FetchBulk = (id: string) => Promise<Bytes>;

/** By the scheme of the document's own origin; `<base>` has no say in it. */
export const fetchFromOrigin: FetchBulk = async (id) => {
  const response = await fetch(`${location.protocol}//${location.host}/.jw/bulk/${encodeURIComponent(id)}`);
  if (!response.ok) {
    throw new Error(`the buffer ${id} could not be fetched: ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
};

/** The buffers of a batch: at once if they are all in it, else a promise. */
export function unpackBuffers(carried: readonly Carried[], fetchBulk: FetchBulk): Bytes[] | Promise<Bytes[]> {
  return carried.every((one) => typeof one === "string")
    ? carried.map(fromBase64)
    : Promise.all(carried.map((one) => (typeof one === "string" ? fromBase64(one) : fetchChecked(one, fetchBulk))));
}

async function fetchChecked(
  { u, n }: { readonly u: string; readonly n: number },
  fetchBulk: FetchBulk,
): Promise<Bytes> {
  const bytes = await fetchBulk(u);
  if (bytes.byteLength !== n) {
    throw new PeerError(`the buffer ${u} has ${bytes.byteLength} bytes, announced were ${n}`);
  }
  return bytes;
}
