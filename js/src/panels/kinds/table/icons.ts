// Icons: a few strokes of 16 × 16, in the colour of the text around them.

const PATHS = {
  filter: "M2 3.5h12l-4.7 5.4v4.1l-2.6-1.4V8.9z",
  save: "M8 2v8m-3-3 3 3 3-3M2.5 13.5h11",
} as const;

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
