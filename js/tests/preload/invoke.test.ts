// Calls and messages of a preload to the kernel.

import { afterEach, describe, expect, test, vi } from "vitest";
import { pause, start } from "../support/document.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("invoke", () => {
  test("gives the kernel's answer", async () => {
    const { ipcRenderer } = start({ add: (a: number, b: number) => a + b });
    expect(await ipcRenderer.invoke("add", 1, 2)).toBe(3);
  });

  test("before the channel is open waits for it, in order with sends", async () => {
    let open: (value?: unknown) => void = () => undefined;
    const { kernel, ipcRenderer } = start({ add: (a: number) => a + 1 }, new Promise((resolve) => (open = resolve)));
    ipcRenderer.send("first", 1);
    const answer = ipcRenderer.invoke("add", 2);
    await pause();
    expect(kernel.posted).toStrictEqual([]);
    open();
    expect(await answer).toBe(3);
    expect(kernel.frames.map((frame) => frame.op)).toStrictEqual(["hello", "send", "invoke"]);
    expect(kernel.posted[0]?.slice(16)).toBe('h{"protocol":1,"first":false}');
  });

  test("rejects with the name, code, data and path that the kernel says", async () => {
    const { kernel, ipcRenderer } = start();
    const answer = ipcRenderer.invoke("quote", "X");
    const { id } = await kernel.next("invoke");
    const error = { code: "bad-arguments", message: "expected str", name: "BadArguments", data: [1], path: "args[0]" };
    kernel.push({ op: "error", id, error });
    await expect(answer).rejects.toMatchObject(error);
    await expect(answer).rejects.toBeInstanceOf(Error);
  });

  test("rejects what cannot cross, naming its path, and sends nothing", async () => {
    const { kernel, ipcRenderer } = start();
    await expect(ipcRenderer.invoke("quote", { rows: [() => 1] })).rejects.toMatchObject({
      code: "unserializable",
      path: "args[0].rows[0]",
    });
    await pause();
    expect(kernel.all("invoke")).toStrictEqual([]);
  });

  test("calls of one task go in one batch, in order", async () => {
    const { kernel, ipcRenderer } = start({ echo: (n: number) => n });
    await kernel.next("hello");
    const posted = kernel.posted.length;
    const answers = Array.from({ length: 50 }, (_, n) => ipcRenderer.invoke("echo", n));
    expect(await Promise.all(answers)).toStrictEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(kernel.posted.length - posted).toBe(1);
    expect(kernel.all("invoke").map((frame) => frame.args[0])).toStrictEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  test("an answer whose value cannot be had fails that call alone", async () => {
    const { kernel, ipcRenderer } = start({ add: (a: number) => a });
    const answer = ipcRenderer.invoke("odd");
    const { id } = await kernel.next("invoke");
    kernel.push({ op: "result", id, value: { $: "nope" } });
    await expect(answer).rejects.toMatchObject({ code: "peer" });
    expect(await ipcRenderer.invoke("add", 5)).toBe(5);
  });

  test("null is the answer of a function that returns nothing", async () => {
    const { kernel, ipcRenderer } = start();
    const answer = ipcRenderer.invoke("nothing");
    const { id } = await kernel.next("invoke");
    kernel.push({ op: "result", id });
    expect(await answer).toBeNull();
  });

  test.each(["", 5, undefined])("refuses the channel %j", async (channel) => {
    const { ipcRenderer } = start();
    await expect(ipcRenderer.invoke(channel as string)).rejects.toBeInstanceOf(TypeError);
  });
});

describe("binary values", () => {
  const big = new Float64Array(300_000).map((_, index) => index / 3);

  test("come in pieces, and arrive whole", async () => {
    const { kernel, ipcRenderer } = start({ echo: (value: unknown) => value });
    const answer = await ipcRenderer.invoke("echo", { big, small: new Uint8Array([1]) });
    expect(answer).toStrictEqual({ big, small: new Uint8Array([1]) });
    expect(kernel.posted.filter((text) => text.charAt(16) === "p").length).toBeGreaterThan(3);
    expect(Math.max(...kernel.posted.map((text) => text.length))).toBeLessThanOrEqual(768 * 1024 + 17);
  });

  test("are fetched beside the channel, and what comes later waits for them", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const seen: unknown[] = [];
    ipcRenderer.on("data", (_event, value) => seen.push(value));
    kernel.bulkFrom = 1000;
    kernel.send("data", "before");
    kernel.send("data", big);
    kernel.send("data", "after");
    kernel.send("data", big.slice(0, 500));
    kernel.send("data", "last");
    expect(seen).toStrictEqual(["before"]);
    await vi.waitFor(() => expect(seen).toHaveLength(5));
    expect(seen).toStrictEqual(["before", big, "after", big.slice(0, 500), "last"]);
    expect(kernel.bulk.size).toBe(0);
  });

  test("that cannot be fetched break the link, loudly", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    kernel.bulkFrom = 1;
    const pending = ipcRenderer.invoke("never");
    await kernel.next("invoke");
    kernel.session.push({ op: "send", channel: "data", args: [{ $: "buf", i: 0, t: "Uint8Array" }], buffers: 1 }, [
      new Uint8Array(4),
    ]);
    kernel.flush();
    kernel.bulk.clear();
    await expect(pending).rejects.toThrow("no buffer");
    expect(told).toHaveBeenCalledOnce();
    await expect(ipcRenderer.invoke("later")).rejects.toThrow("no buffer");
  });
});

describe("send", () => {
  test("arrives with its values", async () => {
    const { kernel, ipcRenderer } = start();
    ipcRenderer.send("log", "text", new Uint8Array([7]), Number.NaN);
    const { channel, args, buffers, bytes } = await kernel.next("send");
    expect(channel).toBe("log");
    expect(args).toStrictEqual(["text", { $: "buf", i: 0, t: "Uint8Array" }, { $: "num", v: "nan" }]);
    expect([buffers, bytes]).toStrictEqual([1, [new Uint8Array([7])]]);
  });

  test("throws here and now for what cannot cross", () => {
    const { ipcRenderer } = start();
    expect(() => ipcRenderer.send("log", [Symbol("s")])).toThrow(expect.objectContaining({ path: "args[0][0]" }));
  });

  test("takes its values as they are now", async () => {
    const { kernel, ipcRenderer } = start();
    const value = { n: 1, bytes: new Uint8Array([1]) };
    ipcRenderer.send("log", value);
    value.n = 2;
    value.bytes[0] = 2;
    const { args, bytes } = await kernel.next("send");
    expect(args[0]).toMatchObject({ n: 1 });
    expect(bytes[0]).toStrictEqual(new Uint8Array([1]));
  });

  test("of more bytes than a message may have is refused", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    const big = new Uint8Array(161 * 1024 * 1024);
    expect(() => ipcRenderer.send("log", big)).toThrow(expect.objectContaining({ code: "too-large" }));
  });

  test("is bounded: a kernel that does not take its messages makes the sender fail, not the memory", async () => {
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    kernel.acknowledges = false;
    const megabytes = new Uint8Array(8 * 1024 * 1024);
    const flood = async () => {
      for (let count = 0; count < 12; count++) {
        ipcRenderer.send("log", megabytes);
        await pause(0);
      }
    };
    await expect(flood()).rejects.toMatchObject({ code: "overflow" });
  });
});
