// Pointer and keyboard of a chart: wheel and keys zoom, a drag with Shift moves, arrows walk the cross-hair.
// It knows ranges of x, not what is drawn.

import type uPlot from "uplot";
import type { View } from "./axes.ts";

export interface Moves {
  /** The range that is seen, and the one that holds everything. */
  view(): View;
  whole(): View;
  /** See this range; null: everything. */
  zoom(view: View | null): void;
  /** Walk the cross-hair by so many places; null: to an end. */
  walk(places: number): void;
  /** The person's pointer is so many pixels from the plot's left; null: it has left. */
  point(left: number | null): void;
  /** Let go of what is selected: Escape, or a click. */
  leave(): void;
}

/** Zoom by a factor around a place; never further than 1/100,000 of everything. */
export function zoomed([low, high]: View, [first, last]: View, factor: number, around: number): View | null {
  const span = Math.max((last - first) * 1e-5, (high - low) * factor);
  if (span >= last - first) {
    return null;
  }
  const share = (around - low) / (high - low || 1);
  return inside([around - share * span, around + (1 - share) * span], [first, last]);
}

/** Moved so that it lies within everything. */
export function inside([low, high]: View, [first, last]: View): View {
  const by = low < first ? first - low : high > last ? last - high : 0;
  return [low + by, high + by];
}

/** uPlot's own listeners, in which Shift and the double click are ours. */
export function bindings(plot: () => uPlot | null, moves: Moves): uPlot.Cursor.Bind {
  return {
    mousedown: (_u, _target, handle) => (event) => {
      const u = plot();
      if (u !== null && (event.shiftKey || event.button === 1)) {
        event.preventDefault();
        pan(u, event, moves);
        return null;
      }
      return handle(event);
    },
    dblclick: () => () => {
      moves.zoom(null);
      return null;
    },
  };
}

function pan(u: uPlot, start: MouseEvent, moves: Moves): void {
  const [low, high] = moves.view();
  const perPixel = (high - low) / Math.max(1, u.over.clientWidth);
  const ended = new AbortController();
  const move = (event: MouseEvent) => {
    const by = (start.clientX - event.clientX) * perPixel;
    moves.zoom(inside([low + by, high + by], moves.whole()));
  };
  document.addEventListener("mousemove", move, { signal: ended.signal });
  document.addEventListener("mouseup", () => ended.abort(), { signal: ended.signal });
}

/** Wheel, keys and clicks in the element that holds the plot. The click that ends a drag does not come here. */
export function listen(el: HTMLElement, plot: () => uPlot | null, moves: Moves): void {
  el.addEventListener("wheel", (event) => withPlot(plot, (u) => wheel(u, event, moves)), { passive: false });
  el.addEventListener("mousemove", (event) => withPlot(plot, (u) => moves.point(leftOf(u, event))));
  el.addEventListener("mouseleave", () => moves.point(null));
  el.addEventListener("click", (event) => withPlot(plot, () => event.shiftKey || moves.leave()));
  el.addEventListener("keydown", (event) => withPlot(plot, () => key(event, moves) && event.preventDefault()));
}

/** Pixels from the left of the plotting area; null beside it. */
function leftOf(u: uPlot, event: MouseEvent): number | null {
  const { left, right, top, bottom } = u.over.getBoundingClientRect();
  const { clientX, clientY } = event;
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom ? clientX - left : null;
}

function withPlot(plot: () => uPlot | null, call: (u: uPlot) => unknown): void {
  const u = plot();
  if (u !== null) {
    call(u);
  }
}

function wheel(u: uPlot, event: WheelEvent, moves: Moves): void {
  event.preventDefault();
  const around = u.posToVal(event.clientX - u.over.getBoundingClientRect().left, "x");
  moves.zoom(zoomed(moves.view(), moves.whole(), event.deltaY < 0 ? 0.8 : 1.25, around));
}

/** A key while the chart has the focus. Whether it was one of ours. */
function key(event: KeyboardEvent, moves: Moves): boolean {
  const [low, high] = moves.view();
  const middle = (low + high) / 2;
  const far = event.shiftKey ? 10 : 1;
  const keys: Record<string, () => void> = {
    ArrowLeft: () => moves.walk(-far),
    ArrowRight: () => moves.walk(far),
    Home: () => moves.walk(Number.NEGATIVE_INFINITY),
    End: () => moves.walk(Number.POSITIVE_INFINITY),
    "+": () => moves.zoom(zoomed([low, high], moves.whole(), 0.5, middle)),
    "-": () => moves.zoom(zoomed([low, high], moves.whole(), 2, middle)),
    "0": () => moves.zoom(null),
    Escape: () => moves.leave(),
  };
  const call = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key === "=" ? "+" : event.key];
  call?.();
  return call !== undefined;
}
