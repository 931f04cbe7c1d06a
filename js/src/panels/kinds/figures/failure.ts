// An exception that somebody wants to look at: what it says, where it was raised, and what it came of.

import { make } from "../../dom.ts";
import type { Make } from "../renderer.ts";

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly notes: readonly string[];
  readonly frames: readonly { file: string; line: number; name: string; code: string }[];
  readonly because: "" | "cause" | "context";
}

const BECAUSE = { "": "", cause: "caused by", context: "raised while handling" };

function shown({ name, message, notes, frames, because }: Failure): HTMLElement {
  const box = make("article.jw-failure");
  if (because) {
    box.append(make("p.jw-because", {}, BECAUSE[because]));
  }
  box.append(make("h3.jw-failure-name", {}, name), make("p.jw-failure-message", {}, message));
  box.append(...notes.map((note) => make("p.jw-failure-note", {}, note)));
  if (frames.length) {
    const lines = frames.map(({ file, line, name: where, code }) =>
      make(
        "li",
        {},
        make("span.jw-where", { title: file }, `${file.split("/").at(-1)}:${line}`),
        " in ",
        make("b", {}, where),
        make("code", {}, code),
      ),
    );
    box.append(make("ol.jw-trace", { "aria-label": "where it was raised, outermost first" }, ...lines));
  }
  return box;
}

export const failure: Make = ({ el }) => {
  const box = make("div.jw-failures", { tabindex: "0" });
  el.append(box);
  return {
    update(content) {
      box.replaceChildren(...(content as Failure[]).map(shown));
    },
    dispose() {
      box.remove();
    },
  };
};
