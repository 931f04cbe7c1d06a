// The value table, row by row, by the vectors that pytest reads too.

import { tableFromArrays } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import * as arrow from "../../src/arrow/table.ts";
import { PeerError, Unserializable } from "../../src/wire/errors.ts";
import { useTables } from "../../src/wire/tables.ts";
import { decode, encode } from "../../src/wire/values.ts";
import { bytes, type Vector, vectors } from "../support/shared.ts";

useTables(arrow);

const all = vectors();
const evaluated = (vector: Vector): unknown => new Function(`return (${vector.js});`)();
const evaluate = (vector: Vector): unknown =>
  vector.table ? tableFromArrays(evaluated(vector) as Record<string, unknown[]>) : evaluated(vector);
const buffersOf = (vector: Vector) => (vector.buffers ?? []).map(bytes);
/** As it would arrive: text and back. */
const onTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Where an error keeps its name is its own affair. */
function comparable(value: unknown): unknown {
  if (!(value instanceof Error)) {
    return value;
  }
  const { name, message, code, data, path } = value as Error & Record<string, unknown>;
  return { name, message, code, data, path, isTypeError: value instanceof TypeError };
}

type ArrowTable = ReturnType<typeof tableFromArrays>;

function columnsOf(table: ArrowTable): Record<string, unknown[]> {
  return Object.fromEntries(table.names.map((name) => [name, [...table.getChild(name)]]));
}

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (problem) {
    return problem;
  }
  return undefined;
}

describe("encodes", () => {
  const ours = all.filter((v) => v.js !== undefined && v.encoded !== undefined && v.direction !== "py→js");
  test.each(ours.map((v) => [v.name, v] as const))("%s", (_name, vector) => {
    const { value, buffers } = encode(evaluate(vector));
    expect(onTheWire(value)).toStrictEqual(vector.encoded);
    expect(buffers).toStrictEqual(buffersOf(vector));
  });
});

describe("decodes", () => {
  const ours = all.filter((v) => v.js !== undefined && v.encoded !== undefined && v.direction !== "js→py");
  test.each(ours.map((v) => [v.name, v] as const))("%s", (_name, vector) => {
    const decoded = decode(onTheWire(vector.encoded), buffersOf(vector));
    if (vector.shared) {
      expect(onTheWire(encode(decoded).value)).toStrictEqual(vector.encoded);
    }
    if (vector.table) {
      expect(columnsOf(decoded as ArrowTable)).toStrictEqual(evaluated(vector));
      return;
    }
    expect(comparable(decoded)).toStrictEqual(comparable(evaluate(vector)));
  });
});

describe("refuses to encode", () => {
  const ours = all.filter((v) => v.js !== undefined && v.refused !== undefined);
  test.each(ours.map((v) => [v.name, v] as const))("%s", (_name, vector) => {
    const problem = caught(() => encode(evaluate(vector)));
    expect(problem).toBeInstanceOf(Unserializable);
    expect((problem as Unserializable).path).toBe(vector.refused);
  });
});

describe("refuses to decode", () => {
  const ours = all.filter((v) => v.malformed);
  test.each(ours.map((v) => [v.name, v] as const))("%s", (_name, vector) => {
    expect(caught(() => decode(onTheWire(vector.encoded), buffersOf(vector)))).toBeInstanceOf(PeerError);
  });
});

test("every vector is of a kind that is tested here or meant for Python alone", () => {
  const known = all.filter((v) => v.encoded !== undefined || v.refused !== undefined);
  expect(known).toHaveLength(all.length);
  expect(new Set(all.map((v) => v.name)).size).toBe(all.length);
});
