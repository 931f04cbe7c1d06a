// The link of a document: how it ends, what it refuses, when it acknowledges.

import { afterEach, describe, expect, test, vi } from "vitest";
import { start } from "../support/document.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the end of the kernel", () => {
  test("ends every call, those under way and those made later, at once", async () => {
    const { kernel, ipcRenderer } = start();
    const pending = [ipcRenderer.invoke("never"), ipcRenderer.invoke("never")];
    await kernel.next("invoke", 2);
    kernel.kill();
    for (const call of [...pending, ipcRenderer.invoke("later")]) {
      await expect(call).rejects.toMatchObject({ code: "kernel-gone", name: "KernelGone" });
    }
    expect(() => ipcRenderer.send("later")).toThrow(expect.objectContaining({ code: "kernel-gone" }));
  });

  test("aborts the handlers that still run for it", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const aborted = vi.fn();
    ipcRenderer.handle("slow", (event) => {
      event.signal.addEventListener("abort", aborted);
      return new Promise(() => undefined);
    });
    kernel.invoke("slow");
    kernel.kill();
    expect(aborted).toHaveBeenCalledOnce();
  });
});

describe("a peer that breaks the protocol", () => {
  test.each([
    ["a gap", '{"d":{"seq":7,"ack":0,"frames":[]}}'],
    ["a false acknowledgement", '{"d":{"seq":1,"ack":99}}'],
    ["no JSON", "{"],
    ["an unknown frame", '{"d":{"seq":1,"ack":0,"frames":[{"op":"eval"}]}}'],
    ["an answer to a call never made", '{"d":{"seq":1,"ack":0,"frames":[{"op":"result","id":9}]}}'],
  ])("by %s ends the link, loudly", async (_what, payload) => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { kernel, ipcRenderer } = start();
    const pending = ipcRenderer.invoke("never");
    await kernel.next("invoke");
    kernel.emit(`${kernel.nonce}f${payload}`);
    await expect(pending).rejects.toBeInstanceOf(Error);
    expect(told).toHaveBeenCalledOnce();
  });

  test("parcels of another document are dropped", async () => {
    const { kernel, ipcRenderer } = start({ add: (a: number) => a });
    await kernel.next("hello");
    kernel.emit("0123456789abcdef!");
    kernel.emit('0123456789abcdeff{"d":{"seq":7,"ack":0}}');
    expect(await ipcRenderer.invoke("add", 1)).toBe(1);
  });
});

test("what arrives is acknowledged: soon when idle, at once when it is much", async () => {
  const { kernel } = start();
  await kernel.next("hello");
  kernel.send("tick");
  expect(kernel.session.unacknowledged).toBeGreaterThan(0);
  await vi.waitFor(() => expect(kernel.session.unacknowledged).toBe(0), { timeout: 50, interval: 5 });
  const posted = kernel.posted.length;
  for (let count = 0; count < 64; count++) {
    kernel.send("tick");
  }
  expect(kernel.posted.length).toBe(posted + 1);
  expect(kernel.session.unacknowledged).toBe(0);
});

test("a document that was not first says so and exposes nothing", async () => {
  const { kernel, contextBridge } = start();
  expect(await kernel.next("hello")).toMatchObject({ protocol: 1, first: false });
  expect(() => contextBridge.exposeInMainWorld("api", {})).toThrow("did not run before the page");
});
