// Tools: the buttons in a panel's header. They know what they are called, and leave what they do to the board.

import { make } from "./dom.ts";

/** What a person can do with a panel. */
export interface Actions {
  maximize(): void;
  popOut(): void;
  dock(): void;
}

const SVG = "http://www.w3.org/2000/svg";

/** Lines of 16 × 16. */
const ICONS = {
  maximize: "M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5l4.5-4.5",
  restore: "M13.5 6.5h-4v-4M9.5 6.5l4.5-4.5M2.5 9.5h4v4M6.5 9.5l-4.5 4.5",
  popOut: "M7 3.5H3.5v9h9V9M9.5 2.5h4v4M13.5 2.5L8 8",
  dock: "M13.5 9.5v4h-11v-11h4M6.5 5.5v4h4M6.5 9.5l7-7",
} as const;

export class Tools {
  readonly el = make("div.jw-tools", { role: "toolbar" });
  readonly #maximize: HTMLButtonElement;
  readonly #popOut: HTMLButtonElement;
  readonly #dock: HTMLButtonElement;
  #maximized: boolean | null = null;

  constructor(actions: Actions) {
    this.#maximize = tool(() => actions.maximize());
    this.#popOut = tool(() => actions.popOut(), "popOut");
    this.#dock = tool(() => actions.dock(), "dock");
    this.el.append(this.#maximize, this.#popOut, this.#dock);
  }

  /** `place`: on a board, alone in a window of its own, or in that of `jw.show`. */
  show(title: string, place: "board" | "popped" | "single", maximized: boolean): void {
    this.el.hidden = place === "single";
    this.el.setAttribute("aria-label", title);
    this.#maximize.hidden = place !== "board";
    this.#popOut.hidden = place !== "board";
    this.#dock.hidden = place !== "popped";
    call(this.#maximize, maximized ? `Show all panels again` : `Maximise ${title}`, maximized ? "Esc" : "");
    call(this.#popOut, `Open ${title} in a window of its own`);
    call(this.#dock, `Put ${title} back into the dashboard`);
    if (this.#maximized !== maximized) {
      this.#maximized = maximized;
      this.#maximize.replaceChildren(icon(maximized ? "restore" : "maximize"));
    }
  }
}

export function icon(name: keyof typeof ICONS): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function tool(run: () => void, name?: keyof typeof ICONS): HTMLButtonElement {
  const button = make("button.jw-tool", { type: "button" });
  if (name) {
    button.append(icon(name));
  }
  button.addEventListener("click", run);
  return button;
}

function call(button: HTMLButtonElement, label: string, key = ""): void {
  button.setAttribute("aria-label", label);
  button.title = key ? `${label} (${key})` : label;
}
