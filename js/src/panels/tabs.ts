// Tabs: the names of the panels that share a cell, one of them chosen, by pointer or by keys. They know no panel.

import { make } from "./dom.ts";

export interface Tab {
  readonly name: string;
  readonly title: string;
  /** Id of the panel's element. */
  readonly panel: string;
  /** Something is under way, or went wrong, where it is not seen. */
  readonly busy: boolean;
  readonly wrong: boolean;
}

export class Tabs {
  readonly el = make("div.jw-tabs", { role: "tablist" });
  readonly #choose: (name: string) => void;
  #buttons = new Map<string, HTMLButtonElement>();

  constructor(choose: (name: string) => void) {
    this.#choose = choose;
    this.el.addEventListener("keydown", (event) => this.#key(event));
  }

  show(tabs: readonly Tab[], chosen: string): void {
    const before = this.#buttons;
    this.#buttons = new Map(tabs.map((tab) => [tab.name, before.get(tab.name) ?? this.#button(tab.name)]));
    for (const [name, button] of before) {
      if (!this.#buttons.has(name)) {
        button.remove();
      }
    }
    for (const { name, title, panel, busy, wrong } of tabs) {
      const button = this.#buttons.get(name) as HTMLButtonElement;
      button.textContent = title;
      button.title = title;
      button.id = `tab-${panel}`;
      button.setAttribute("aria-controls", panel);
      button.setAttribute("aria-selected", String(name === chosen));
      button.tabIndex = name === chosen ? 0 : -1;
      button.classList.toggle("jw-is-busy", busy);
      button.classList.toggle("jw-is-wrong", wrong);
    }
    const wanted = [...this.#buttons.values()];
    if (wanted.some((button, number) => this.el.children[number] !== button)) {
      this.el.append(...wanted);
    }
  }

  #button(name: string): HTMLButtonElement {
    const button = make("button.jw-tab", { type: "button", role: "tab", dir: "auto" });
    button.addEventListener("click", () => this.#choose(name));
    return button;
  }

  #key(event: KeyboardEvent): void {
    const names = [...this.#buttons.keys()];
    const now = names.findIndex((name) => this.#buttons.get(name) === event.target);
    const last = names.length - 1;
    const to = { ArrowLeft: now ? now - 1 : last, ArrowRight: now < last ? now + 1 : 0, Home: 0, End: last }[event.key];
    const name = to === undefined ? undefined : names[to];
    if (name !== undefined) {
      event.preventDefault();
      this.#choose(name);
      this.#buttons.get(name)?.focus();
    }
  }
}
