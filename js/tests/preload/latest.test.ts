// Messages of which only the newest matters: what still waits gives way, in order, and the other end is told how many did.

import { expect, test } from "vitest";
import { LATEST_AHEAD } from "../../src/wire/session.ts";
import { pause, start } from "../support/document.ts";

test("what one task sends so goes as its newest, which says how many gave way", async () => {
  const { kernel, ipcRenderer } = start();
  const latest = ipcRenderer.send.with({ policy: "latest" });
  for (let n = 1; n <= 1000; n++) {
    latest("price", n);
  }
  ipcRenderer.send("last");
  await kernel.next("send", 2);
  expect(kernel.all("send")).toMatchObject([
    { channel: "price", args: [1000], missed: 999 },
    { channel: "last", args: [] },
  ]);
});

test("a kernel that acknowledges nothing gets so many of a channel, and the newest when it goes on", async () => {
  const { kernel, ipcRenderer } = start();
  await kernel.next("hello");
  kernel.acknowledges = false;
  const sent = LATEST_AHEAD + 500;
  for (let n = 1; n <= sent; n++) {
    ipcRenderer.send.with({ policy: "latest" })("price", n);
    await Promise.resolve();
  }
  await pause();
  expect(kernel.all("send")).toHaveLength(LATEST_AHEAD);
  kernel.acknowledges = true;
  kernel.flush();
  const last = await kernel.next("send", LATEST_AHEAD + 1);
  expect(last).toMatchObject({ args: [sent], missed: 499 });
});

test("what is sent behind it sets it free: it waits for nothing then", async () => {
  const { kernel, ipcRenderer } = start();
  await kernel.next("hello");
  kernel.acknowledges = false;
  for (let n = 1; n <= LATEST_AHEAD + 3; n++) {
    ipcRenderer.send.with({ policy: "latest" })("price", n);
    await Promise.resolve();
  }
  ipcRenderer.send("after");
  await kernel.next("send", LATEST_AHEAD + 2);
  expect(kernel.all("send").slice(-2)).toMatchObject([
    { channel: "price", args: [LATEST_AHEAD + 3], missed: 2 },
    { channel: "after" },
  ]);
});

test("a policy that is none is refused here and now", () => {
  const { ipcRenderer } = start();
  expect(() => ipcRenderer.send.with({ policy: "newest" as "latest" })("x")).toThrow(/policy/);
});

test("a listener is told how many it missed", async () => {
  const { kernel, ipcRenderer } = start();
  await kernel.next("hello");
  const heard: unknown[] = [];
  ipcRenderer.on("price", ({ missed }, n) => heard.push([n, missed]));
  kernel.push({ op: "send", channel: "price", args: [7], missed: 3 });
  kernel.push({ op: "send", channel: "price", args: [8] });
  await pause();
  expect(heard).toStrictEqual([
    [7, 3],
    [8, 0],
  ]);
});
