// Data as a tree: what is inside is made when it is opened. What was open stays open when the data change.

import { make } from "../../dom.ts";
import type { Make } from "../renderer.ts";

interface Tree {
  readonly data: unknown;
  readonly left: number;
}

/** So many opened at first, so that small data are seen whole. */
const OPEN = 40;

export const json: Make = ({ el }) => {
  const box = make("div.jw-tree", { tabindex: "0" });
  el.append(box);
  const opened = new Map<string, boolean>();

  function node(name: string, value: unknown, path: string, open: boolean): HTMLElement {
    if (value === null || typeof value !== "object") {
      return make("div.jw-leaf", {}, ...label(name), scalar(value));
    }
    const entries = Object.entries(value);
    const [before, after] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    const few = entries.length ? `${before} ${entries.length} ${after}` : `${before}${after}`;
    const summary = make("summary", {}, ...label(name), make("span.jw-count", {}, few));
    const branch = make("details.jw-branch", {}, summary);
    function fill(): void {
      if (branch.open && branch.childElementCount === 1) {
        branch.append(...entries.map(([key, one]) => node(key, one, `${path}/${key}`, false)));
      }
    }
    branch.addEventListener("toggle", () => {
      opened.set(path, branch.open);
      fill();
    });
    branch.open = opened.get(path) ?? open;
    fill();
    return branch;
  }

  return {
    update(content) {
      const { data, left } = content as Tree;
      const { scrollTop } = box;
      const root = node("", data, "", true);
      box.replaceChildren(root);
      if (root.childElementCount < OPEN && !opened.size) {
        for (const branch of root.querySelectorAll<HTMLDetailsElement>(":scope > details")) {
          branch.open = true;
        }
      }
      if (left) {
        box.append(make("p.jw-left", {}, `… ${left.toLocaleString()} more`));
      }
      box.scrollTop = scrollTop;
    },
    dispose() {
      box.remove();
    },
  };
};

function label(name: string): (Node | string)[] {
  return name ? [make("span.jw-key", {}, name), ": "] : [];
}

function scalar(value: unknown): HTMLElement {
  const type = value === null ? "null" : typeof value;
  return make("span", { class: `jw-scalar jw-is-${type}` }, type === "string" ? JSON.stringify(value) : String(value));
}
