// Inputs: one control for one value, by the field's kind: a table. They know no store: they say what a person has set.

import { same } from "../../../store/same.ts";
import { make } from "../../dom.ts";

/** What the kernel says of a trait (`panels/fields.py`). */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly fixed: boolean;
  readonly control: string;
  readonly min?: number;
  readonly max?: number;
  /** 0: any number. */
  readonly step?: number;
  readonly options?: readonly (readonly [value: unknown, label: string])[];
}

export interface Input {
  readonly el: HTMLElement;
  /** What a label is for, and what is described; a group has a name of its own. */
  readonly main: HTMLElement;
  readonly group: boolean;
  show(value: unknown): void;
}

/** A person has set this. */
export type Set = (value: unknown) => void;
/** What a person typed is no such value at all. */
export type Refuse = (message: string) => void;
type MakeInput = (field: Field, set: Set, refuse: Refuse) => Input;

/** Up to so many options all are seen at once; more are a list to open. */
const SEEN = 4;

function single(el: HTMLInputElement | HTMLSelectElement, show: (value: unknown) => void): Input {
  return { el, main: el, group: false, show };
}

/** An input of the platform whose text is a value. `read` gives undefined for what is none. */
function plain(
  type: string,
  field: Field,
  set: Set,
  refuse: Refuse,
  read: (el: HTMLInputElement) => unknown,
  text: (value: unknown) => string,
): Input {
  const el = make("input.jw-input", { type, ...ends(field) });
  el.disabled = field.fixed;
  el.addEventListener("change", () => checked(el, refuse) && set(read(el)));
  return single(el, (value) => {
    el.value = text(value);
  });
}

function ends({ min, max, step, control }: Field): Record<string, string> {
  return {
    ...(min === undefined ? {} : { min: String(min) }),
    ...(max === undefined ? {} : { max: String(max) }),
    ...(step === undefined || control === "text" ? {} : { step: step === 0 ? "any" : String(step) }),
  };
}

/** The engine's own words for it may be none. */
function said({ validity, min, max, step, type }: HTMLInputElement): string {
  if (validity.rangeOverflow) {
    return `At most ${max}`;
  }
  if (validity.rangeUnderflow) {
    return `At least ${min}`;
  }
  return validity.stepMismatch ? `In steps of ${step}${min && ` from ${min}`}` : `This is no ${type.split("-")[0]}`;
}

function checked(el: HTMLInputElement, refuse: Refuse): boolean {
  const { valid } = el.validity; // before what it was comes back
  if (!valid) {
    refuse(said(el));
  }
  return valid;
}

const numberOf = (el: HTMLInputElement) => (el.value === "" ? null : el.valueAsNumber);
const textOf = (value: unknown) => (value == null ? "" : String(value));
const two = (n: number) => String(n).padStart(2, "0");

