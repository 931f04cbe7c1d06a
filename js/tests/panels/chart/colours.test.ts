// Colours of series are told apart also by those who see few colours, in both themes.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../../../src/panels/styles/tokens.css", import.meta.url), "utf-8");
const series = [...css.matchAll(/--jw-series-\d:\s*(#[0-9a-f]{6});/g)].map(([, colour]) => colour as string);

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

// Machado, Oliveira, Fernandes (2009): what is left of linear light when one kind of cone is missing.
const EYES: Record<string, Matrix> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "no red": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "no green": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "no blue": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  const [first, second, third] = matrix.map(([x, y, z]) => x * a + y * b + z * c);
  return [first as number, second as number, third as number];
}

function seen(colour: string, eyes: Matrix): Triple {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = times(eyes, [red as number, green as number, blue as number]);
  const [l, m, s] = times(CONES, light.map((part) => Math.min(1, Math.max(0, part))) as unknown as Triple);
  return times(OKLAB, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
}

test("there are eight, light and dark", () => expect(series).toHaveLength(16));

test.each(Object.keys(EYES))("any two of a theme differ for eyes with %s cones", (eyes) => {
  for (const theme of [series.slice(0, 8), series.slice(8)]) {
    const places = theme.map((colour) => seen(colour, EYES[eyes] as Matrix));
    for (const [at, one] of places.entries()) {
      for (const [other, two] of places.slice(0, at).entries()) {
        const distance = Math.hypot(...one.map((part, axis) => part - (two[axis] as number)));
        expect(distance, `${theme[at]} and ${theme[other]}`).toBeGreaterThan(0.075); // some four steps that are just seen
      }
    }
  }
});
