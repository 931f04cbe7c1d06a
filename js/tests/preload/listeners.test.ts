// Listeners of a preload, by Electron's rules.

import { afterEach, describe, expect, test, vi } from "vitest";
import { start } from "../support/document.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("listeners", () => {
  test("get an event and the message's values, in the order they were added", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const seen: unknown[] = [];
    ipcRenderer.on("tick", (event, ...args) => seen.push(["first", event.sender === ipcRenderer, ...args]));
    ipcRenderer.addListener("tick", (event, ...args) => seen.push(["second", event.missed, ...args]));
    kernel.push({ op: "send", channel: "tick", args: [1, { $: "undef" }], missed: 4 });
    kernel.send("other");
    expect(seen).toStrictEqual([
      ["first", true, 1, undefined],
      ["second", 4, 1, undefined],
    ]);
  });

  test("go by their disposer, by off and by removeAllListeners", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const [a, b, c, d] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const dispose = ipcRenderer.on("tick", a);
    ipcRenderer.on("tick", b);
    ipcRenderer.on("tick", c);
    ipcRenderer.on("tock", d);
    dispose();
    dispose();
    ipcRenderer.off("tick", b);
    ipcRenderer.removeListener("tick", () => undefined);
    kernel.send("tick");
    expect([a, b, c].map((fn) => fn.mock.calls.length)).toStrictEqual([0, 0, 1]);
    ipcRenderer.removeAllListeners("tick");
    kernel.send("tick");
    kernel.send("tock");
    expect([c, d].map((fn) => fn.mock.calls.length)).toStrictEqual([1, 1]);
    ipcRenderer.removeAllListeners();
    kernel.send("tock");
    expect(d).toHaveBeenCalledOnce();
  });

  test("once is once, also when it sends to itself", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const seen: unknown[] = [];
    ipcRenderer.once("tick", (_event, n) => {
      seen.push(n);
      kernel.send("tick", n + 1);
    });
    kernel.send("tick", 1);
    kernel.send("tick", 5);
    expect(seen).toStrictEqual([1]);
  });

  test("one that throws is reported, and the next still runs", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const after = vi.fn();
    ipcRenderer.on("tick", () => {
      throw new Error("in a listener");
    });
    ipcRenderer.on("tick", after);
    kernel.send("tick");
    expect(after).toHaveBeenCalledOnce();
    expect(told).toHaveBeenCalledWith(
      expect.stringContaining("'tick'"),
      expect.objectContaining({ message: "in a listener" }),
    );
  });

  test("may be on a channel of any name", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const seen: string[] = [];
    for (const name of ["error", "__proto__", "constructor", "toString"]) {
      ipcRenderer.on(name, () => seen.push(name));
      kernel.send(name);
    }
    expect(seen).toStrictEqual(["error", "__proto__", "constructor", "toString"]);
  });

  test("that are no functions are refused", () => {
    const { ipcRenderer } = start();
    expect(() => ipcRenderer.on("tick", 5 as never)).toThrow(TypeError);
    expect(() => ipcRenderer.handle("tick", 5 as never)).toThrow(expect.objectContaining({ code: "usage" }));
  });
});
