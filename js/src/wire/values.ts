// Values on the wire: the table in docs/protocol.md, both ways.

export type { Bytes } from "./arrays.ts";
export { decode, decodeArgs } from "./decode.ts";
export { type Encoded, type EncodedArgs, encode, encodeArgs } from "./encode.ts";
