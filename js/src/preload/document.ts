// One document's preload: link, calls, listeners and the page's API, put together.

import { PeerError } from "../wire/errors.ts";
import type { Boot, Send } from "../wire/frames.gen.ts";
import type { Delivered } from "../wire/session.ts";
import type { Bytes } from "../wire/values.ts";
import { decodeArgs } from "../wire/values.ts";
import { type Bridge, type ContextBridge, makeContextBridge } from "./contextBridge.ts";
import { Early } from "./early.ts";
import { type FaultTarget, watchFaults } from "./faults.ts";
import { Incoming } from "./incoming.ts";
import { type Ipc, type IpcRenderer, makeIpcRenderer } from "./ipcRenderer.ts";
import { makeKernel } from "./kernel.ts";
import { Link, type LinkOptions } from "./link.ts";
import { Listeners } from "./listeners.ts";
import { type Ask, Outgoing, type SendFrame } from "./outgoing.ts";
import { closeAll, Ports } from "./ports.ts";
import { type DrawProgress, openProgress, PROGRESS } from "./progress.ts";
import { openStores, STATE } from "./store.ts";
import { type AskHost, asking } from "./sync.ts";

/** Channels of ours that do not wait for the page's scripts. */
const OWN: ReadonlySet<string> = new Set([STATE, PROGRESS]);

/** What a preload script of a user gets. `store`: where the window was given one, or several. */
export interface Jupyterwin {
  // biome-ignore lint/suspicious/noExplicitAny: its traits are the user's
  readonly store?: any;
  readonly contextBridge: ContextBridge;
  readonly ipcRenderer: IpcRenderer;
}

export interface DocumentOptions extends Pick<LinkOptions, "open" | "fetchBulk"> {
  /** The bridge to the page; null when its stub was not there first. */
  readonly bridge: Bridge | null;
  /** Null where no script can stand still. */
  readonly askHost: AskHost | null;
  /** Calls back once the page's scripts have run. */
  readonly read: (call: () => void) => void;
  /** Where uncaught errors of this world are told. */
  readonly faults: FaultTarget;
  /** Shows what is under way, where the page does not. */
  readonly drawProgress?: DrawProgress;
}

/** Start a document: the page's API is there when this returns, the link follows. */
export function startDocument(
  boot: Boot,
  { open, fetchBulk, askHost, bridge, read, faults, drawProgress = () => undefined }: DocumentOptions,
): Jupyterwin {
  const send: SendFrame = (frame, buffers, latest) => link.send(frame, buffers, latest);
  const outgoing = new Outgoing(send);
  const incoming = new Incoming(send);
  const listeners: Ipc["listeners"] = new Listeners();
  const ports = new Ports(send);
  const ask: Ask = (call, buffers) => asking(link, askHost)(call, buffers);
  const ipc: Ipc = { send, outgoing, incoming, listeners, ports, ask, missed: new Map() };
  const early = new Early((delivered) => deliver(delivered, ipc), OWN);
  const link = new Link({
    open,
    fetchBulk,
    deliver: (delivered) => early.take(delivered),
    ended: (why) => {
      outgoing.close(why);
      incoming.close(why.message);
      ports.end();
      if (why.code !== "kernel-gone") {
        console.error(`jupyterwin: the link to the kernel is broken: ${why.message}`);
      }
    },
  });
  const contextBridge = makeContextBridge(bridge);
  link.open(bridge !== null);
  const progress = openProgress(ipc, drawProgress);
  const stores = openStores(boot.stores ?? [], ipc);
  if (bridge !== null && boot.kernel != null) {
    contextBridge.exposeInMainWorld("kernel", makeKernel(boot.kernel, ipc, progress, stores));
  }
  watchFaults(faults, send, boot.debug ?? false);
  read(() => {
    early.release();
    link.read();
  });
  const store = stores === null ? {} : { store: stores.here };
  return Object.freeze({ contextBridge, ipcRenderer: makeIpcRenderer(ipc), ...store });
}

function deliver({ frame, buffers }: Delivered, ipc: Ipc): void {
  const { outgoing, incoming, ports } = ipc;
  switch (frame.op) {
    case "send":
      emit(frame, buffers, ipc);
      break;
    case "port":
      ports.message(frame, buffers);
      break;
    case "port-close":
      ports.close(frame);
      break;
    case "port-credit":
      ports.credit(frame);
      break;
    case "invoke":
      incoming.invoke(frame, buffers);
      break;
    case "cancel":
      incoming.cancel(frame);
      break;
    case "credit":
      incoming.credit(frame);
      break;
    case "result":
    case "error":
    case "item":
    case "end":
      outgoing.answer(frame, buffers);
      break;
    default:
      throw new PeerError(`a frame '${frame.op}' does not belong here`);
  }
}

function emit(frame: Send, buffers: readonly Bytes[], { listeners, ports, missed: counts }: Ipc): void {
  const { channel, missed = 0 } = frame;
  if (missed > 0) {
    counts.set(channel, missed);
  } else {
    counts.delete(channel);
  }
  const along = ports.open(frame.ports);
  let heard = false;
  try {
    heard = listeners.emit(channel, { missed, ports: along }, decodeArgs(frame.args, buffers));
  } catch (problem) {
    console.error(`jupyterwin: a message on channel '${channel}' could not be read`, problem);
  }
  if (!heard) {
    closeAll(along);
  }
}
