// Saving: the rows of a table, in the order in which they are shown, as a CSV file that the window downloads. The kernel writes it.

import type { Ask, Query } from "./content.ts";

/** Characters; a page that holds more of them is in danger. */
const MOST = 256 * 1024 * 1024;

/** Returns what went wrong, if anything did. */
export async function saveCsv(ask: Ask, query: Query, what: string): Promise<string> {
  const pieces: string[] = [];
  let size = 0;
  let start: number | null = 0;
  try {
    while (start !== null) {
      const piece: { text: string; next: number | null } = await ask("csv", query, start);
      pieces.push(piece.text);
      size += piece.text.length;
      start = piece.next;
      if (size > MOST) {
        return "Too much for a page: save it in Python, by to_csv() or the like";
      }
    }
  } catch (error) {
    return (error as Error).message;
  }
  const url = URL.createObjectURL(new Blob(pieces, { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${what.split(" ")[0] || "table"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return "";
}
