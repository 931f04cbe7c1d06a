// The kernel as JupyterLab's widget manager has it: a comm of our own, in a subshell of its own, and whether it is there.

import { newNonce } from "../preload/parcels.ts";
import { PLACE_TARGET } from "../wire/place.gen.ts";
import type { Bytes } from "../wire/values.ts";
import { type Batch, Lane, type LaneOptions } from "./lane.ts";

interface Signal<T> {
  connect(slot: (sender: unknown, args: T) => void): void;
}

interface CommMessage {
  readonly content: { readonly data: unknown };
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView<ArrayBuffer>)[];
}

interface Comm {
  onMsg: (message: CommMessage) => void;
  onClose: (message: CommMessage) => void;
  readonly subshellStarted?: Promise<void>;
  open(data: unknown): unknown;
  send(data: unknown): unknown;
}

/** Of `@jupyterlab/services`, what is used here. */
export interface KernelConnection {
  readonly info?: Promise<unknown>;
  readonly supportsSubshells?: boolean;
  readonly statusChanged?: Signal<string>;
  readonly connectionStatusChanged?: Signal<string>;
  createComm(target: string, id: string): Comm;
}

const GONE: Readonly<Record<string, string>> = {
  restarting: "The kernel was restarted.",
  autorestarting: "The kernel ended and was started again.",
  dead: "The kernel has ended.",
  terminating: "The kernel has ended.",
};
/** Milliseconds in which the connection to the server may come back, before calls end. */
const PATIENCE = 4_000;
/** Milliseconds that the start of a subshell may take; without one, calls wait for the running cell. */
const SUBSHELL = 3_000;

/** Tell when the kernel is lost, and why. */
export function watch(kernel: KernelConnection, lost: (why: string) => void): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  kernel.statusChanged?.connect((_kernel, status) => {
    const why = GONE[status];
    if (why !== undefined) {
      lost(why);
    }
  });
  kernel.connectionStatusChanged?.connect((_kernel, status) => {
    if (status === "connected") {
      clearTimeout(timer ?? undefined);
      timer = null;
    } else {
      timer ??= setTimeout(() => lost("The connection to the kernel is lost."), PATIENCE);
    }
  });
}

/** Open a comm for a window. `closed` is called when the kernel does not know the window, or no longer. */
export async function connect(
  kernel: KernelConnection,
  window: string,
  deliver: LaneOptions["deliver"],
  closed: () => void,
): Promise<Lane> {
  const comm = kernel.createComm(PLACE_TARGET, `jupyterwin-${newNonce()}`);
  const lane = new Lane({ send: (batch) => void comm.send(batch), deliver });
  comm.onMsg = ({ content, buffers = [] }) => lane.arrived(content.data as Batch, buffers.map(bytesOf));
  comm.onClose = closed;
  await kernel.info;
  if (kernel.supportsSubshells === true && comm.subshellStarted !== undefined) {
    // What leaves before the subshell is there goes to the main shell, and waits there for the running cell.
    await Promise.race([comm.subshellStarted.catch(() => undefined), pause(SUBSHELL)]);
  }
  comm.open({ window });
  return lane;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView<ArrayBuffer>): Bytes {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
