// What the kernel gives of a table (jupyterwin/panels/tables/grid.py), and what it is asked.

export type Kind = "integer" | "number" | "truth" | "date" | "duration" | "text" | "mixed";

/** A column, before its rows are seen. */
export interface Field {
  /** One part for each level of the header. */
  readonly name: readonly string[];
  readonly kind: Kind;
  readonly type: string;
  readonly index: boolean;
  /** Characters of the longest text of a sample. */
  readonly chars: number;
  /** Decimal places, of numbers; null: an exponent. */
  readonly digits?: number | null;
  /** Whether dates have no time of day. */
  readonly day?: boolean;
  /** Digits of a second's fraction, of dates. */
  readonly fraction?: number;
}

/** A column of some rows: values, and the names of what is missing by place. */
export interface Cells {
  readonly v: readonly unknown[];
  readonly m?: Readonly<Record<string, string>>;
}

export interface Block {
  readonly start: number;
  /** Of the rows in the object. */
  readonly numbers: readonly number[];
  readonly columns: Readonly<Record<string, Cells>>;
}

/** Columns to sort by, with whether they descend; conditions by column; a search in all of them. */
export interface Query {
  readonly sort: readonly (readonly [number, boolean])[];
  readonly filters: readonly (readonly [number, string])[];
  readonly search: string;
}

export const EVERYTHING: Query = { sort: [], filters: [], search: "" };

/** How a person left the view. */
export interface View {
  readonly query: Query;
  /** By the names of columns. */
  readonly widths: Readonly<Record<string, number>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly filtering: boolean;
  readonly top: number;
  readonly left: number;
}

export interface Content {
  readonly rows: number;
  readonly what: string;
  readonly note: string;
  readonly fields: readonly Field[];
  readonly first: Block;
  readonly view: View | null;
  /** Whether something is selected: it is asked for. */
  readonly chosen: boolean;
  /** Whether the window lets its page save files. */
  readonly save: boolean;
  /** It grows: a page at its end stays there. */
  readonly live?: boolean;
  /** The number that the first row has in the object: a live table forgets its oldest. */
  readonly begins?: number;
}

/** A cell: a value, or the name of what is missing. */
export interface Cell {
  readonly value: unknown;
  readonly missing: string | null;
}

/** What is selected, in the order that is shown. */
export interface ChosenMessage {
  /** int32: from, to before, from, to before … */
  readonly spans: ArrayBuffer;
  /** Null: all. */
  readonly columns: readonly number[] | null;
}

export type Ask = <T>(method: string, ...args: unknown[]) => Promise<T>;

/** What tells a column from others also when the table is another. */
export function nameOf(field: Field): string {
  return field.name.filter(Boolean).join(" · ");
}
