// Modules: the classes of widgets. ipywidgets' own are built in; those of other libraries, anywidget among them, are AMD
// modules of the user's installation, run as scripts when the first such widget comes. It knows no model.

import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import type { Line } from "./line.ts";
import * as output from "./output.ts";

type Exports = Record<string, unknown>;
type Factory = ((...dependencies: unknown[]) => unknown) | object;
interface Defined {
  readonly dependencies: readonly string[];
  readonly factory: Factory;
}

const built: Readonly<Record<string, Exports>> = {
  "@jupyter-widgets/base": base as unknown as Exports,
  "@jupyter-widgets/controls": controls as unknown as Exports,
  "@jupyter-widgets/output": output as unknown as Exports,
};

export class Modules {
  readonly #loaded = new Map<string, Promise<Exports>>();
  readonly #line: Line;
  #last: Promise<unknown> = Promise.resolve();

  constructor(line: Line) {
    this.#line = line;
  }

  /** A module by its name. */
  get(name: string): Promise<Exports> {
    const known = built[name];
    if (known) {
      return Promise.resolve(known);
    }
    let loaded = this.#loaded.get(name);
    if (!loaded) {
      loaded = this.#load(name);
      this.#loaded.set(name, loaded);
      loaded.catch(() => this.#loaded.delete(name)); // the next widget tries again
    }
    return loaded;
  }

  async #load(name: string): Promise<Exports> {
    const text = await this.#line.module(name);
    // One at a time: what a script defines is known by when it does.
    const run = this.#last.then(() => defined(name, text));
    this.#last = run.catch(() => undefined);
    const { dependencies, factory } = await run;
    const exports: Exports = {};
    const given: Record<string, unknown> = { exports, module: { exports, id: name, uri: name }, require: undefined };
    const values = await Promise.all(
      dependencies.map((one) => (one in given ? given[one] : this.get(one.replace(/^nbextensions\//, "")))),
    );
    const made = typeof factory === "function" ? factory(...values) : factory;
    return (made ?? (given.module as { exports: Exports }).exports) as Exports;
  }
}

/** Run a script and hear what it defines. */
async function defined(name: string, text: string): Promise<Defined> {
  let heard: Defined | undefined;
  const define = (...words: unknown[]) => {
    const factory = words.at(-1) as Factory;
    const list = words.find(Array.isArray) as string[] | undefined;
    heard ??= { dependencies: list ?? ["require", "exports", "module"], factory };
  };
  (globalThis as { define?: unknown }).define = Object.assign(define, { amd: {} });
  try {
    await script(name, text);
  } finally {
    delete (globalThis as { define?: unknown }).define;
  }
  if (!heard) {
    throw new Error(`the script of ${name} defines no module`);
  }
  return heard;
}

function script(name: string, text: string): Promise<void> {
  const element = document.createElement("script");
  element.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Promise<void>((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`the script of ${name} could not be run`));
    document.head.append(element);
  }).finally(() => URL.revokeObjectURL(element.src));
}
