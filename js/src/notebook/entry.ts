// The hidden anywidget that carries windows into a notebook: `initialize` once for each window and load of the front end,
// `render` once for each view.

import type { KernelConnection } from "./kernel.ts";
import { Place } from "./place.ts";

interface Model {
  get(name: string): unknown;
  readonly widget_manager?: { readonly kernel?: KernelConnection | null };
}

const places = new Map<string, Place>();
const shown = new Map<string, number>();

function placeOf(model: Model): Place | null {
  const window = String(model.get("window"));
  const kernel = model.widget_manager?.kernel;
  if (!places.has(window) && kernel != null) {
    places.set(window, new Place(window, String(model.get("title")), kernel));
  }
  return places.get(window) ?? null;
}

/** Whether the window was shown anew, by a cell that ran, since a view was made last: the kernel says so before it shows it. */
function isShownAnew(model: Model): boolean {
  const window = String(model.get("window"));
  const showing = Number(model.get("showing"));
  const anew = showing > (shown.get(window) ?? 0);
  shown.set(window, Math.max(showing, shown.get(window) ?? 0));
  return anew;
}

function initialize({ model }: { readonly model: Model }): () => void {
  const window = String(model.get("window"));
  return () => {
    places.delete(window);
    shown.delete(window);
  };
}

function render({ model, el }: { readonly model: Model; readonly el: HTMLElement }): (() => void) | undefined {
  const place = placeOf(model);
  if (place === null) {
    el.textContent =
      "This front end does not let a window have a comm of its own: open the notebook in JupyterLab 4, or with a screen.";
    return undefined;
  }
  return place.add(el, isShownAnew(model));
}

export default { initialize, render };
