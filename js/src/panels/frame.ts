// Frame: what stands around a panel's content: its title, its tools, and how it is: loading, empty, busy, stale, in error,
// elsewhere. The frame draws these states, for all kinds alike; it knows no kind.

import { make } from "./dom.ts";
import type { PanelState } from "./link.ts";
import { type Actions, icon, Tools } from "./tools.ts";

let announcer: HTMLElement | null = null;

/** Say this to screen readers, politely. */
export function announce(text: string): void {
  if (!announcer) {
    announcer = make("div.jw-unseen", { role: "status" });
    document.body.append(announcer);
  }
  announcer.textContent = text;
}

/** Where a panel is. */
export interface Standing {
  readonly place: "board" | "popped" | "single";
  readonly maximized: boolean;
  /** It shares its cell: the tabs say its title. */
  readonly tabbed: boolean;
}

export class Frame {
  readonly el: HTMLElement;
  /** Renderers draw into children of it. */
  readonly body = make("div.jw-body");
  readonly #header: HTMLElement;
  readonly #title: HTMLElement;
  readonly #tools: Tools;
  readonly #state = make("div.jw-state");
  readonly #bar = make("div.jw-busy", { role: "progressbar", hidden: "" });
  readonly #doing = make("div.jw-doing", { hidden: "" });
  readonly #stale = make("span.jw-badge", { hidden: "" }, "stale");
  readonly #problem = make("div.jw-problem", { role: "alert", hidden: "" });
  readonly #actions: Actions;
  #shown = "";

  constructor(id: string, actions: Actions) {
    this.#actions = actions;
    this.#title = make("h2.jw-title", { id: `title-${id}`, dir: "auto" });
    this.#tools = new Tools(actions);
    this.#header = make("header.jw-header", {}, this.#title, this.#stale, this.#tools.el);
    this.#header.addEventListener("dblclick", (event) => {
      if (!(event.target as Element).closest("button")) {
        actions.maximize();
      }
    });
    this.el = make("section.jw-panel", { id, tabindex: "-1" });
    this.el.append(this.#header, this.#bar, this.body, this.#doing, this.#state, this.#problem);
  }

  stand({ place, maximized, tabbed }: Standing, { id, title, name }: PanelState): void {
    this.#tools.show(title || name, place, maximized);
    this.#title.hidden = tabbed;
    this.#header.hidden = !title && !tabbed && place !== "popped";
    this.el.setAttribute("role", tabbed ? "tabpanel" : "region");
    this.el.removeAttribute("aria-label");
    this.el.removeAttribute("aria-labelledby");
    if (title || tabbed) {
      this.el.setAttribute("aria-labelledby", `${tabbed ? "tab" : "title"}-${id}`);
    } else {
      this.el.setAttribute("aria-label", name);
    }
  }

  /** `drawn`: whether there is a content to be seen. `failed`: why the page could not draw it. */
  show(state: PanelState, drawn: boolean, failed: string | null): void {
    const { title, busy, stale, away = false } = state;
    const error = away ? null : (state.error ?? failed);
    this.#title.textContent = title;
    this.#title.title = title;
    this.el.setAttribute("aria-busy", String(busy !== false));
    this.#showBusy(away ? false : busy, title || state.name);
    this.#showDoing(away ? "" : state.doing);
    this.#stale.hidden = !stale || away;
    this.el.classList.toggle("jw-is-stale", stale);
    this.#showProblem(error, drawn);
    this.#showState(away ? "away" : error !== null || drawn ? "" : state.kind ? "loading" : "empty", state);
  }

  #showState(shown: "" | "away" | "loading" | "empty", { name }: PanelState): void {
    this.#state.hidden = !shown;
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    this.#state.className = `jw-state jw-${shown || "drawn"}`;
    this.#state.replaceChildren();
    if (shown === "empty") {
      const how = make("code.jw-hint", {}, `board["${name}"] = …`);
      this.#state.append(make("p.jw-lead", {}, "Nothing here yet"), ...(name === "content" ? [] : [how]));
    } else if (shown === "away") {
      const back = make("button.jw-button", { type: "button" }, icon("dock"), "Bring it back");
      back.addEventListener("click", () => this.#actions.dock());
      this.#state.append(make("p.jw-lead", {}, "In a window of its own"), back);
    } else if (shown === "loading") {
      this.#state.append(make("span.jw-unseen", {}, "Loading"), ...[1, 2, 3, 4].map(() => make("i.jw-bone")));
    }
  }

  #showBusy(busy: boolean | number, title: string): void {
    this.#bar.hidden = busy === false;
    const far = typeof busy === "number";
    this.#bar.classList.toggle("jw-is-far", far);
    this.#bar.style.setProperty("--far", far ? String(busy) : "1");
    this.#bar.setAttribute("aria-label", `${title} is busy`);
    if (far) {
      this.#bar.setAttribute("aria-valuenow", String(Math.round(busy * 100)));
    } else {
      this.#bar.removeAttribute("aria-valuenow");
    }
  }

  #showDoing(doing: string): void {
    this.#doing.hidden = !doing;
    this.#doing.textContent = doing;
    this.#doing.title = doing;
    this.#bar.setAttribute("aria-valuetext", doing);
  }

  #showProblem(error: string | null, drawn: boolean): void {
    this.#problem.hidden = error === null;
    this.#problem.classList.toggle("jw-is-over", drawn);
    if (this.#problem.textContent !== (error ?? "")) {
      const [, kind, message] = /^(\w+): (.+)$/s.exec(error ?? "") ?? [];
      this.#problem.replaceChildren(...(kind && message ? [make("strong", {}, kind), `: ${message}`] : [error ?? ""]));
    }
  }
}
