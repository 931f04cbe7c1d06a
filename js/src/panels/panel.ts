// Panel: one panel of the page: pulls its content when there is a newer one and the last is drawn, and hands it to the
// renderer of its kind. It knows its frame, and not where it stands.

import { announce, Frame } from "./frame.ts";
import type { Gate } from "./gate.ts";
import { makerOf } from "./kinds/index.ts";
import type { Place, Renderer } from "./kinds/renderer.ts";
import { link, type PanelState, type Pulled } from "./link.ts";
import { painted } from "./painted.ts";
import { onTheme, theme } from "./theme.ts";
import type { Actions } from "./tools.ts";

/** An element for a content of this number. */
interface Seat {
  readonly el: HTMLElement;
  readonly ends: Set<() => void>;
  content: number;
}

/** What draws there. */
interface Drawing extends Seat {
  readonly kind: string;
  readonly renderer: Renderer;
}

export class Panel {
  readonly frame: Frame;
  #state: PanelState;
  #drawing: Drawing | null = null;
  #version = -1;
  /** The newest selection of the kernel's that the renderer shows, or has asked for. */
  #chosen = 0;
  #pulling = false;
  #disposed = false;
  #failed: string | null = null;
  #gate: Gate | null = null;
  #open: Promise<void> | undefined;
  /** Until what is there has been drawn. */
  settled: Promise<void> = Promise.resolve();
  /** Messages that wait for the content they follow, with their numbers. */
  #waiting: [number, unknown][] = [];
  /** The newest of those that give way to newer ones, while it waits likewise. */
  #newest: { readonly message: unknown } | null = null;
  readonly #latest: () => void;
  readonly #sizes = new ResizeObserver(() => this.#drawing?.renderer.resize?.());

  constructor(state: PanelState, actions: Actions, gate: Gate | null) {
    this.#state = state;
    this.frame = new Frame(state.id, actions);
    this.#latest = link.onLatest(state.id, (message) => this.#hear(message));
    this.#sizes.observe(this.frame.body);
    this.update(state, gate);
  }

  get state(): PanelState {
    return this.#state;
  }

  /** `gate`: draw what is new together with others. */
  update(state: PanelState, gate: Gate | null): void {
    this.#state = state;
    this.#gate = gate ?? this.#gate;
    if (state.away) {
      this.#leave();
    }
    this.#show();
    if (!this.#pulling && !state.away && this.#version < state.version) {
      this.settled = this.#pull();
    }
    this.#choose();
  }

  /** The kernel has selected something. What is drawn for the first time has it already. */
  #choose(): void {
    if (!this.#pulling && this.#drawing && this.#chosen !== this.#state.chosen) {
      this.#chosen = this.#state.chosen;
      this.#drawing.renderer.choose?.();
    }
  }

  /** It is drawn elsewhere now. */
  #leave(): void {
    this.#end(this.#drawing);
    this.#drawing = null;
    this.#version = -1;
    void this.#gate?.arrive();
    this.#gate = null;
  }

  /** A message of the content, by its number. */
  push(number: number, message: unknown): void {
    if (this.#pulling || !this.#drawing) {
      this.#waiting.push([number, message]);
    } else {
      this.#drawing.renderer.push?.(message);
    }
  }

  #hear(message: unknown): void {
    if (this.#pulling || !this.#drawing) {
      this.#newest = { message };
    } else {
      this.#drawing.renderer.push?.(message);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#sizes.disconnect();
    this.#latest();
    this.#end(this.#drawing);
    this.frame.el.remove();
  }

  #show(): void {
    this.frame.show(this.#state, this.#drawing !== null, this.#failed);
  }

  /** One pull at a time; what comes meanwhile is one more, afterwards. */
  async #pull(): Promise<void> {
    this.#pulling = true;
    while (!this.#disposed && !this.#state.away && this.#version < this.#state.version) {
      const { version: wanted, chosen } = this.#state;
      try {
        const pulled = await link.content(this.#state.id).finally(() => this.#meet());
        await this.#open;
        this.#failed = pulled.failed ?? null;
        if (this.#failed === null) {
          this.#chosen = this.#drawing?.kind === pulled.kind ? this.#chosen : chosen;
          await this.#draw(pulled);
        }
        this.#version = pulled.version;
      } catch (error) {
        this.#version = wanted; // not again, until there is something newer
        this.#failed = shown(error);
      }
      if (!this.#disposed) {
        this.#show();
        await painted();
      }
    }
    this.#pulling = false;
    this.#choose();
    if (this.#state.away) {
      this.#leave();
      this.#show();
    }
    for (const [, message] of this.#waiting.splice(0)) {
      this.#drawing?.renderer.push?.(message);
    }
    if (this.#newest) {
      this.#drawing?.renderer.push?.(this.#newest.message);
      this.#newest = null;
    }
  }

  /** What was changed together is there, as far as this panel goes. */
  #meet(): void {
    this.#open = this.#gate?.arrive();
    this.#gate = null;
  }

  async #draw({ kind, content, pushed, value }: Pulled): Promise<void> {
    let drawing = this.#drawing;
    if (drawing?.kind !== kind) {
      drawing = kind ? await this.#begin(kind, content) : null;
    }
    if (drawing) {
      drawing.content = content;
      await drawing.renderer.update(value);
    }
    if (drawing !== this.#drawing) {
      const old = this.#drawing;
      this.#drawing = drawing;
      drawing?.el.classList.remove("jw-is-coming");
      this.#end(old);
    }
    // What was pushed before the snapshot is in it.
    for (const [, message] of this.#waiting.splice(0).filter(([number]) => number > pushed)) {
      drawing?.renderer.push?.(message);
    }
  }

  /** A renderer of another kind, out of sight until it has drawn: the old one is seen meanwhile. */
  async #begin(kind: string, content: number): Promise<Drawing> {
    const make = await makerOf(kind);
    const el = document.createElement("div");
    el.className = "jw-content jw-is-coming";
    el.dataset.kind = kind;
    this.frame.body.append(el);
    const seat: Seat = { el, content, ends: new Set() };
    try {
      return Object.assign(seat, { kind, renderer: make(this.#place(seat)) });
    } catch (error) {
      el.remove();
      throw error;
    }
  }

  #place(drawing: Seat): Place {
    const { id } = this.#state;
    return {
      el: drawing.el,
      ask: <T>(method: string, ...args: unknown[]) => link.ask(id, drawing.content, method, args) as Promise<T>,
      tell: (event, detail) => link.tell(id, drawing.content, event, detail, this.#chosen),
      get theme() {
        return theme();
      },
      onTheme(call) {
        const end = onTheme(call);
        drawing.ends.add(end);
        return end;
      },
      announce,
    };
  }

  #end(drawing: Drawing | null): void {
    if (drawing) {
      for (const end of drawing.ends) {
        end();
      }
      drawing.renderer.dispose();
      drawing.el.remove();
    }
  }
}

function shown(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
