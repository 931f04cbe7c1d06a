// A JavaScript value → (JSON-ready data, buffers), as the table in docs/protocol.md says; decode.ts is the way back,
// jupyterwin/wire/values.py the twin. Pure.
//
// A value that plain JSON can say is given back as it is, without a copy: whoever calls must turn it into text at once.

import { type Bytes, bytesOf, shapeOf } from "./arrays.ts";
import { MAX_DEPTH, toRecord, Unserializable } from "./errors.ts";
import { type TableLibrary, tables } from "./tables.ts";
import { Trail } from "./trail.ts";

export interface Encoded {
  readonly value: unknown;
  readonly buffers: readonly Bytes[];
}

export interface EncodedArgs {
  readonly args: readonly unknown[];
  readonly buffers: readonly Bytes[];
}

/** More decimal digits than this are refused: Python reads no longer integers. */
const MAX_DIGITS = 4300;

type Container = object;
type Tagged = { readonly $: string };

/** Encode one value. Throws `Unserializable`, naming the path of what cannot cross. */
export function encode(value: unknown, root = "value"): Encoded {
  const first = new Encoder(root, null);
  const encoded = first.encode(value);
  if (first.repeated.size === 0) {
    return { value: encoded, buffers: first.buffers };
  }
  // Only now that something is known to occur twice does the encoding pay for saying so.
  const second = new Encoder(root, first.repeated);
  return { value: second.encode(value), buffers: second.buffers };
}

/** Encode the arguments of one frame: what they share stays shared. Paths begin with `args[0]`. */
export function encodeArgs(args: readonly unknown[]): EncodedArgs {
  const { value, buffers } = encode(args, "args");
  return { args: value as readonly unknown[], buffers };
}

class Encoder {
  readonly buffers: Bytes[] = [];
  /** Containers met more than once. */
  readonly repeated = new Set<Container>();
  readonly #shared: ReadonlySet<Container> | null;
  readonly #numbers = new Map<Container, number>();
  readonly #trail: Trail;

  constructor(root: string, shared: ReadonlySet<Container> | null) {
    this.#trail = new Trail(root);
    this.#shared = shared;
  }

