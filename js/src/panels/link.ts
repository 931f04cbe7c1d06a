// Link: the channels between this page and its scene in the kernel, typed. It draws nothing.

import type { Theme } from "./kinds/renderer.ts";

/** How one panel is; what it shows is pulled. */
export interface PanelState {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  /** Which content: another object has another number. */
  readonly content: number;
  readonly version: number;
  readonly busy: boolean | number;
  /** What it is busy with. */
  readonly doing: string;
  readonly error: string | null;
  readonly stale: boolean;
  /** Counts what the kernel selected: the renderer asks for it when there is a newer number. */
  readonly chosen: number;
  /** It is in a window of its own; its place here is kept. */
  readonly away?: boolean;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Names; several are tabs. */
  readonly panels: readonly string[];
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly Cell[];
}

/** What the person makes of the grid. */
export interface Arrangement {
  /** The kernel's are counted; the page keeps its own until there is a newer one. */
  readonly number: number;
  /** Shares, one a track; none for equal ones. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** Panels that are seen, of those that share a cell. */
  readonly chosen: readonly string[];
  readonly maximized: string | null;
}

/** All that the page is told, but for the contents. */
export interface BoardState {
  readonly title: string;
  /** Null for a single panel without a frame. */
  readonly grid: Grid | null;
  readonly arrangement?: Arrangement;
  /** A single panel of a board: there is a way back. */
  readonly popped: boolean;
  readonly panels: readonly PanelState[];
  /** Another number: what changed since was changed together. */
  readonly batch: number;
  readonly theme: Theme | null;
  /** Counts what was told. */
  readonly revision: number;
}

/** What a panel draws; or that it could not be made, and why. */
export interface Pulled {
  readonly failed?: string;
  readonly kind: string;
  readonly content: number;
  readonly version: number;
  /** The number of the last message that was pushed before. */
  readonly pushed: number;
  readonly value: unknown;
}

interface Kernel extends jupyterwin.Kernel {
  readonly "jw:board": () => Promise<BoardState>;
  readonly "jw:content": (panel: string) => Promise<Pulled>;
  readonly "jw:ask": (panel: string, content: number, method: string, args: readonly unknown[]) => Promise<unknown>;
  readonly "jw:chunk": (name: string) => Promise<string>;
}

/** Where each panel that can be seen is: x, y, width and height as shares of the page. */
export type Areas = Readonly<Record<string, readonly [number, number, number, number]>>;

const kernel = (globalThis as unknown as { kernel: Kernel }).kernel;

export const link = {
  board: () => kernel["jw:board"](),
  content: (panel: string) => kernel["jw:content"](panel),
  ask: (panel: string, content: number, method: string, args: readonly unknown[]) =>
    kernel["jw:ask"](panel, content, method, args),
  chunk: (name: string) => kernel["jw:chunk"](name),
  /** `seen`: the newest selection of the kernel's that the page knew of. */
  tell: (panel: string, content: number, event: string, detail?: unknown, seen?: number) =>
    kernel.send("jw:tell", panel, content, event, detail ?? null, seen ?? null),
  onChanged: (call: (board: BoardState) => void) => kernel.on("jw:changed", call),
  onPush: (call: (panel: string, number: number, message: unknown) => void) => kernel.on("jw:push", call),
  /** Answer the kernel when everything is drawn: by where the panels are. */
  onSettled: (call: (revision: number) => Promise<Areas>) => kernel.handle("jw:settled", call),
  onLatest: (panel: string, call: (message: unknown) => void) => kernel.on(`jw:latest:${panel}`, call),
};
