// Draws documents of bokeh by the BokehJS of the user's own package: each new one beside the old, which then goes.

import type { Driver, Stage } from "./driver.ts";
import type { Look } from "./words.ts";

interface Range {
  readonly start: number;
  readonly end: number;
  have_updated_interactively: boolean;
  setv(values: { start: number; end: number }): void;
}

interface Model {
  readonly id: string;
  readonly x_range?: Range;
  readonly y_range?: Range;
  readonly selected?: { readonly indices: number[]; readonly change: { connect(listener: () => void): void } };
  references(): Iterable<Model>;
}

interface View {
  readonly model: Model;
  remove(): void;
}

/** A model as it travels. */
interface Plain {
  readonly type?: string;
  readonly name?: string;
  readonly attributes?: Record<string, unknown>;
}

interface Item {
  readonly root_id: string;
  readonly doc: { readonly roots: readonly Plain[] };
}

interface Theme {
  get(model: object, attribute: string): unknown;
}

declare const Bokeh: {
  readonly embed: { embed_item(item: Item, target: HTMLElement): Promise<Iterable<View>> };
  require(module: "core/properties"): { use_theme(theme: Theme): void };
};

const LAYS_OUT = /^(Figure|Plot|Row|Column|GridPlot|GridBox|HBox|VBox|Tabs|TabPanel)$/;

const CONTROLS = /(Input|Select|Picker|Table|Button|Spinner|Choice|Group|Toggle|Dropdown|Slider)$/;

/** What bokeh's controls wear: they are drawn in a tree of their own, into which a page's variables reach. */
const WORN = `
  :host { color: var(--jw-ink); }
  .bk-input, .bk-btn-default, .choices__inner, .choices__list, .choices__input {
    background-color: var(--jw-surface); border-color: var(--jw-mark); color: var(--jw-ink);
  }
  .bk-btn-default:hover, .choices__item--choice.is-highlighted { background-color: var(--jw-chosen); }
  .slick-header-column, .slick-header-columns { background: var(--jw-sunken); color: var(--jw-ink); }
  .slick-row, .slick-row .slick-cell { background: var(--jw-surface); color: var(--jw-ink); }
  .slick-row.odd .slick-cell { background: var(--jw-sunken); }
  .slick-cell.selected { background: var(--jw-chosen); }
`;

/** The defaults of bokeh's models in a panel, by class; what the figure says itself comes first. */
function defaults({ colors, theme }: Look): Record<string, Record<string, unknown>> {
  const text = colors["--jw-ink"];
  const weak = colors["--jw-ink-quiet"];
  const line = colors["--jw-line"];
  const none = null;
  return {
    Plot: { background_fill_color: none, border_fill_color: none, outline_line_color: line },
    Grid: { grid_line_color: line, grid_line_alpha: 0.6 },
    Axis: {
      axis_label_text_color: text,
      axis_line_color: weak,
      major_label_text_color: weak,
      major_tick_line_color: weak,
      minor_tick_line_color: line,
    },
    Title: { text_color: text },
    Legend: {
      background_fill_color: colors["--jw-surface"],
      border_line_color: line,
      label_text_color: text,
      title_text_color: text,
    },
    BaseColorBar: { background_fill_color: none, major_label_text_color: weak, title_text_color: text },
    ...(theme === "dark" ? { Label: { text_color: text } } : {}),
  };
}

function themed(look: Look): Theme {
  const rows = defaults(look);
  return {
    get(model, attribute) {
      for (let one = model.constructor; one?.name !== ""; one = Object.getPrototypeOf(one)) {
        const row = rows[(one as { __name__?: string }).__name__ ?? ""];
        if (row && attribute in row) {
          return row[attribute];
        }
      }
      return undefined;
    },
  };
}

/** What lays itself out fills the panel, unless its author said how it is sized; controls wear the page's colours. */
function dress(plain: unknown): void {
  if (Array.isArray(plain)) {
    plain.forEach(dress);
  } else if (plain !== null && typeof plain === "object") {
    const { name = "", attributes } = plain as Plain;
    if (attributes && LAYS_OUT.test(name)) {
      attributes.sizing_mode ??= "stretch_both";
    }
    if (attributes && CONTROLS.test(name)) {
      attributes.stylesheets = [WORN, ...((attributes.stylesheets as unknown[] | undefined) ?? [])];
    }
    Object.values(plain).forEach(dress);
  }
}

function plots(view: View): Model[] {
  return [...view.model.references()].filter((model) => model.x_range && model.y_range);
}

/** Where the person had zoomed to, the next figure is zoomed to as well. */
function keepZoom(before: View, after: View): void {
  const next = plots(after);
  plots(before).forEach((plot, number) => {
    for (const axis of ["x_range", "y_range"] as const) {
      const [from, to] = [plot[axis], next[number]?.[axis]];
      if (from?.have_updated_interactively && to) {
        to.have_updated_interactively = true;
        to.setv({ start: from.start, end: from.end });
      }
    }
  });
}

globalThis.jupyterwinDriver = (stage: Stage): Driver => {
  let given: ArrayBuffer | undefined;
  let shown: { readonly view: View; readonly el: HTMLElement } | undefined;

  async function show(look: Look): Promise<void> {
    const item = JSON.parse(new TextDecoder().decode(given)) as Item;
    dress(item.doc.roots);
    Bokeh.require("core/properties").use_theme(themed(look));
    const el = document.createElement("div");
    el.className = "fills";
    el.style.visibility = shown ? "hidden" : "visible";
    stage.el.append(el);
    const [view] = [...(await Bokeh.embed.embed_item(item, el))];
    if (view === undefined) {
      throw new Error("bokeh drew nothing");
    }
    if (shown) {
      keepZoom(shown.view, view);
      shown.view.remove();
      shown.el.remove();
    }
    el.style.visibility = "visible";
    shown = { view, el };
    for (const { selected } of view.model.references()) {
      selected?.change.connect(() => stage.tell("select", { index: [...selected.indices] }));
    }
  }

  return {
    async draw(content) {
      given = content as ArrayBuffer;
      await show(stage.look());
    },
    async wear(look) {
      if (given) {
        await show(look);
      }
    },
  };
};
