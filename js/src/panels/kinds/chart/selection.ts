// Selection: what is selected in one chart, whether its person did it or somebody elsewhere. It draws nothing.

import type { View } from "./axes.ts";
import type { Chosen } from "./chosen.ts";
import type { Drawn } from "./drawn.ts";
import type { ChosenMessage } from "./wire.ts";

export class Selection {
  #now: ChosenMessage | null = null;
  /** How often it changed: an answer of the kernel's that is older than what the person did is not taken. */
  #changes = 0;

  /** What the kernel says, of another chart or for the first time. */
  begin(chosen: ChosenMessage | null): void {
    this.#now = chosen;
    this.#changes++;
  }

  /** It was changed elsewhere. Returns whether what the kernel answers was taken. */
  async take(answer: Promise<ChosenMessage | null>): Promise<boolean> {
    const change = ++this.#changes;
    const chosen = await answer;
    if (change !== this.#changes) {
      return false;
    }
    this.#now = chosen;
    return true;
  }

  /** The person drew this range, or let go of what is selected: what the kernel is told; undefined for nothing. */
  draw(range: View | null, all: Drawn): { x: View; names: readonly string[] } | null | undefined {
    if (range === null && this.#now === null) {
      return undefined;
    }
    this.#changes++;
    this.#now = range === null ? null : drawnSelection(all, range);
    return this.#now && range ? { x: range, names: this.#now.names } : null;
  }

  /** As it is drawn over these rows. */
  shown(all: Drawn): Chosen {
    const now = this.#now;
    return now === null ? { bands: [], places: [] } : { bands: bandsOf(now, all), places: placesOf(now, all) };
  }
}

/** What a person selects by drawing this range: names, where x is one, or the range itself. */
function drawnSelection({ names }: Drawn, range: View): ChosenMessage {
  const [low, high] = range;
  const rows = new ArrayBuffer(0);
  return names.length > 0
    ? { x: null, names: names.filter((_, at) => at >= low && at <= high), rows }
    : { x: range, names: [], rows };
}

/** The ranges of x that a selection covers. */
function bandsOf({ x, names: chosen }: ChosenMessage, { names }: Drawn): View[] {
  if (x !== null) {
    return [x];
  }
  const bands: View[] = [];
  for (const at of chosen.map((name) => names.indexOf(name)).sort((a, b) => a - b)) {
    const last = bands.at(-1);
    if (at >= 0 && last && last[1] === at - 0.5) {
      bands[bands.length - 1] = [last[0], at + 0.5];
    } else if (at >= 0) {
      bands.push([at - 0.5, at + 0.5]);
    }
  }
  return bands;
}

/** The places of selected rows, of those that are drawn. */
function placesOf({ rows }: ChosenMessage, { x, rows: order, first }: Drawn): number[] {
  const wanted = new Int32Array(rows);
  if (order === null) {
    return Array.from(wanted, (row) => row - first).filter((at) => at >= 0 && at < x.length);
  }
  const rest = new Set(Array.from(wanted, (row) => row - first));
  return rest.size === 0 ? [] : Array.from(order.keys()).filter((at) => rest.has(order[at] as number));
}
