// Functions, promises, errors and signals across the bridge, both ways.

import { describe, expect, test } from "vitest";
import { pause } from "../support/document.ts";
import { TestWindow } from "../support/worlds.ts";

function exposed(api: string): TestWindow {
  const window = new TestWindow();
  window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("api", ${api})`);
  return window;
}

describe("a function", () => {
  test("is called with copies and gives a copy", () => {
    const window = exposed(
      "({ both: (a, b) => ({ isArray: Array.isArray(a), sum: a.length + b.n, ok: a instanceof Array }) })",
    );
    expect(window.page("JSON.stringify(api.both([1, 2], { n: 3 }))")).toBe('{"isArray":true,"sum":5,"ok":true}');
  });

  test("of the page is called by the preload, however deep the two call each other", () => {
    const window = exposed("({ down: (n, up) => n === 0 ? ['bottom'] : up(n - 1) })");
    expect(window.page("const up = (n) => ['up', ...api.down(n, up)]; api.down(5, up).join()")).toBe(
      "up,up,up,up,up,bottom",
    );
  });

  test("sent home is the original", () => {
    const window = exposed(
      "({ keep: (f) => { globalThis.kept = f; }, give: () => kept, same: (f) => f === own, own: globalThis.own = () => 1 })",
    );
    expect(window.page("const mine = () => 2; api.keep(mine); [api.give() === mine, api.same(api.own)].join()")).toBe(
      "true,true",
    );
  });

  test("arrives as the same function each time, so that off(callback) finds it", () => {
    const window = exposed("({ on: (f) => { globalThis.on = f; }, off: (f) => f === on })");
    expect(window.page("const mine = () => 1; api.on(mine); [api.off(mine), api.off(() => 1)].join()")).toBe(
      "true,false",
    );
    expect(window.page("api.on === api.on")).toBe(true);
  });

  test("loses its properties, its prototype and what makes it a class", () => {
    const window = exposed(
      "({ Kind: Object.assign(class Kind {}, { extra: 1 }), plain: Object.assign(() => 1, { extra: 1 }) })",
    );
    expect(window.page("[api.Kind.prototype, api.Kind.extra, api.plain.extra].join()")).toBe(",,");
    expect(() => window.page("new api.plain()")).toThrow("not a constructor");
  });

  test("keeps working when the page changes Function.prototype", () => {
    const window = exposed("({ add: (a, b) => a + b })");
    window.page(
      "for (const m of ['call', 'apply', 'bind']) Function.prototype[m] = () => { throw new Error('patched'); }",
    );
    expect(window.page("api.add(1, 2)")).toBe(3);
  });

  test("is not given the page's `this`", () => {
    const window = exposed("({ who() { return this === undefined || this === globalThis; } })");
    expect(window.page("api.who.call({ leak: 1 })")).toBe(true);
  });
});

describe("a promise", () => {
  test("settles with a copy, also when nested, both ways", async () => {
    const window = exposed(`({
      soon: () => Promise.resolve({ inner: Promise.resolve([1]) }),
      twice: async (promise) => (await promise).n * 2,
    })`);
    expect(
      await window.page("api.soon().then(async (v) => v instanceof Object && (await v.inner) instanceof Array)"),
    ).toBe(true);
    expect(await window.page("api.twice(new Promise((r) => setTimeout(r, 1, { n: 4 })))")).toBe(8);
  });

  test("rejects with an Error of the receiving world, whatever it was rejected with", async () => {
    const window = exposed(`({
      error: () => Promise.reject(new RangeError("far")), text: () => Promise.reject("text"),
      odd: () => Promise.resolve(new WeakMap()), late: () => new Promise((_, no) => setTimeout(no, 1, { not: "an error" })),
    })`);
    const said = (call: string) =>
      window.page(
        `api.${call}().then(() => "settled", (e) => [e instanceof Error, e.constructor.name, e.message].join())`,
      );
    expect(await said("error")).toBe("true,RangeError,far");
    expect(await said("text")).toBe("true,Error,text");
    expect(await said("odd")).toBe("true,Error,An object could not be cloned.");
    expect(await said("late")).toContain("true,Error,");
  });

  test("is not seen by a page that changed Promise", async () => {
    const window = exposed("({ secret: () => Promise.resolve('s3cret') })");
    window.page(`
      globalThis.caught = [];
      const real = Promise.prototype.then;
      globalThis.RealThen = real;
      Promise.prototype.then = function (...args) { caught.push("then"); return Reflect.apply(real, this, args); };
      Promise.resolve = (v) => { caught.push(v); };
      globalThis.Promise = class { constructor() { caught.push("constructed"); } };
    `);
    window.page("Reflect.apply(RealThen, api.secret(), [(value) => { globalThis.got = value; }])");
    await pause();
    expect(window.page("got")).toBe("s3cret");
    expect(window.page("caught.join()")).toBe("");
  });
});

describe("an error", () => {
  test("thrown by the preload is one of the page, with its name, message and details", () => {
    const window = exposed(`({ fail: () => {
      throw Object.assign(new TypeError("wrong"), { code: "E_WRONG", data: { at: [1] }, path: "args[0]", cause: new Error("why") });
    } })`);
    expect(
      window.page(`try { api.fail(); } catch (e) { JSON.stringify([
        e instanceof TypeError, e.message, e.code, e.data, e.path, e.cause instanceof Error && e.cause.message,
        Object.getPrototypeOf(e.data) === Object.prototype,
      ]) }`),
    ).toBe('[true,"wrong","E_WRONG",{"at":[1]},"args[0]","why",true]');
  });

  test("of a name of its own keeps it, also at the head of its stack", () => {
    const window = exposed("({ fail: () => { throw Object.assign(new Error('no'), { name: 'ValueError' }); } })");
    expect(
      window.page(
        "try { api.fail(); } catch (e) { [e.name, String(e), e.stack.split('\\n')[0], e instanceof Error].join() }",
      ),
    ).toBe("ValueError,ValueError: no,ValueError: no,true");
  });

  test.each([
    ["a string", "throw 'text'", "text"],
    ["an object", "throw { leak: 1 }", "an object that is no Error was thrown"],
    ["undefined", "throw undefined", "undefined"],
    ["a function", "throw () => 1", "a function was thrown"],
    [
      "an error whose message throws",
      "throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } })",
      "an error that could not be copied was thrown",
    ],
  ])("is what a page gets when %s is thrown", (_what, body, message) => {
    const window = exposed(`({ fail: () => { ${body}; } })`);
    expect(window.page("try { api.fail(); } catch (e) { [e instanceof Error, e.message].join() }")).toBe(
      `true,${message}`,
    );
  });

  test("is what a page gets for an argument or a result that cannot cross", () => {
    const window = exposed(
      "({ take: () => 1, give: () => new WeakMap(), get: () => ({ get a() { throw new Error('in it'); } }) })",
    );
    const said = (call: string) => window.page(`try { ${call}; } catch (e) { [e instanceof Error, e.message].join() }`);
    expect(said("api.take(new WeakSet())")).toBe("true,An object could not be cloned.");
    expect(said("api.take({ get a() { throw new RangeError('mine'); } })")).toBe("true,mine");
    expect(said("api.give()")).toBe("true,An object could not be cloned.");
    expect(said("api.get()")).toBe("true,in it");
  });

  test("of the page's callback reaches the preload as one of its own", () => {
    const window = exposed(
      "({ run: (f) => { try { f(); } catch (e) { return [e instanceof TypeError, e.message]; } } })",
    );
    expect(window.page("api.run(() => { throw new TypeError('mine'); }).join()")).toBe("true,mine");
  });

  test("keeps a cycle through its details", () => {
    const window = exposed("({ fail: () => { const e = new Error('round'); e.self = e; throw e; } })");
    expect(window.page("try { api.fail(); } catch (e) { e.self === e }")).toBe(true);
  });
});

describe("an abort signal", () => {
  const api =
    "({ watch: (signal) => { globalThis.signal = signal; signal.addEventListener('abort', () => { globalThis.why = signal.reason; }); return signal.aborted; }, same: (s) => s === signal })";

  test("aborts on the other side, with its reason as an Error there", () => {
    const window = exposed(api);
    window.page("globalThis.controller = new AbortController(); api.watch(controller.signal)");
    expect(window.isolated("[signal instanceof AbortSignal, signal.aborted].join()")).toBe("true,false");
    expect(window.page("api.same(controller.signal)")).toBe(true);
    window.page("controller.abort(new RangeError('enough'))");
    expect(window.isolated("[signal.aborted, why instanceof RangeError, why.message].join()")).toBe("true,true,enough");
  });

  test("that was aborted before arrives aborted", () => {
    const window = exposed(api);
    expect(window.page("const c = new AbortController(); c.abort(); api.watch(c.signal)")).toBe(true);
    expect(window.isolated("signal.reason instanceof Error")).toBe(true);
  });

  test("is watched once, however often it crosses", () => {
    const window = exposed(api);
    window.page(
      "globalThis.controller = new AbortController(); for (let n = 0; n < 5; n++) api.watch(controller.signal)",
    );
    window.isolated("globalThis.count = 0; signal.addEventListener('abort', () => count++)");
    window.page("controller.abort()");
    expect(window.isolated("count")).toBe(1);
  });
});

test("what one world does not answer is an Error in the other, not silence", async () => {
  const window = exposed("({ fine: () => 1 })");
  window.page("api.fine()");
  await pause(0);
  expect(window.uncaught).toStrictEqual([]);
});
