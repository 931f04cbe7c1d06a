import { expect, test } from "vitest";
import { type EarlyDocument, isFirst } from "../../src/preload/first.ts";

function document(url: string, elements: number | null): EarlyDocument {
  const root = elements === null ? null : { firstElementChild: elements > 1 ? {} : null };
  return { URL: url, documentElement: root, getElementsByTagName: () => ({ length: elements ?? 0 }) } as never;
}

test.each([
  ["a document without a root", "jw://w/", null, true],
  ["a document with an empty root", "jw://w/", 1, true],
  ["a document that has a head", "jw://w/", 2, false],
  ["the empty page", "about:blank", 3, true],
  ["a page that looks like the empty one", "jw://w/", 3, false],
  ["an empty page that somebody wrote into", "about:blank", 4, false],
])("%s", (_what, url, elements, first) => {
  expect(isFirst(document(url, elements))).toBe(first);
});
