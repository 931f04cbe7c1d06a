// A page that changes every built-in it can reach learns nothing, and what was exposed still works.

import { describe, expect, test } from "vitest";
import { ATTACK, SEEN } from "../support/attack.ts";
import { pause } from "../support/document.ts";
import { TestWindow } from "../support/worlds.ts";

const API = `({
  add: (a, b) => a + b,
  echo: (v) => v,
  fail: () => { throw Object.assign(new RangeError("far"), { code: "E", data: { a: 1 } }); },
  soon: () => Promise.resolve({ secret: 1 }),
  later: (f) => { globalThis.kept = f; },
  watch: (signal) => { globalThis.watched = signal; },
  symbol: () => Symbol.for("x"), unique: () => Symbol("y"),
})`;

function attacked(): TestWindow {
  const window = new TestWindow();
  window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("api", ${API})`);
  window.page(`{ ${ATTACK} }`);
  return window;
}

const seen = (window: TestWindow): string => window.page(SEEN) as string;

describe("a page that changed its built-ins", () => {
  test("really hooks what it changed", () => {
    const window = attacked();
    window.page("[1].map((x) => x); ({}).k; ({}).op = 1; new Map().set(1, 2)");
    expect(seen(window)).toMatch(/Array.prototype.map .*get k .*set op .*new Map .*Map.prototype.set/);
  });

  test.each([
    ["a call", "api.add(1, 2) === 3"],
    ["a call with data", "api.echo({ a: [1, { b: 'x' }], n: null }).a[1].b === 'x'"],
    ["a call with a function", "(() => { const f = () => 7; api.later(f); return true; })()"],
    ["an error", "(() => { try { api.fail(); } catch (e) { return e.code === 'E' && e.data.a === 1; } })()"],
    ["a symbol", "typeof api.symbol() === 'symbol' && typeof api.unique() === 'symbol'"],
    ["a promise", "typeof api.soon() === 'object'"],
    [
      "a signal",
      "(() => { const c = new keep.Controller(); api.watch(keep.apply(keep.signal, c, [])); keep.apply(keep.abort, c, []); return true; })()",
    ],
  ])("sees nothing of %s, which works", async (_what, text) => {
    const window = attacked();
    expect(window.page(text)).toBe(true);
    await pause();
    expect(seen(window)).toBe("");
    expect(window.uncaught).toStrictEqual([]);
  });

  test("sees nothing of a call from the preload but its own callback's arguments", () => {
    const window = attacked();
    window.page("var got; api.later((v) => { got = v; })");
    window.isolated("kept({ n: [5] })");
    expect(window.page("got.n[0]")).toBe(5);
    expect(seen(window)).toBe("");
  });

  test("sees nothing of an API that is exposed after it came", () => {
    const window = attacked();
    window.isolated(
      "jupyterwin.contextBridge.exposeInMainWorld('late', { f: () => 1, list: [{}], e: new Error('x') })",
    );
    expect(window.page("late.f()")).toBe(1);
    expect(seen(window)).toBe("");
  });
});

describe("the bridge's node", () => {
  test("is not in window.event while the page's callback runs", () => {
    const window = new TestWindow();
    window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("api", ${API})`);
    window.page("api.later(() => typeof window.event)");
    expect(window.isolated("kept()")).toBe("undefined");
  });

  test("is handed over unheard, had anybody listened", () => {
    const beforePreload = "window.heard = []; window.addEventListener('jupyterwin:bridge', (e) => heard.push(e), true)";
    expect(new TestWindow({ kernel: [] }, {}, { beforePreload }).page("heard.length + typeof kernel")).toBe("0object");
  });

  test("is handed over once: the page hears nothing of it and cannot put another in its place", () => {
    const window = new TestWindow();
    window.page(`
      globalThis.heard = [];
      window.addEventListener("jupyterwin:bridge", (e) => heard.push(e.type), true);
      const host = document.createElementNS("", "div"); host.attachShadow();
      window.dispatchEvent(new MouseEvent("jupyterwin:bridge", { relatedTarget: host }));
    `);
    window.isolated(`jupyterwin.contextBridge.exposeInMainWorld("api", ${API})`);
    expect(window.page("[heard.length, api.add(1, 1)].join()")).toBe("1,2"); // it heard only itself
  });
});
