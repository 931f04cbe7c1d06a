// Draws figures of plotly by the plotly.js of the user's own package, and keeps zoom, selection and camera between them.

import type { Driver, Stage } from "./driver.ts";
import type { Look } from "./words.ts";

interface Point {
  readonly curveNumber: number;
  readonly pointNumber?: number;
  readonly pointNumbers?: readonly number[];
  readonly [field: string]: unknown;
}

interface Selected {
  readonly points?: readonly Point[];
  readonly range?: unknown;
  readonly lassoPoints?: unknown;
}

interface Plot extends HTMLElement {
  on(event: string, listener: (data: Selected | undefined) => void): void;
}

type Dict = Record<string, unknown>;

interface Figure {
  readonly data: Dict[];
  readonly layout: Dict;
  readonly frames?: unknown[];
  readonly config?: Dict;
}

/** What the kernel hands over: the figure, and the template that a dark page wears instead of the default one. */
interface Given {
  readonly figure: Figure;
  readonly templates?: { readonly light: Dict; readonly dark: Dict };
}

interface Plotly {
  react(el: HTMLElement, figure: Figure): Promise<unknown>;
}

declare const Plotly: Plotly;

const ONLY_GL = /3d$|^(surface|isosurface|volume|cone|streamtube|parcoords|splom)/;

const GL = /gl$|3d$|^(surface|isosurface|volume|cone|streamtube|parcoords|splom)/;

/** Whether plotly can draw by WebGL here; where it cannot, it says so in place of the figure. It makes functions of text. */
function drawsWebgl(): boolean {
  try {
    return Boolean(new Function("return true")()) && document.createElement("canvas").getContext("webgl") !== null;
  } catch {
    return false;
  }
}

function told({ points = [], range, lassoPoints }: Selected): Dict {
  const flat = points.flatMap((point) =>
    (point.pointNumbers ?? [point.pointNumber]).map((index) => ({ ...point, index })),
  );
  const column = (name: string) => flat.map((point) => (point as Dict)[name] ?? null);
  const detail: Dict = { trace: column("curveNumber"), index: column("index") };
  for (const name of ["x", "y", "z", "label", "value", "location", "customdata"]) {
    if (flat.some((point) => (point as Dict)[name] !== undefined)) {
      detail[name] = column(name);
    }
  }
  return range || lassoPoints ? { ...detail, range: range ?? lassoPoints } : detail;
}

globalThis.jupyterwinDriver = (stage: Stage): Driver => {
  const plot = document.createElement("div") as unknown as Plot;
  plot.className = "fills";
  stage.el.append(plot);
  let given: Given | undefined;
  let listens = false;
  let webgl: boolean | undefined; // unknown until a figure wants it

  function listen(): void {
    plot.on("plotly_click", (data) => stage.tell("click", told(data ?? {})));
    plot.on("plotly_selected", (data) => stage.tell("select", told(data ?? {})));
    plot.on("plotly_deselect", () => stage.tell("select", told({})));
    listens = true;
  }

  async function show({ figure, templates }: Given, { theme }: Look): Promise<void> {
    const { width: _w, height: _h, ...layout } = figure.layout;
    const template = templates ? templates[theme] : layout.template;
    await Plotly.react(plot, {
      ...figure,
      data: webgl === false ? figure.data.map(withoutWebgl) : figure.data,
      layout: { uirevision: "jupyterwin", ...layout, template, autosize: true },
      config: { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["toImage"], ...figure.config },
    });
    if (!listens) {
      listen();
    }
  }

  return {
    async draw(content) {
      given = JSON.parse(new TextDecoder().decode(content as ArrayBuffer)) as Given;
      const types = given.figure.data.map((trace) => String(trace.type ?? "scatter"));
      if (types.some((type) => GL.test(type))) {
        webgl ??= drawsWebgl();
      }
      if (webgl === false) {
        const only = types.some((type) => ONLY_GL.test(type));
        stage.warn(
          only ? "This figure needs WebGL, which is not to be had here." : "Drawn without WebGL: slow if large.",
        );
      }
      await show(given, stage.look());
    },
    async wear(look) {
      if (given?.templates) {
        await show(given, look);
      }
    },
  };
};

function withoutWebgl(trace: Dict): Dict {
  const type = String(trace.type ?? "");
  return type.endsWith("gl") ? { ...trace, type: type.slice(0, -2) } : trace;
}
