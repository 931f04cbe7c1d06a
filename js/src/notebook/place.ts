// The place of one window in this front end: its views, of which one is live, and its comm to the kernel. It knows no engine.

import type { FromPlace, Look, ToPlace } from "../wire/place.gen.ts";
import type { Bytes } from "../wire/values.ts";
import { connect, type KernelConnection, watch } from "./kernel.ts";
import type { Lane } from "./lane.ts";
import { View } from "./view.ts";

const ELSEWHERE = "This window is drawn in another view of this notebook.";
const OTHER_TAB = "This window is drawn in another tab of the browser.";
const CLOSED = "This window is closed. Run its cell again to open it.";
const AGAIN = "Run its cell again to open the window.";

export class Place {
  readonly #window: string;
  readonly #kernel: KernelConnection;
  readonly #views: View[] = [];
  #look: Look;
  #live: View | null = null;
  #lane: Promise<Lane> | null = null;
  /** Why nothing can be drawn any more. */
  #over = "";

  constructor(window: string, name: string, kernel: KernelConnection) {
    this.#window = window;
    this.#kernel = kernel;
    this.#look = { op: "look", title: name, width: 900, height: 120, background: "transparent" };
    watch(kernel, (why) => this.#lose(why));
  }

  /** A new view, drawn here if nothing is drawn yet, or if it was asked for. */
  add(el: HTMLElement, takes: boolean): () => void {
    const view: View = new View({
      drawn: () => this.#live === view && this.#post({ op: "drawn" }),
      said: (message) => this.#live === view && this.#post(message),
      closing: () => this.#closing(view),
      wanted: () => this.#draw(view),
    });
    view.look(this.#look);
    this.#views.push(view);
    el.replaceChildren(view.root);
    if (this.#over !== "") {
      view.say(this.#over);
    } else if (this.#live === null || takes) {
      this.#draw(view);
    } else {
      view.say(ELSEWHERE, "Draw it here");
    }
    return () => this.#remove(view);
  }

  #draw(view: View): void {
    const before = this.#live;
    this.#live = view;
    before?.say(ELSEWHERE, "Draw it here");
    if (this.#over === "") {
      view.look(this.#look);
      view.begin();
      this.#lane ??= connect(
        this.#kernel,
        this.#window,
        (message, buffers) => this.#told(message, buffers),
        () => this.#end(CLOSED),
      );
    }
  }

  #remove(view: View): void {
    this.#views.splice(this.#views.indexOf(view), 1);
    view.dispose();
    if (this.#live !== view) {
      return;
    }
    this.#live = null;
    const next = this.#views.at(-1);
    if (next !== undefined) {
      this.#draw(next);
    } else {
      this.#post({ op: "undrawn" });
    }
  }

  #closing(view: View): void {
    if (this.#over !== "") {
      view.root.remove();
    } else {
      this.#post({ op: "closing" });
    }
  }

  #post(message: FromPlace): void {
    void this.#lane?.then((lane) => lane.post(message));
  }

  #told(message: ToPlace, buffers: readonly Bytes[]): void {
    switch (message.op) {
      case "look":
        this.#look = message;
        this.#live?.look(message);
        break;
      case "focus":
        this.#live?.focus();
        break;
      case "elsewhere":
        this.#leave(OTHER_TAB);
        break;
      case "over":
        this.#end(CLOSED);
        break;
      default:
        this.#live?.give(message, this.#ofMessage(message, buffers));
    }
  }

  #ofMessage(message: ToPlace, buffers: readonly Bytes[]): readonly Bytes[] {
    return message.op === "given" ? buffers : [];
  }

  /** Another tab draws it: here it may be asked for again. */
  #leave(why: string): void {
    void this.#lane?.then((lane) => lane.close());
    this.#lane = null;
    this.#live = null;
    for (const view of this.#views) {
      view.say(why, "Draw it here");
    }
  }

  /** The kernel is lost: calls of the page end now, and what is drawn stays to be looked at. */
  #lose(why: string): void {
    if (this.#over === "") {
      this.#over = `${why} ${AGAIN}`;
      this.#live?.give({ op: "lost" });
      for (const view of this.#views) {
        view.note(this.#over, true);
      }
    }
  }

  #end(why: string): void {
    if (this.#over === "") {
      this.#over = why;
      void this.#lane?.then((lane) => lane.close());
      for (const view of this.#views) {
        view.say(why);
      }
    }
  }
}
