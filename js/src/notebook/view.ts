// One view of a window under a cell: a title bar, and below it the outer frame or the reason why there is none. It draws
// what it is told to, in the front end's own colours, and decides nothing.

import type { FromPlace, Look, ToPlace } from "../wire/place.gen.ts";
import type { Bytes } from "../wire/values.ts";
import { type OfView, OUTER_HELLO, type Passed } from "./outer.ts";
import { STYLE } from "./style.ts";

declare const __JUPYTERWIN_OUTER__: string;

/** Nothing in it goes anywhere by itself: not by a link, not by a script, not by a form. */
const POLICY = "frame-src blob:; object-src 'none'; base-uri 'none'; form-action 'none'";

/** JupyterLab says by it on its body whether its theme is a light one. */
const LIGHT = "data-jp-theme-light";

export interface ViewEvents {
  /** There is a new outer frame, and nothing in it. */
  readonly drawn: () => void;
  readonly said: (message: FromPlace) => void;
  readonly closing: () => void;
  /** The person wants it here. */
  readonly wanted: () => void;
}

export class View {
  readonly root = element("div", "jupyterwin-place");
  readonly #events: ViewEvents;
  readonly #bar = element("div", "jupyterwin-bar");
  readonly #title = element("span", "jupyterwin-title");
  readonly #note = element("span", "jupyterwin-note");
  readonly #close = element("button", "jupyterwin-close");
  readonly #stage = element("div", "jupyterwin-stage");
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  readonly #themes = new MutationObserver(() => this.#tellTheme());
  readonly #hear = (event: MessageEvent) => this.#hello(event);

  constructor(events: ViewEvents) {
    this.#events = events;
    const style = element("style", "");
    style.textContent = STYLE;
    this.#note.setAttribute("role", "status");
    this.#close.textContent = "✕";
    this.#close.title = "Close this window";
    this.#close.setAttribute("aria-label", "Close this window");
    this.#close.addEventListener("click", events.closing);
    this.#bar.append(this.#title, this.#note, this.#close);
    this.root.append(style, this.#bar, this.#stage);
    addEventListener("message", this.#hear);
    this.#themes.observe(document.body, { attributes: true, attributeFilter: [LIGHT] });
  }

  look({ title, width, height, background, visible = true, closable = true }: Look): void {
    this.#title.textContent = title;
    this.#close.hidden = !closable;
    this.#stage.style.cssText = `height:${height}px;background:${background}`;
    this.root.style.width = `${width}px`;
    this.root.hidden = !visible;
  }

  /** Draw the frame here. */
  begin(): void {
    if (this.#frame !== null) {
      return;
    }
    const frame = element("iframe", "jupyterwin-frame");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = this.#title.textContent || "window";
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<style>body{margin:0;overflow:hidden}</style><body><script>${__JUPYTERWIN_OUTER__}</script>`;
    this.#frame = frame;
    this.#stage.replaceChildren(frame);
    this.#note.textContent = "";
  }

  /** Say why nothing is drawn here; with a button, if it may be. */
  say(text: string, button = ""): void {
    this.#forget();
    const line = element("p", "jupyterwin-line");
    line.textContent = text;
    this.#stage.replaceChildren(line);
    this.#stage.style.height = "auto";
    if (button !== "") {
      const take = element("button", "jupyterwin-take");
      take.textContent = button;
      take.addEventListener("click", this.#events.wanted);
      line.append(" ", take);
    }
  }

  /** Say something beside the title; what is drawn stays, and cannot be used if it is over. */
  note(text: string, over: boolean): void {
    this.#note.textContent = text;
    this.#stage.inert = over;
    this.root.classList.toggle("jupyterwin-over", over);
  }

  give(message: ToPlace | OfView, buffers: readonly Bytes[] = []): void {
    this.#port?.postMessage({ message, buffers } satisfies Passed);
  }

  focus(): void {
    this.root.scrollIntoView({ block: "nearest" });
    this.#frame?.focus();
    this.give({ op: "focus" });
  }

  dispose(): void {
    removeEventListener("message", this.#hear);
    this.#themes.disconnect();
    this.#forget();
    this.root.remove();
  }

  /** The outer frame is there, for the first time or again: a frame that is moved in its document loads anew. */
  #hello({ source, data }: MessageEvent): void {
    const target = this.#frame?.contentWindow;
    if (data !== OUTER_HELLO || target == null || source !== target) {
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data: passed }: MessageEvent<Passed>) => this.#events.said(passed.message as FromPlace);
    target.postMessage(null, "*", [port2]);
    this.#tellTheme();
    this.#events.drawn();
  }

  #tellTheme(): void {
    const light = document.body.getAttribute(LIGHT);
    this.give({ op: "theme", theme: light === null ? null : light === "true" ? "light" : "dark" });
  }

  #forget(): void {
    this.#port?.close();
    this.#port = null;
    this.#frame?.remove();
    this.#frame = null;
  }
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, css: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = css;
  return made;
}
