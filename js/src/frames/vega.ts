// Draws charts of Vega and Vega-Lite, whose expressions are interpreted: no text becomes code.

import type * as vega from "vega";
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

interface Param {
  readonly name: string;
  readonly select?: unknown;
  readonly value?: unknown;
}

/** What the person chooses in a chart: selections, not plain values. */
function selections(spec: Dict): Param[] {
  return ((spec.params ?? []) as Param[]).filter(({ select }) => select !== undefined);
}

/** A selection's value as a specification says it; undefined for none. */
function chosen(view: vega.View, name: string): unknown {
  const value = view.signal(name) as { vlPoint?: { or?: unknown[] } } | undefined;
  const told = value?.vlPoint?.or ?? value;
  return told && Object.keys(told).length ? told : undefined;
}

/** What the person has chosen and where they have zoomed to: the next chart begins with it, as far as it has it too. */
function keeping(spec: Dict, before: ReadonlyMap<string, unknown>): Dict {
  if (!before.size) {
    return spec;
  }
  const params = (spec.params as Param[]).map((one) =>
    before.has(one.name) && one.value === undefined ? { ...one, value: before.get(one.name) } : one,
  );
  return { ...spec, params };
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
    const names = next.mode === "vega-lite" ? selections(next.spec).map(({ name }) => name) : [];
    const before = new Map<string, unknown>();
    for (const name of names.filter((one) => shown?.names.includes(one))) {
      const value = shown && chosen(shown.result.view, name);
      if (value !== undefined) {
        before.set(name, value);
      }
    }
    const spec = keeping(sized(next), before);
    const result = await embed(el, spec as unknown as VisualizationSpec, {
      mode: next.mode,
      actions: false,
      ast: true,
      expr: expressionInterpreter as never,
      config: config(look) as never,
      tooltip: { theme: look.theme },
      renderer: "canvas",
    });
    if (shown) {
      shown.result.finalize();
      shown.el.remove();
    }
    el.style.visibility = "visible";
    shown = { result, el, names };
    listen(result.view, names);
  }

  function listen(view: vega.View, names: string[]): void {
    for (const name of names) {
      view.addSignalListener(name, (_, value) => stage.tell("select", { name, value }));
    }
    view.addEventListener("click", (_, item) => {
      const datum = item?.datum as Dict | undefined;
      if (datum) {
        stage.tell("click", { datum: { ...datum } });
      }
    });
  }

  return {
    async draw(content) {
      given = JSON.parse(new TextDecoder().decode(content as ArrayBuffer)) as Given;
      await show(given, stage.look());
    },
    async wear(look) {
      if (given) {
        await show(given, look);
      }
    },
  };
};
