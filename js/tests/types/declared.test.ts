// jupyterwin.d.ts says what a window has: no name less, no name more. The compiler compares the types, this the objects.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ContextBridge } from "../../src/preload/contextBridge.ts";
import type { Jupyterwin } from "../../src/preload/document.ts";
import type { IpcRenderer, IpcRendererEvent, IpcRendererInvokeEvent } from "../../src/preload/ipcRenderer.ts";
import type { CallOptions } from "../../src/preload/outgoing.ts";
import { TestWindow } from "../support/worlds.ts";

const text = readFileSync(new URL("../../src/types/jupyterwin.d.ts", import.meta.url), "utf8");

/** The members that an interface of the file declares. */
function declared(name: string): string[] {
  const body = new RegExp(`interface ${name} \\{\\n(.*?)\\n  \\}`, "s").exec(text)?.[1] ?? "";
  const members = [...body.matchAll(/^ {4}(?:readonly )?(\w+)[?:(]/gm)].map((match) => match[1] as string);
  return members.sort();
}

/** True only where both have the same names, and what we have can be used as what we say. */
type Holds<Ours, Said> = [keyof Ours, keyof Said] extends [keyof Said, keyof Ours]
  ? [Ours] extends [Said]
    ? true
    : false
  : false;

test("the types are those of the source", () => {
  const renderer: Holds<IpcRenderer, jupyterwin.IpcRenderer> = true;
  const bridge: Holds<ContextBridge, jupyterwin.ContextBridge> = true;
  const event: Holds<IpcRendererEvent, jupyterwin.IpcRendererEvent> = true;
  const invoked: Holds<IpcRendererInvokeEvent, jupyterwin.IpcRendererInvokeEvent> = true;
  const options: Holds<CallOptions, jupyterwin.CallOptions> = true;
  const both: Holds<Jupyterwin, typeof jupyterwin> = true;
  expect([renderer, bridge, event, invoked, options, both]).not.toContain(false);
});

test("the names are those that a preload and a page have", () => {
  const window = new TestWindow({ kernel: [] });
  const keys = (of: string) => (window.isolated(`Object.keys(${of}).sort().join()`) as string).split(",");
  expect(declared("IpcRenderer")).toStrictEqual(keys("jupyterwin.ipcRenderer"));
  expect(declared("ContextBridge")).toStrictEqual(keys("jupyterwin.contextBridge"));
  expect(keys("jupyterwin")).toStrictEqual(["contextBridge", "ipcRenderer"]);
  expect(declared("Kernel")).toStrictEqual((window.page("Object.keys(kernel).sort().join()") as string).split(","));
});
