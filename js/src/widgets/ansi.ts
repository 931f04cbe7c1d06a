// Text of a terminal as elements: colours and weights of its escape codes; what else it says to a terminal is left out.
// A carriage return begins the line anew, as progress bars do.

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal reads
const CODES = /\u001b\[([\d;]*)([A-Za-z])/g;

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

interface Pen {
  bold: boolean;
  colour: string;
}

export function ansi(raw: string): DocumentFragment {
  const text = overwritten(raw);
  const made = document.createDocumentFragment();
  const pen: Pen = { bold: false, colour: "" };
  let end = 0;
  for (const found of text.matchAll(CODES)) {
    add(made, text.slice(end, found.index), pen);
    end = found.index + found[0].length;
    if (found[2] === "m") {
      dip(pen, (found[1] ?? "").split(";").map(Number));
    }
  }
  add(made, text.slice(end), pen);
  return made;
}

function add(to: DocumentFragment, text: string, { bold, colour }: Pen): void {
  if (!text) {
    return;
  }
  if (!bold && !colour) {
    to.append(text);
    return;
  }
  const span = document.createElement("span");
  span.className = [bold ? "ansi-bold" : "", colour ? `ansi-${colour}` : ""].filter(Boolean).join(" ");
  span.textContent = text;
  to.append(span);
}

function dip(pen: Pen, codes: readonly number[]): void {
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) {
      Object.assign(pen, { bold: false, colour: "" });
    } else if (code === 1) {
      pen.bold = true;
    } else if (code === 22) {
      pen.bold = false;
    } else if (code === 38 || code === 48) {
      at += codes[at + 1] === 5 ? 2 : 4; // of 256 colours, or of all: the ink stays
    } else if (code >= 30 && code <= 37) {
      pen.colour = NAMES[code - 30] ?? "";
    } else if (code >= 90 && code <= 97) {
      pen.colour = NAMES[code - 90] ?? "";
    } else if (code === 39) {
      pen.colour = "";
    }
  }
}

function overwritten(text: string): string {
  return text.includes("\r")
    ? text
        .replaceAll("\r\n", "\n")
        .split("\n")
        .map((line) => line.split("\r").filter(Boolean).at(-1) ?? "")
        .join("\n")
    : text;
}
