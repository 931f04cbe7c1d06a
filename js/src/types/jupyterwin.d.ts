// What every window has, beside the functions of its kernel. One script, no module: its names are there without import.

declare namespace jupyterwin {
  /** A function of the kernel. Arguments that do not fit are refused with their path; errors have `code` and `data`. */
  type Function<F> = F & {
    /** The same function, with a deadline in milliseconds, or an AbortSignal that ends its calls. */
    readonly with: (options?: CallOptions) => F;
  };

  interface CallOptions {
    readonly signal?: AbortSignal | undefined;
    /** In milliseconds. */
    readonly timeout?: number | undefined;
  }

  interface Send {
    (channel: string, ...args: unknown[]): void;
    /** How it is sent. `latest`: of a channel's messages sent so, one that still waits gives way to a newer one. */
    readonly with: (options?: {
      readonly policy?: "lossless" | "latest";
    }) => (channel: string, ...args: unknown[]) => void;
  }

  /** Ends what it was returned for. */
  type Dispose = () => void;

  /** The channels of a window. Names are the kernel's: `win.send`, `win.invoke`, `win.ipc`. */
  interface Kernel {
    /** Hear `win.send(channel, …)`. */
    readonly on: (channel: string, callback: (...args: any[]) => unknown) => Dispose;
    /** Hear the next message alone. */
    readonly once: (channel: string, callback: (...args: any[]) => unknown) => Dispose;
    /** Send without an answer: `win.ipc.on(channel, …)`. Throws here and now for what cannot cross. */
    readonly send: Send;
    /** How many older messages the last one of a channel stands for, sent by `win.send(…, policy="latest")`. */
    readonly missed: (channel: string) => number;
    /** Answer `win.invoke(channel, …)`; an async iterable answers a stream. */
    readonly handle: (channel: string, handler: (...args: any[]) => unknown) => Dispose;
    /** What handlers say of how far they are: `event.progress(done, total, text)`, bars of tqdm. */
    readonly progress: Progress;
  }

  /** One call of a handler that says how far it is. `total`: null where nobody knows. */
  interface Job {
    readonly id: number;
    readonly done: number;
    readonly total: number | null;
    readonly text: string;
  }

  interface Progress {
    /**
     * Hear of what is under way: all of it, now and at each change, ten times a second at most. Until somebody does, the
     * window shows a slim bar.
     */
    subscribe(fn: (jobs: readonly Job[]) => unknown): Dispose;
  }

  /**
   * A store of the kernel: its traits are properties, both ways. What a page assigns is shown at once, and comes back as it
   * was when the kernel refuses it. `Values`: what is read; `Given`: what may be assigned.
   */
  interface Store<Values = any, Given = Values> {
    /**
     * Set a trait, or several as one version, all or none. Rejects with a `KernelError`, "bad-arguments" or what the trait
     * says. `ifUnchanged`: only if nobody has changed them meanwhile, else "conflict".
     */
    set(values: Partial<Given>, options?: { readonly ifUnchanged?: boolean }): Promise<void>;
    set<K extends keyof Given>(name: K, value: Given[K], options?: { readonly ifUnchanged?: boolean }): Promise<void>;
    /** Set a trait to what `fn` makes of it; called again if somebody changed it meanwhile. The new value. */
    update<K extends keyof Values>(name: K, fn: (value: Values[K]) => unknown): Promise<Values[K]>;
    /** Hear of one trait, or of all as an object of what changed: what is there now, at once, and each change. */
    subscribe<K extends keyof Values>(name: K, fn: (value: Values[K]) => unknown): Dispose;
    subscribe(fn: (changes: Partial<Values>) => unknown): Dispose;
    /** Hear of assignments that were refused. Without a listener the console tells them. */
    on(
      event: "error",
      fn: (refusal: { readonly values: Partial<Values>; readonly error: KernelError }) => unknown,
    ): Dispose;
  }

  /** What went wrong, as a call of the kernel says it. `name` is the exception's class. */
  interface KernelError extends Error {
    readonly code: ErrorCode | (string & {});
    readonly data: unknown;
    /** Which value it is about: `args[0].rows[3].when`. */
    readonly path: string;
    /** Only in a window opened with `debug=True`. */
    readonly traceback?: string;
  }

