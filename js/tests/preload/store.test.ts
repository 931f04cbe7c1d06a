// `kernel.store` and `kernel.progress` in a page, through the bridge: accessors, refusals, and what a page may not do.

import { describe, expect, test } from "vitest";
import { type Job, share } from "../../src/preload/progress.ts";
import { TestWindow } from "../support/worlds.ts";

type State = Record<string, readonly [number, unknown]>;

function open(): { window: TestWindow; state: State } {
  const state: State = { a: [1, 1], list: [1, [1, 2]] };
  const stores = [{ name: "", traits: ["a", "list"], state }];
  const window = new TestWindow(
    { kernel: [], stores },
    {
      "jw:store-follow": () => null,
      "jw:store-write": (_name: string, entries: [Record<string, unknown>, unknown][]) =>
        entries.map(([values]) => {
          if (values.a === "bad") {
            return [{ a: state.a }, Object.assign(new Error("no"), { code: "bad-arguments" })];
          }
          const version = Math.max(...Object.values(state).map(([number]) => number)) + 1;
          for (const [name, value] of Object.entries(values)) {
            state[name] = [version, value];
          }
          return [Object.fromEntries(Object.keys(values).map((name) => [name, state[name]])), null];
        }),
    },
  );
  return { window, state };
}

describe("kernel.store", () => {
  test("has the traits as accessors, from the first line on, and no more can be made", async () => {
    const { window, state } = open();
    expect(window.page("Object.keys(kernel.store).sort().join()")).toBe("a,list,on,set,subscribe,update");
    expect(window.page("[kernel.store.a, kernel.store.list.join(), Object.isFrozen(kernel.store)].join()")).toBe(
      "1,1,2,true",
    );
    expect(window.page("(kernel.store.a = 5, kernel.store.a)")).toBe(5);
    await window.page("kernel.store.set('list', [3])");
    expect(state).toStrictEqual({ a: [2, 5], list: [3, [3]] });
    expect(window.page("'use strict'; (() => { try { kernel.store.b = 1 } catch (e) { return e.name } })()")).toBe(
      "TypeError",
    );
    const given = "Object.getOwnPropertyDescriptor(kernel.store, 'a')";
    expect(window.page(`${given}.configurable`)).toBe(false);
  });

  test("takes back what is refused, and says so to who listens or awaits", async () => {
    const { window } = open();
    window.page(
      "seen = []; kernel.store.subscribe('a', (a) => seen.push(a)); kernel.store.on('error', (e) => seen.push(e.error.message))",
    );
    window.page("kernel.store.a = 'bad'");
    expect(
      await window.page("kernel.store.set({a: 'bad'}).then(() => 'taken', (e) => [e.name, e.code].join())"),
    ).toMatch(/,bad-arguments$/);
    expect(window.page("seen.join()")).toBe("1,bad,no,1");
    expect(window.page("kernel.store.a")).toBe(1);
  });

  test("refuses in its own line what cannot cross, and what is no function", () => {
    const { window } = open();
    const thrown = (line: string) => window.page(`(() => { try { ${line} } catch (e) { return e.message } })()`);
    expect(thrown("kernel.store.a = { deep: [() => 1] }")).toMatch(/a\.deep\[0\]/);
    expect(thrown("kernel.store.subscribe(1)")).toMatch(/a function is expected/);
    expect(thrown("kernel.store.subscribe('nothing', () => 1)")).toMatch(/there is no 'nothing'; there are: a, list/);
    expect(thrown("kernel.store.on('other', () => 1)")).toMatch(/'error' is the only event/);
    expect(window.page("kernel.store.a")).toBe(1);
  });

  test("hears what the kernel tells, also before the page's scripts listen", async () => {
    const { window } = open();
    await window.kernel.next("hello");
    window.kernel.send("jw:store", "", { a: [9, "news"] });
    window.kernel.send("jw:store", "", { a: [8, "old"] });
    await expect.poll(() => window.page("kernel.store.a")).toBe("news");
  });

  test("is not there where the window was given none", () => {
    expect(new TestWindow({ kernel: [] }).page("'store' in kernel")).toBe(false);
    expect(new TestWindow({ kernel: [] }).isolated("'store' in jupyterwin")).toBe(false);
    expect(open().window.isolated("jupyterwin.store.a")).toBe(1);
  });
});

test("how far all of it is", () => {
  const job = (done: number, total: number | null): Job => ({ id: 1, done, total, text: "" });
  expect(share([])).toBe(null);
  expect(share([job(3, null)])).toBe(null);
  expect(share([job(1, 4), job(3, null)])).toBe(0.25);
  expect(share([job(9, 4), job(0, 4)])).toBe(0.5);
});
