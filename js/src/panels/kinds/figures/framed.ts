// What a library draws, and HTML: a frame of opaque origin that fills the panel, with a strip below for what cannot work.

import { LibraryFrame } from "../../frames.ts";
import type { Make, Place } from "../renderer.ts";
import { notes } from "./notes.ts";

interface Framed {
  readonly scripts: readonly string[];
  readonly content: unknown;
}

const TITLES: Readonly<Record<string, string>> = {
  bokeh: "Bokeh figure",
  html: "HTML",
  plotly: "Plotly figure",
  vega: "Vega chart",
};

/** Libraries draw anew in the frame they have. */
export function framed(kind: string): Make {
  return (place) => {
    const { strip, warn } = notes(place);
    let frame: LibraryFrame | undefined;
    let ran = "";
    return {
      async update(content) {
        const { scripts, content: value } = content as Framed;
        const old = frame;
        if (!frame || ran !== scripts.join()) {
          frame = open(place, kind, scripts, warn);
          ran = scripts.join();
        }
        await frame.draw(value);
        if (old !== frame) {
          old?.dispose();
        }
      },
      dispose() {
        frame?.dispose();
        strip.remove();
      },
    };
  };
}

/** HTML with scripts gets another frame each time: what they leave behind goes with the last one. */
export const html: Make = (place) => {
  const { strip, warn, clear } = notes(place);
  let frame: LibraryFrame | undefined;
  let runs = false;
  return {
    async update(content) {
      const text = String((content as Framed).content);
      const old = frame;
      const ran = runs;
      runs = new DOMParser().parseFromString(text, "text/html").querySelector("script") !== null;
      clear();
      if (!frame || ran || runs) {
        frame = open(place, "html", [], warn);
        frame.el.classList.toggle("jw-is-coming", old !== undefined);
      }
      await frame.draw(text);
      if (old !== frame) {
        frame.el.classList.remove("jw-is-coming");
        old?.dispose();
      }
    },
    dispose() {
      frame?.dispose();
      strip.remove();
    },
  };
};

function open(place: Place, kind: string, scripts: readonly string[], warn: (text: string) => void): LibraryFrame {
  return new LibraryFrame(place, kind, TITLES[kind] ?? kind, scripts, warn);
}
