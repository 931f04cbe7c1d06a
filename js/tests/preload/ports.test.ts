// Ports of the web whose other end is beyond this document.

import { afterEach, describe, expect, test, vi } from "vitest";
import { pause, start } from "../support/document.ts";
import type { TestKernel } from "../support/kernel.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What arrives at a port, and whether it was closed. */
function listen(port: MessagePort) {
  const heard = { data: [] as unknown[], ports: [] as MessagePort[], closed: false };
  port.addEventListener("message", (event) => {
    heard.data.push(event.data);
    heard.ports.push(...event.ports);
  });
  port.addEventListener("close", () => {
    heard.closed = true;
  });
  port.start();
  return heard;
}

/** A document that has sent one end of a channel to the kernel; the other end. */
async function sent() {
  const { kernel, ipcRenderer } = start();
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage("port", null, [port2]);
  await kernel.next("send");
  return { kernel, ipcRenderer, port: port1 };
}

/** A document that was given an end of a channel by the kernel. */
async function given() {
  const { kernel, ipcRenderer } = start();
  let port: MessagePort | undefined;
  ipcRenderer.on("port", (event) => {
    [port] = event.ports;
  });
  await kernel.next("hello");
  kernel.push({ op: "send", channel: "port", args: [], ports: [2] });
  return { kernel, ipcRenderer, port: port as unknown as MessagePort };
}

const values = (kernel: TestKernel) => kernel.all("port").map(({ value }) => value);

describe("a port that is sent to the kernel", () => {
  test("has a number; what was and is posted to its other end follows, in order", async () => {
    const { kernel, ipcRenderer } = start();
    const { port1, port2 } = new MessageChannel();
    port1.postMessage("early");
    ipcRenderer.postMessage("port", { a: new Date(0) }, [port2]);
    const frame = await kernel.next("send");
    expect(frame).toMatchObject({ channel: "port", args: [{ a: { $: "date", v: 0 } }], ports: [1] });
    for (let n = 0; n < 20; n++) {
      port1.postMessage(n);
    }
    await kernel.next("port", 21);
    expect(values(kernel)).toStrictEqual(["early", ...Array(20).keys()]);
    expect(kernel.all("port").every(({ port }) => port === 1)).toBe(true);
  });

  test("brings what the kernel posts, in order, with its binary data", async () => {
    const { kernel, port } = await sent();
    const heard = listen(port);
    kernel.push({ op: "port", port: 1, value: "a" });
    kernel.push({ op: "port", port: 1, value: { $: "buf", i: 0, t: "Uint8Array" }, buffers: 1 }, [
      new Uint8Array([1, 2]),
    ]);
    await vi.waitFor(() => expect(heard.data).toStrictEqual(["a", new Uint8Array([1, 2])]));
  });

  test("is neutered: sending it again is refused, and nothing else is lost by that", async () => {
    const { kernel, ipcRenderer } = start();
    const [first, second] = [new MessageChannel(), new MessageChannel()];
    ipcRenderer.postMessage("port", null, [first.port2]);
    expect(() => ipcRenderer.postMessage("port", null, [second.port2, first.port2])).toThrow();
    ipcRenderer.postMessage("port", null, [second.port2]);
    await kernel.next("send", 2);
    expect(kernel.all("send").map(({ ports }) => ports)).toStrictEqual([[1], [3]]);
  });

  test.each([
    ["no array", "port", "Invalid value for transfer"],
    ["no port", [{}], "Port at index 0 is not a valid port"],
    ["nothing", [undefined], "Port at index 0 is not a valid port"],
  ])("%s is refused", (_what, transfer, message) => {
    const { ipcRenderer } = start();
    expect(() => ipcRenderer.postMessage("port", null, transfer as MessagePort[])).toThrow(message);
  });

  test("the same port twice is refused, and stays as it was", async () => {
    const { ipcRenderer, kernel } = start();
    const { port1 } = new MessageChannel();
    expect(() => ipcRenderer.postMessage("port", null, [port1, port1])).toThrow("duplicate");
    ipcRenderer.postMessage("port", null, [port1]);
    expect((await kernel.next("send")).ports).toStrictEqual([1]);
  });

  test("a value that cannot cross leaves the port as it was", async () => {
    const { ipcRenderer, kernel } = start();
    const { port1 } = new MessageChannel();
    expect(() => ipcRenderer.postMessage("port", () => 1, [port1])).toThrow("args[0]");
    ipcRenderer.postMessage("port", null, [port1]);
    expect((await kernel.next("send")).ports).toStrictEqual([1]);
  });

  test("is closed with the kernel", async () => {
    const { kernel, port } = await sent();
    const heard = listen(port);
    kernel.kill();
    await vi.waitFor(() => expect(heard.closed).toBe(true));
  });
});

