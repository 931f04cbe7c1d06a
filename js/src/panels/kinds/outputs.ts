// Outputs: what a cell printed, displayed and raised, one below the other. Each content is drawn by the renderer of its
// kind, in a part of the place; what is there already stays, by its number.

import { make } from "../dom.ts";
import { makerOf } from "./index.ts";
import type { Make, Place, Renderer } from "./renderer.ts";

/** What listeners of `Panel.on` hear, of whichever output; everything else is for the output's own content. */
const HEARD = new Set(["select", "click", "edit"]);

interface Output {
  readonly number: number;
  readonly stream?: string;
  readonly text?: string;
  readonly kind?: string;
  readonly value?: unknown;
}

interface Drawn {
  readonly el: HTMLElement;
  readonly kind: string;
  readonly renderer: Renderer;
}

/** The place of one output, within the panel's. */
function part(outer: Place, el: HTMLElement, number: number): Place {
  return {
    el,
    ask: <T>(method: string, ...args: unknown[]) => outer.ask<T>("part", number, method, args),
    tell: (event, detail) =>
      HEARD.has(event) ? outer.tell(event, detail) : outer.tell("part", { number, event, detail: detail ?? null }),
    get theme() {
      return outer.theme;
    },
    onTheme: (call) => outer.onTheme(call),
    announce: (text) => outer.announce(text),
  };
}

/** Text as it was printed; the page scrolls to its end while the person has not scrolled up. */
function printed(el: HTMLElement, stream: string): Renderer {
  const body = make(`pre.jw-text.jw-${stream}` as "pre.jw-text");
  el.append(body);
  return {
    update(content) {
      body.textContent = content as string;
    },
    dispose() {
      body.remove();
    },
  };
}

export const outputs: Make = (place) => {
  const list = make("div.jw-outputs");
  list.tabIndex = 0;
  place.el.append(list);
  const drawn = new Map<number, Drawn>();

  async function begin(output: Output, kind: string): Promise<Drawn> {
    const el = make("div.jw-output", { "data-kind": kind });
    list.append(el);
    const renderer =
      output.kind === undefined
        ? printed(el, output.stream ?? "stdout")
        : (await makerOf(kind))(part(place, el, output.number));
    return { el, kind, renderer };
  }

  function end(number: number): void {
    const old = drawn.get(number);
    drawn.delete(number);
    old?.renderer.dispose();
    old?.el.remove();
  }

  return {
    async update(content) {
      const wanted = content as Output[];
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
      for (const number of [...drawn.keys()].filter((one) => !wanted.some((output) => output.number === one))) {
        end(number);
      }
      for (const output of wanted) {
        const kind = output.kind ?? "printed";
        if (drawn.get(output.number)?.kind !== kind) {
          end(output.number);
          drawn.set(output.number, await begin(output, kind));
        }
        const one = drawn.get(output.number) as Drawn;
        list.append(one.el);
        await one.renderer.update(output.text ?? output.value);
      }
      if (atEnd) {
        list.scrollTop = list.scrollHeight;
      }
    },
    push(message) {
      const { number, message: inner } = message as { number: number; message: unknown };
      drawn.get(number)?.renderer.push?.(inner);
    },
    resize() {
      for (const { renderer } of drawn.values()) {
        renderer.resize?.();
      }
    },
    dispose() {
      for (const number of [...drawn.keys()]) {
        end(number);
      }
      list.remove();
    },
  };
};
