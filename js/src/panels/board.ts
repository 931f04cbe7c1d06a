// Board: the whole page: the panels in their grid, as the kernel says. It knows no kind of content.

import { make } from "./dom.ts";
import type { BoardState, Grid } from "./link.ts";
import { Panel } from "./panel.ts";

export class Board {
  readonly el = make("main.jw-board");
  readonly #panels = new Map<string, Panel>();

  show(state: BoardState): void {
    document.title = state.title;
    this.el.classList.toggle("jw-is-single", state.grid === null);
    const there = new Set(state.panels.map(({ id }) => id));
    for (const [id, panel] of this.#panels) {
      if (!there.has(id)) {
        panel.dispose();
        this.#panels.delete(id);
      }
    }
    for (const one of state.panels) {
      const panel = this.#panels.get(one.id);
      if (panel) {
        panel.update(one);
      } else {
        this.#panels.set(one.id, new Panel(one));
      }
    }
    this.#arrange(state.grid);
  }

  push(panel: string, number: number, message: unknown): void {
    this.#panels.get(panel)?.push(number, message);
  }

  #arrange(grid: Grid | null): void {
    this.el.style.gridTemplateColumns = grid ? `repeat(${grid.columns}, minmax(0, 1fr))` : "";
    this.el.style.gridTemplateRows = grid ? `repeat(${grid.rows}, minmax(0, 1fr))` : "";
    const byName = new Map([...this.#panels.values()].map((panel) => [panel.state.name, panel]));
    for (const panel of this.#panels.values()) {
      if (panel.frame.el.parentNode !== this.el) {
        this.el.append(panel.frame.el);
      }
    }
    for (const cell of grid?.cells ?? []) {
      for (const name of cell.panels) {
        const style = byName.get(name)?.frame.el.style;
        if (style) {
          style.gridArea = `${cell.row + 1} / ${cell.column + 1} / span ${cell.rows} / span ${cell.columns}`;
        }
      }
    }
  }
}
