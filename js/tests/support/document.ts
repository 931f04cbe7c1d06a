// A document without a page: its preload, and a kernel at the other end of the channel.

import { startDocument } from "../../src/preload/document.ts";
import { type KernelFunction, TestKernel } from "./kernel.ts";

/** Start a document. `opens` says when its channel is there, `read` when its page has been read. */
export function start(
  functions: Readonly<Record<string, KernelFunction>> = {},
  opens?: Promise<unknown>,
  read: (call: () => void) => void = (call) => call(),
  faults: EventTarget = new EventTarget(),
) {
  const kernel = new TestKernel(functions);
  const options = {
    open: kernel.channel(opens),
    fetchBulk: kernel.fetchBulk,
    askHost: kernel.askHost,
    bridge: null,
    read,
    faults,
  };
  const { ipcRenderer, contextBridge } = startDocument({ window: "w" }, options);
  return { kernel, ipcRenderer, contextBridge };
}

export const pause = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));
