// Frames of opaque origin, seen from the page: what a library draws, and HTML that somebody wrote, lives in one. It has no
// bridge; what it says comes over one port, is checked for its shape, and is only ever shown or told to the kernel as data.

import { type FromFrame, GREETING, type Look, type ToFrame } from "../frames/words.ts";
import { make } from "./dom.ts";
import type { Place } from "./kinds/renderer.ts";

const EVENTS = new Set(["click", "select"]);
const LONGEST = 300;

/** The tokens that a frame wears, too. */
const WORN = [
  "ground surface raised sunken ink ink-quiet line mark accent chosen bad warn good face face-fixed",
  "series-1 series-2 series-3 series-4 series-5 series-6 series-7 series-8",
]
  .join(" ")
  .split(" ")
  .map((name) => `--jw-${name}`);

function look({ theme }: Place): Look {
  const style = getComputedStyle(document.documentElement);
  return { theme, colors: Object.fromEntries(WORN.map((name) => [name, style.getPropertyValue(name).trim()])) };
}

/** Scripts that were asked for once; each is named by what it is and its version. */
const scripts = new Map<string, Promise<Blob>>();

function script(place: Place, name: string): Promise<Blob> {
  let found = scripts.get(name);
  if (!found) {
    found = place
      .ask<Uint8Array<ArrayBuffer>>("script", name)
      .then((text) => new Blob([text], { type: "text/javascript" }));
    found.catch(() => scripts.delete(name));
    scripts.set(name, found);
  }
  return found;
}

interface Waiting {
  resolve(): void;
  reject(reason: Error): void;
}

/** A frame that is moved in the page begins anew; one that goes on beginning is let alone. */
const MOST_BEGINNINGS = 20;

export class LibraryFrame {
  readonly el: HTMLIFrameElement;
  readonly #place: Place;
  readonly #warn: (text: string) => void;
  readonly #scripts: Promise<Blob[]>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ends = new AbortController();
  readonly #begun: ((give: (port: MessagePort) => void) => void) | undefined;
  #port: MessagePort | undefined;
  #beginnings = 0;
  #ids = 0;
  #last: { readonly content: unknown } | undefined;

  /**
   * `title`: what it is, to those who do not see it. `warn`: shows a word of warning beside it. `begun` is called whenever
   * the frame's document has begun, with what gives its driver a port of its own, in place of a content.
   */
  constructor(
    place: Place,
    kind: string,
    title: string,
    names: readonly string[],
    warn: (text: string) => void,
    begun?: (give: (port: MessagePort) => void) => void,
  ) {
    this.#begun = begun;
    this.#place = place;
    this.#warn = warn;
    this.#scripts = Promise.all(names.map((name) => script(place, name)));
    this.#scripts.catch(() => undefined); // told to whoever draws
    this.el = make("iframe.jw-frame", { sandbox: "allow-scripts", title });
    const { signal } = this.#ends;
    addEventListener("message", (event) => this.#greeted(event), { signal });
    signal.addEventListener(
      "abort",
      place.onTheme(() => this.#say({ do: "look", look: look(place) })),
    );
    this.#load(kind).catch((problem) => this.#end(problem));
  }

  /** Draw this. Rejects with what the library says. */
  async draw(content: unknown): Promise<void> {
    await this.#scripts;
    this.#last = { content };
    await new Promise<void>((resolve, reject) => {
      this.#waiting.set(++this.#ids, { resolve, reject });
      this.#say({ do: "draw", id: this.#ids, content });
    });
  }

  dispose(): void {
    this.#ends.abort();
    this.#port?.close();
    this.el.remove();
    this.#end(new Error("the frame is gone"));
  }

  #end(problem: Error): void {
    for (const { reject } of this.#waiting.values()) {
      reject(problem);
    }
    this.#waiting.clear();
  }

  #say(words: ToFrame, ports: MessagePort[] = []): void {
    this.#port?.postMessage(words, ports);
  }

  async #load(kind: string): Promise<void> {
    if (location.protocol === "jw:") {
      this.el.src = `.jw/frame/${kind}`;
    } else {
      // Such a frame inherits the page's policy, and needs its nonce besides.
      const nonce = [...document.scripts].find((one) => one.nonce)?.nonce ?? "";
      this.el.srcdoc = await this.#place.ask<string>("frame", nonce);
    }
    this.#place.el.append(this.el);
  }

  /** The frame's document is there, for the first time or once more, and gets its port. */
  async #greeted({ source, data }: MessageEvent): Promise<void> {
    if (source !== this.el.contentWindow || source === null || data !== GREETING) {
      return;
    }
    if (++this.#beginnings > MOST_BEGINNINGS) {
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    port1.onmessage = ({ data }) => this.#heard(data as FromFrame);
    // Its origin is opaque, so that no other name of it could be given here.
    (source as Window).postMessage(null, "*", [port2]);
    const scripts = await this.#scripts;
    this.#port = port1;
    this.#say({ do: "begin", look: look(this.#place), scripts });
    if (this.#last) {
      this.#say({ do: "draw", id: this.#ids, content: this.#last.content });
    }
    this.#begun?.((port) => this.#say({ do: "draw", id: ++this.#ids, content: port }, [port]));
  }

  #heard(words: FromFrame): void {
    if (words?.say === "done") {
      const waiting = this.#waiting.get(words.id);
      this.#waiting.delete(words.id);
      if (words.error === undefined) {
        waiting?.resolve();
      } else {
        waiting?.reject(new Error(short(words.error)));
      }
    } else if (words?.say === "event" && EVENTS.has(words.event)) {
      this.#place.tell(words.event, words.detail);
    } else if (words?.say === "warn") {
      this.#warn(short(words.text));
    } else if (words?.say === "blocked") {
      this.#warn(blocked(short(words.address)));
    }
  }
}

function short(text: unknown): string {
  return String(text).slice(0, LONGEST);
}

function blocked(address: string): string {
  if (address === "eval") {
    return "Scripts made of text are not run here.";
  }
  const from = URL.canParse(address) ? new URL(address).host : "";
  return from
    ? `Not loaded: ${from}. This window reaches no network.`
    : `Not allowed in a frame: ${address || "a script"}.`;
}
