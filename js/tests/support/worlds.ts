// A page and its preload as two worlds: two contexts with built-ins of their own and one shared DOM, running the very
// bundles that ship. The engine's part (copying details between worlds, wrappers of nodes) is played by dom.ts.

import { fileURLToPath } from "node:url";
import { type Context, createContext, Script } from "node:vm";
import { buildSync } from "esbuild";
import type { Boot } from "../../src/wire/frames.gen.ts";
import { Dom, LOAD } from "./dom.ts";
import { type KernelFunction, TestKernel } from "./kernel.ts";

/** The number that the engine gave the signal of our object. */
const SIGNAL = 5;

const root = fileURLToPath(new URL("../../", import.meta.url));

function bundle(entry: string): Script {
  const [file] = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    target: "chrome120",
    write: false,
  }).outputFiles;
  return new Script((file as { text: string }).text, { filename: entry });
}

const stub = bundle("src/stub/entry.ts");
const preload = bundle("src/preload/entry.ts");

/** What no page can do: run in the page's world before our scripts have. */
export interface Early {
  readonly beforeStub?: string;
  readonly beforePreload?: string;
}

/** One window: `page` and `isolated` run text in the two worlds. */
export class TestWindow {
  readonly kernel: TestKernel;
  /** What was written to the console. */
  readonly told: unknown[][] = [];
  readonly #dom = new Dom();
  readonly #page: Context;
  readonly #isolated: Context;

  constructor(boot: Partial<Boot> = {}, functions: Readonly<Record<string, KernelFunction>> = {}, early: Early = {}) {
    this.kernel = new TestKernel(functions);
    this.#page = this.#world({});
    this.#isolated = this.#world(this.#preloadGlobals());
    this.page(early.beforeStub ?? "");
    stub.runInContext(this.#page);
    this.page(early.beforePreload ?? "");
    preload.runInContext(this.#isolated);
    this.isolated(`jupyterwinBoot(${JSON.stringify({ window: "w", ...boot })})`);
  }

  /** What listeners threw. */
  get uncaught(): readonly unknown[] {
    return this.#dom.uncaught;
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test knows what its text gives
  page(text: string): any {
    return new Script(text, { filename: "page.js" }).runInContext(this.#page);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  isolated(text: string): any {
    return new Script(text, { filename: "preload.js" }).runInContext(this.#isolated);
  }

  #world(globals: object): Context {
    const console = { error: (...args: unknown[]) => this.told.push(args) };
    const context = createContext({
      console,
      setTimeout,
      clearTimeout,
      queueMicrotask,
      btoa,
      atob,
      crypto,
      TextDecoder,
      TextEncoder,
      ...globals,
    });
    this.#dom.install(context);
    return context;
  }

  #preloadGlobals(): object {
    const webChannelTransport = {
      onmessage: (_event: { readonly data: string }): void => undefined,
      send: (message: string): void => {
        const { args } = JSON.parse(message) as { readonly args?: [string, number] };
        if (args?.length === 2) {
          sent.push(args[0]);
          deliver();
        }
      },
    };
    const sent: string[] = [];
    let deliver: () => void = () => undefined;
    this.kernel.channel()(
      (text) =>
        webChannelTransport.onmessage({
          data: JSON.stringify({ type: 1, object: "jupyterwin", signal: SIGNAL, args: [text] }),
        }),
      (post) => {
        deliver = () => {
          for (const text of sent.splice(0)) {
            post(text);
          }
        };
        deliver();
      },
    );
    return { qt: { webChannelTransport }, jupyterwinSignal: SIGNAL, jupyterwinLoad: LOAD };
  }
}
