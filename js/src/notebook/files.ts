// The files of a page, as blobs of its own: a document without an origin loads no others.

import { fromBase64 } from "../preload/base64.ts";
import type { PlaceFile } from "../wire/place.gen.ts";

const NAMES = /jw-file:\/[^\s"'()<>]*/g;

export class Files {
  readonly #files: ReadonlyMap<string, PlaceFile>;
  readonly #urls = new Map<string, string>();

  constructor(files: readonly PlaceFile[]) {
    this.#files = new Map(files.map((file) => [file.name, file]));
  }

  /** An import map for its modules, as text; null without any. */
  get imports(): string | null {
    const modules = [...this.#files.values()].filter(({ module }) => module);
    const imports = Object.fromEntries(modules.map(({ name }) => [name, this.#url(name)]));
    return modules.length > 0 ? JSON.stringify({ imports }) : null;
  }

  /** `text` with the address of each file in the place of its name. */
  fill(text: string): string {
    return text.replace(NAMES, (name) => this.#url(name));
  }

  #url(name: string): string {
    const file = this.#files.get(name);
    if (file === undefined) {
      return name;
    }
    let url = this.#urls.get(name);
    if (url === undefined) {
      this.#urls.set(name, name); // a style that imports itself
      const { mime, text = "", data = "" } = file;
      const content = data !== "" ? fromBase64(data) : mime === "text/css" ? this.fill(text) : text;
      url = URL.createObjectURL(new Blob([content], { type: mime }));
      this.#urls.set(name, url);
    }
    return url;
  }
}
