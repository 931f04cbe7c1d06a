// The rule of primordials.ts, held: code that runs beside a page names no global and iterates nothing, whatever a page
// may do to it later. tests/bridge/hostile.test.ts shows what the rule is for.

import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";

const src = new URL("../../src/", import.meta.url);
// handover.ts is done before any page script runs.
const EXEMPT = new Set(["bridge/primordials.ts", "bridge/handover.ts"]);
const files = ["bridge", "stub"]
  .flatMap((folder) => readdirSync(new URL(`${folder}/`, src)).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith(".ts") && !EXEMPT.has(name));

const NAME = /(?<![.\w#$])[A-Z]\w*/g;
const FUNCTIONS = /(?<![.\w#$])(globalThis|document|structuredClone|queueMicrotask|setTimeout|console|eval)\b/g;
const ITERATION = /\bfor\s*(await\s*)?\([^;)]*\bof\b|\b(const|let|var)\s*\[|\[\s*\.\.\./g;
/** Methods of built-ins, called as methods. Our own objects' methods are called by other names, or on what is named here. */
const METHODS =
  /(?<!(#\w+|notes|meanings))\.(push|map|forEach|filter|slice|join|call|apply|bind|then|get|set|has|concat|indexOf)\(/g;

/** The code of a file as it runs: no types, comments or text in quotes. */
function code(name: string): string {
  const { code: js } = transformSync(readFileSync(new URL(name, src), "utf8"), { loader: "ts", target: "chrome120" });
  return js.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replace(/"[^"\n]*"/g, '""');
}

/** What a file's own text brings in or declares. */
function declared(text: string): Set<string> {
  const imported = [...text.matchAll(/^import \{([^}]*)\}/gm)].flatMap((match) => (match[1] as string).split(","));
  const own = [...text.matchAll(/\b(?:class|const|let)\s+(\w+)/g)].map((match) => match[1] as string);
  return new Set([...imported.map((name) => name.trim()), ...own]);
}

describe.each(files)("%s", (name) => {
  const text = code(name);

  test("names no global", () => {
    const known = declared(text);
    const free = [...text.matchAll(NAME)].map(([word]) => word).filter((word) => !known.has(word));
    expect(free).toStrictEqual([]);
    expect(text.match(FUNCTIONS)).toBeNull();
  });

  test("iterates nothing and calls no method of a built-in", () => {
    expect(text.match(ITERATION)).toBeNull();
    expect(text.match(METHODS)).toBeNull();
  });
});

test("there are files to look at", () => {
  expect(files).toContain("stub/entry.ts");
  expect(files.length).toBeGreaterThan(10);
});
