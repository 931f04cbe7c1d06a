// Tokens: the colours of the page have the contrast that WCAG 2 asks for at level AA, in both themes.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../src/panels/styles/tokens.css", import.meta.url), "utf-8");
const blocks = [...css.matchAll(/^:root(\[data-theme="dark"\])? \{([^}]*)\}/gm)];

function tokens(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/--jw-([\w-]+):\s*(#[0-9a-f]{6})\s*;/g)].map(([, name, colour]) => [name ?? "", colour ?? ""]),
  );
}

const light = tokens(blocks.find(([, dark]) => !dark)?.[2] ?? "");
const dark = tokens(blocks.find(([, dark]) => dark)?.[2] ?? "");
const themes = { light, dark: new Map([...light, ...dark]) };

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["ground", "surface", "raised", "sunken"];
/** Text, and the grounds that it stands on. */
const TEXT: [string, string[]][] = [
  ["ink", [...GROUNDS, "chosen", "bad-ground", "warn-ground", "good-ground"]],
  ["ink-quiet", GROUNDS],
  ["accent", [...GROUNDS, "chosen"]],
  ["on-accent", ["accent-ground"]],
  ["bad", ["surface", "bad-ground"]],
  ["warn", ["surface", "warn-ground"]],
  ["good", ["surface", "good-ground"]],
];
/** What is no text and must be seen: 1.4.11. */
const MARKS = ["mark", "accent", ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `series-${number}`)];

describe.each(Object.entries(themes))("%s", (_name, colours) => {
  const colour = (name: string) => {
    const found = colours.get(name);
    expect(found, `--jw-${name} is a colour of six digits`).toBeDefined();
    return found ?? "";
  };

  test.each(TEXT.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground])))("%s on %s", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)("%s is seen on a surface", (mark) => {
    expect(contrast(colour(mark), colour("surface"))).toBeGreaterThanOrEqual(3);
  });
});

test("each colour of the light theme has its dark one", () => {
  expect([...light.keys()].filter((name) => !dark.has(name))).toEqual([]);
});

test("the known extremes are what they should be", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeLessThan(4.5);
});
