import { describe, expect, test } from "vitest";
import { Overflow, PeerError, recordOf, toError, toRecord, Unserializable } from "../../src/wire/errors.ts";

describe("an error of a record", () => {
  test("has its name, code, data and path, and begins its stack with them", () => {
    const error = toError({
      code: "handler-raised",
      message: "no",
      name: "ValueError",
      data: { a: 1 },
      path: "args[0]",
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "ValueError", message: "no", code: "handler-raised", data: { a: 1 } });
    expect(error).toHaveProperty("path", "args[0]");
    expect(String(error)).toBe("ValueError: no");
    expect(error.stack).toMatch(/^ValueError: no\n/);
  });

  test("is of the standard class of that name", () => {
    expect(toError({ code: "x", message: "m", name: "TypeError" })).toBeInstanceOf(TypeError);
    expect(toError({ code: "x", message: "m" }).constructor).toBe(Error);
  });

  test("names no traceback unless it was told one", () => {
    expect(toError({ code: "x", message: "m" })).not.toHaveProperty("traceback");
    expect(toError({ code: "x", message: "m", traceback: "line 1" })).toHaveProperty("traceback", "line 1");
  });
});

describe("a record of what was thrown", () => {
  test("leaves out what stands at its default", () => {
    expect(toRecord(new Error("m"))).toStrictEqual({ code: "handler-raised", message: "m" });
    expect(recordOf("a", "b")).toStrictEqual({ code: "a", message: "b" });
  });

  test("keeps name, code, path and plain data", () => {
    const error = Object.assign(new RangeError("m"), { code: "E", path: "args[1]", data: { n: [1] } });
    expect(toRecord(error)).toStrictEqual({
      code: "E",
      message: "m",
      name: "RangeError",
      data: { n: [1] },
      path: "args[1]",
    });
  });

  test("is made of anything, and never throws", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(toRecord(Object.assign(new Error("m"), { data: cyclic, code: 5 }))).toStrictEqual({
      code: "handler-raised",
      message: "m",
    });
    expect(toRecord("text").message).toContain("text");
    expect(toRecord(undefined).message).toContain("undefined");
    expect(toRecord(Object.create(null)).message).toContain("object");
    expect(toRecord(new Error("\ud800")).message).toBe("\ufffd");
  });
});

test("our own errors say their code and keep their names when minified", () => {
  expect(new PeerError("m")).toMatchObject({ code: "peer", name: "PeerError" });
  expect(new Overflow("m")).toMatchObject({ code: "overflow", name: "Overflow" });
  expect(new Unserializable("m", "p")).toMatchObject({ code: "unserializable", name: "Unserializable", path: "p" });
});
