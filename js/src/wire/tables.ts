// Arrow tables, as far as the wire knows them: a library makes them of bytes and bytes of them. Scripts that have no use for
// tables leave the library out, and refuse them.

import type { Bytes } from "./arrays.ts";

/** What knows tables. */
export interface TableLibrary {
  /** Whether it is a table that `streamOf` can write. */
  readonly isTable: (value: object) => boolean;
  /** The bytes of an Arrow stream. Throws for what cannot be said in one. */
  readonly streamOf: (table: object) => Bytes;
  /** The table of such bytes, which it keeps. Throws for what is none. */
  readonly tableOf: (bytes: Bytes) => object;
}

let library: TableLibrary | null = null;

/** Let values hold tables in this script from now on. */
export function useTables(given: TableLibrary): void {
  library = given;
}

/** The library of this script, if it has one. */
export function tables(): TableLibrary | null {
  return library;
}
