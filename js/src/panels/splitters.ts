// Splitters: what a person drags between panels, by pointer or by keys. They know lines and shares, and no panel.

import { make } from "./dom.ts";
import type { Cell, Grid } from "./link.ts";
import { type Axis, type Edge, edges, leasts, moved, position, sharesOf, template } from "./tracks.ts";

/** Pixels that a panel keeps: in a smaller window the board scrolls. */
const LEAST = { columns: 96, rows: 72 };
/** Pixels of one key, and of one with Shift. */
const STEP = 16;
const LEAP = 96;

export class Splitters {
  readonly axis: Axis;
  shares: readonly number[] = [];
  #lines: readonly number[] = [];
  #leasts: readonly number[] = [];
  #handles: { edge: Edge; el: HTMLElement }[] = [];
  readonly #board: HTMLElement;
  readonly #done: () => void;

  /** `done` is called when the person has let go. */
  constructor(board: HTMLElement, axis: Axis, done: () => void) {
    this.axis = axis;
    this.#board = board;
    this.#done = done;
  }

  /** Lie so from now on. Returns the handles, to be placed in the board. */
  show(grid: Grid, shares: readonly number[]): HTMLElement[] {
    const found = edges(grid, this.axis);
    this.#lines = [...new Set(found.map(({ line }) => line))];
    this.shares = sharesOf(grid[this.axis], shares);
    this.#leasts = leasts(grid, this.axis, LEAST[this.axis]);
    if (JSON.stringify(found) !== JSON.stringify(this.#handles.map(({ edge }) => edge))) {
      for (const { el } of this.#handles) {
        el.remove();
      }
      this.#handles = found.map((edge) => ({ edge, el: this.#handle(edge) }));
    }
    for (const { edge, el } of this.#handles) {
      el.setAttribute("aria-label", named(grid, this.axis, edge));
    }
    this.#apply();
    return this.#handles.map(({ el }) => el);
  }

  #handle(edge: Edge): HTMLElement {
    const upright = this.axis === "columns";
    const el = make(`div.jw-splitter`, {
      role: "separator",
      tabindex: "0",
      "aria-orientation": upright ? "vertical" : "horizontal",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    });
    const [line, from, to] = [edge.line + 1, edge.from + 1, edge.to + 1];
    el.style.gridArea = upright ? `${from} / ${line} / ${to} / ${line + 1}` : `${line} / ${from} / ${line + 1} / ${to}`;
    el.addEventListener("keydown", (event) => this.#key(event, edge.line));
    el.addEventListener("dblclick", () => this.#even(edge.line));
    el.addEventListener("pointerdown", (event) => event.button === 0 && this.#drag(event, el, edge.line));
    return el;
  }

  #drag(start: PointerEvent, el: HTMLElement, line: number): void {
    const along = this.axis === "columns" ? "clientX" : "clientY";
    const shares = this.shares;
    const end = new AbortController();
    const { signal } = end;
    start.preventDefault();
    el.focus({ preventScroll: true });
    el.setPointerCapture(start.pointerId);
    this.#board.classList.add("jw-is-dragged");
    const move = (event: PointerEvent) => this.#move(shares, line, event[along] - start[along]);
    const over = (event: PointerEvent) => {
      end.abort();
      this.#board.classList.remove("jw-is-dragged");
      if (event.type === "pointercancel") {
        this.shares = shares;
        this.#apply();
      } else {
        this.#done();
      }
    };
    el.addEventListener("pointermove", move, { signal });
    el.addEventListener("pointerup", over, { signal });
    el.addEventListener("pointercancel", over, { signal });
  }

  #key(event: KeyboardEvent, line: number): void {
    const [less, more] = this.axis === "columns" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const step = event.shiftKey ? LEAP : STEP;
    const by = { [less as string]: -step, [more as string]: step, Home: -1e6, End: 1e6 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      this.#move(this.shares, line, by);
      this.#done();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#even(line);
    }
  }

  /** Both sides alike. */
  #even(line: number): void {
    const now = position(this.shares, this.#lines, line);
    const both = this.#both(line);
    this.shares = moved(this.shares, this.#lines, line, (0.5 - now) * both, 0);
    this.#apply();
    this.#done();
  }

  #both(line: number): number {
    const from = Math.max(0, ...this.#lines.filter((one) => one < line));
    const to = Math.min(this.shares.length, ...this.#lines.filter((one) => one > line));
    return this.shares.slice(from, to).reduce((total, share) => total + share, 0);
  }

  #move(shares: readonly number[], line: number, pixels: number): void {
    const room = this.#room();
    this.shares = moved(shares, this.#lines, line, pixels / room, LEAST[this.axis] / room);
    this.#apply();
  }

  /** Pixels that the tracks share. */
  #room(): number {
    const style = getComputedStyle(this.#board);
    const [size, gap] =
      this.axis === "columns" ? [this.#board.scrollWidth, style.columnGap] : [this.#board.scrollHeight, style.rowGap];
    return size - 2 * Number.parseFloat(style.paddingLeft) - (this.shares.length - 1) * Number.parseFloat(gap);
  }

  #apply(): void {
    const style = this.axis === "columns" ? "gridTemplateColumns" : "gridTemplateRows";
    this.#board.style[style] = template(this.shares, this.#leasts);
    for (const { edge, el } of this.#handles) {
      const now = Math.round(100 * position(this.shares, this.#lines, edge.line));
      el.setAttribute("aria-valuenow", String(now));
    }
  }
}

/** What a handle is between, for those who do not see it. */
function named(grid: Grid, axis: Axis, { line, from, to }: Edge): string {
  const [along, across, long, wide] =
    axis === "columns"
      ? (["column", "row", "columns", "rows"] as const)
      : (["row", "column", "rows", "columns"] as const);
  const near = (cell: Cell) => cell[across] < to && cell[across] + cell[wide] > from;
  const names = (beside: (cell: Cell) => boolean) =>
    grid.cells
      .filter((cell) => near(cell) && beside(cell))
      .map(({ panels }) => panels.join(", "))
      .join(", ") || "the gap";
  const before = names((cell) => cell[along] + cell[long] === line);
  return `Resize ${before} and ${names((cell) => cell[along] === line)}`;
}