  /** Codes of jupyterwin's own errors; an exception of your function has its own `code`, or `handler-raised`. */
  type ErrorCode =
    | "error"
    | "usage"
    | "bad-arguments"
    | "no-handler"
    | "handler-removed"
    | "not-granted"
    | "unserializable"
    | "overflow"
    | "too-large"
    | "peer"
    | "handler-raised"
    | "conflict"
    | "cancelled"
    | "deadline"
    | "closed"
    | "window-gone"
    | "kernel-gone"
    | "load-failed"
    | "broken"
    | "engine-missing"
    | "sandbox-unavailable"
    | "start-failed"
    | "host-gone";

  type Bytes = ArrayBuffer | Uint8Array | Uint8ClampedArray | DataView;

  type TypedArray =
    | Int8Array
    | Uint8Array
    | Uint8ClampedArray
    | Int16Array
    | Uint16Array
    | Int32Array
    | Uint32Array
    | BigInt64Array
    | BigUint64Array
    | Float32Array
    | Float64Array;

  /** An array of other than one dimension, in row order. */
  interface Shaped<A = TypedArray> {
    readonly data: A;
    readonly shape: readonly number[];
  }

  /** A table of Arrow data: `Table` of @uwdata/flechette. */
  interface ArrowTable {
    readonly numRows: number;
    readonly numCols: number;
    readonly names: readonly string[];
    getChild(name: string): ArrowColumn;
    getChildAt(index: number): ArrowColumn;
    select(names: string[]): ArrowTable;
    /** Each column as an array; typed where it has no nulls. */
    toColumns(): Record<string, ArrayLike<any>>;
    /** The rows as objects. */
    toArray(): Record<string, any>[];
    at(index: number): Record<string, any>;
    get(index: number): Record<string, any>;
    [Symbol.iterator](): Iterator<Record<string, any>>;
  }

  interface ArrowColumn {
    readonly length: number;
    readonly nullCount: number;
    at(index: number): any;
    get(index: number): any;
    toArray(): ArrayLike<any>;
    [Symbol.iterator](): Iterator<any>;
  }

  interface ContextBridge {
    /** Put a deep, frozen copy of `api` on the page's window. Its functions call back here. */
    exposeInMainWorld(name: string, api: unknown): void;
  }

  /** What a listener gets before the message's arguments. */
  interface IpcRendererEvent {
    readonly sender: IpcRenderer;
    /** How many older messages a `latest` policy conflated into this one. */
    readonly missed: number;
    /** Ports that came along; they may be handed on to the page by `window.postMessage`. */
    readonly ports: readonly MessagePort[];
  }

  /** What a handler gets before the call's arguments. */
  interface IpcRendererInvokeEvent {
    readonly sender: IpcRenderer;
    /** Aborts when the kernel no longer wants the answer. */
    readonly signal: AbortSignal;
  }

  type Listener = (event: IpcRendererEvent, ...args: any[]) => unknown;

  interface IpcRenderer {
    /** Call a handler of the kernel. Rejects with a `KernelError`. */
    invoke(channel: string, ...args: unknown[]): Promise<any>;
    /**
     * As `invoke`, and stand still until the answer is there, for 5 s at most: the page does not draw meanwhile. For a few
     * small values that a preload cannot begin without.
     */
    sendSync(channel: string, ...args: unknown[]): any;
    /** Send without an answer. Throws here and now for what cannot cross. */
    readonly send: Send;
    /**
     * As `send`, one message, and ports go with it: those of a `MessageChannel` made here or handed over by the page. They
     * cannot be used here afterwards.
     */
    postMessage(channel: string, message: unknown, transfer?: readonly MessagePort[]): void;
    on(channel: string, listener: Listener): Dispose;
    once(channel: string, listener: Listener): Dispose;
    off(channel: string, listener: Listener): void;
    addListener(channel: string, listener: Listener): Dispose;
    removeListener(channel: string, listener: Listener): void;
    removeAllListeners(channel?: string): void;
    /** Answer the kernel's calls on a channel; an async iterable answers a stream. */
    handle(channel: string, handler: (event: IpcRendererInvokeEvent, ...args: any[]) => unknown): Dispose;
    removeHandler(channel: string): void;
  }
}

/** In preloads alone: Electron's two objects. */
declare const jupyterwin: {
  readonly contextBridge: jupyterwin.ContextBridge;
  readonly ipcRenderer: jupyterwin.IpcRenderer;
  /** As `kernel.store`; only where the window was given `store=`. */
  readonly store?: any;
};
