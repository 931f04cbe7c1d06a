// `window.kernel`: one function for each that the kernel exposed, and the channels. Made here, handed to the page by the
// same contextBridge that preloads use; the page never sees an event, a frame or a name of ours.

import { withProperties } from "../bridge/ends.ts";
import { A_FUNCTION, gives, type Shape } from "../bridge/shapes.ts";
import type { Exposed } from "../wire/frames.gen.ts";
import { type Ipc, makeSend } from "./ipcRenderer.ts";
import type { CallOptions } from "./outgoing.ts";
import type { Progress } from "./progress.ts";
import type { Reader } from "./reader.ts";
import type { Stores } from "./store.ts";

// biome-ignore lint/suspicious/noExplicitAny: functions of the page take what their channel brings
type PageFunction = (...args: any[]) => unknown;
type KernelFunction = (...args: unknown[]) => unknown;

/** The API object for `contextBridge.exposeInMainWorld("kernel", …)`. */
export function makeKernel(
  exposed: readonly Exposed[],
  ipc: Ipc,
  progress: Progress,
  stores: Stores | null = null,
): Readonly<Record<string, unknown>> {
  const kernel: Record<string, unknown> = Object.create(null);
  for (const { name, stream = false } of exposed) {
    const bind = stream ? streaming(name, ipc) : calling(name, ipc);
    const bound: Shape = { is: "function", gives: stream ? { is: "iterator" } : null };
    kernel[name] = withProperties(bind({}), { with: gives((options: CallOptions) => bind(options ?? {}), bound) });
  }
  return Object.assign(kernel, channels(ipc), { progress }, stores === null ? {} : { store: stores.page });
}

function calling(name: string, { outgoing }: Ipc): (options: CallOptions) => KernelFunction {
  return (options) =>
    (...args) =>
      outgoing.invoke(name, args, options);
}

function streaming(name: string, { outgoing }: Ipc): (options: CallOptions) => KernelFunction {
  return (options) => gives((...args: unknown[]) => iterator(outgoing.stream(name, args, options)), { is: "iterator" });
}

/** Ends the streams whose iterators the page let go of without finishing them. */
const abandoned = new FinalizationRegistry<Reader>((reader) => void reader.return("the reader is gone"));

/** An async iterator that crosses the bridge: an object of functions, and what `for await` looks for. */
function iterator(reader: Reader): AsyncIterableIterator<unknown> {
  const next = () => reader.next();
  // The page's stand-in for `next` keeps this very function alive.
  abandoned.register(next, reader);
  const made: AsyncIterableIterator<unknown> = {
    next,
    return: () => reader.return(),
    [Symbol.asyncIterator]: () => made,
  };
  return made;
}

function channels({ send, listeners, incoming, missed }: Ipc): Readonly<Record<string, unknown>> {
  const listen = (once: boolean) =>
    gives((channel: string, callback: PageFunction) => {
      if (typeof callback !== "function") {
        throw new TypeError(`the listener for channel '${channel}' is no function`);
      }
      return listeners.add(channel, (_event, ...args) => callback(...args), once);
    }, A_FUNCTION);
  return {
    on: listen(false),
    once: listen(true),
    send: makeSend(send, withProperties),
    missed: (channel: string) => missed.get(channel) ?? 0,
    handle: gives((channel: string, handler: PageFunction) => {
      if (typeof handler !== "function") {
        throw new TypeError(`the handler for channel '${channel}' is no function`);
      }
      return incoming.handle(channel, (_signal, ...args) => handler(...args));
    }, A_FUNCTION),
  };
}
