// The binary rows of the value table: typed arrays, ArrayBuffer, DataView ↔ a frame's buffers. Pure.
// Bytes are little-endian, as on every platform that has these engines.

import { PeerError, Unserializable } from "./errors.ts";

/** Bytes that are nobody else's memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

interface Kind {
  readonly size: number;
  readonly make: (buffer: ArrayBuffer) => ArrayBufferView | ArrayBuffer;
}

type Constructor = { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer): ArrayBufferView };

const KINDS = new Map<string, Kind>([
  ["ArrayBuffer", { size: 1, make: (buffer) => buffer }],
  ["DataView", { size: 1, make: (buffer) => new DataView(buffer) }],
]);
for (const name of [
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"],
  ...["BigInt64Array", "BigUint64Array", "Float16Array", "Float32Array", "Float64Array"],
]) {
  // Float16Array is younger than the oldest engine that runs this.
  const TypedArray = (globalThis as Record<string, unknown>)[name] as Constructor | undefined;
  if (TypedArray !== undefined) {
    KINDS.set(name, { size: TypedArray.BYTES_PER_ELEMENT, make: (buffer) => new TypedArray(buffer) });
  }
}

/** A copy of a binary value's bytes: what is queued must not change when its owner writes on. */
export function bytesOf(value: ArrayBuffer | ArrayBufferView): Bytes {
  const view = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  return new Uint8Array(view);
}

/** The binary value of that type name over these bytes, or, with a shape of other than one dimension, `{data, shape}`. */
export function arrayOf(bytes: Bytes, name: string, shape: unknown, path: string): unknown {
  const kind = KINDS.get(name);
  if (kind === undefined) {
    if (name === "Float16Array") {
      throw new Unserializable(`${path}: this engine has no Float16Array`, path);
    }
    throw new PeerError(`${path}: unknown array type ${JSON.stringify(name)}`, path);
  }
  if (bytes.byteLength % kind.size !== 0) {
    throw new PeerError(`${path}: ${bytes.byteLength} bytes are no ${name}`, path);
  }
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
  const data = kind.make(whole);
  if (shape === undefined) {
    return data;
  }
  if (!fits(shape, bytes.byteLength / kind.size)) {
    throw new PeerError(`${path}: the shape ${JSON.stringify(shape)} does not fit its data`, path);
  }
  return { data, shape };
}

/** The shape of an array of other than one dimension as JavaScript holds it, `{data, shape}`; null for anything else. */
export function shapeOf(data: unknown, shape: unknown): readonly number[] | null {
  if (!ArrayBuffer.isView(data) || data instanceof DataView || !Array.isArray(shape) || shape.length === 1) {
    return null;
  }
  return fits(shape, (data as unknown as ArrayLike<unknown>).length) ? shape : null;
}

function fits(shape: unknown, length: number): shape is number[] {
  return (
    Array.isArray(shape) &&
    shape.every((side) => Number.isSafeInteger(side) && side >= 0) &&
    shape.reduce((product: number, side: number) => product * side, 1) === length
  );
}
