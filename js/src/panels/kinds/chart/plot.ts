// Plot: one uPlot in an element: draws what it is given, and tells where the pointer is and what a drag chose.
// It knows no rows, no kernel and no legend.

import uPlot from "uplot";
import { axesOf, type Room, scalesOf, type View } from "./axes.ts";
import { type Chosen, drawBands, drawPoints } from "./chosen.ts";
import { type Colours, faint } from "./colours.ts";
import type { DrawnSeries } from "./drawn.ts";
import { barPaths, baseAt, linePaths, pointPaths, stepOf } from "./marks.ts";
import type { ChartSpec } from "./wire.ts";

/** What is to be seen: chosen rows of the drawn columns. */
export interface Shown {
  readonly x: ArrayLike<number>;
  readonly rows: ArrayLike<number>;
  readonly series: readonly DrawnSeries[];
  readonly names: readonly string[];
  readonly spans: boolean;
}

export interface PlotEvents {
  /** A drag across x, from … to. */
  dragged(range: View): void;
}

export class Plot {
  readonly u: uPlot;
  readonly #spec: ChartSpec;
  readonly #colours: () => Colours;
  readonly #slots: readonly number[];
  #view: View = [0, 1];
  #names: readonly string[] = [];
  #bases: (Float64Array | null)[] = [];
  #step = 1;
  #hidden: ReadonlySet<string> = new Set();
  #shown: Shown | null = null;
  #chosen: Chosen = { bands: [], places: [] };

  constructor(
    el: HTMLElement,
    spec: ChartSpec,
    shown: Shown,
    room: Room,
    colours: () => Colours,
    events: PlotEvents,
    bind: uPlot.Cursor.Bind,
  ) {
    this.#spec = spec;
    this.#slots = shown.series.map(({ colour }) => colour);
    this.#colours = colours;
    const drag = { x: true, y: false, setScale: false, dist: 4 };
    this.u = new uPlot(
      {
        width: Math.max(1, el.clientWidth),
        height: Math.max(1, el.clientHeight),
        ms: 1,
        ...(spec.x.utc ? { tzDate: (ts) => uPlot.tzDate(new Date(ts), "Etc/UTC") } : {}),
        padding: room === "bare" ? [4, 4, 4, 4] : [8, 20, 0, 0], // at the right the last tick's text ends
        legend: { show: false },
        cursor: { drag, y: false, bind, points: { size: 7, width: 2, stroke: this.#surface, fill: this.#stroke } },
        scales: scalesOf(spec, () => this.#view),
        axes: axesOf(spec, room, colours, () => this.#names),
        series: [{}, ...shown.series.map((series, at) => this.#series(series, at, shown))],
        bands: spec.stack && spec.mark === "area" ? bands(shown.series.length) : [],
        hooks: {
          drawAxes: [(u) => drawBands(u, this.#chosen.bands, this.#colours())],
          draw: [(u) => this.#drawPoints(u)],
          setSelect: [(u) => this.#selected(u, events)],
        },
      },
      undefined,
      el,
    );
  }

  /** Draw these rows in this range of x. */
  set(shown: Shown, view: View): void {
    const { x, rows, series } = shown;
    this.#shown = shown;
    this.#view = view;
    this.#names = shown.names;
    this.#step = this.#spec.mark !== "bar" || shown.names.length ? 1 : stepOf(x);
    this.#bases = series.map((one) => baseAt(one, rows));
    const columns = series.map(({ values }) => Array.from(rows, (row) => number(values[row])));
    const data = [Array.from(rows, (row) => x[row] as number), ...columns] as uPlot.AlignedData;
    this.u.batch(() => {
      this.u.setData(data, false);
      this.u.setScale("x", { min: view[0], max: view[1] });
    });
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0 && (width !== this.u.width || height !== this.u.height)) {
      this.u.setSize({ width, height });
    }
  }

  /** Series of these labels are not drawn. */
  hide(labels: ReadonlySet<string>): void {
    this.#hidden = labels;
    this.u.series.forEach((series, at) => {
      const show = at === 0 || !this.#hidden.has(String(series.label));
      if (series.show !== show) {
        this.u.setSeries(at, { show }, false);
      }
    });
  }

  /** What is selected; seen when it is drawn again. */
  set chosen(chosen: Chosen) {
    this.#chosen = chosen;
  }

  /** Move the cross-hair there, as nobody's pointer did. */
  point(x: number | null): void {
    const left = x === null ? -10 : this.u.valToPos(x, "x");
    this.u.setCursor({ left, top: x === null ? -10 : this.u.over.clientHeight / 2 });
  }

  dispose(): void {
    this.u.destroy();
  }

  #series({ label, colour: slot }: DrawnSeries, at: number, shown: Shown): uPlot.Series {
    const colour = () => this.#colours().series[slot] ?? this.#colours().ink;
    const common = { label, scale: "y", stroke: colour, spanGaps: shown.spans };
    switch (this.#spec.mark) {
      case "line":
        return { ...common, width: 1.5, points: lone(), paths: linePaths };
      case "area":
        return { ...common, width: 1.5, fill: () => faint(colour(), 0.22), points: lone(), paths: linePaths };
      case "scatter":
        return { ...common, width: 0, fill: () => faint(colour(), 0.72), points: { show: false }, paths: pointPaths() };
      case "bar": {
        const paths = barPaths(
          at,
          shown.series.length,
          () => this.#bases[at] ?? null,
          () => this.#step,
          this.#spec.stack,
        );
        return { ...common, width: 0, fill: colour, points: { show: false }, paths };
      }
    }
  }

  readonly #surface = () => this.#colours().surface;
  readonly #stroke = (_: uPlot, index: number) => this.#colours().series[this.#slots[index - 1] ?? 0] as string;

  #selected(u: uPlot, events: PlotEvents): void {
    const { left, width } = u.select;
    if (width > 0) {
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      events.dragged([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
    }
  }

  #drawPoints(u: uPlot): void {
    const { places } = this.#chosen;
    if (this.#shown === null || places.length === 0) {
      return;
    }
    const { x, series } = this.#shown;
    const seen = series.filter(({ label }) => !this.#hidden.has(label));
    drawPoints(u, x, seen, places, this.#colours());
  }
}

/** A line of one point would not be seen. */
function lone(): uPlot.Series.Points {
  return { show: (_u, _at, from, to) => from === to, size: 7, width: 2 };
}

function bands(count: number): uPlot.Band[] {
  return Array.from({ length: Math.max(0, count - 1) }, (_, at) => ({ series: [at + 2, at + 1] }));
}

function number(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
