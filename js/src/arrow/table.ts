// Arrow tables: the bytes of an IPC stream ↔ a `Table` of flechette. Both worlds hold this; nothing is parsed before the
// first table comes. It knows no frames and no bridge.

import { Table, tableFromIPC, tableToIPC } from "@uwdata/flechette";

type Bytes = Uint8Array<ArrayBuffer>;

/** What a table came as: it goes on, or back, as the same bytes. */
const streams = new WeakMap<object, Bytes>();

/** The table of these bytes, which it keeps. Dates and timestamps are Dates. Throws for what is no Arrow stream. */
export function tableOf(bytes: Bytes): object {
  if (!ArrayBuffer.isView(bytes)) {
    throw new TypeError("an Arrow stream is bytes");
  }
  const table = tableFromIPC(bytes, { useDate: true });
  streams.set(table, bytes);
  return table;
}

/** Whether it is a table of flechette's: of this copy of the library, or of one that a page brought along. */
export function isTable(value: object): boolean {
  if (streams.has(value) || value instanceof Table) {
    return true;
  }
  const { schema, children } = value as Partial<Table>;
  return (
    Object.prototype.toString.call(value) === "[object Table]" &&
    Array.isArray(schema?.fields) &&
    Array.isArray(children) &&
    children.every((column) => Array.isArray(column?.data))
  );
}

/** The bytes of a table. Throws for what Arrow cannot say. */
export function streamOf(table: object): Bytes {
  return streams.get(table) ?? (tableToIPC(table as Table, { format: "stream" }) as Bytes);
}
