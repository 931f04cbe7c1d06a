// (JSON data, buffers) → a JavaScript value, as the table in docs/protocol.md says; encode.ts is the way there. Pure.
//
// The data is changed in place: it was parsed from a message a moment ago and nobody else holds it.

import { arrayOf, type Bytes } from "./arrays.ts";
import { MAX_DEPTH, PeerError, toError, Unserializable } from "./errors.ts";
import type { ErrorRecord } from "./frames.gen.ts";
import { tables } from "./tables.ts";
import { Trail } from "./trail.ts";

type Tagged = Readonly<Record<string, unknown>> & { readonly $: unknown };

const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

/** Decode one value. Throws `PeerError` naming the path of what is not well formed. */
export function decode(data: unknown, buffers: readonly Bytes[] = [], root = "value"): unknown {
  return new Decoder(buffers, root).decode(data);
}

/** Decode the arguments of one frame. */
export function decodeArgs(args: readonly unknown[], buffers: readonly Bytes[] = []): unknown[] {
  return new Decoder(buffers, "args").decode(args) as unknown[];
}

class Decoder {
  readonly #buffers: readonly Bytes[];
  readonly #known = new Map<unknown, unknown>();
  readonly #trail: Trail;

  constructor(buffers: readonly Bytes[], root: string) {
    this.#buffers = buffers;
    this.#trail = new Trail(root);
  }

  decode(data: unknown): unknown {
    if (typeof data !== "object" || data === null) {
      return data;
    }
    if (!this.#trail.enter()) {
      throw new PeerError(`the value is nested deeper than ${MAX_DEPTH} levels`);
    }
    const value = Array.isArray(data) ? this.#array(data) : this.#object(data as Record<string, unknown>);
    this.#trail.leave();
    return value;
  }

  #array(items: unknown[]): unknown[] {
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === "object" && item !== null) {
        this.#trail.at(index);
        items[index] = this.decode(item);
      }
    }
    return items;
  }

  #object(data: Record<string, unknown>): unknown {
    return Object.hasOwn(data, "$") ? this.#tagged(data as Tagged) : this.#properties(data);
  }

  #properties(data: Record<string, unknown>): Record<string, unknown> {
    for (const key of Object.keys(data)) {
      const item = data[key];
      if (typeof item === "object" && item !== null) {
        this.#trail.at(key);
        const value = this.decode(item);
        if (value !== item) {
          put(data, key, value);
        }
      }
    }
    return data;
  }

  #tagged(data: Tagged): unknown {
    this.#trail.at({ text: "" });
    switch (data.$) {
      case "undef":
        return undefined;
      case "num":
        return NUMBERS.has(data.v) ? NUMBERS.get(data.v) : this.#malformed(data);
      case "int":
        return typeof data.v === "string" && /^-?[0-9]{1,4300}$/.test(data.v) ? BigInt(data.v) : this.#malformed(data);
      case "date":
        return typeof data.v === "number" || data.v === null ? new Date(data.v ?? Number.NaN) : this.#malformed(data);
      case "re":
        return this.#regexp(data);
      case "buf":
        return this.#buffer(data);
      case "arrow":
        return this.#table(data);
      case "err":
        return this.#error(data);
      case "map":
      case "set":
      case "obj":
        return this.#filled(data, (value) => value);
      case "def":
        return this.#define(data);
      case "ref":
        return this.#known.has(data.n) ? this.#known.get(data.n) : this.#malformed(data);
      default:
        return this.#malformed(data);
    }
  }

  /** A value that others point at. It is known before it is filled, so that a cycle can point at it too. */
  #define(data: Tagged): unknown {
    const inner = data.v;
    const remember = <T>(value: T): T => {
      this.#known.set(data.n, value);
      return value;
    };
    if (Array.isArray(inner)) {
      return this.#array(remember(inner));
    }
    if (typeof inner !== "object" || inner === null) {
      return this.#malformed(data);
    }
    if (!Object.hasOwn(inner, "$")) {
      return this.#properties(remember(inner as Record<string, unknown>));
    }
    const tag = (inner as Tagged).$;
    return tag === "map" || tag === "set" || tag === "obj"
      ? this.#filled(inner as Tagged, remember)
      : remember(this.decode(inner));
  }

  #filled(data: Tagged, remember: <T>(value: T) => T): unknown {
    const items = data.v;
    if (!Array.isArray(items)) {
      return this.#malformed(data);
    }
    if (data.$ === "set") {
      const set = remember(new Set<unknown>());
      items.forEach((item, index) => {
        this.#trail.at(index);
        set.add(this.decode(item));
      });
      return set;
    }
    return data.$ === "map" ? this.#map(data, items, remember(new Map())) : this.#pairs(data, items, remember({}));
  }

  #map(data: Tagged, items: readonly unknown[], map: Map<unknown, unknown>): Map<unknown, unknown> {
    for (const item of items) {
      const [key, value] = this.#pair(data, item);
      this.#trail.at("<key>");
      const decoded = this.decode(key);
      this.#trail.at({ text: typeof decoded === "string" ? `['${decoded}']` : "[…]" });
      map.set(decoded, this.decode(value));
    }
    return map;
  }

  #pairs(data: Tagged, items: readonly unknown[], object: Record<string, unknown>): Record<string, unknown> {
    for (const item of items) {
      const [key, value] = this.#pair(data, item);
      if (typeof key !== "string") {
        return this.#malformed(data);
      }
      this.#trail.at(key);
      put(object, key, this.decode(value));
    }
    return object;
  }

  #pair(data: Tagged, item: unknown): readonly [unknown, unknown] {
    return Array.isArray(item) && item.length === 2 ? (item as [unknown, unknown]) : this.#malformed(data);
  }

  #regexp(data: Tagged): RegExp {
    const { v: source, f: flags = "" } = data;
    if (typeof source !== "string" || typeof flags !== "string") {
      return this.#malformed(data);
    }
    try {
      return new RegExp(source, flags);
    } catch (problem) {
      // Well formed, but the two languages' patterns differ.
      const path = this.#trail.toString();
      throw new Unserializable(`${path}: JavaScript has no such pattern: ${(problem as Error).message}`, path);
    }
  }

  #buffer(data: Tagged): unknown {
    const bytes = Number.isInteger(data.i) ? this.#buffers[data.i as number] : undefined;
    if (bytes === undefined || typeof data.t !== "string") {
      return this.#malformed(data);
    }
    return arrayOf(bytes, data.t, data.s, this.#trail.toString());
  }

  #table(data: Tagged): object {
    const bytes = Number.isInteger(data.i) ? this.#buffers[data.i as number] : undefined;
    const library = tables();
    if (bytes === undefined || library === null) {
      return this.#malformed(data);
    }
    try {
      return library.tableOf(bytes);
    } catch (problem) {
      const path = this.#trail.toString();
      throw new PeerError(`${path}: malformed "arrow": ${(problem as Error).message}`, path);
    }
  }

  #error(data: Tagged): Error {
    const record = data.v as Partial<ErrorRecord> | null;
    if (typeof record !== "object" || typeof record?.message !== "string" || typeof record.code !== "string") {
      return this.#malformed(data);
    }
    return toError(record as ErrorRecord);
  }

  #malformed(data: Tagged): never {
    const path = this.#trail.toString();
    throw new PeerError(`${path}: malformed ${JSON.stringify(data.$) ?? "tag"}`, path);
  }
}

/** Set a property whatever its name: `__proto__` is data too. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[key] = value;
  }
}
