// Pictures from bytes: exchanged when the next one is ready to be painted, so that none is ever missing.

import { make } from "../../dom.ts";
import type { Make } from "../renderer.ts";

interface Picture {
  readonly mime: string;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly pixelated: boolean;
}

/** A picture that is ready to be painted, and what lets go of its bytes. */
export async function ready(mime: string, data: Uint8Array<ArrayBuffer>, alt: string): Promise<HTMLImageElement> {
  const picture = make("img.jw-picture", { alt });
  const url = URL.createObjectURL(new Blob([data], { type: mime }));
  picture.src = url;
  try {
    await picture.decode();
  } catch {
    throw new Error(`this is no picture of the type ${mime}`);
  } finally {
    URL.revokeObjectURL(url);
  }
  return picture;
}

export const image: Make = ({ el }) => {
  return {
    async update(content) {
      const { mime, data, pixelated } = content as Picture;
      const picture = await ready(mime, data, "Picture");
      picture.classList.toggle("jw-is-pixelated", pixelated);
      el.replaceChildren(picture);
    },
    dispose() {
      el.replaceChildren();
    },
  };
};
