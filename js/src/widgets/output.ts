// Output: the model and view of ipywidgets' Output. What it shows is told by the kernel (jupyterwin/panels/widgets/output.py),
// as a notebook's front end has it. It draws plain mimebundles; what needs scripts of its own shows its picture or text.

import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { Widget } from "@lumino/widgets";
import { ansi } from "./ansi.ts";

type Bundle = Readonly<Record<string, unknown>>;
type Shown =
  | { readonly output_type: "stream"; readonly name: string; readonly text: string | string[] }
  | { readonly output_type: "display_data" | "execute_result"; readonly data: Bundle }
  | { readonly output_type: "error"; readonly ename: string; readonly evalue: string; readonly traceback: string[] };

const VERSION = "1.0.0";
const MODULE = "@jupyter-widgets/output";
const WIDGET = "application/vnd.jupyter.widget-view+json";

export class OutputModel extends DOMWidgetModel {
  override defaults(): Backbone.ObjectHash {
    return {
      ...super.defaults(),
      _model_name: "OutputModel",
      _view_name: "OutputView",
      _model_module: MODULE,
      _view_module: MODULE,
      _model_module_version: VERSION,
      _view_module_version: VERSION,
      msg_id: "",
      outputs: [],
    };
  }
}

export class OutputView extends DOMWidgetView {
  #drawn: readonly Shown[] = [];
  #elements: HTMLElement[] = [];

  override render(): void {
    super.render();
    this.el.classList.add("jupyter-widgets", "jw-output");
    this.listenTo(this.model, "change:outputs", () => this.#draw());
    this.#draw();
  }

  /** Outputs that are as before stay: what a person scrolled or selected there does not jump. */
  #draw(): void {
    const outputs = joined((this.model.get("outputs") as readonly Shown[] | undefined) ?? []);
    const same = outputs.findIndex((one, at) => JSON.stringify(one) !== JSON.stringify(this.#drawn[at]));
    const kept = same < 0 ? outputs.length : same;
    const last = outputs[kept];
    const grows = last?.output_type === "stream" && this.#drawn[kept]?.output_type === "stream";
    const made = outputs.slice(kept).map((one) => this.#element(one));
    if (grows && made[0] && this.#elements[kept]) {
      this.#elements[kept].replaceWith(made[0]);
    }
    for (const old of this.#elements.slice(kept + (grows ? 1 : 0))) {
      old.remove();
    }
    for (const element of made.slice(grows ? 1 : 0)) {
      this.el.append(element);
    }
    this.#elements = [...this.#elements.slice(0, kept), ...made];
    this.#drawn = outputs;
  }

  #element(output: Shown): HTMLElement {
    const el = document.createElement("div");
    if (output.output_type === "stream") {
      el.className = `jw-output-stream jw-output-${output.name}`;
      el.append(ansi(text(output.text)));
    } else if (output.output_type === "error") {
      el.className = "jw-output-stream jw-output-error";
      el.append(ansi(output.traceback.length ? output.traceback.join("\n") : `${output.ename}: ${output.evalue}`));
    } else {
      el.className = "jw-output-data";
      this.#fill(el, output.data);
    }
    return el;
  }

  #fill(el: HTMLElement, data: Bundle): void {
    const widget = data[WIDGET] as { model_id?: string } | undefined;
    const html = data["text/html"] === undefined ? undefined : text(data["text/html"]);
    const picture = ["image/png", "image/jpeg", "image/gif", "image/webp"].find((type) => data[type] !== undefined);
    if (widget?.model_id) {
      void this.#view(el, widget.model_id);
    } else if (html !== undefined && !(/<script/i.test(html) && picture)) {
      el.innerHTML = html; // its scripts do not run: the document's policy names ours alone
    } else if (data["image/svg+xml"] !== undefined) {
      el.innerHTML = text(data["image/svg+xml"]);
    } else if (picture) {
      const image = document.createElement("img");
      image.src = `data:${picture};base64,${text(data[picture])}`;
      image.alt = text(data["text/plain"] ?? "");
      el.append(image);
    } else {
      const plain = data["text/markdown"] ?? data["text/latex"] ?? data["text/plain"];
      el.className = "jw-output-stream";
      el.append(ansi(plain === undefined ? JSON.stringify(data["application/json"] ?? data, null, 2) : text(plain)));
    }
  }

  async #view(el: HTMLElement, id: string): Promise<void> {
    const manager = this.model.widget_manager;
    const view = await manager.create_view(await manager.get_model(id));
    if (el.isConnected || this.el.contains(el)) {
      Widget.attach(view.luminoWidget, el);
    }
  }
}

/** Streams of one name that follow each other are one. */
function joined(outputs: readonly Shown[]): Shown[] {
  const made: Shown[] = [];
  for (const one of outputs) {
    const last = made.at(-1);
    if (one.output_type === "stream" && last?.output_type === "stream" && last.name === one.name) {
      made[made.length - 1] = { ...last, text: text(last.text) + text(one.text) };
    } else {
      made.push(one);
    }
  }
  return made;
}

function text(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value);
}
