// Frame: what stands around a panel's content: its title, and how it is: loading, empty, busy, stale, in error. The frame
// draws these states, for all kinds alike; it knows no kind.

import { make } from "./dom.ts";
import type { PanelState } from "./link.ts";

let announcer: HTMLElement | null = null;

/** Say this to screen readers, politely. */
export function announce(text: string): void {
  if (!announcer) {
    announcer = make("div.jw-unseen", { role: "status" });
    document.body.append(announcer);
  }
  announcer.textContent = text;
}

export class Frame {
  readonly el: HTMLElement;
  /** Renderers draw into children of it. */
  readonly body = make("div.jw-body");
  readonly header: HTMLElement;
  readonly #title: HTMLElement;
  readonly #state = make("div.jw-state");
  readonly #bar = make("div.jw-busy", { role: "progressbar", hidden: "" });
  readonly #stale = make("span.jw-badge", { hidden: "" }, "stale");
  readonly #problem = make("div.jw-problem", { role: "alert", hidden: "" });

  constructor(id: string) {
    this.#title = make("h2.jw-title", { id: `title-${id}` });
    this.header = make("header.jw-header", {}, this.#title, this.#stale);
    this.el = make("section.jw-panel", { "aria-labelledby": `title-${id}` });
    this.el.append(this.header, this.#bar, this.body, this.#state, this.#problem);
  }

  /** `drawn`: whether there is a content to be seen. `failed`: why the page could not draw it. */
  show(state: PanelState, drawn: boolean, failed: string | null): void {
    const { title, busy, stale } = state;
    const error = state.error ?? failed;
    this.#title.textContent = title;
    this.#title.title = title;
    this.header.hidden = !title;
    this.el.setAttribute("aria-busy", String(busy !== false));
    this.#showBusy(busy);
    this.#stale.hidden = !stale;
    this.el.classList.toggle("jw-is-stale", stale);
    this.#showProblem(error, drawn);
    const waits = error === null && !drawn;
    this.#state.className = `jw-state ${waits ? (state.kind ? "jw-loading" : "jw-empty") : ""}`;
    this.#state.hidden = !waits;
    this.#state.textContent = waits && !state.kind ? "Nothing here yet" : "";
  }

  #showBusy(busy: boolean | number): void {
    this.#bar.hidden = busy === false;
    const far = typeof busy === "number";
    this.#bar.classList.toggle("jw-is-far", far);
    this.#bar.style.setProperty("--far", far ? String(busy) : "1");
    this.#bar.setAttribute("aria-label", `${this.#title.textContent} is busy`);
    if (far) {
      this.#bar.setAttribute("aria-valuenow", String(Math.round(busy * 100)));
    } else {
      this.#bar.removeAttribute("aria-valuenow");
    }
  }

  #showProblem(error: string | null, drawn: boolean): void {
    this.#problem.hidden = error === null;
    this.#problem.classList.toggle("jw-is-over", drawn);
    if (this.#problem.textContent !== (error ?? "")) {
      this.#problem.textContent = error ?? "";
    }
  }
}
