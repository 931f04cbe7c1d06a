// Figures of matplotlib: drawn by the kernel for the size of the panel and the pixels of the screen, and anew when either
// changes. Meanwhile the last picture is scaled.

import type { Make } from "../renderer.ts";
import { ready } from "./image.ts";

interface Figure {
  readonly alt: string;
  readonly still: { readonly mime: string; readonly data: Uint8Array<ArrayBuffer> } | null;
}

const SETTLED = 120;

export const matplotlib: Make = ({ el, ask }) => {
  let figure: Figure | undefined;
  let drawn = "";
  let timer = 0;
  let ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  let last: Promise<void> = Promise.resolve();

  function size(): [number, number, number] {
    return [el.clientWidth, el.clientHeight, devicePixelRatio];
  }

  async function draw(): Promise<void> {
    if (!figure) {
      return;
    }
    const { alt, still } = figure;
    const wanted = size();
    if (wanted[0] < 1 || wanted[1] < 1) {
      return; // nobody sees it
    }
    const picture = still
      ? await ready(still.mime, still.data, alt)
      : await ready("image/png", await ask<Uint8Array<ArrayBuffer>>("draw", ...wanted), alt);
    picture.classList.add("jw-is-filling");
    drawn = wanted.join();
    el.replaceChildren(picture);
  }

  /** One after another; what is asked for while one is drawn is drawn once, after it. */
  function again(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (figure && !figure.still && size().join() !== drawn) {
        last = last.then(draw).catch(() => undefined); // the next update says what is wrong
      }
    }, SETTLED);
  }

  function screenChanged(): void {
    ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    ratio.addEventListener("change", screenChanged, { once: true });
    again();
  }
  ratio.addEventListener("change", screenChanged, { once: true });

  return {
    async update(content) {
      figure = content as Figure;
      last = last.catch(() => undefined).then(draw);
      await last;
    },
    resize: again,
    dispose() {
      clearTimeout(timer);
      figure = undefined;
      ratio.removeEventListener("change", screenChanged);
      el.replaceChildren();
    },
  };
};