/** As the person's clock says it, for an input of local time. */
function localTime(value: unknown): string {
  if (!(value instanceof Date)) {
    return "";
  }
  const day = `${String(value.getFullYear()).padStart(4, "0")}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
  return `${day}T${two(value.getHours())}:${two(value.getMinutes())}:${two(value.getSeconds())}`;
}

const slider: MakeInput = (field, set, refuse) => {
  const { min = 0, max = 1 } = field;
  const bar = make("input.jw-slider", { type: "range", ...ends(field) });
  const exact = make("input.jw-input", { type: "number", ...ends(field), "aria-label": `${field.label}, exactly` });
  const far = () => bar.style.setProperty("--to", `${(100 * (bar.valueAsNumber - min)) / (max - min || 1)}%`);
  bar.disabled = exact.disabled = field.fixed;
  bar.addEventListener("input", () => {
    exact.value = bar.value;
    far();
    set(bar.valueAsNumber);
  });
  exact.addEventListener("change", () => checked(exact, refuse) && set(numberOf(exact)));
  const show = (value: unknown) => {
    bar.value = exact.value = textOf(value);
    far();
  };
  return { el: make("div.jw-sliding", {}, bar, exact), main: bar, group: false, show };
};

const range: MakeInput = (field, set) => {
  const { min = 0, max = 1, label } = field;
  const thumb = (which: string) =>
    make("input.jw-slider", { type: "range", ...ends(field), "aria-label": `${label}, ${which}` });
  const [low, high] = [thumb("from"), thumb("to")];
  const said = make("output.jw-said");
  const el = make("div.jw-range", { role: "group" }, low, high);
  const share = (input: HTMLInputElement) => `${(100 * (input.valueAsNumber - min)) / (max - min || 1)}%`;
  const draw = () => {
    el.style.setProperty("--from", share(low));
    el.style.setProperty("--to", share(high));
    low.style.zIndex = low.valueAsNumber > (min + max) / 2 ? "1" : "0"; // both can be reached at either end
    said.textContent = `${low.value} – ${high.value}`;
  };
  low.disabled = high.disabled = field.fixed;
  low.addEventListener("input", () => {
    low.value = String(Math.min(low.valueAsNumber, high.valueAsNumber));
    draw();
    set([low.valueAsNumber, high.valueAsNumber]);
  });
  high.addEventListener("input", () => {
    high.value = String(Math.max(low.valueAsNumber, high.valueAsNumber));
    draw();
    set([low.valueAsNumber, high.valueAsNumber]);
  });
  const show = (value: unknown) => {
    const [from, to] = value as [number, number];
    low.value = textOf(from);
    high.value = textOf(to);
    draw();
  };
  return { el: make("div.jw-sliding", {}, el, said), main: el, group: true, show };
};

const toggle: MakeInput = (field, set) => {
  const el = make("input.jw-switch", { type: "checkbox", role: "switch" });
  el.disabled = field.fixed;
  el.addEventListener("change", () => set(el.checked));
  return single(el, (value) => {
    el.checked = value === true;
  });
};

function list({ options = [], fixed }: Field, set: Set): Input {
  const el = make("select.jw-input", {}, ...options.map(([, label], n) => make("option", { value: String(n) }, label)));
  el.disabled = fixed;
  el.addEventListener("change", () => set(options[el.selectedIndex]?.[0]));
  return single(el, (value) => {
    el.selectedIndex = options.findIndex(([own]) => same(own, value));
  });
}

/** Options that are all seen: one of them, or several. */
function seen(field: Field, type: "radio" | "checkbox", set: (checked: readonly HTMLInputElement[]) => void) {
  const name = `jw-${field.name}-${Math.random().toString(36).slice(2)}`;
  const inputs = (field.options ?? []).map(() => make("input", { type, name }));
  const labels = (field.options ?? []).map(([, label], n) =>
    make("label.jw-option", {}, inputs[n] as HTMLInputElement, make("span", {}, label)),
  );
  const role = type === "radio" ? "radiogroup" : "group";
  const el = make(type === "radio" ? "div.jw-segments" : "div.jw-checks", { role }, ...labels);
  for (const input of inputs) {
    input.disabled = field.fixed;
    input.addEventListener("change", () => set(inputs.filter(({ checked }) => checked)));
  }
  return { el, inputs };
}

const choice: MakeInput = (field, set) => {
  const { options = [] } = field;
  if (options.length > SEEN) {
    return list(field, set);
  }
  const { el, inputs } = seen(field, "radio", ([checked]) => {
    set(options[inputs.indexOf(checked as HTMLInputElement)]?.[0]);
  });
  const show = (value: unknown) => {
    for (const [n, input] of inputs.entries()) {
      input.checked = same(options[n]?.[0], value);
    }
  };
  return { el, main: el, group: true, show };
};

const choices: MakeInput = (field, set) => {
  const { options = [] } = field;
  const { el, inputs } = seen(field, "checkbox", (checked) => {
    set(checked.map((input) => options[inputs.indexOf(input)]?.[0]));
  });
  const show = (value: unknown) => {
    const chosen = Array.isArray(value) ? value : [];
    for (const [n, input] of inputs.entries()) {
      input.checked = chosen.some((each) => same(each, options[n]?.[0]));
    }
  };
  return { el, main: el, group: true, show };
};

const text: MakeInput = (field, set, refuse) => plain("text", field, set, refuse, (el) => el.value, textOf);

const INPUTS: Readonly<Record<string, MakeInput>> = {
  slider,
  range,
  switch: toggle,
  choice,
  choices,
  text,
  number: (field, set, refuse) => plain("number", field, set, refuse, numberOf, textOf),
  date: (field, set, refuse) => plain("date", field, set, refuse, (el) => el.value || null, textOf),
  datetime: (field, set, refuse) =>
    plain(
      "datetime-local",
      { ...field, step: field.step ?? 1 },
      set,
      refuse,
      (el) => (el.value === "" ? null : new Date(el.value)),
      localTime,
    ),
};

/** The input of a field; text for a kind that this page does not know. */
export function inputOf(field: Field, set: Set, refuse: Refuse): Input {
  return (INPUTS[field.control] ?? text)(field, set, refuse);
}