  encode(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        return value.isWellFormed() ? value : value.toWellFormed();
      case "boolean":
        return value;
      case "number":
        return encodeNumber(value);
      case "undefined":
        return { $: "undef" };
      case "bigint":
        return this.#bigint(value);
      case "object":
        return value === null ? null : this.#object(value);
      default:
        return this.#refuse(`a ${typeof value}`);
    }
  }

  #object(value: object): unknown {
    if (Array.isArray(value)) {
      return this.#container(value, () => this.#array(value));
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return this.#container(value, () => this.#plain(value as Record<string, unknown>));
    }
    if (ArrayBuffer.isView(value)) {
      return this.#buffer(value, value instanceof DataView ? "DataView" : nameOf(value));
    }
    return this.#special(value);
  }

  #special(value: object): unknown {
    const name = nameOf(value);
    switch (name) {
      case "Object": // an instance of somebody's class: its data crosses, its class does not
        return this.#container(value, () => this.#plain({ ...value }));
      case "Date": {
        const time = (value as Date).getTime();
        return { $: "date", v: Number.isNaN(time) ? null : time };
      }
      case "Map":
        return this.#container(value, () => ({ $: "map", v: this.#pairs([...(value as Map<unknown, unknown>)]) }));
      case "Set":
        return this.#container(value, () => ({ $: "set", v: this.#array([...(value as Set<unknown>)]) }));
      case "RegExp": {
        const { source, flags } = value as RegExp;
        return { $: "re", v: source.toWellFormed(), f: flags };
      }
      case "ArrayBuffer":
        return this.#buffer(value as ArrayBuffer, name);
      case "Error":
      case "DOMException":
        return { $: "err", v: toRecord(value) };
      default:
        return tables()?.isTable(value) ? this.#table(value, tables() as TableLibrary) : this.#refuse(`a ${name}`);
    }
  }

  /** Write an array, object, Map or Set: at its first meeting, or as a reference to it. */
  #container(value: Container, write: () => unknown): unknown {
    const known = this.#numbers.get(value);
    if (known !== undefined) {
      this.repeated.add(value);
      return { $: "ref", n: known };
    }
    const number = this.#numbers.size + 1;
    this.#numbers.set(value, number);
    if (!this.#trail.enter()) {
      throw new Unserializable(`the value is nested deeper than ${MAX_DEPTH} levels`, "");
    }
    const written = write();
    this.#trail.leave();
    return this.#shared?.has(value) ? { $: "def", n: number, v: written } : written;
  }

  #array(items: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | null = "toJSON" in items ? [] : null;
    for (let index = 0; index < items.length; index++) {
      this.#trail.at(index);
      const item = items[index];
      const encoded = this.encode(item);
      if (copy === null && encoded !== item) {
        copy = items.slice(0, index);
      }
      copy?.push(encoded);
    }
    return copy ?? items;
  }

  #plain(value: Readonly<Record<string, unknown>>): unknown {
    const keys = Object.keys(value);
    const shape = keys.length === 2 && "data" in value && "shape" in value ? shapeOf(value.data, value.shape) : null;
    if (shape !== null) {
      return { ...this.#buffer(value.data as ArrayBufferView, nameOf(value.data as object)), s: shape };
    }
    // `obj` is the form of an object whose own key would be taken for a tag.
    return keys.includes("$") ? { $: "obj", v: this.#entries(keys, value) } : this.#properties(keys, value);
  }

  #properties(keys: readonly string[], value: Readonly<Record<string, unknown>>): unknown {
    let copy: Record<string, unknown> | null = "toJSON" in value ? Object.create(null) : null;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      this.#trail.at(key);
      const item = value[key];
      const encoded = this.encode(item);
      if (copy === null && (encoded !== item || !key.isWellFormed())) {
        // Without a prototype `__proto__` is a key like any other.
        copy = Object.create(null) as Record<string, unknown>;
        for (const earlier of keys.slice(0, index)) {
          copy[earlier] = value[earlier];
        }
      }
      if (copy !== null) {
        copy[key.toWellFormed()] = encoded;
      }
    }
    return copy ?? value;
  }

  #entries(keys: readonly string[], value: Readonly<Record<string, unknown>>): unknown[] {
    return keys.map((key) => {
      this.#trail.at(key);
      return [key.toWellFormed(), this.encode(value[key])];
    });
  }

  #pairs(pairs: readonly (readonly [unknown, unknown])[]): unknown[] {
    return pairs.map(([key, value]) => {
      this.#trail.at("<key>");
      const encoded = this.encode(key);
      this.#trail.at({ text: typeof key === "string" ? `['${key}']` : typeof key === "number" ? `[${key}]` : "[…]" });
      return [encoded, this.encode(value)];
    });
  }

  #buffer(value: ArrayBuffer | ArrayBufferView, type: string): Tagged {
    this.buffers.push(bytesOf(value));
    return { $: "buf", i: this.buffers.length - 1, t: type } as Tagged;
  }

  #table(value: object, library: TableLibrary): Tagged {
    let stream: Bytes;
    try {
      stream = bytesOf(library.streamOf(value));
    } catch (problem) {
      return this.#refuse(`a table that Arrow cannot say (${(problem as Error).message})`);
    }
    this.buffers.push(stream);
    return { $: "arrow", i: this.buffers.length - 1 } as Tagged;
  }

  #bigint(value: bigint): Tagged {
    const text = value.toString();
    if (text.length > MAX_DIGITS) {
      this.#refuse(`an integer of more than ${MAX_DIGITS} digits`);
    }
    return { $: "int", v: text } as Tagged;
  }

  #refuse(what: string): never {
    const path = this.#trail.toString();
    throw new Unserializable(`${path}: ${what} cannot cross to the kernel`, path);
  }
}

function encodeNumber(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) {
    return value;
  }
  const text = Number.isNaN(value) ? "nan" : value === 0 ? "-0" : value > 0 ? "inf" : "-inf";
  return { $: "num", v: text };
}

/** The name of the built-in kind of an object, whichever realm it comes from. */
function nameOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
