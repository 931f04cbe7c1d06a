// Bar: what stands above a table: the search, the switch of the filters, how many rows there are, and the way out as CSV.

import { make } from "../../dom.ts";
import { icon } from "./icons.ts";

export interface Wishes {
  readonly search: (text: string) => void;
  readonly filtering: (on: boolean) => void;
  readonly csv: () => void;
  readonly leave: () => void;
}

const whole = new Intl.NumberFormat("en");

export class Bar {
  readonly el = make("div.jw-t-bar");
  readonly #search = make("input.jw-t-search", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search in all columns",
    spellcheck: "false",
  });
  readonly #filter = make("button.jw-t-button", { type: "button", "aria-pressed": "false", title: "Filter by column" });
  readonly #csv = make("button.jw-t-button", { type: "button", title: "Save these rows as CSV" });
  readonly #count = make("span.jw-t-count");
  readonly #wrong = make("span.jw-t-wrong", { role: "alert" });

  constructor(wishes: Wishes) {
    let waiting = 0;
    const say = () => {
      clearTimeout(waiting);
      wishes.search(this.#search.value.trim());
    };
    this.#filter.append(icon("filter"), make("span.jw-t-word", {}, "Filter"));
    this.#csv.append(icon("save"), make("span.jw-t-word", {}, "CSV"));
    this.#csv.hidden = true;
    this.#search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(say, 250);
    });
    this.#search.addEventListener("change", say); // it is left before the pause is over
    this.#search.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "ArrowDown") {
        say();
        wishes.leave();
      } else if (event.key === "Escape") {
        this.#search.value = "";
        say();
        wishes.leave();
      }
    });
    this.#filter.addEventListener("click", () =>
      wishes.filtering(this.#filter.getAttribute("aria-pressed") !== "true"),
    );
    this.#csv.addEventListener("click", () => wishes.csv());
    this.el.append(this.#search, this.#filter, this.#wrong, this.#count, this.#csv);
  }

  focusSearch(): void {
    this.#search.select();
  }

  /** Whether the window lets its page save files. */
  canSave(can: boolean): void {
    this.#csv.hidden = !can;
  }

  show(rows: number, of: number, columns: number, what: string, note: string): void {
    const some = rows === of ? whole.format(of) : `${whole.format(rows)} of ${whole.format(of)}`;
    this.#count.textContent = `${some} ${of === 1 ? "row" : "rows"} × ${whole.format(columns)}${note ? `, ${note}` : ""}`;
    this.#count.title = what;
  }

  state(search: string, filtering: boolean): void {
    if (this.#search !== document.activeElement) {
      this.#search.value = search;
    }
    this.#filter.setAttribute("aria-pressed", String(filtering));
  }

  wrong(message: string): void {
    this.#wrong.textContent = message;
    this.#wrong.title = message;
  }
}
