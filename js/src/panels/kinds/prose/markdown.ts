// Markdown without HTML in it: what looks like markup is text. Pictures of elsewhere are named, not loaded.

import MarkdownIt from "markdown-it";
import { make } from "../../dom.ts";
import { notes } from "../figures/notes.ts";
import type { Make } from "../renderer.ts";
import { formulas } from "./formulas.ts";

const reader = new MarkdownIt({ html: false, linkify: false, typographer: true }).use(formulas);

export const markdown: Make = (place) => {
  const box = make("article.jw-prose", { tabindex: "0" });
  const { strip, warn, clear } = notes(place);
  place.el.prepend(box);

  function withoutFarPictures(): void {
    for (const picture of box.querySelectorAll("img")) {
      if (!picture.src.startsWith("data:")) {
        warn(`Not loaded: ${picture.src.slice(0, 200)}. This window reaches no network and no files.`);
        picture.replaceWith(picture.alt || picture.src);
      }
    }
  }

  return {
    update(content) {
      clear();
      const { scrollTop } = box;
      box.innerHTML = reader.render(String(content));
      withoutFarPictures();
      box.scrollTop = scrollTop;
    },
    dispose() {
      box.remove();
      strip.remove();
    },
  };
};