describe("a port of the kernel's", () => {
  test("arrives with its message, and what came before anybody started it waits", async () => {
    const { kernel, port } = await given();
    kernel.push({ op: "port", port: 2, value: 1 });
    kernel.push({ op: "port", port: 2, value: 2 });
    await pause();
    const heard = listen(port);
    await vi.waitFor(() => expect(heard.data).toStrictEqual([1, 2]));
    port.postMessage("back");
    expect(await kernel.next("port")).toMatchObject({ port: 2, value: "back" });
  });

  test("is closed at once when nobody listens", async () => {
    const { kernel } = start();
    await kernel.next("hello");
    kernel.push({ op: "send", channel: "unheard", args: [], ports: [2] });
    expect(await kernel.next("port-close")).toMatchObject({ port: 2 });
  });

  test("that is none ends the link", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { kernel, ipcRenderer } = start();
    await kernel.next("hello");
    kernel.push({ op: "send", channel: "port", args: [], ports: [1] });
    expect(() => ipcRenderer.send("x")).toThrow("no new port");
    expect(told).toHaveBeenCalled();
  });
});

describe("the end of a channel", () => {
  test("that the page closes is told after what it had posted", async () => {
    const { kernel, port } = await sent();
    port.postMessage(1);
    port.close();
    await kernel.next("port-close");
    expect(kernel.frames.slice(-2)).toMatchObject([
      { op: "port", value: 1 },
      { op: "port-close", port: 1 },
    ]);
  });

  test("that the kernel closes is heard after what it had posted", async () => {
    const { kernel, port } = await sent();
    kernel.push({ op: "port", port: 1, value: 1 });
    kernel.push({ op: "port-close", port: 1 });
    kernel.push({ op: "port", port: 1, value: "too late" });
    const heard = listen(port);
    await vi.waitFor(() => expect(heard.closed).toBe(true));
    expect(heard.data).toStrictEqual([1]);
    expect(kernel.all("port-close")).toStrictEqual([]);
  });
});

describe("ports over ports", () => {
  test("go both ways", async () => {
    const { kernel, port } = await sent();
    const heard = listen(port);
    const { port1, port2 } = new MessageChannel();
    port.postMessage("take it", [port2]);
    expect(await kernel.next("port")).toMatchObject({ port: 1, value: "take it", ports: [3] });
    port1.postMessage("through");
    expect(await kernel.next("port", 2)).toMatchObject({ port: 3, value: "through" });
    kernel.push({ op: "port", port: 3, value: "and one of yours", ports: [2] });
    const inner = listen(port1);
    await vi.waitFor(() => expect(inner.ports).toHaveLength(1));
    inner.ports[0]?.postMessage("hello");
    expect(await kernel.next("port", 3)).toMatchObject({ port: 2, value: "hello" });
    expect(heard.closed).toBe(false);
  });
});

describe("credit", () => {
  test("holds back what is too far ahead; it waits here, in order, and its ports with it", async () => {
    const { kernel, ipcRenderer, port } = await sent();
    const { port2 } = new MessageChannel();
    for (let n = 0; n < 100; n++) {
      port.postMessage(n, n === 99 ? [port2] : []);
    }
    port.close();
    await kernel.next("port", 64);
    ipcRenderer.postMessage("other", null, [new MessageChannel().port1]);
    expect((await kernel.next("send", 2)).ports).toStrictEqual([3]);
    await pause(20);
    expect(kernel.all("port")).toHaveLength(64);
    kernel.push({ op: "port-credit", port: 1, count: 16 });
    await kernel.next("port", 80);
    kernel.push({ op: "port-credit", port: 1, count: 64 });
    await kernel.next("port-close");
    expect(values(kernel)).toStrictEqual([...Array(100).keys()]);
    expect(kernel.all("port")[99]?.ports).toStrictEqual([5]);
  });

  test("counts what is large", async () => {
    const { kernel, port } = await sent();
    for (let n = 0; n < 5; n++) {
      port.postMessage("x".repeat(150_000));
    }
    await kernel.next("port", 2);
    await pause(20);
    expect(kernel.all("port")).toHaveLength(2);
    kernel.push({ op: "port-credit", port: 1, count: 2 });
    await kernel.next("port", 4);
  });
});

test("a message that cannot cross is told, and the port goes on", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { kernel, port } = await sent();
  port.postMessage(new Blob(["x"]));
  port.postMessage("after");
  expect((await kernel.next("port")).value).toBe("after");
  expect(told).toHaveBeenCalledOnce();
});

test("a message of the kernel's that cannot be read is told, and the port goes on", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { kernel, port } = await sent();
  const heard = listen(port);
  kernel.push({ op: "port", port: 1, value: { $: "buf", i: 7, t: "Uint8Array" } });
  kernel.push({ op: "port", port: 1, value: "after" });
  await vi.waitFor(() => expect(heard.data).toStrictEqual(["after"]));
  expect(told).toHaveBeenCalledOnce();
});
