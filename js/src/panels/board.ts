// Board: the whole page: the panels in their grid, as the kernel says and the person arranges them. It knows no kind of
// content. Elements of panels are never taken out and put in again: a frame in them would load anew.

import { make } from "./dom.ts";
import { Gate } from "./gate.ts";
import { type Areas, type Arrangement, type BoardState, type Cell, type Grid, link } from "./link.ts";
import { painted, presented } from "./painted.ts";
import { Panel } from "./panel.ts";
import { Splitters } from "./splitters.ts";
import { Tabs } from "./tabs.ts";
import { forceTheme } from "./theme.ts";

const AT_FIRST: Arrangement = { number: -1, columns: [], rows: [], chosen: [], maximized: null };

export class Board {
  readonly el = make("main.jw-board");
  readonly #panels = new Map<string, Panel>();
  readonly #tabs = new Map<string, Tabs>();
  readonly #columns = new Splitters(this.el, "columns", () => this.#arranged());
  readonly #rows = new Splitters(this.el, "rows", () => this.#arranged());
  #state: BoardState | null = null;
  #arrangement = AT_FIRST;

  constructor() {
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  show(state: BoardState): void {
    const together = this.#state !== null && state.batch !== this.#state.batch;
    this.#state = state;
    document.title = state.title;
    forceTheme(state.theme);
    if (state.arrangement && state.arrangement.number > this.#arrangement.number) {
      this.#arrangement = state.arrangement;
    }
    this.#update(state, together);
    this.#arrange(state);
  }

  push(panel: string, number: number, message: unknown): void {
    this.#panels.get(panel)?.push(number, message);
  }

  /** When all panels have drawn what the page was told of up to this revision. */
  async settled(revision: number): Promise<void> {
    while ((this.#state?.revision ?? -1) < revision) {
      await painted();
    }
    await Promise.all([...this.#panels.values()].map((panel) => panel.settled));
    await painted();
    await Promise.all(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished.catch(() => {})),
    );
    await presented();
  }

  areas(): Areas {
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const seen = [...this.#panels.values()].filter(({ frame }) =>
      frame.el.checkVisibility({ visibilityProperty: true }),
    );
    return Object.fromEntries(
      seen.map(({ frame, state }) => {
        const { x, y, width: w, height: h } = frame.el.getBoundingClientRect();
        return [state.id, [x / width, y / height, w / width, h / height]];
      }),
    );
  }

  #update(state: BoardState, together: boolean): void {
    const there = new Set(state.panels.map(({ id }) => id));
    for (const [id, panel] of this.#panels) {
      if (!there.has(id)) {
        panel.dispose();
        this.#panels.delete(id);
      }
    }
    const newer = state.panels.filter((one) => (this.#panels.get(one.id)?.state.version ?? -1) < one.version);
    const gate = together && newer.length > 1 ? new Gate(newer.length) : null;
    for (const one of state.panels) {
      const panel = this.#panels.get(one.id);
      if (panel) {
        panel.update(one, newer.includes(one) ? gate : null);
      } else {
        const actions = {
          maximize: () => this.#maximize(one.id),
          popOut: () => this.#popOut(one.id),
          dock: () => link.tell("", 0, "dock", this.#panels.get(one.id)?.state.name),
        };
        this.#panels.set(one.id, new Panel(one, actions, gate));
      }
    }
  }

  // ------------------------------------------------------------ where everything is

  #arrange({ grid, popped }: BoardState): void {
    const panels = [...this.#panels.values()];
    this.el.classList.toggle("jw-is-single", grid === null);
    if (!grid) {
      for (const { frame, state } of panels) {
        frame.stand({ place: popped ? "popped" : "single", maximized: false, tabbed: false }, state);
      }
      this.#order(panels.map(({ frame }) => frame.el));
      return;
    }
    const { maximized } = this.#arrangement;
    const alone = grid.cells.find((cell) => maximized !== null && cell.panels.includes(maximized));
    this.el.classList.toggle("jw-is-maximized", alone !== undefined);
    const elements = grid.cells.flatMap((cell) => this.#cell(cell, !alone || alone === cell, alone === cell));
    for (const key of [...this.#tabs.keys()].filter((key) => !grid.cells.some((cell) => keyOf(cell) === key))) {
      this.#tabs.get(key)?.el.remove();
      this.#tabs.delete(key);
    }
    const handles = this.#split(grid);
    for (const handle of handles) {
      handle.hidden = alone !== undefined;
    }
    this.#order([...elements, ...handles]);
    if (!grid.cells.length && !this.el.querySelector(".jw-blank")) {
      this.el.append(make("div.jw-blank.jw-state", {}, make("p.jw-lead", {}, "No panels yet")));
    } else if (grid.cells.length) {
      this.el.querySelector(".jw-blank")?.remove();
    }
  }

  #split(grid: Grid): HTMLElement[] {
    const { columns, rows } = this.#arrangement;
    return [...this.#columns.show(grid, columns), ...this.#rows.show(grid, rows)];
  }

  /** The elements of a cell: its tabs, if it has any, and its panels, of which one is seen. */
  #cell(cell: Cell, seen: boolean, alone: boolean): HTMLElement[] {
    const area = alone
      ? "1 / 1 / -1 / -1"
      : `${cell.row + 1} / ${cell.column + 1} / span ${cell.rows} / span ${cell.columns}`;
    const panels = cell.panels.flatMap((name) => this.#named(name) ?? []);
    const chosen = cell.panels.find((name) => this.#arrangement.chosen.includes(name)) ?? cell.panels[0];
    const tabbed = cell.panels.length > 1;
    for (const { frame, state } of panels) {
      frame.stand({ place: "board", maximized: alone, tabbed }, state);
      frame.el.style.gridArea = area;
      const shown = seen && state.name === chosen;
      frame.el.classList.toggle("jw-is-hidden", !shown);
      frame.el.inert = !shown;
    }
    const elements = panels.map(({ frame }) => frame.el);
    if (!tabbed) {
      return elements;
    }
    const tabs = this.#tabs.get(keyOf(cell)) ?? new Tabs((name) => this.#choose(cell, name));
    this.#tabs.set(keyOf(cell), tabs);
    tabs.el.style.gridArea = area;
    tabs.el.classList.toggle("jw-is-hidden", !seen);
    tabs.el.inert = !seen;
    tabs.show(
      panels.map(({ state }) => ({
        name: state.name,
        title: state.title || state.name,
        panel: state.id,
        busy: state.busy !== false,
        wrong: state.error !== null,
      })),
      chosen ?? "",
    );
    return [tabs.el, ...elements];
  }

  #named(name: string): Panel | undefined {
    return [...this.#panels.values()].find(({ state }) => state.name === name);
  }

  /** Put elements into reading order, without loading a frame anew. */
  #order(elements: readonly HTMLElement[]): void {
    const board = this.el as HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void };
    for (const [number, element] of elements.entries()) {
      const before = board.children[number] ?? null;
      if (before === element) {
        continue;
      }
      if (element.parentNode !== board) {
        board.insertBefore(element, before);
      } else if (board.moveBefore) {
        board.moveBefore(element, before);
      } // else it is read in another order than it is seen
    }
  }

  // ------------------------------------------------------------ what the person does

  #change(part: Partial<Arrangement>): void {
    this.#arrangement = { ...this.#arrangement, ...part };
    if (this.#state) {
      this.#arrange(this.#state);
    }
    const { number: _, ...arrangement } = this.#arrangement;
    link.tell("", 0, "arrange", arrangement);
  }

  #arranged(): void {
    this.#change({ columns: this.#columns.shares, rows: this.#rows.shares });
  }

  #choose(cell: Cell, name: string): void {
    this.#change({ chosen: [...this.#arrangement.chosen.filter((one) => !cell.panels.includes(one)), name] });
  }

  #maximize(id: string): void {
    const name = this.#panels.get(id)?.state.name ?? null;
    if (this.#state?.grid) {
      this.#change({ maximized: this.#arrangement.maximized === null ? name : null });
    }
  }

  #popOut(id: string): void {
    const panel = this.#panels.get(id);
    if (panel) {
      const { width, height } = panel.frame.el.getBoundingClientRect();
      link.tell("", 0, "pop-out", [panel.state.name, [Math.round(width), Math.round(height)]]);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.defaultPrevented) {
      return;
    }
    if (event.key === "Escape" && this.#arrangement.maximized !== null) {
      this.#change({ maximized: null });
    } else if (event.key === "F6") {
      event.preventDefault();
      const seen = [...this.el.querySelectorAll<HTMLElement>(".jw-panel:not(.jw-is-hidden)")];
      const now = seen.findIndex((panel) => panel.contains(document.activeElement));
      seen[(now + (event.shiftKey ? -1 : 1) + seen.length) % seen.length]?.focus();
    }
  }
}

/** Not what goes on for as long as something is busy. */
function ends(animation: Animation): boolean {
  return animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
}

function keyOf(cell: Cell): string {
  return cell.panels.join("|");
}
