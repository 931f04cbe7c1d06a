// Draws charts of Vega and Vega-Lite, whose expressions are interpreted: no text becomes code.

import * as vega from "vega";
import embed, { type Result, type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import type { Driver, Stage } from "./driver.ts";
import type { Look } from "./words.ts";

type Dict = Record<string, unknown>;

interface Given {
  readonly spec: Dict;
  readonly mode: "vega" | "vega-lite";
}

/** What a chart of several charts cannot do: fill a box. */
const COMPOSED = ["hconcat", "vconcat", "concat", "repeat", "facet"];

function sized({ spec, mode }: Given): Dict {
  const faceted = (spec.encoding as Dict | undefined) ?? {};
  const composed =
    COMPOSED.some((name) => name in spec) || "row" in faceted || "column" in faceted || "facet" in faceted;
  if (mode === "vega" || composed) {
    return spec;
  }
  return { ...spec, width: "container", height: "container", autosize: { type: "fit", contains: "padding" } };
}

/** The names of what the person chooses in a chart: selections, not plain values. */
function selections(spec: Dict): string[] {
  const params = (spec.params ?? []) as { name: string; select?: unknown }[];
  return params.filter(({ select }) => select !== undefined).map(({ name }) => name);
}

function config({ theme, colors }: Look): Dict {
  const dark = theme === "dark";
  const text = colors["--jw-ink"] ?? (dark ? "#fff" : "#000");
  const weak = colors["--jw-ink-quiet"] ?? text;
  const line = colors["--jw-line"] ?? weak;
  const words = { labelColor: weak, titleColor: text };
  return {
    background: "transparent",
    title: { color: text, subtitleColor: weak },
    axis: { ...words, domainColor: weak, tickColor: weak, gridColor: line },
    legend: words,
    header: words,
    style: { "guide-label": { fill: weak }, "guide-title": { fill: text }, "group-title": { fill: text } },
    view: { stroke: line },
    text: { color: text },
  };
}

globalThis.jupyterwinDriver = (stage: Stage): Driver => {
  let given: Given | undefined;
  let shown: { readonly result: Result; readonly el: HTMLElement; readonly names: string[] } | undefined;

  async function show(next: Given, look: Look): Promise<void> {
    const el = document.createElement("div");
    el.className = "fills";
    el.style.visibility = shown ? "hidden" : "visible";
    stage.el.append(el);
    const result = await embed(el, sized(next) as unknown as VisualizationSpec, {
      mode: next.mode,
      actions: false,
      ast: true,
      expr: expressionInterpreter as never,
      config: config(look) as never,
      tooltip: { theme: look.theme },
      renderer: "canvas",
    });
    const names = next.mode === "vega-lite" ? selections(next.spec) : [];
    if (shown) {
      await keepState(shown, result.view);
      shown.result.finalize();
      shown.el.remove();
    }
    el.style.visibility = "visible";
    shown = { result, el, names };
    listen(result.view, names);
  }

  /** What the person has chosen and where they have zoomed to stays, as far as the next chart has it too. */
  async function keepState(before: { result: Result; names: string[] }, view: vega.View): Promise<void> {
    const ours = (name: string) => before.names.some((one) => name === one || name.startsWith(`${one}_`));
    const [old, now] = [before.result.view.getState(), view.getState()] as Record<"signals" | "data", Dict>[];
    const kept = (part: "signals" | "data") =>
      Object.fromEntries(
        Object.entries(old?.[part] ?? {}).filter(([name]) => ours(name) && name in (now?.[part] ?? {})),
      );
    await view.setState({ signals: kept("signals"), data: kept("data") } as never).runAsync();
  }

  function listen(view: vega.View, names: string[]): void {
    for (const name of names) {
      view.addSignalListener(name, (_, value) => stage.tell("select", { name, value }));
    }
    view.addEventListener("click", (_, item) => {
      const datum = item?.datum as Dict | undefined;
      if (datum) {
        stage.tell("click", {
          datum: Object.fromEntries(Object.entries(datum).filter(([key]) => typeof key === "string")),
        });
      }
    });
  }

  return {
    async draw(content) {
      given = JSON.parse(new TextDecoder().decode(content as ArrayBuffer)) as Given;
      vega.loader({ http: {} });
      await show(given, stage.look());
    },
    async wear(look) {
      if (given) {
        await show(given, look);
      }
    },
  };
};
