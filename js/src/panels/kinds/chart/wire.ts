// What the kernel tells of a chart (jupyterwin/panels/charts/): what to draw, and rows as binary columns. Types alone.

/** How x is to be read. */
export type XKind = "number" | "time" | "category" | "row";

export interface SeriesSpec {
  /** The column. */
  readonly name: string;
  readonly label: string;
  readonly unit: string;
}

/** What to draw. The rows come by `rows_since`. */
export interface ChartSpec {
  readonly mark: "line" | "scatter" | "bar" | "area";
  readonly x: { readonly name: string | null; readonly label: string; readonly kind: XKind; readonly utc: boolean };
  readonly y: readonly SeriesSpec[];
  /** A column of text that splits one y into a series for each of its values. */
  readonly by: string | null;
  readonly title: string;
  readonly unit: string;
  readonly digits: number | null;
  readonly range: readonly [number | null, number | null] | null;
  readonly log: boolean;
  readonly stack: boolean;
  /** Show the newest rows alone: so many, or (x is a time) so many milliseconds. */
  readonly last: { readonly rows: number | null; readonly ms: number | null };
  /** Charts of one key share cross-hair and zoom, in all windows. */
  readonly sync: string | null;
  readonly brush: boolean;
  /** What was done to the rows. */
  readonly note: string;
}

/** What is selected: a range of x, or names of x, or rows (numbers of them, as int32). */
export interface ChosenMessage {
  readonly x: readonly [number, number] | null;
  readonly names: readonly string[];
  readonly rows: ArrayBuffer;
}

export interface NumberCells {
  readonly type: "float64" | "float32";
  readonly data: ArrayBuffer;
}

/** Text: a number for each row into `values`; -1 is a missing one. */
export interface TextCells {
  readonly type: "text";
  readonly data: ArrayBuffer;
  readonly values: readonly string[];
}

export type Cells = NumberCells | TextCells;

/** Rows first … first + count - 1 of those ever appended. See `Rows` in jupyterwin/panels/livetable/table.py. */
export interface RowsMessage {
  readonly first: number;
  readonly count: number;
  readonly total: number;
  readonly oldest: number;
  readonly fresh: boolean;
  readonly columns: Readonly<Record<string, Cells>>;
}
