// exposeInMainWorld: what appears on the page's window, and that nothing and nobody changes it.

import { describe, expect, test } from "vitest";
import { TestWindow } from "../support/worlds.ts";

/** A window whose preload exposed the value of this text as `api`. */
function exposed(api: string): TestWindow {
  const window = new TestWindow();
  window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("api", ${api})`);
  return window;
}

describe("what is exposed", () => {
  test("is there for the page's first script, with nothing else of ours", () => {
    const window = new TestWindow({ kernel: [] });
    const names = (of: TestWindow) => (of.page("Object.getOwnPropertyNames(globalThis).join()") as string).split(",");
    const bare = new Set(names(new TestWindow()));
    expect(names(window).filter((name) => !bare.has(name))).toStrictEqual(["kernel"]);
    expect(window.page("typeof jupyterwin + typeof jupyterwinBoot + typeof ipcRenderer + typeof QWebChannel")).toBe(
      "undefined".repeat(4),
    );
  });

  test("has the values of every kind, of the page's own classes", () => {
    const window = exposed(`({
      text: "a", number: -0, nan: NaN, yes: true, big: 2n ** 70n, none: null, missing: undefined,
      date: new Date(5), pattern: /a/gi, map: new Map([[1, { a: 2 }]]), set: new Set(["x"]),
      floats: new Float64Array([1.5, 2]), part: new Uint8Array([1, 2, 3]).subarray(1), bytes: new ArrayBuffer(2),
      list: [1, [2, { three: 3 }]], object: { "": 1, 7: 2, nested: { deep: [] } },
    })`);
    expect(
      window.page(`JSON.stringify([
        api.text, Object.is(api.number, -0), Number.isNaN(api.nan), api.yes, api.big === 2n ** 70n, api.none,
        "missing" in api && api.missing === undefined, api.date instanceof Date && +api.date,
        api.pattern instanceof RegExp && String(api.pattern), api.map instanceof Map && api.map.get(1).a,
        api.set instanceof Set && [...api.set], api.floats instanceof Float64Array && [...api.floats],
        api.part instanceof Uint8Array && [...api.part], api.bytes instanceof ArrayBuffer && api.bytes.byteLength,
        api.list instanceof Array && api.list, api.object,
      ])`),
    ).toBe(
      JSON.stringify([
        ...["a", true, true, true, true, null, true, 5, "/a/gi", 2, ["x"], [1.5, 2], [2, 3], 2],
        ...[[1, [2, { three: 3 }]], { "": 1, 7: 2, nested: { deep: [] } }],
      ]),
    );
  });

  test("keeps the order of its keys", () => {
    const window = exposed("({ z: 1, f: () => 1, a: new Error('e'), s: Symbol.iterator, b: 2 })");
    expect(window.page("Object.keys(api).join()")).toBe("z,f,a,s,b");
  });

  test("has no prototype of the preload anywhere", () => {
    const window = exposed(`({
      fn() {}, error: new TypeError("t"), promise: Promise.resolve({}), list: [{}], call: () => ({ inner: [] }),
      instance: new (class Own { a = 1; method() {} })(),
    })`);
    expect(
      window.page(`[
        Object.getPrototypeOf(api) === Object.prototype,
        Object.getPrototypeOf(api.fn) === Function.prototype,
        Object.getPrototypeOf(api.error) === TypeError.prototype,
        Object.getPrototypeOf(api.promise) === Promise.prototype,
        Object.getPrototypeOf(api.list) === Array.prototype && Object.getPrototypeOf(api.list[0]) === Object.prototype,
        Object.getPrototypeOf(api.call()) === Object.prototype && Array.isArray(api.call().inner),
        Object.getPrototypeOf(api.call().inner) === Array.prototype,
        Object.getPrototypeOf(api.instance) === Object.prototype && api.instance.method === undefined,
        api.fn.constructor === Function && api.constructor === Object,
      ].join()`),
    ).toBe(Array(9).fill("true").join());
  });

  test("is frozen through and through, and its property cannot be replaced or deleted", () => {
    const window = exposed(
      "({ fn: () => 1, list: [{ a: 1 }], object: { deep: { deeper: {} } }, n: new Uint8Array(1) })",
    );
    expect(
      window.page(`"use strict"; [
        Object.isFrozen(api), Object.isFrozen(api.fn), Object.isFrozen(api.list), Object.isFrozen(api.list[0]),
        Object.isFrozen(api.object.deep.deeper), !Object.isFrozen(api.n),
        ...[
          () => { globalThis.api = 1; }, () => { if (!Reflect.deleteProperty(globalThis, 'api')) throw new TypeError(); }, () => { api.extra = 1; },
          () => { api.fn = 1; }, () => { api.list.push(1); }, () => { Object.setPrototypeOf(api, null); },
          () => { Object.defineProperty(globalThis, "api", { value: 1 }); },
        ].map((attack) => { try { attack(); return "did it"; } catch (e) { return e instanceof TypeError; } }),
      ].join()`),
    ).toBe(Array(13).fill("true").join());
    expect(window.page("typeof api.fn")).toBe("function");
  });

  test("may be a function or a plain value", () => {
    const window = exposed("(a, b) => a + b");
    window.isolated("jupyterwin.contextBridge.exposeInMainWorld('version', 7)");
    expect(window.page("api(1, 2) + version")).toBe(10);
  });

  test("is a copy: neither world sees what the other does to it", () => {
    const window = exposed(
      "(globalThis.own = { list: [1], call: () => own.list, take: (value) => { value.push(9); return own; } })",
    );
    window.isolated("own.list.push(2); own.later = 1");
    expect(window.page("JSON.stringify([api.list, 'later' in api])")).toBe("[[1],false]");
    expect(window.page("api.call().push(3); JSON.stringify(api.call())")).toBe("[1,2]");
    expect(window.page("const mine = [1]; api.take(mine); mine.length")).toBe(1);
  });

  test("keeps shared parts and cycles", () => {
    const window = exposed(`(() => {
      const shared = { n: 1 }; const cycle = { shared, again: shared, list: [shared] }; cycle.self = cycle;
      const fn = () => 1; cycle.f = fn; cycle.g = fn; return cycle;
    })()`);
    expect(
      window.page("[api.self === api, api.shared === api.again, api.list[0] === api.shared, api.f === api.g].join()"),
    ).toBe("true,true,true,true");
  });

  test("keeps an own key __proto__ as data", () => {
    const window = exposed(`JSON.parse('{"__proto__": {"evil": 1}, "list": [{"__proto__": 5}]}')`);
    expect(
      window.page(`[
        api.evil, Object.getPrototypeOf(api) === Object.prototype, Object.hasOwn(api, "__proto__"), api.list[0].evil,
        Object.getOwnPropertyDescriptor(api.list[0], "__proto__").value,
      ].join()`),
    ).toBe(",true,true,,5");
  });

  test("has getters as the values they had, and only what is enumerable", () => {
    const window = exposed(`Object.defineProperty(
      { get now() { return { n: 1 }; } }, "hidden", { value: 1, enumerable: false },
    )`);
    expect(
      window.page("JSON.stringify([api.now.n, 'hidden' in api, Object.getOwnPropertyDescriptor(api, 'now').get])"),
    ).toBe("[1,false,null]");
  });

  test("has symbols, equal where they were equal, as values and as keys", () => {
    const window = exposed(`(() => {
      const own = Symbol("own");
      return {
        own, again: own, registered: Symbol.for("r"), known: Symbol.iterator,
        is: (s) => s === own, make: () => ({ [own]: 123, [Symbol.for("r")]: 4 }),
        [Symbol.toStringTag]: "Api",
      };
    })()`);
    expect(
      window.page(`[
        typeof api.own, api.own === api.again, api.own.description, api.is(api.own), api.is(Symbol("own")),
        api.registered === Symbol.for("r"), api.known === Symbol.iterator, api.make()[api.own],
        api.make()[Symbol.for("r")], Object.prototype.toString.call(api),
      ].join()`),
    ).toBe("symbol,true,own,true,false,true,true,123,4,[object Api]");
  });
});

describe("is refused", () => {
  test("over a property that the window has, its own or inherited", () => {
    const window = exposed("({ a: 1 })");
    for (const name of ["api", "Array", "toString", "document"]) {
      expect(() => window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("${name}", 5)`)).toThrow(
        "Cannot bind an API on top of an existing property on the window object",
      );
    }
    expect(window.page("api.a")).toBe(1);
  });

  test.each([
    ["what never can be copied", "({ w: new WeakMap() })", "could not be cloned"],
    ["the window itself", "globalThis.window", "could not be cloned"],
    ["a Map that holds a function", "new Map([[1, () => 1]])", "could not be cloned"],
    ["a getter that throws", "({ get a() { throw new RangeError('in the getter'); } })", "in the getter"],
    ["a name that is none", "1); jupyterwin.contextBridge.exposeInMainWorld('', 1", "a name is expected"],
  ])("%s", (_what, api, message) => {
    expect(() => exposed(api)).toThrow(message);
  });

  test("nesting deeper than 1000, and not nesting of 1000", () => {
    const nested = (levels: number) =>
      `(() => { let v = 1; for (let n = 0; n < ${levels}; n++) v = { v }; return v; })()`;
    expect(() => exposed(nested(1002))).toThrow("deeper than 1000");
    expect(exposed(nested(1000)).page("let n = 0; for (let v = api; typeof v === 'object'; v = v.v) n++; n")).toBe(
      1000,
    );
  });

  test("without a stub on the other side, which the kernel is told", async () => {
    const window = new TestWindow({ kernel: [] }, {}, { beforeStub: "window.addEventListener = () => {}" });
    expect(() => window.isolated("jupyterwin.contextBridge.exposeInMainWorld('api', 1)")).toThrow("did not run before");
    expect((await window.kernel.next("hello")).first).toBe(false);
    expect(window.page("typeof kernel")).toBe("undefined");
  });
});
