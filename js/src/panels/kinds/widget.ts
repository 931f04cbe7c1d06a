// Widgets: a frame of opaque origin in which ipywidgets and anywidget run, and the way between it and the kernel. Code of
// the user's widgets runs there, and nothing of it here.

import type { Batch, FromWidgets, Snapshot, ToWidgets } from "../../widgets/words.ts";
import { LibraryFrame } from "../frames.ts";
import { notes } from "./figures/notes.ts";
import type { Make } from "./renderer.ts";

interface Waiting {
  resolve(): void;
  reject(reason: Error): void;
}

export const widget: Make = (place) => {
  const { strip, warn } = notes(place);
  const shown = new Map<number, Waiting>();
  let numbers = 0;
  let port: MessagePort | undefined;
  let last: Snapshot | undefined;

  const say = (words: ToWidgets) => port?.postMessage(words);

  function show(snapshot: Snapshot): Promise<void> {
    const id = ++numbers;
    last = snapshot;
    return new Promise((resolve, reject) => {
      shown.set(id, { resolve, reject });
      say({ do: "show", id, snapshot });
    });
  }

  /** The frame's document is there; when that is another one than before, it is told everything anew. */
  function begun(give: (port: MessagePort) => void): void {
    const ends = new MessageChannel();
    port?.close();
    port = ends.port1;
    port.onmessage = ({ data }: MessageEvent<FromWidgets>) => heard(data);
    give(ends.port2);
    if (last) {
      void place.ask<Snapshot>("snapshot").then((snapshot) => {
        const waiting = [...shown.values()];
        shown.clear();
        return show(snapshot).then(() => waiting.map((one) => one.resolve()));
      });
    }
  }

  async function module(id: number, name: string): Promise<void> {
    try {
      say({ do: "module", id, text: await place.ask<string>("module", name) });
    } catch (problem) {
      say({ do: "module", id, error: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  /** What the frame says is checked by the kernel; here it is only passed on. */
  function heard(words: FromWidgets): void {
    if (words.say === "comm") {
      place.tell("comm", words.told);
    } else if (words.say === "taken") {
      place.tell("taken", { box: words.box, page: words.page });
    } else if (words.say === "module") {
      void module(words.id, words.name);
    } else if (words.say === "shown") {
      const waits = shown.get(words.id);
      shown.delete(words.id);
      if (words.error === undefined) {
        waits?.resolve();
      } else {
        waits?.reject(new Error(words.error));
      }
    }
  }

  const frame = new LibraryFrame(place, "widget", "Widgets", ["frame-widget"], warn, begun);
  return {
    update: (content) => show(content as Snapshot),
    push: (message) => say({ do: "batch", batch: message as Batch }),
    dispose() {
      port?.close();
      frame.dispose();
      strip.remove();
    },
  };
};
