// Keys: what a key does in the rows: where the active cell goes, as in any grid. Pure.

import type { Place } from "./selection.ts";

export interface Extent {
  readonly rows: number;
  /** By their numbers, as they stand. */
  readonly columns: readonly number[];
  /** Rows on a screen. */
  readonly page: number;
}

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">;

/** Where a key leads from a place; null for keys that lead nowhere. */
export function led({ row, column }: Place, pressed: Pressed, { rows, columns, page }: Extent): Place | null {
  const far = pressed.ctrlKey || pressed.metaKey;
  const at = Math.max(0, columns.indexOf(column));
  const to = (toRow: number, toPlace: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, toRow)),
    column: columns[Math.max(0, Math.min(columns.length - 1, toPlace))] ?? 0,
  });
  switch (pressed.key) {
    case "ArrowUp":
      return to(far ? 0 : row - 1, at);
    case "ArrowDown":
      return to(far ? rows - 1 : row + 1, at);
    case "ArrowLeft":
      return to(row, far ? 0 : at - 1);
    case "ArrowRight":
      return to(row, far ? columns.length - 1 : at + 1);
    case "PageUp":
      return to(row - page, at);
    case "PageDown":
      return to(row + page, at);
    case "Home":
      return to(far ? 0 : row, 0);
    case "End":
      return to(far ? rows - 1 : row, columns.length - 1);
    default:
      return null;
  }
}
