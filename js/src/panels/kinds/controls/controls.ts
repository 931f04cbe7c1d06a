// Controls for the traits of a store: what a person sets goes to the kernel, what others set is shown. What the kernel
// refuses is said at the control, and the old value comes back.

import { Replica, type State } from "../../../store/replica.ts";
import { type Outcome, Writer } from "../../../store/writer.ts";
import { make } from "../../dom.ts";
import type { Make, Place } from "../renderer.ts";
import { type Field, type Input, inputOf } from "./inputs.ts";

interface Content {
  readonly fields: readonly Field[];
  readonly state: State;
}

let last = 0;

/** A control with its label, its hint, and what was wrong with what was set. */
class Row {
  readonly el: HTMLElement;
  readonly #input: Input;
  readonly #error: HTMLElement;

  constructor(field: Field, set: (value: unknown) => void, refused: (message: string) => void) {
    const id = `jw-control-${++last}`;
    this.#input = inputOf(field, set, refused);
    const { el, main, group } = this.#input;
    const label = group
      ? make("span.jw-label", { id: `${id}-label` }, field.label)
      : make("label.jw-label", { for: id }, field.label);
    const hint = make("p.jw-control-hint", { id: `${id}-hint` }, field.hint);
    hint.hidden = field.hint === "";
    this.#error = make("p.jw-control-wrong", { id: `${id}-wrong`, role: "alert", hidden: "" });
    main.id = id;
    main.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
    if (group) {
      main.setAttribute("aria-labelledby", `${id}-label`);
    }
    this.el = make(
      "div.jw-control",
      { "data-control": field.control, "data-name": field.name },
      label,
      el,
      hint,
      this.#error,
    );
  }

  show(value: unknown): void {
    this.#input.show(value);
  }

  wrong(message: string | null): void {
    this.#error.textContent = message ?? "";
    this.#error.hidden = message === null;
    this.#input.main.toggleAttribute("aria-invalid", message !== null);
    this.el.classList.toggle("jw-is-wrong", message !== null);
  }
}

export const controls: Make = (place: Place) => {
  const form = make("form.jw-controls", { novalidate: "" });
  form.addEventListener("submit", (event) => event.preventDefault());
  place.el.append(form);
  const rows = new Map<string, Row>();
  let drawn = "";
  const replica = new Replica((changes) => {
    for (const [name, value] of Object.entries(changes)) {
      rows.get(name)?.show(value);
    }
  });
  const writer = new Writer(
    replica,
    (entries) => place.ask<readonly Outcome[]>("write", entries),
    (values, error) => {
      for (const name of Object.keys(values)) {
        refuse(name, error instanceof Error ? error.message : String(error));
      }
    },
  );

  function refuse(name: string, message: string): void {
    rows.get(name)?.show(replica.get(name)); // what it was comes back
    rows.get(name)?.wrong(message);
  }

  function rowOf(field: Field): Row {
    const { name } = field;
    const set = (value: unknown) => {
      rows.get(name)?.wrong(null);
      writer.assign(name, value);
    };
    return new Row(field, set, (message) => refuse(name, message));
  }

  function draw(fields: readonly Field[]): void {
    rows.clear();
    for (const field of fields) {
      rows.set(field.name, rowOf(field));
    }
    form.replaceChildren(...[...rows.values()].map(({ el }) => el));
    for (const [name, value] of Object.entries(replica.all())) {
      rows.get(name)?.show(value);
    }
  }

  return {
    update(content) {
      const { fields, state } = content as Content;
      const now = JSON.stringify(fields);
      if (now !== drawn) {
        drawn = now;
        draw(fields);
      }
      replica.receive(state);
    },
    push(message) {
      replica.receive(message as State);
    },
    dispose() {
      form.remove();
    },
  };
};
