// Sound and film with the engine's own controls; the place in it is kept when the same one comes again.

import { make } from "../../dom.ts";
import type { Make } from "../renderer.ts";

interface Media {
  readonly mime: string;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly autoplay: boolean;
}

export function player(tag: "audio" | "video"): Make {
  return ({ el }) => {
    const media = make(`${tag}.jw-player`, { controls: "", "aria-label": tag === "audio" ? "Sound" : "Film" });
    el.append(media);
    let url = "";
    return {
      async update(content) {
        const { mime, data, autoplay } = content as Media;
        const old = url;
        url = URL.createObjectURL(new Blob([data], { type: mime }));
        const there = new Promise<void>((resolve, reject) => {
          media.onloadedmetadata = () => resolve();
          media.onerror = () =>
            reject(new Error(`this engine plays no ${mime}: ${media.error?.message || "unknown format"}`));
        });
        media.autoplay = autoplay;
        media.src = url;
        URL.revokeObjectURL(old);
        await there;
      },
      dispose() {
        URL.revokeObjectURL(url);
        media.remove();
      },
    };
  };
}
