// Tracks: the columns or the rows of a grid, as shares of its width or height, and where they can be moved. Pure.

import type { Grid } from "./link.ts";

/** A piece of a line between two tracks that no cell lies across: from track `from` of the other axis up to `to`. */
export interface Edge {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export type Axis = "columns" | "rows";

/** As many equal shares, or those that are given. */
export function sharesOf(count: number, given: readonly number[]): readonly number[] {
  return given.length === count ? given : Array.from({ length: count }, () => 1 / count);
}

/** Where a person can take hold: the pieces of lines between cells, longest runs. */
export function edges(grid: Grid, axis: Axis): Edge[] {
  const other = axis === "columns" ? "rows" : "columns";
  const owners = owned(grid, axis);
  const found: Edge[] = [];
  for (let line = 1; line < grid[axis]; line++) {
    let from = -1;
    for (let across = 0; across <= grid[other]; across++) {
      const before = owners[line - 1]?.[across] ?? -1;
      const after = owners[line]?.[across] ?? -1;
      const free = across < grid[other] && before !== after;
      if (free && from < 0) {
        from = across;
      } else if (!free && from >= 0) {
        found.push({ line, from, to: across });
        from = -1;
      }
    }
  }
  return found;
}

/** Which cell is where: `[along the axis][across it]`, -1 for gaps. */
function owned(grid: Grid, axis: Axis): number[][] {
  const [along, across] = axis === "columns" ? (["column", "row"] as const) : (["row", "column"] as const);
  const [long, wide] = axis === "columns" ? (["columns", "rows"] as const) : (["rows", "columns"] as const);
  const owners = Array.from({ length: grid[long] }, () => Array<number>(grid[wide]).fill(-1));
  for (const [number, cell] of grid.cells.entries()) {
    for (const column of owners.slice(cell[along], cell[along] + cell[long])) {
      column.fill(number, cell[across], cell[across] + cell[wide]);
    }
  }
  return owners;
}

/** The tracks on both sides of a line, up to the next lines that can be moved. */
export function sides(count: number, lines: readonly number[], line: number): readonly [number, number] {
  return [Math.max(0, ...lines.filter((one) => one < line)), Math.min(count, ...lines.filter((one) => one > line))];
}

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

/** How far a line is between its neighbours, from 0 to 1. */
export function position(shares: readonly number[], lines: readonly number[], line: number): number {
  const [from, to] = sides(shares.length, lines, line);
  return sum(shares.slice(from, line)) / sum(shares.slice(from, to));
}

/** The shares after a line was moved by a share of the whole; each side keeps `least`. Other lines stay where they are. */
export function moved(
  shares: readonly number[],
  lines: readonly number[],
  line: number,
  by: number,
  least: number,
): readonly number[] {
  const [from, to] = sides(shares.length, lines, line);
  const before = sum(shares.slice(from, line));
  const both = sum(shares.slice(from, to));
  const low = Math.min(least, both / 2);
  const now = Math.min(both - low, Math.max(low, before + by));
  return shares.map((share, track) => {
    if (track < from || track >= to) {
      return share;
    }
    return track < line ? (share * now) / before : (share * (both - now)) / (both - before);
  });
}

/** The pixels that each track keeps, so that no panel across it is smaller than that. */
export function leasts(grid: Grid, axis: Axis, least: number): readonly number[] {
  const [along, long] = axis === "columns" ? (["column", "columns"] as const) : (["row", "rows"] as const);
  return Array.from({ length: grid[axis] }, (_, track) => {
    const across = grid.cells.filter((cell) => cell[along] <= track && track < cell[along] + cell[long]);
    return Math.max(0, ...across.map((cell) => Math.ceil(least / cell[long])));
  });
}

/** What a style says of shares, and of the pixels that each keeps. */
export function template(shares: readonly number[], leasts: readonly number[]): string {
  const one = (share: number, track: number) =>
    `minmax(${leasts[track] ?? 0}px, ${(share * shares.length).toFixed(5)}fr)`;
  return shares.map(one).join(" ");
}
