// Line: the port to the page, and through it to the kernel. It knows no widget.

import type { FromWidgets, Told, ToWidgets } from "./words.ts";

export class Line {
  /** How this frame calls itself: what it sends is answered under this name. */
  readonly page = crypto.getRandomValues(new Uint32Array(4)).join("-"); // randomUUID is for secure contexts alone
  readonly #port: MessagePort;
  readonly #asked = new Map<number, PromiseWithResolvers<string>>();
  #numbers = 0;

  constructor(port: MessagePort, heard: (words: Exclude<ToWidgets, { do: "module" }>) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ToWidgets>) => {
      if (data.do === "module") {
        this.#answered(data);
      } else {
        heard(data);
      }
    };
  }

  say(words: FromWidgets): void {
    this.#port.postMessage(words);
  }

  /** Send a message to a widget's kernel side; its number comes back when that is done with it. */
  tell(id: string, method: Told["method"], text: string, buffers: readonly ArrayBuffer[]): string {
    const number = `${this.page}:${++this.#numbers}`;
    this.#port.postMessage({ say: "comm", told: { page: this.page, number, id, method, text, buffers } });
    return number;
  }

  /** The JavaScript of a widget library. */
  module(name: string): Promise<string> {
    const id = ++this.#numbers;
    const asked = withResolvers<string>();
    this.#asked.set(id, asked);
    this.say({ say: "module", id, name });
    return asked.promise;
  }

  #answered({ id, text, error }: { id: number; text?: string; error?: string }): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (text === undefined) {
      asked?.reject(new Error(error ?? "no answer"));
    } else {
      asked?.resolve(text);
    }
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
