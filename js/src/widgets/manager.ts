// Manager: the models and views of one panel's widgets, fed by the kernel's batches. It knows no page.

import type { IClassicComm, WidgetModel, WidgetView } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { Comm, view, type Waiting } from "./comm.ts";
import type { Line } from "./line.ts";
import { Modules } from "./modules.ts";
import type { Batch, Entry, Opened, Packed, Snapshot } from "./words.ts";

/** The module that sets formulas: ours, asked for by this name. */
const MATH = "jupyterwin-math";
const FORMULA = /\$|\\\(|\\\[/;

export class Manager extends ManagerBase {
  /** Where ipywidgets' views look for what sets formulas. */
  readonly _rendermime = { latexTypesetter: { typeset: (el: HTMLElement) => this.#set(el) } };
  readonly #line: Line;
  readonly #modules: Modules;
  readonly #comms = new Map<string, Comm>();
  readonly #waiting: Waiting = new Map();
  /** Formulas that are being set. */
  readonly #setting = new Set<Promise<void>>();
  #shown: { readonly root: string; readonly widget: Widget } | undefined;

  constructor(line: Line) {
    super();
    this.#line = line;
    this.#modules = new Modules(line);
  }

  /** Show this widget, with these models: new ones are made, those that are here take the state. */
  async show({ root, models }: Snapshot, el: HTMLElement): Promise<void> {
    const here = models.filter((one) => this.#comms.has(one.id));
    const made = models.filter((one) => !this.#comms.has(one.id)).map((one) => this.#open(one));
    await Promise.all(made);
    for (const one of here) {
      this.#comms.get(one.id)?.hear(update(one), one.buffers);
    }
    if (this.#shown?.root === root) {
      return;
    }
    const model = await this.get_model(root);
    const shown = await this.create_view(model);
    this.#shown?.widget.dispose();
    this.#shown = { root, widget: shown.luminoWidget };
    Widget.attach(shown.luminoWidget, el);
    await new Promise((resolve) => setTimeout(resolve)); // views set their formulas once they are there
    await Promise.allSettled(this.#setting);
  }

  /** Something changed its size. */
  resized(): void {
    if (this.#shown) {
      MessageLoop.sendMessage(this.#shown.widget, Widget.ResizeMessage.UnknownSize);
    }
  }

  /** Take in what the kernel tells, in its order. */
  async take({ box, entries }: Batch): Promise<void> {
    for (const entry of entries) {
      try {
        await this.#take(entry);
      } catch (problem) {
        console.error("a message of a widget was not taken:", problem);
      }
    }
    this.#line.say({ say: "taken", box, page: this.#line.page });
  }

  async #take(entry: Entry): Promise<void> {
    switch (entry.kind) {
      case "hello":
        return;
      case "open":
        if (!this.#comms.has(entry.id)) {
          void this.#open(entry);
        }
        return;
      case "state": {
        const parents = Object.values(entry.echoes);
        const parent = entry.echoes[this.#line.page] ?? parents[0] ?? "";
        await this.#comms
          .get(entry.id)
          ?.hear(update(entry, parents.length ? "echo_update" : "update"), entry.buffers, parent);
        return;
      }
      case "custom":
        this.#comms
          .get(entry.id)
          ?.hear({ method: "custom", content: JSON.parse(entry.content) as unknown }, entry.buffers);
        return;
      case "close":
        this.#comms.get(entry.id)?.gone();
        this.#comms.delete(entry.id);
        return;
      case "idle": {
        const callbacks = this.#waiting.get(entry.message);
        this.#waiting.delete(entry.message);
        callbacks?.iopub?.status?.({ content: { execution_state: "idle" } } as never);
      }
    }
  }

  #set(el: HTMLElement): void {
    const setting = this.#typeset(el)
      .catch((problem) => console.error("a formula was not set:", problem))
      .finally(() => this.#setting.delete(setting));
    this.#setting.add(setting);
  }

  async #typeset(el: HTMLElement): Promise<void> {
    if (FORMULA.test(el.textContent ?? "")) {
      const math = (await this.#modules.get(MATH)) as { typeset?: (el: HTMLElement) => void };
      math.typeset?.(el);
    }
  }

  async #open(opened: Opened): Promise<void> {
    const comm = new Comm(opened.id, this.#line, this.#waiting);
    this.#comms.set(opened.id, comm);
    const message = {
      content: {
        comm_id: opened.id,
        target_name: this.comm_target_name,
        data: { state: JSON.parse(opened.state) as unknown, buffer_paths: opened.paths },
      },
      metadata: { version: opened.version },
      buffers: opened.buffers.map(view),
    };
    try {
      await this.handle_comm_open(comm, message as never);
    } catch (problem) {
      console.error(`the widget ${opened.id} could not be made:`, problem);
    }
  }

  protected override async loadClass(
    name: string,
    module: string,
    _version: string,
  ): Promise<typeof WidgetModel | typeof WidgetView> {
    const found = (await this.#modules.get(module))[name];
    if (!found) {
      throw new Error(`there is no ${name} in ${module}`);
    }
    return found as typeof WidgetModel;
  }

  protected override _create_comm(): Promise<IClassicComm> {
    return Promise.reject(new Error("a page opens no widgets: make them in the kernel"));
  }

  protected override _get_comm_info(): Promise<Record<string, never>> {
    return Promise.resolve({});
  }
}

function update(packed: Packed, method = "update") {
  return { method, state: JSON.parse(packed.state) as unknown, buffer_paths: packed.paths };
}
