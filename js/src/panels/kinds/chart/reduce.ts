// Fewer points with the same picture: of all rows under one pixel a line shows its first, last, lowest and highest (M4).
// Pure: columns in, numbers of rows out.

/** The first place whose value is not below; `sorted` ascends. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Whether no value is smaller than the one before, and none is missing. */
export function ascends(values: ArrayLike<number>): boolean {
  for (let at = 1; at < values.length; at++) {
    if (!((values[at - 1] as number) <= (values[at] as number))) {
      return false;
    }
  }
  return values.length === 0 || !Number.isNaN(values[0] as number);
}

/** The rows that a line of these columns needs: all of them when they are few, else what shows in `pixels` buckets of x from
 * `min` to `max`, with one row beyond each end. x ascends. A gap of missing values stays a gap. */
export function linePoints(
  x: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  min: number,
  max: number,
  pixels: number,
): Int32Array {
  const from = Math.max(0, lowerBound(x, min) - 1);
  let to = lowerBound(x, max);
  while (to < x.length && x[to] === max) {
    to++;
  }
  to = Math.min(x.length, to + 1);
  if (to - from <= 4 * pixels || !(max > min)) {
    return Int32Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  }
  const chosen = new Chosen();
  const scale = pixels / (max - min);
  let start = from;
  while (start < to) {
    const bucket = Math.floor(((x[start] as number) - min) * scale);
    const border = min + (bucket + 1) / scale;
    let end = start + 1;
    while (end < to && (x[end] as number) < border) {
      end++;
    }
    chosen.add(start);
    for (const column of columns) {
      extremes(column, start, end, chosen);
    }
    chosen.add(end - 1);
    chosen.close();
    start = end;
  }
  return chosen.rows();
}

/** The lowest and highest of some rows of a column, and the first that is missing. */
function extremes(column: ArrayLike<number>, start: number, end: number, chosen: Chosen): void {
  let lowest = -1;
  let highest = -1;
  let missing = -1;
  for (let at = start; at < end; at++) {
    const value = column[at] as number;
    if (Number.isNaN(value)) {
      missing = missing < 0 ? at : missing;
    } else {
      lowest = lowest < 0 || value < (column[lowest] as number) ? at : lowest;
      highest = highest < 0 || value > (column[highest] as number) ? at : highest;
    }
  }
  chosen.add(lowest);
  chosen.add(highest);
  chosen.add(missing);
}

/** Rows as they are chosen: each bucket's in order, and none twice. */
class Chosen {
  #rows = new Int32Array(4096);
  #length = 0;
  readonly #bucket: number[] = [];

  add(row: number): void {
    if (row >= 0) {
      this.#bucket.push(row);
    }
  }

  close(): void {
    this.#bucket.sort((a, b) => a - b);
    for (const row of this.#bucket) {
      if (this.#length === 0 || this.#rows[this.#length - 1] !== row) {
        this.#put(row);
      }
    }
    this.#bucket.length = 0;
  }

  rows(): Int32Array {
    return this.#rows.slice(0, this.#length);
  }

  #put(row: number): void {
    if (this.#length === this.#rows.length) {
      const larger = new Int32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[this.#length++] = row;
  }
}

/** The points of a scatter that can be told apart: one for each cell of `width` × `height`, the newest; in the order of x. */
export function scatterPoints(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  group: ArrayLike<number> | null,
  box: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
  width: number,
  height: number,
): Int32Array {
  const few = x.length <= 4000;
  const across = width / (box.x[1] - box.x[0] || 1);
  const up = height / (box.y[1] - box.y[0] || 1);
  const taken = new Set<number>();
  const rows: number[] = [];
  for (let at = x.length - 1; at >= 0; at--) {
    const px = x[at] as number;
    const py = y[at] as number;
    if (!(px >= box.x[0] && px <= box.x[1]) || Number.isNaN(py)) {
      continue;
    }
    if (!few) {
      const cell =
        (Math.floor((px - box.x[0]) * across) * (height + 2) + Math.floor((py - box.y[0]) * up)) * 16 +
        (group === null ? 0 : (group[at] as number) % 16);
      if (taken.has(cell)) {
        continue;
      }
      taken.add(cell);
    }
    rows.push(at);
  }
  return Int32Array.from(rows).sort((a, b) => (x[a] as number) - (x[b] as number) || a - b);
}

/** The lowest and highest value; null when there is none. */
export function extent(columns: readonly ArrayLike<number>[], from = 0, to?: number): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    const end = to ?? column.length;
    for (let at = from; at < end; at++) {
      const value = column[at] as number;
      if (value < low) {
        low = value;
      }
      if (value > high) {
        high = value;
      }
    }
  }
  return low <= high ? [low, high] : null;
}
