// Chart: follows the rows of one chart in the kernel and draws them: what is asked, when it is drawn, what the person sees.

import { make } from "../../dom.ts";
import type { Make, Place, Renderer } from "../renderer.ts";
import { roomOf, type View } from "./axes.ts";
import { coloursOf } from "./colours.ts";
import { type Drawn, drawn } from "./drawn.ts";
import { Follower, unlessCancelled } from "./follow.ts";
import { Legend, rowsOf } from "./legend.ts";
import { Plot, type Shown } from "./plot.ts";
import { bindings, listen, type Moves } from "./pointer.ts";
import { Selection } from "./selection.ts";
import { nearest, placesShown, wholeOf } from "./shown.ts";
import type { ChartSpec, ChosenMessage, RowsMessage } from "./wire.ts";
import { name, noteOf, numberText, summary, xText } from "./words.ts";

interface Snapshot {
  readonly id: string;
  readonly spec: ChartSpec | null;
  readonly zoom: View | null;
  readonly chosen: ChosenMessage | null;
}

/** What the kernel wakes a chart with. */
interface Wake {
  readonly cursor: number | null;
  readonly zoom: View | null;
  /** Counts what was done in the other charts of its key; 0: nothing. */
  readonly turn: number;
}

/** Milliseconds after which a frame was a slow one. */
const SLOW = 25;

export const chart: Make = (place) => new Chart(place);

class Chart implements Renderer {
  readonly #place: Place;
  readonly #el = make("div.jw-chart");
  readonly #stage = make("div.jw-chart-plot", { tabindex: "0", role: "img" });
  readonly #none = make("div.jw-chart-none", { hidden: "" }, "No rows yet");
  readonly #legend = new Legend((hidden) => this.#plot?.hide(hidden));
  #id = "";
  #spec: ChartSpec | null = null;
  #made = "";
  readonly #follower: Follower;
  #drawn: Drawn | null = null;
  #plot: Plot | null = null;
  #zoom: View | null = null;
  /** Which colour each value of `by` has. */
  #slots = new Map<string, number>();
  readonly #selection = new Selection();
  /** Where the cross-hair is on x: under the person's pointer (so many pixels from the left), or where keys or others put it. */
  #pointed: number | null = null;
  #pointer: number | null = null;
  #turn = 0;
  #frame = 0;
  #rests = 0;
  #summarising = 0;
  #told = 0;
  #colours = coloursOf(document.documentElement);
  #disposed = false;

