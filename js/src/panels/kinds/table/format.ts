// Formats: a cell as text, by its column's kind and the format that a person chose. Pure.

import type { Cell, Field, Kind } from "./content.ts";

/** A format of a kind: its name in a view, and how the menu shows it. */
export interface Format {
  readonly name: string;
  readonly label: string;
  readonly write: (value: unknown, field: Field) => string;
}

const RIGHT: ReadonlySet<Kind> = new Set(["integer", "number", "duration"]);

export function isRight(kind: Kind): boolean {
  return RIGHT.has(kind);
}

function fixed(digits: number, options: Intl.NumberFormatOptions = {}): (value: unknown) => string {
  const format = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    ...options,
  });
  return (value) => number(value, (finite) => format.format(finite));
}

/** Numbers that arrive as text (of more digits than a number has) stay as they are. */
function number(value: unknown, write: (finite: number | bigint) => string): string {
  if (typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value))) {
    return write(value);
  }
  return value === Number.POSITIVE_INFINITY ? "∞" : value === Number.NEGATIVE_INFINITY ? "−∞" : plain(value);
}

function exponent(value: unknown): string {
  return number(value, (finite) => Number(finite).toExponential(4));
}

function plain(value: unknown): string {
  return value === true ? "True" : value === false ? "False" : String(value);
}

const AUTOMATIC = new Map<number, (value: unknown) => string>();

function automatic(value: unknown, { digits }: Field): string {
  if (digits === null || digits === undefined) {
    return exponent(value);
  }
  if (typeof value === "number" && value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits) {
    return exponent(value); // the sample has not seen one as small
  }
  let write = AUTOMATIC.get(digits);
  if (!write) {
    write = fixed(digits);
    AUTOMATIC.set(digits, write);
  }
  return write(value);
}

const MOMENT = /^(.{19})(?:\.(\d+))?(.*)$/;

/** All of a column have the same parts, where the sample was right. */
function moment(value: unknown, { day, fraction }: Field): string {
  const text = String(value);
  if (day) {
    return text.slice(0, 10);
  }
  const [, time, digits = "", zone] = MOMENT.exec(text) ?? [];
  if (time === undefined) {
    return text;
  }
  const shown = digits.replace(/0+$/, "").padEnd(fraction ?? 0, "0");
  return `${time}${shown && "."}${shown}${zone}`;
}

const cut = (length: number) => (value: unknown) => String(value).slice(0, length);

const NUMBERS: readonly Format[] = [
  { name: "", label: "Automatic", write: automatic },
  { name: "0", label: "1235", write: fixed(0) },
  { name: "0.00", label: "1234.57", write: fixed(2) },
  { name: "0,000", label: "1,235", write: fixed(0, { useGrouping: true }) },
  { name: "0,000.00", label: "1,234.57", write: fixed(2, { useGrouping: true }) },
  { name: "0.0%", label: "12.3%", write: fixed(1, { style: "percent" }) },
  { name: "0e0", label: "1.2346e+3", write: exponent },
];

const INTEGERS: readonly Format[] = [{ name: "", label: "Automatic", write: plain }, ...NUMBERS.slice(3)];

const DATES: readonly Format[] = [
  { name: "", label: "Automatic", write: moment },
  { name: "day", label: "2024-03-15", write: cut(10) },
  { name: "minute", label: "2024-03-15 12:34", write: cut(16) },
  { name: "second", label: "2024-03-15 12:34:56", write: cut(19) },
  { name: "month", label: "2024-03", write: cut(7) },
  { name: "full", label: "All digits", write: plain },
];

const PLAIN: readonly Format[] = [{ name: "", label: "Automatic", write: plain }];

const FORMATS: Readonly<Record<Kind, readonly Format[]>> = {
  number: NUMBERS,
  integer: INTEGERS,
  date: DATES,
  duration: PLAIN,
  truth: PLAIN,
  text: PLAIN,
  mixed: PLAIN,
};

/** The formats that a column can be shown in; the first is its own. */
export function formatsOf(field: Field): readonly Format[] {
  return FORMATS[field.kind] ?? PLAIN;
}

export function formatOf(field: Field, name: string | undefined): Format {
  const formats = formatsOf(field);
  return formats.find((format) => format.name === name) ?? (formats[0] as Format);
}

/** One line of text: what breaks a line is shown as one space. */
export function textOf(cell: Cell, field: Field, format: Format): string {
  if (cell.missing !== null) {
    return cell.missing;
  }
  const text = format.write(cell.value, field);
  return field.kind === "text" || field.kind === "mixed" ? text.replace(/[\r\n\t]+/g, " ") : text;
}
