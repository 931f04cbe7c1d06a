// Tip: the whole text of a cell that is cut, while the pointer rests on it. It knows no table.

import { make } from "../../dom.ts";

const RESTS = 350;

export class Tip {
  readonly #el = make("div.jw-t-tip", { role: "tooltip" });
  readonly #host: HTMLElement;
  #over: HTMLElement | null = null;
  #waiting = 0;

  /** `host` holds it; `text` gives the whole text for a cell. */
  constructor(host: HTMLElement) {
    this.#host = host;
    this.#el.hidden = true;
    host.append(this.#el);
  }

  /** The pointer is over this cell; null for none. `text` is asked once it rests there. */
  over(el: HTMLElement | null, text: () => Promise<string>): void {
    if (el === this.#over) {
      return;
    }
    this.hide();
    this.#over = el;
    if (el && el.scrollWidth > el.clientWidth) {
      this.#waiting = setTimeout(() => void this.#show(el, text), RESTS);
    }
  }

  hide(): void {
    clearTimeout(this.#waiting);
    this.#over = null;
    this.#el.hidden = true;
  }

  async #show(over: HTMLElement, text: () => Promise<string>): Promise<void> {
    const whole = await text().catch(() => "");
    if (this.#over !== over || !whole) {
      return;
    }
    this.#el.textContent = whole;
    this.#el.hidden = false;
    const room = this.#host.getBoundingClientRect();
    const cell = over.getBoundingClientRect();
    const { width, height } = this.#el.getBoundingClientRect();
    const below = cell.bottom + height + 4 < room.bottom;
    this.#el.style.left = `${Math.max(4, Math.min(cell.left - room.left, room.width - width - 4))}px`;
    this.#el.style.top = `${below ? cell.bottom - room.top + 2 : Math.max(4, cell.top - room.top - height - 2)}px`;
  }
}