  constructor(place: Place) {
    this.#place = place;
    this.#follower = new Follower(
      (since) => place.ask<RowsMessage>("rows", since),
      () => this.#schedule(),
    );
    this.#stage.append(this.#none);
    this.#el.append(this.#legend.el, this.#stage);
    place.el.append(this.#el);
    place.onTheme(() => this.#recolour());
    listen(this.#stage, () => this.#plot?.u ?? null, this.#moves);
  }

  async update(content: unknown): Promise<void> {
    const { id, spec, zoom, chosen } = content as Snapshot;
    const [first, other] = [this.#id === "", id !== this.#id];
    const same = JSON.stringify(spec) === JSON.stringify(this.#spec);
    if (other) {
      // A chart of the same columns over new rows keeps zoom and selection.
      this.#follower.restart();
      this.#zoom = same ? this.#zoom : null;
      this.#slots = same ? this.#slots : new Map();
      this.#turn = 0;
    }
    if (first || (other && !same)) {
      this.#selection.begin(chosen);
    }
    this.#id = id;
    this.#spec = spec;
    this.#zoom = zoom ?? this.#zoom;
    await this.#follower.follow();
    this.#draw();
  }

  push(message: unknown): void {
    const { cursor, zoom, turn } = message as Wake;
    if (turn > this.#turn) {
      this.#turn = turn;
      this.#zoom = zoom;
      this.#point(cursor);
      this.#schedule();
    }
    this.#follower.follow().catch(unlessCancelled);
  }

  choose(): void {
    const answer = this.#place.ask<ChosenMessage | null>("chosen");
    this.#selection.take(answer).then((taken) => taken && this.#schedule(), unlessCancelled);
  }

  resize(): void {
    this.#schedule();
  }

  dispose(): void {
    this.#disposed = true;
    this.#follower.dispose();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#told);
    clearTimeout(this.#summarising);
    this.#plot?.dispose();
    this.#el.remove();
  }

  // ---------------------------------------------------------------- drawing

  /** In the next frame; after one that took long, not before as much time again has gone by: the page stays awake. */
  #schedule(): void {
    this.#frame ||= requestAnimationFrame((now) => {
      this.#frame = 0;
      if (now < this.#rests) {
        this.#schedule();
        return;
      }
      this.#draw();
      requestAnimationFrame((next) => {
        this.#rests = next - now > SLOW ? next + (next - now) : 0;
      });
    });
  }

  #draw(): void {
    const spec = this.#spec;
    const width = this.#stage.clientWidth;
    if (this.#disposed || width === 0) {
      return;
    }
    this.#none.hidden = spec !== null && this.#follower.rows.count > 0;
    if (spec === null) {
      return;
    }
    this.#drawn = drawn(spec, this.#follower.rows, this.#slots);
    const view = this.#zoom ?? wholeOf(spec, this.#drawn);
    const shown: Shown = { ...this.#drawn, rows: placesShown(spec, this.#drawn, view, width) };
    this.#tellLegend(); // first: the plot has the room that it leaves
    const plot = this.#plotFor(spec, shown);
    plot.resize(this.#stage.clientWidth, this.#stage.clientHeight);
    plot.chosen = this.#selection.shown(this.#drawn);
    plot.set(shown, view);
    this.#keepPointed(plot);
    plot.u.root.toggleAttribute("hidden", this.#follower.rows.count === 0);
    this.#summarise();
  }

  /** The plot of this specification: another one is made only when that, what fits, or the series changed. */
  #plotFor(spec: ChartSpec, shown: Shown): Plot {
    const room = roomOf(this.#stage.clientWidth, this.#stage.clientHeight);
    const made = JSON.stringify([spec, room, shown.series.map(({ label, colour }) => [label, colour])]);
    if (this.#plot === null || made !== this.#made) {
      this.#plot?.dispose();
      this.#made = made;
      const events = { dragged: (view: View) => this.#dragged(view) };
      const bind = bindings(() => this.#plot?.u ?? null, this.#moves);
      this.#plot = new Plot(this.#stage, spec, shown, room, () => this.#colours, events, bind);
    }
    return this.#plot;
  }

  #recolour(): void {
    this.#colours = coloursOf(document.documentElement);
    this.#plot?.u.redraw(false, true);
    this.#tellLegend();
  }

  // ---------------------------------------------------------------- words

  #tellLegend(): void {
    const [spec, all] = [this.#spec, this.#drawn];
    if (spec === null || all === null) {
      return;
    }
    const at = this.#pointed === null ? null : nearest(all, this.#pointed);
    const where = at === null ? "" : xText(all.x[at] as number, spec, all.names);
    this.#legend.show(spec.title, where, noteOf(spec, all), rowsOf(spec, all.series, at, this.#colours));
  }

  /** The accessible name, at most twice a second: screen readers read slower than rows come. */
  #summarise(): void {
    this.#summarising ||= window.setTimeout(
      () => {
        this.#summarising = 0;
        if (this.#spec && this.#drawn) {
          const said = `${name(this.#spec)}. ${summary(this.#spec, this.#drawn, this.#zoom)}`;
          this.#stage.setAttribute("aria-label", said);
        }
      },
      this.#stage.hasAttribute("aria-label") ? 500 : 0,
    );
  }

  // ---------------------------------------------------------------- the person

  readonly #moves: Moves = {
    view: () => this.#zoom ?? this.#whole(),
    whole: () => this.#whole(),
    zoom: (view) => this.#see(view),
    walk: (places) => this.#walk(places),
    point: (left) => this.#pointAt(left),
    leave: () => this.#select(null),
  };

  #whole(): View {
    return this.#spec && this.#drawn ? wholeOf(this.#spec, this.#drawn) : [0, 1];
  }

  #see(view: View | null): void {
    this.#zoom = view;
    this.#schedule();
    if (this.#spec?.sync) {
      this.#place.tell("zoom", view);
    }
  }

  #dragged(view: View): void {
    if (this.#spec?.brush) {
      this.#select(view);
    } else {
      this.#see(view);
    }
  }

  /** Tell the kernel which range of x is selected; null: none any more. */
  #select(view: View | null): void {
    const all = this.#drawn;
    const told = all === null || !this.#spec?.brush ? undefined : this.#selection.draw(view, all);
    if (told !== undefined) {
      this.#schedule();
      this.#place.tell("select", told);
    }
  }

  #pointAt(left: number | null): void {
    if (left !== this.#pointer) {
      this.#pointer = left;
      this.#moved(left === null || this.#plot === null ? null : this.#plot.u.posToVal(left, "x"));
    }
  }

  /** The scale is another: a pointer stays where it is on the screen, another cross-hair where it is on x. */
  #keepPointed(plot: Plot): void {
    if (this.#pointer !== null) {
      this.#pointed = plot.u.posToVal(this.#pointer, "x");
    } else if (this.#pointed !== null) {
      plot.point(this.#pointed);
    }
  }

  /** The person's cross-hair: the legend follows, and the charts of the same key, at most once a frame. */
  #moved(x: number | null): void {
    this.#pointed = x;
    this.#told ||= requestAnimationFrame(() => {
      this.#told = 0;
      this.#tellLegend();
      if (this.#spec?.sync) {
        this.#place.tell("cursor", this.#pointed);
      }
    });
  }

  /** Somebody else's pointer. */
  #point(x: number | null): void {
    this.#pointer = null;
    this.#pointed = x;
    this.#plot?.point(x);
    this.#tellLegend();
  }

  #walk(places: number): void {
    const all = this.#drawn;
    if (all === null || this.#spec === null || all.x.length === 0) {
      return;
    }
    const from = this.#pointed === null ? (places > 0 ? -1 : all.x.length) : nearest(all, this.#pointed);
    const at = Math.min(all.x.length - 1, Math.max(0, from + places));
    const x = all.x[at] as number;
    this.#pointer = null;
    this.#plot?.point(x);
    this.#moved(x);
    const values = all.series.map(
      ({ label, own, unit }) => `${label} ${numberText(own[at], this.#spec?.digits ?? null, unit)}`,
    );
    this.#place.announce(`${xText(x, this.#spec, all.names)}: ${values.join(", ")}`);
  }
}
