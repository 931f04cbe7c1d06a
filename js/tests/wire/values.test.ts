// What the vectors cannot say: values nobody thought of, data nobody should send, copies, bounds.

import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { MAX_DEPTH, PeerError, Unserializable } from "../../src/wire/errors.ts";
import { decode, decodeArgs, encode, encodeArgs } from "../../src/wire/values.ts";
import { randomFrom, randomValue } from "../support/random.ts";

const onTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) {
    value = [value];
  }
  return value;
};

describe("random values", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => [seed]))("of seed %i come back as they went", (seed) => {
    const random = randomFrom(seed);
    for (let count = 0; count < 50; count++) {
      const value = randomValue(random);
      const encoded = encode(value);
      const text = JSON.stringify(encoded.value);
      const decoded = decode(JSON.parse(text), encoded.buffers);
      // Encoding what came back says the same, identities included; a deep comparison alone would not see those.
      expect(JSON.stringify(encode(decoded).value)).toBe(text);
      // Node's comparison: Vitest's stumbles over own keys named `constructor`.
      expect(isDeepStrictEqual(decoded, value), text).toBe(true);
    }
  });

  test("mangled on the way are refused cleanly or understood", () => {
    const random = randomFrom(1);
    let refused = 0;
    for (let count = 0; count < 5000; count++) {
      const encoded = encode(randomValue(random));
      const text = JSON.stringify(encoded.value);
      const at = Math.floor(random() * text.length);
      let data: unknown;
      try {
        data = JSON.parse(text.slice(0, at) + '0[]{}"$:,-vint'.charAt(Math.floor(random() * 14)) + text.slice(at + 1));
      } catch {
        continue;
      }
      try {
        decode(data, encoded.buffers);
      } catch (problem) {
        refused++;
        expect(problem instanceof PeerError || problem instanceof Unserializable).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(50);
  });
});

test("plain JSON is not copied", () => {
  const value = { a: [1, "x", { b: null }] };
  expect(encode(value).value).toBe(value);
});

test("what is passed stays as it was", () => {
  const inside = Object.freeze([1, Number.NaN]);
  const value = Object.freeze({ inside, $: Object.freeze({ u: undefined }) });
  encode([value, value]);
  expect(value).toStrictEqual({ inside: [1, Number.NaN], $: { u: undefined } });
});

test("a binary value is copied when it is encoded", () => {
  const array = new Uint8Array([1, 2]);
  const { buffers } = encode(array);
  array[0] = 9;
  expect(buffers[0]).toStrictEqual(new Uint8Array([1, 2]));
});

test("bytes that begin anywhere in memory are decoded", () => {
  const memory = new Uint8Array(new Float64Array([0, 1.5]).buffer.byteLength + 3);
  memory.set(new Uint8Array(new Float64Array([1.5]).buffer), 3);
  const view = memory.subarray(3, 11);
  expect(decode({ $: "buf", i: 0, t: "Float64Array" }, [view])).toStrictEqual(new Float64Array([1.5]));
});

test("toJSON has no say", () => {
  class Money {
    amount = 5;
    toJSON(): string {
      return "five";
    }
  }
  expect(onTheWire(encode([new Money()]).value)).toStrictEqual([{ amount: 5 }]);
  const array = Object.defineProperty([1], "toJSON", { value: () => "hidden" });
  expect(onTheWire(encode(array).value)).toStrictEqual([1]);
});

test("arguments share what they share", () => {
  const shared = { n: 1 };
  const { args, buffers } = encodeArgs([shared, new Uint8Array([7]), shared]);
  const [first, , third] = decodeArgs(onTheWire(args), buffers);
  expect(first).toBe(third);
  expect(first).toStrictEqual({ n: 1 });
});

test("the path of an argument begins with args", () => {
  expect(() => encodeArgs([1, { rows: [() => 1] }])).toThrow(
    expect.objectContaining({ path: "args[1].rows[0]", code: "unserializable", name: "Unserializable" }),
  );
});

test("the path of a Map's value names its key", () => {
  expect(() => encode(new Map([["k", Symbol("s")]]))).toThrow(expect.objectContaining({ path: "value['k']" }));
});

test("depth is bounded both ways", () => {
  expect(decode(onTheWire(encode(nested(MAX_DEPTH)).value))).toStrictEqual(nested(MAX_DEPTH));
  expect(() => encode(nested(MAX_DEPTH + 1))).toThrow(Unserializable);
  expect(() => decode(nested(MAX_DEPTH + 1))).toThrow(PeerError);
});

test("an own key __proto__ changes no prototype", () => {
  const decoded = decode(JSON.parse('{"__proto__": {"$": "obj", "v": [["__proto__", {"evil": true}]]}}')) as object;
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  const inner = Object.getOwnPropertyDescriptor(decoded, "__proto__")?.value as object;
  expect(Object.getPrototypeOf(inner)).toBe(Object.prototype);
  expect((inner as { evil?: unknown }).evil).toBeUndefined();
});

test("a pattern that JavaScript lacks is refused, and is nobody's fault", () => {
  expect(() => decode([{ $: "re", v: "(?P<year>x)", f: "" }])).toThrow(
    expect.objectContaining({ code: "unserializable", path: "value[0]" }),
  );
});
