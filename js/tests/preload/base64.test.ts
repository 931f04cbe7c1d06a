import { expect, test } from "vitest";
import { decodeSlowly, encodeSlowly, fromBase64, toBase64 } from "../../src/preload/base64.ts";

test.each([0, 1, 2, 3, 255, 0x8000 - 1, 0x8000, 0x8000 + 1, 200_000])(
  "%i bytes come back, with and without the engine's help",
  (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 255);
    const text = Buffer.from(bytes).toString("base64");
    expect([toBase64(bytes), encodeSlowly(bytes)]).toStrictEqual([text, text]);
    for (const decoded of [fromBase64(text), decodeSlowly(text)]) {
      expect(decoded).toBeInstanceOf(Uint8Array);
      expect(Buffer.compare(decoded, bytes)).toBe(0); // toStrictEqual takes seconds for so many
    }
  },
);

test("what is no base64 is refused", () => {
  expect(() => fromBase64("%")).toThrow();
  expect(() => decodeSlowly("%")).toThrow();
});
