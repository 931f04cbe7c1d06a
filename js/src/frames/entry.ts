// The document of a frame of opaque origin: it waits for a port from its page, runs the scripts that come with it, and
// draws what it is given. What cannot be loaded is told, since nothing of the network reaches a frame.

import type { Driver, Stage } from "./driver.ts";
import { html } from "./html.ts";
import { telling } from "./telling.ts";
import { type FromFrame, GREETING, type Look, type ToFrame } from "./words.ts";

let look: Look = { theme: "light", colors: {} };

function wear(next: Look): void {
  look = next;
  const style = document.documentElement.style;
  style.colorScheme = next.theme;
  document.documentElement.dataset.theme = next.theme;
  for (const [name, value] of Object.entries(next.colors)) {
    style.setProperty(name, value);
  }
}

/** Run scripts one after another, as the page orders them. */
async function run(scripts: readonly Blob[]): Promise<void> {
  for (const script of scripts) {
    const element = document.createElement("script");
    element.src = URL.createObjectURL(script);
    await new Promise<void>((resolve, reject) => {
      element.onload = () => resolve();
      element.onerror = () => reject(new Error("the library's script could not be run"));
      document.head.append(element);
    });
    URL.revokeObjectURL(element.src);
  }
}

function reason(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}

function begin(port: MessagePort): void {
  const say = (words: FromFrame) => port.postMessage(words);
  const stage: Stage = {
    el: document.body,
    look: () => look,
    tell: telling(say),
    warn: (text) => say({ say: "warn", text }),
  };
  // Not an event listener: a document that is written anew loses those.
  if ("ReportingObserver" in globalThis) {
    new ReportingObserver(
      (reports) => {
        for (const { body } of reports) {
          say({ say: "blocked", address: String((body as { blockedURL?: string } | null)?.blockedURL ?? "") });
        }
      },
      { types: ["csp-violation"], buffered: true },
    ).observe();
  }

  let driver: Promise<Driver> | undefined;
  let last: Promise<void> = Promise.resolve();

  async function draw(id: number, content: unknown): Promise<void> {
    try {
      await (await driver)?.draw(content);
      say({ say: "done", id });
    } catch (problem) {
      say({ say: "done", id, error: reason(problem) });
    }
  }

  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.do === "begin") {
      wear(data.look);
      driver = run(data.scripts).then(() => (globalThis.jupyterwinDriver ?? html)(stage));
      driver.catch(() => undefined); // told to whoever draws
    } else if (data.do === "look") {
      last = last
        .then(async () => {
          wear(data.look);
          await (await driver)?.wear?.(data.look);
        })
        .catch((problem) => stage.warn(reason(problem)));
    } else {
      last = last.then(() => draw(data.id, data.content));
    }
  };
}

addEventListener(
  "message",
  (event) => {
    const port = event.ports[0];
    if (event.source === parent && port !== undefined) {
      begin(port);
    }
  },
  { once: true },
);
parent.postMessage(GREETING, "*");
