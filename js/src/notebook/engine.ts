// The engine's side of the preload: its channel of text, and what it may fetch, over the port to the outer frame.

import type { FetchBulk } from "../preload/bulk.ts";
import type { OpenChannel } from "../preload/channel.ts";
import type { Given } from "../wire/place.gen.ts";
import type { Bytes } from "../wire/values.ts";
import type { Passed } from "./outer.ts";
import { runFor, type Say } from "./said.ts";

const NONCE_LENGTH = 16;

interface Waiting {
  readonly resolve: (bytes: Bytes) => void;
  readonly reject: (problem: Error) => void;
}

/** Of one document. */
export class Engine {
  readonly #say: Say;
  readonly #waiting = new Map<number, Waiting>();
  #receive: (text: string) => void = () => undefined;
  /** How the document calls itself; known by what it sends. */
  #name = "";
  #last = 0;

  constructor(out: MessagePort, say: Say, nonce: string) {
    this.#say = say;
    out.onmessage = ({ data: { message, buffers } }: MessageEvent<Passed>) => {
      if (message.op === "told") {
        this.#receive(message.text);
      } else if (message.op === "given") {
        this.#given(message, buffers);
      } else if (message.op === "run") {
        runFor(message, nonce, say);
      } else if (message.op === "lost") {
        this.#lost();
      }
    };
  }

  readonly open: OpenChannel = (receive, opened) => {
    this.#receive = receive;
    opened((text) => {
      this.#name = text.slice(0, NONCE_LENGTH);
      this.#say({ op: "say", text });
    });
  };

  readonly fetchBulk: FetchBulk = (id) =>
    new Promise((resolve, reject) => {
      const key = ++this.#last;
      this.#waiting.set(key, { resolve, reject });
      this.#say({ op: "want", id: key, path: `/.jw/bulk/${id}` });
    });

  #given({ id, buffer = -1 }: Given, buffers: readonly Bytes[]): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    const bytes = buffers[buffer];
    if (bytes === undefined) {
      waiting?.reject(new Error("the kernel does not have that buffer any more"));
    } else {
      waiting?.resolve(bytes);
    }
  }

  #lost(): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new Error("the kernel is gone"));
    }
    this.#waiting.clear();
    this.#receive(`${this.#name}!`);
  }
}
