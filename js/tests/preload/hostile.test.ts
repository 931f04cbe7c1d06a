// Whatever parcels arrive, the document lives on, or its link ends once, with a refusal: nothing is thrown into the engine.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { start } from "../support/document.ts";
import { Hostile } from "../support/hostile.ts";

const told: unknown[][] = [];
const lost: unknown[] = [];
const lose = (problem: unknown) => lost.push(problem);

beforeEach(() => {
  told.length = lost.length = 0;
  vi.spyOn(console, "error").mockImplementation((...words) => told.push(words));
  process.on("unhandledRejection", lose);
});

afterEach(() => {
  process.off("unhandledRejection", lose);
  vi.restoreAllMocks();
});

test.each(Array.from({ length: 10 }, (_, seed) => [seed]))("a kernel that has gone wrong, of seed %i", async (seed) => {
  const hostile = new Hostile(seed, 400);
  let frames = 0;
  let heard = 0;
  while (frames < 2500) {
    const { kernel, ipcRenderer } = start();
    ipcRenderer.on("x", () => heard++);
    ipcRenderer.handle("call", (_event, ...args: unknown[]) => args);
    const pending = [ipcRenderer.invoke("never"), ipcRenderer.invoke("never")].map((call) =>
      call.catch((e: unknown) => e),
    );
    await kernel.next("hello");
    vi.spyOn(kernel.session, "receive").mockReturnValue([]); // it knows nothing of the frames that it is said to have sent
    const before = told.length;
    for (let seq = 1; seq < 200 && told.slice(before).every(([words]) => !broken(words)); ) {
      const payload = hostile.payload(seq, ["send", "send", "invoke", "invoke", "cancel", "credit", "port"]);
      kernel.emit(`${kernel.nonce}f${payload}`);
      const count = payload.split('"op":').length - 1;
      seq += count;
      frames += count;
    }
    kernel.kill();
    for (const outcome of await Promise.all(pending)) {
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^(peer|kernel-gone)$/) });
    }
  }
  expect(told.filter(([words]) => broken(words)).length).toBeGreaterThan(5);
  expect(heard).toBeGreaterThan(20);
  expect(lost).toStrictEqual([]);
});

const broken = (words: unknown) => String(words).includes("the link to the kernel is broken");
