// Legend: the series' names in their colours, with the values under the cross-hair, or the last ones; a click hides one.

import { make } from "../../dom.ts";
import type { Colours } from "./colours.ts";
import type { DrawnSeries } from "./drawn.ts";
import type { ChartSpec } from "./wire.ts";
import { lastOf, numberText, sharedDigits } from "./words.ts";

export interface LegendRow {
  readonly label: string;
  readonly value: string;
  readonly colour: string;
}

export class Legend {
  readonly el = make("div.jw-chart-legend");
  readonly #title = make("span.jw-chart-title");
  readonly #where = make("span.jw-chart-where");
  readonly #note = make("span.jw-chart-note");
  readonly #hidden = new Set<string>();
  readonly #toggled: (hidden: ReadonlySet<string>) => void;
  #rows: { readonly button: HTMLButtonElement; readonly swatch: HTMLElement; readonly value: HTMLElement }[] = [];
  #labels = "";

  constructor(toggled: (hidden: ReadonlySet<string>) => void) {
    this.#toggled = toggled;
    this.el.append(this.#title, this.#where, this.#note);
  }

  /** `where`: the x that the values are of. `note`: what is not as it was given. */
  show(title: string, where: string, note: string, rows: readonly LegendRow[]): void {
    const labels = JSON.stringify(rows.map(({ label }) => label));
    if (labels !== this.#labels) {
      this.#labels = labels;
      this.#make(rows);
    }
    put(this.#title, title);
    put(this.#where, where);
    put(this.#note, note);
    for (const [at, { value, colour }] of rows.entries()) {
      const row = this.#rows[at];
      if (row) {
        put(row.value, value);
        row.swatch.style.setProperty("--colour", colour);
      }
    }
  }

  #make(rows: readonly LegendRow[]): void {
    for (const { button } of this.#rows) {
      button.remove();
    }
    this.#rows = rows.map(({ label }) => {
      const swatch = make("span.jw-chart-swatch");
      const value = make("span.jw-chart-value");
      const button = make("button.jw-chart-series", {
        type: "button",
        "aria-pressed": String(!this.#hidden.has(label)),
      });
      button.append(swatch, make("span", {}, label), value);
      button.title = `Hide or show ${label}`;
      button.onclick = () => this.#toggle(button, label);
      return { button, swatch, value };
    });
    this.#title.after(...this.#rows.map(({ button }) => button));
  }

  #toggle(button: HTMLButtonElement, label: string): void {
    if (!this.#hidden.delete(label)) {
      this.#hidden.add(label);
    }
    button.setAttribute("aria-pressed", String(!this.#hidden.has(label)));
    this.#toggled(this.#hidden);
  }
}

/** What it tells of each series at a place; null: there is no cross-hair. */
export function rowsOf(
  spec: ChartSpec,
  series: readonly DrawnSeries[],
  at: number | null,
  colours: Colours,
): LegendRow[] {
  const values = series.map(({ own }) => (at === null ? lastOf(own) : own[at]));
  const digits = spec.digits ?? sharedDigits(values);
  // Of lines the newest value says something; of points and bars the one that happens to be the last says nothing.
  const silent = at === null && (spec.mark === "scatter" || spec.mark === "bar");
  return series.map(({ label, unit, colour }, place) => ({
    label,
    value: silent ? "" : numberText(values[place], digits, unit),
    colour: colours.series[colour] ?? colours.ink,
  }));
}

function put(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
