// Selection: the cells that a person has chosen: a rectangle from an anchor to the active cell, and rectangles chosen before it
// with Ctrl. Pure.

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns from … to …, both included; columns by their place in the table. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Rows from … to before …, from … to before …, ascending; columns by their place in the table, null for all. */
export interface Given {
  readonly spans: Int32Array;
  readonly columns: readonly number[] | null;
}

export class Selection {
  active: Place | null = null;
  #anchor: Place | null = null;
  #whole = false;
  #others: Area[] = [];
  #given: Given | null = null;

  /** Chosen elsewhere, instead of what was chosen here. A single row has the active cell. */
  give(given: Given): void {
    const [top, bottom] = given.spans;
    this.clear();
    if (given.spans.length === 2 && bottom === (top as number) + 1) {
      this.active = this.#anchor = { row: top as number, column: given.columns?.[0] ?? 0 };
      this.#whole = given.columns === null;
    }
    this.#given = given.spans.length ? given : null;
  }

  /** The first row that is chosen elsewhere. */
  get first(): number | null {
    return this.#given?.spans[0] ?? null;
  }

  /** `whole`: rows with all their columns. `extend`: from the anchor to here. `more`: besides what is chosen. */
  to(place: Place, { extend = false, more = false, whole = false } = {}): void {
    if (more && this.active) {
      this.#others.push(this.#area(1e9) as Area);
    } else if (!extend) {
      this.#others = [];
    }
    this.#given = more ? this.#given : null;
    this.active = place;
    if (!extend || !this.#anchor) {
      this.#anchor = place;
      this.#whole = whole;
    }
  }

  all(rows: number): void {
    if (rows) {
      this.#anchor = { row: 0, column: this.active?.column ?? 0 };
      this.active = { row: rows - 1, column: this.#anchor.column };
      this.#whole = true;
      this.#others = [];
      this.#given = null;
    }
  }

  clear(): void {
    this.active = this.#anchor = null;
    this.#others = [];
    this.#given = null;
  }

  /** The rows are others: what is beyond the end is not chosen any more. */
  clamp(rows: number, columns: number): void {
    if (!rows || !columns) {
      this.clear();
    }
    if (!this.active || !this.#anchor) {
      return;
    }
    const inside = ({ row, column }: Place) => ({
      row: Math.min(row, rows - 1),
      column: Math.min(column, columns - 1),
    });
    this.active = inside(this.active);
    this.#anchor = inside(this.#anchor);
    this.#others = this.#others.filter(({ bottom }) => bottom < rows);
  }

  /** So many rows are gone from the beginning; a selection that begins in them is gone too. */
  slide(rows: number): void {
    const slid = ({ row, column }: Place) => ({ row: row - rows, column });
    const given = this.#given && { ...this.#given, spans: this.#given.spans.map((row) => Math.max(0, row - rows)) };
    if (this.active && this.#anchor && Math.min(this.active.row, this.#anchor.row) >= rows) {
      [this.active, this.#anchor] = [slid(this.active), slid(this.#anchor)];
      this.#others = this.#others
        .map((area) => ({ ...area, top: area.top - rows, bottom: area.bottom - rows }))
        .filter(({ top }) => top >= 0);
    } else {
      this.clear();
    }
    this.#given = given;
  }

  has(row: number, column: number): boolean {
    const inside = ({ top, bottom, left, right }: Area) =>
      row >= top && row <= bottom && column >= left && column <= right;
    const area = this.#area(column);
    return (area !== null && inside(area)) || this.#others.some(inside) || isGiven(this.#given, row, column);
  }

  /** All rectangles, the last one last. `columns`: how many there are. */
  areas(columns: number): Area[] {
    const area = this.#area(columns - 1);
    const clipped = this.#others.map((other) => ({ ...other, right: Math.min(other.right, columns - 1) }));
    return [...areasOf(this.#given, columns), ...clipped, ...(area ? [area] : [])];
  }

  #area(lastColumn: number): Area | null {
    if (!this.active || !this.#anchor) {
      return null;
    }
    const { active, anchor } = { active: this.active, anchor: this.#anchor };
    return {
      top: Math.min(anchor.row, active.row),
      bottom: Math.max(anchor.row, active.row),
      left: this.#whole ? 0 : Math.min(anchor.column, active.column),
      right: this.#whole ? lastColumn : Math.max(anchor.column, active.column),
    };
  }
}

/** By halves: there may be very many. */
function isGiven(given: Given | null, row: number, column: number): boolean {
  if (given === null || !(given.columns?.includes(column) ?? true)) {
    return false;
  }
  let [low, high] = [0, given.spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((given.spans[middle] as number) <= row) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low % 2 === 1; // behind a beginning, and before its end
}

function areasOf(given: Given | null, columns: number): Area[] {
  if (given === null) {
    return [];
  }
  const [left, right] = given.columns ? [given.columns[0] ?? 0, given.columns.at(-1) ?? 0] : [0, columns - 1];
  return Array.from({ length: given.spans.length / 2 }, (_, at) => {
    const [top, end] = [given.spans[2 * at] as number, given.spans[2 * at + 1] as number];
    return { top, bottom: end - 1, left, right };
  });
}

/** Rows of all areas: from … to before …, in order, each row once. */
export function spansOf(areas: readonly Area[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const { top, bottom } of [...areas].sort((a, b) => a.top - b.top)) {
    const last = spans.at(-1);
    if (last && top <= last[1]) {
      last[1] = Math.max(last[1], bottom + 1);
    } else {
      spans.push([top, bottom + 1]);
    }
  }
  return spans;
}

/** Columns of all areas, in order, each once. */
export function columnsOf(areas: readonly Area[]): number[] {
  const columns = new Set<number>();
  for (const { left, right } of areas) {
    for (let column = left; column <= right; column++) {
      columns.add(column);
    }
  }
  return [...columns].sort((a, b) => a - b);
}
