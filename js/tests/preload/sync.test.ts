// Calls for which a document stands still.

import { describe, expect, test } from "vitest";
import { start } from "../support/document.ts";

async function opened(functions: Parameters<typeof start>[0]) {
  const started = start(functions);
  await started.kernel.next("hello");
  return started;
}

describe("sendSync", () => {
  test("gives the answer here and now, with its binary data", async () => {
    const { kernel, ipcRenderer } = await opened({ twice: (a: Uint8Array, when: Date) => [a.map((n) => 2 * n), when] });
    const answer = ipcRenderer.sendSync("twice", new Uint8Array([1, 2]), new Date(5));
    expect(answer).toStrictEqual([new Uint8Array([2, 4]), new Date(5)]);
    expect(kernel.all("invoke")).toHaveLength(1);
  });

  test("comes after what was sent before, also in the same task", async () => {
    const order: unknown[] = [];
    const { kernel, ipcRenderer } = await opened({ last: () => kernel.all("send").map(({ channel }) => channel) });
    ipcRenderer.send("one");
    ipcRenderer.send("two");
    order.push(ipcRenderer.sendSync("last"));
    expect(order).toStrictEqual([["one", "two"]]);
  });

  test("waits under an id of its own that nobody can guess, announced before it is asked for", async () => {
    const { kernel, ipcRenderer } = await opened({ f: () => 1 });
    ipcRenderer.sendSync("f");
    ipcRenderer.sendSync("f");
    expect(kernel.announced).toStrictEqual(kernel.asked);
    expect(new Set(kernel.asked).size).toBe(2);
    expect(kernel.asked.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(kernel.all("invoke").map(({ sync }) => sync)).toStrictEqual(kernel.asked);
  });

  test("throws the handler's error with its name and code", async () => {
    const { ipcRenderer } = await opened({
      f: () => {
        throw new RangeError("too far");
      },
    });
    const thrown = expect.objectContaining({ name: "RangeError", message: "too far", code: "handler-raised" });
    expect(() => ipcRenderer.sendSync("f")).toThrow(thrown);
  });

  test("tells the kernel when the deadline has passed", async () => {
    const { kernel, ipcRenderer } = await opened({});
    expect(() => ipcRenderer.sendSync("never")).toThrow(expect.objectContaining({ code: "deadline" }));
    const { id } = await kernel.next("invoke");
    expect(await kernel.next("cancel")).toMatchObject({ id, reason: "deadline" });
  });

  test.each([
    ["before the link is open", "usage", start({}, new Promise(() => undefined))],
    ["for a channel without a name", undefined, start({})],
  ])("is refused %s", (_what, code, { ipcRenderer }) => {
    expect(() => ipcRenderer.sendSync(code === undefined ? "" : "f")).toThrow();
  });

  test("refuses what cannot cross, and the link goes on", async () => {
    const { ipcRenderer } = await opened({ f: (n: number) => n });
    expect(() => ipcRenderer.sendSync("f", () => 1)).toThrow("args[0]");
    expect(ipcRenderer.sendSync("f", 1)).toBe(1);
  });

  test("is refused while it could not leave, since nothing moves then", async () => {
    const { kernel, ipcRenderer } = await opened({ f: () => 1 });
    kernel.acknowledges = false;
    ipcRenderer.send("flood", new Uint8Array(5_000_000));
    expect(() => ipcRenderer.sendSync("f")).toThrow(expect.objectContaining({ code: "overflow" }));
    expect(kernel.all("invoke")).toStrictEqual([]);
  });

  test("is refused once the kernel is gone", async () => {
    const { kernel, ipcRenderer } = await opened({ f: () => 1 });
    kernel.kill();
    expect(() => ipcRenderer.sendSync("f")).toThrow(expect.objectContaining({ code: "kernel-gone" }));
  });

  test("leaves other calls alone", async () => {
    const { ipcRenderer } = await opened({ f: (n: number) => n });
    const call = ipcRenderer.invoke("f", 1);
    expect(ipcRenderer.sendSync("f", 2)).toBe(2);
    expect(await call).toBe(1);
    expect(await ipcRenderer.invoke("f", 3)).toBe(3);
  });
});
