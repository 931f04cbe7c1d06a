// Calls of the kernel to a preload.

import { describe, expect, test, vi } from "vitest";
import { pause, start } from "../support/document.ts";

describe("handle", () => {
  test("answers the kernel's calls", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    ipcRenderer.handle("selection", async (event, a, b) => ({ ok: event.sender === ipcRenderer, sum: a + b }));
    const id = kernel.invoke("selection", [1, 2]);
    expect(await kernel.next("result")).toMatchObject({ id, value: { ok: true, sum: 3 } });
  });

  test("what throws or cannot cross is a failure with its record", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    ipcRenderer.handle("throws", () => {
      throw Object.assign(new RangeError("too far"), { code: "E_FAR", data: { max: 1 } });
    });
    ipcRenderer.handle("function", () => ({ f: () => 1 }));
    kernel.invoke("throws");
    kernel.invoke("function");
    await kernel.next("error", 2);
    const record = { code: "E_FAR", message: "too far", name: "RangeError", data: { max: 1 } };
    expect(kernel.all("error").map((frame) => frame.error)).toStrictEqual([
      record,
      expect.objectContaining({ code: "unserializable", path: "result.f" }),
    ]);
  });

  test("without a handler, or when it was taken away, the kernel is told", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    kernel.invoke("selection");
    expect((await kernel.next("error")).error.code).toBe("no-handler");
    ipcRenderer.handle("selection", () => 1)();
    kernel.invoke("selection");
    ipcRenderer.handle("selection", () => 1);
    ipcRenderer.removeHandler("selection");
    kernel.invoke("selection");
    await kernel.next("error", 3);
    expect(kernel.all("result")).toStrictEqual([]);
  });

  test("a second handler is refused", () => {
    const { ipcRenderer } = start();
    ipcRenderer.handle("selection", () => 1);
    expect(() => ipcRenderer.handle("selection", () => 2)).toThrow("second handler for 'selection'");
  });

  test("a cancelled call sends nothing, and its handler is told", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    let signal: AbortSignal | undefined;
    ipcRenderer.handle("slow", async (event) => {
      signal = event.signal;
      await pause(10);
      return 1;
    });
    const id = kernel.invoke("slow");
    kernel.push({ op: "cancel", id, reason: "closed" });
    expect(signal?.aborted).toBe(true);
    await pause(30);
    expect([...kernel.all("result"), ...kernel.all("error")]).toStrictEqual([]);
  });

  test("an iterable answers a stream, as far as there is credit", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const closed = vi.fn();
    ipcRenderer.handle("rows", async function* () {
      try {
        yield* [1, 2, 3, 4];
      } finally {
        closed();
      }
    });
    const id = kernel.invoke("rows", [], { stream: true });
    await pause();
    expect(kernel.all("item")).toStrictEqual([]);
    kernel.push({ op: "credit", id, count: 3 });
    await kernel.next("item", 3);
    await pause();
    expect(kernel.all("item").map((frame) => frame.value)).toStrictEqual([1, 2, 3]);
    kernel.push({ op: "credit", id, count: 5 });
    await kernel.next("end");
    expect(kernel.all("item")).toHaveLength(4);
    expect(closed).toHaveBeenCalledOnce();
  });

  test("a cancelled stream is closed", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const closed = vi.fn();
    ipcRenderer.handle("rows", function* () {
      try {
        for (let n = 0; ; n++) {
          yield n;
        }
      } finally {
        closed();
      }
    });
    const id = kernel.invoke("rows", [], { stream: true });
    kernel.push({ op: "credit", id, count: 2 });
    await kernel.next("item", 2);
    kernel.push({ op: "cancel", id });
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(kernel.all("end")).toStrictEqual([]);
  });

  test("a stream that throws, and one of a handler that gives no iterable, fail", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    ipcRenderer.handle("rows", function* () {
      yield 1;
      throw new Error("broken");
    });
    ipcRenderer.handle("value", () => 5);
    const id = kernel.invoke("rows", [], { stream: true });
    kernel.push({ op: "credit", id, count: 9 });
    expect((await kernel.next("error")).error.message).toBe("broken");
    expect(kernel.all("item")).toHaveLength(1);
    kernel.invoke("value", [], { stream: true });
    expect((await kernel.next("error", 2)).error.message).toContain("no iterable");
  });
});
