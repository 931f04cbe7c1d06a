// What a kernel side that has gone wrong may put into its messages: the same things for the same seed.

import { randomFrom } from "./random.ts";

const NUMBERS = [0, 1, 2, 3, -1, 0.5, 2 ** 31, 2 ** 53, 1e300, -1e300];
const TEXTS = ["", "x", "call", "$", "__proto__", "constructor", "\0", "é", "\u{1F600}", "a".repeat(300)];
const PATTERNS = ["(", "[[a]", "(?P<n>", "a{99999999999}", "\\", "a|b", "[z-a]", "\\p{L}"];
const TAGS = "undef num int date map set re obj buf arrow err def ref".split(" ");
const TYPES = ["ArrayBuffer", "DataView", "Int8Array", "Float64Array", "BigInt64Array", "Object", "constructor"];
const OPS: Readonly<Record<string, readonly string[]>> = {
  hello: ["protocol", "first"],
  fault: ["error"],
  send: ["channel", "args", "buffers", "missed", "ports"],
  invoke: ["id", "channel", "args", "buffers", "timeout", "stream"],
  result: ["id", "value", "buffers"],
  error: ["id", "error"],
  cancel: ["id", "reason"],
  item: ["id", "value", "buffers"],
  end: ["id"],
  credit: ["id", "count"],
  port: ["port", "value", "buffers", "ports"],
  "port-close": ["port"],
  "port-credit": ["port", "count"],
};

type Fields = Record<string, unknown>;

/** Values, frames and parcels. `wrong`: of how many fields one is not what its frame wants there. */
export class Hostile {
  readonly random: () => number;
  readonly #wrong: number;

  constructor(seed: number, wrong = 60) {
    this.random = randomFrom(seed);
    this.#wrong = wrong;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  #some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: Math.floor(this.random() * most) }, make);
  }

  value(depth = 0): unknown {
    const kind = this.random();
    if (kind < 0.4 || depth > 5) {
      return this.pick([null, true, this.pick(NUMBERS), this.pick(TEXTS)]);
    }
    if (kind < 0.55) {
      return this.#some(4, () => this.value(depth + 1));
    }
    if (kind < 0.7) {
      return Object.fromEntries(this.#some(4, () => [this.pick(TEXTS), this.value(depth + 1)]));
    }
    return this.#tagged(depth + 1);
  }

  #tagged(depth: number): Fields {
    const tag = this.pick(TAGS);
    return this.#spoilt({ $: tag, ...this.#fieldsOf(this.random() < 0.2 ? this.pick(TAGS) : tag, depth) }, 12);
  }

  #fieldsOf(tag: string, depth: number): Fields {
    const inner = () => this.value(depth);
    switch (tag) {
      case "map":
      case "obj":
        return { v: this.#some(4, () => [inner(), inner()]) };
      case "set":
        return { v: this.#some(4, inner) };
      case "buf":
      case "arrow":
        return {
          i: this.pick([0, 1, ...NUMBERS]),
          t: this.pick(TYPES),
          ...(this.random() < 0.3 ? { s: inner() } : {}),
        };
      case "def":
      case "ref":
        return { n: this.pick([0, 1, 2]), v: inner() };
      case "err":
        return { v: this.#error() };
      case "re":
        return { v: this.pick(PATTERNS), f: this.pick(["", "g", "imsu", "zz"]) };
      case "num":
        return { v: this.pick(["nan", "inf", "-0", "0"]) };
      case "int":
        return { v: this.pick(["0", "-1", "9".repeat(4300), "9".repeat(4301), "1e5", " 1"]) };
      default:
        return { v: this.pick(NUMBERS) };
    }
  }

  #error(): unknown {
    const record = {
      code: this.pick(TEXTS),
      message: this.pick(TEXTS),
      name: this.pick(TEXTS),
      data: this.pick(NUMBERS),
    };
    return this.#spoilt(record, this.#wrong);
  }

  /** With a field left out, too many, or of another type, in one of so many cases. */
  #spoilt(fields: Fields, oneIn: number): Fields {
    if (this.random() * oneIn < 1) {
      const name = this.pick(Object.keys(fields));
      if (this.random() < 0.3) {
        delete fields[name];
      } else {
        fields[this.random() < 0.8 ? name : this.pick(TEXTS)] = this.value(4);
      }
    }
    return fields;
  }

  frame(ops: readonly string[] = Object.keys(OPS)): Fields {
    const op = this.pick(ops);
    const fields = (OPS[op] as readonly string[]).map((name) => [name, this.#field(name)] as const);
    return this.#spoilt({ op, ...Object.fromEntries(fields) }, this.#wrong);
  }

  #field(name: string): unknown {
    switch (name) {
      case "channel":
      case "reason":
        return this.pick(["call", "stream", "x", ...TEXTS]);
      case "args":
        return this.#some(3, () => this.value());
      case "value":
        return this.value();
      case "error":
        return this.#error();
      case "ports":
        return this.random() < 0.95 ? [] : [this.pick(NUMBERS)];
      case "buffers":
      case "missed":
        return this.pick([0, 0, 1]);
      case "stream":
        return this.random() < 0.5;
      default:
        return this.pick([1, 2, 3]);
    }
  }

  /** The payload of a batch with numbers from `seq` on; in one of thirty cases its text is spoilt. */
  payload(seq: number, ops?: readonly string[]): string {
    const frames = [this.frame(ops), ...this.#some(6, () => this.frame(ops))];
    const text = JSON.stringify({ d: { seq, ack: 0, frames }, b: Array.from({ length: 8 }, () => "AAAAAAAAAAA=") });
    return this.random() < 0.97 ? text : this.#mutated(text);
  }

  #mutated(text: string): string {
    const at = Math.floor(this.random() * text.length);
    const end = at + Math.floor(this.random() * 20);
    const piece = this.pick([
      "",
      "[".repeat(5000),
      "\\ud800",
      "1e999",
      "null",
      String.fromCharCode(text.charCodeAt(at) ^ 1),
    ]);
    return this.pick([
      text.slice(0, at),
      text.slice(0, at) + piece + text.slice(end),
      text.slice(0, end) + text.slice(at),
    ]);
  }
}
