import { expect, test } from "vitest";
import { isOfLoad, modified } from "../../src/preload/load.ts";

const LOAD = new Date(2026, 1, 3, 4, 5, 6).getTime() / 1000;

test("a document says when it was modified as browsers do", () => {
  expect(modified(LOAD)).toBe("02/03/2026 04:05:06");
});

test.each([
  [LOAD, "02/03/2026 04:05:06", true],
  [LOAD + 1, "02/03/2026 04:05:06", false],
  [undefined, "02/03/2026 04:05:06", false],
])("scripts of load %s are for a document of %s: %s", (load, lastModified, is) => {
  expect(isOfLoad({ lastModified }, load)).toBe(is);
});
