// Arrow tables through both worlds: from the kernel to preload and page, on to the page, and back to the kernel.

import { readFileSync } from "node:fs";
import { type Column, type Table, tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { isTable, streamOf, tableOf } from "../../src/arrow/table.ts";
import { useTables } from "../../src/wire/tables.ts";
import { TestWindow } from "../support/worlds.ts";

useTables({ isTable, streamOf, tableOf }); // for the kernel's end

const made = () => tableFromArrays({ n: [1, 2, 3], text: ["a", null, "c"] });
const bytes = () => tableToIPC(made(), { format: "stream" }) as Uint8Array<ArrayBuffer>;
const plain = (table: Table) => table.toArray().map((row) => ({ ...row }));

describe("a table", () => {
  test("is what its bytes say, and keeps them", () => {
    const stream = bytes();
    const table = tableOf(stream) as Table;
    expect(plain(table)).toStrictEqual(plain(made()));
    expect(streamOf(table)).toBe(stream);
  });

  test("of columns that were chosen has bytes of its own", () => {
    const chosen = (tableOf(bytes()) as Table).select(["text"]);
    expect((tableOf(streamOf(chosen)) as Table).names).toStrictEqual(["text"]);
  });

  test("of another copy of the library is one too", () => {
    const { schema, children } = made();
    const foreign = {
      schema,
      children,
      get [Symbol.toStringTag]() {
        return "Table";
      },
    };
    expect(isTable(foreign)).toBe(true);
    expect(plain(tableOf(streamOf(foreign)) as Table)).toStrictEqual(plain(made()));
  });

  test.each([{}, { schema: { fields: [] }, children: [] }, { [Symbol.toStringTag]: "Table", schema: 1 }, new Map()])(
    "is none of the look-alikes (%#)",
    (value) => expect(isTable(value)).toBe(false),
  );

  test.each([new Uint8Array([1, 2, 3]), "text", [1]])("is not made of what is no stream (%#)", (value) => {
    expect(() => tableOf(value as Uint8Array<ArrayBuffer>)).toThrow();
  });
});

describe("between the worlds", () => {
  const functions = { echo: (...args: unknown[]) => args[0], give: () => ({ title: "t", table: tableOf(bytes()) }) };
  const open = () => new TestWindow({ kernel: [{ name: "echo" }, { name: "give" }] }, functions);

  test("the page gets a table of its own world", async () => {
    const window = open();
    const shown = await window.page(`kernel.give().then(({ title, table }) => JSON.stringify([
      title, table.numRows, table.names, table.getChild("n").at(1), table.toArray()[2], [...table.getChild("text")],
      table.getChildAt(0).toArray() instanceof Int8Array,
    ]))`);
    expect(JSON.parse(shown)).toStrictEqual(["t", 3, ["n", "text"], 2, { n: 3, text: "c" }, ["a", null, "c"], true]);
  });

  test("the preload gets one too, and hands it on", async () => {
    const window = open();
    await window.isolated(`(async () => {
      const { table } = await jupyterwin.ipcRenderer.invoke("give");
      jupyterwin.contextBridge.exposeInMainWorld("data", { table, rows: table.numRows });
    })()`);
    expect(window.page("[data.rows, data.table.numRows, data.table.getChild('n').at(0)].join()")).toBe("3,3,1");
  });

  test("a table that the page gives back arrives with the same bytes", async () => {
    const window = open();
    await window.page("kernel.give().then(({ table }) => kernel.echo({ inside: [table] }))");
    const echo = window.kernel.all("invoke").find(({ channel }) => channel === "echo");
    expect(echo?.bytes).toStrictEqual([bytes()]);
  });

  test("one table in two places crosses once", () => {
    const window = open();
    window.isolated(`jupyterwin.ipcRenderer.invoke("give").then(({ table }) =>
      jupyterwin.contextBridge.exposeInMainWorld("data", { a: table, b: [table] }))`);
    return window.page("kernel.give()").then(() => expect(window.page("data.a === data.b[0]")).toBe(true));
  });

  test("a page whose built-ins were replaced harms itself alone", async () => {
    const window = open();
    window.page("WeakMap.prototype.has = () => true; WeakMap.prototype.get = () => 'evil'");
    expect(() => window.page("kernel.echo(new (class { a = 1 })())")).toThrow();
    expect(await window.isolated("jupyterwin.ipcRenderer.invoke('give').then((it) => it.table.numRows)")).toBe(3);
  });
});

test("the declared types are those of the library", () => {
  // The compiler judges this one: whatever the page's types promise, the library has.
  // Names are strings; the library's own types say so for known columns alone.
  const promised: Omit<jupyterwin.ArrowTable, "names" | "select"> = made();
  const column: jupyterwin.ArrowColumn = made().getChild("n") as Column<unknown>;
  expect(promised.numRows + column.length).toBe(6);
});

test("the types that ship name no library", () => {
  expect(readFileSync(new URL("../../src/types/jupyterwin.d.ts", import.meta.url), "utf8")).not.toMatch(/^import/m);
});
