// Chosen: how a chart shows what is selected: ranges of x behind the marks, points over them. It knows neither rows nor kernel.

import uPlot from "uplot";
import type { View } from "./axes.ts";
import { type Colours, faint } from "./colours.ts";
import type { DrawnSeries } from "./drawn.ts";

/** What is selected: ranges of x, and places of the columns. */
export interface Chosen {
  readonly bands: readonly View[];
  readonly places: readonly number[];
}

export function drawBands(u: uPlot, bands: readonly View[], { accent }: Colours): void {
  const { left, top, width, height } = u.bbox;
  const within = (x: number) => Math.min(left + width, Math.max(left, u.valToPos(x, "x", true)));
  u.ctx.save();
  for (const band of bands) {
    const [from, to] = [within(band[0]), within(band[1])];
    u.ctx.fillStyle = faint(accent, 0.16);
    u.ctx.fillRect(from, top, to - from, height);
    u.ctx.fillStyle = accent;
    for (const edge of [from, to]) {
      u.ctx.fillRect(Math.round(edge - uPlot.pxRatio / 2), top, uPlot.pxRatio, height);
    }
  }
  u.ctx.restore();
}

/** A dot with a rim at each of these places, in each series; of those on one pixel the last. */
export function drawPoints(
  u: uPlot,
  x: ArrayLike<number>,
  series: readonly DrawnSeries[],
  places: readonly number[],
  { ink, surface }: Colours,
): void {
  const { left, top, width, height } = u.bbox;
  const dots = new Path2D();
  const taken = new Set<number>();
  const size = 4 * uPlot.pxRatio;
  for (const place of places) {
    for (const { values } of series) {
      const across = Math.round(u.valToPos(x[place] as number, "x", true));
      const down = Math.round(u.valToPos(values[place] as number, "y", true));
      const key = across * 65_536 + down;
      if (across >= left && across <= left + width && down >= top && down <= top + height && !taken.has(key)) {
        taken.add(key);
        dots.moveTo(across + size, down);
        dots.arc(across, down, size, 0, 2 * Math.PI);
      }
    }
  }
  u.ctx.save();
  u.ctx.fillStyle = ink;
  u.ctx.strokeStyle = surface;
  u.ctx.lineWidth = 3 * uPlot.pxRatio;
  u.ctx.stroke(dots); // all rims lie beneath all dots
  u.ctx.fill(dots);
  u.ctx.restore();
}
