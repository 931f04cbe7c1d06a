// The frame around the two frames of a document. Its policy lets nothing inside it go anywhere; it makes the frames, and
// passes on what they say: each only what a frame of its kind may say. It has no origin, as they have none.

import { newNonce } from "../preload/parcels.ts";
import type { Draw, FromPlace, Run, ToPlace } from "../wire/place.gen.ts";
import { type Begin, HELLO, type Theme } from "./begin.ts";

declare const __JUPYTERWIN_FRAME__: string;

/** Said to the front end by a new outer frame. */
export const OUTER_HELLO = "jupyterwin:outer";

type World = "page" | "preload";
/** What the front end says beside the kernel. */
export type OfView = { readonly op: "lost" } | { readonly op: "theme"; readonly theme: Theme | null };
/** What goes between the front end and this frame, with the buffers of `given`. */
export interface Passed {
  readonly message: ToPlace | FromPlace | OfView;
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

const MAY_SAY: Readonly<Record<World, ReadonlySet<string>>> = {
  preload: new Set(["say", "want", "ran", "line"]),
  page: new Set(["ran", "read", "titled", "line", "seen"]),
};
const POLICY_OF_PRELOAD = "default-src 'none'; script-src 'nonce-{nonce}'";
const OFF_SCREEN = "position:absolute;width:1px;height:1px;border:0;visibility:hidden";
const FILLING = "position:absolute;inset:0;width:100%;height:100%;border:0";

let up: MessagePort | null = null;
let drawn: Drawn | null = null;
let theme: Theme | null = null;

class Drawn {
  readonly #doc: number;
  readonly #ports: Partial<Record<World, MessagePort>> = {};
  readonly #frames: Partial<Record<World, HTMLIFrameElement>> = {};

  constructor({ doc, html, policy, nonce, scripts, files = [] }: Draw) {
    this.#doc = doc;
    const { port1, port2 } = new MessageChannel();
    const of = (world: World) => scripts.filter((script) => script.world === world);
    const preloadNonce = newNonce();
    const preloadPolicy = POLICY_OF_PRELOAD.replace("{nonce}", preloadNonce);
    this.#make("preload", preloadPolicy, preloadNonce, { scripts: of("preload"), html: "", files: [] }, port1);
    this.#make("page", policy, nonce, { scripts: of("page"), html, files }, port2);
  }

  #make(world: World, policy: string, nonce: string, begin: Omit<Begin, "theme">, bridge: MessagePort): void {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = world;
    frame.style.cssText = world === "page" ? FILLING : OFF_SCREEN;
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy.replaceAll('"', "")}">
<script nonce="${nonce}">${__JUPYTERWIN_FRAME__}</script>`;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#said(world, data as FromPlace);
    this.#ports[world] = port1;
    this.#frames[world] = frame;
    let begun = false;
    const hello = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || source === null || data !== HELLO) {
        return;
      }
      if (begun) {
        tell({ op: "drawn" }); // it has loaded itself again: both begin anew
      } else {
        begun = true;
        frame.contentWindow?.postMessage({ ...begin, theme }, "*", [bridge, port2]);
      }
    };
    addEventListener("message", hello);
    this.#ends.push(() => removeEventListener("message", hello));
    document.body.append(frame);
  }

  readonly #ends: (() => void)[] = [];

  #said(world: World, message: FromPlace): void {
    if (MAY_SAY[world].has(message?.op)) {
      tell(message.op === "seen" ? message : ({ ...message, doc: this.#doc } as FromPlace));
    }
  }

  give(world: World, passed: Passed): void {
    this.#ports[world]?.postMessage(passed);
  }

  focus(): void {
    this.#frames.page?.focus();
  }

  end(): void {
    for (const end of this.#ends) {
      end();
    }
    for (const frame of Object.values(this.#frames)) {
      frame.remove();
    }
  }
}

function tell(message: FromPlace): void {
  up?.postMessage({ message, buffers: [] } satisfies Passed);
}

function receive({ data: passed }: MessageEvent<Passed>): void {
  const { message } = passed;
  switch (message.op) {
    case "draw":
      drawn?.end();
      drawn = new Drawn(message);
      break;
    case "told":
    case "given":
    case "lost":
      drawn?.give("preload", passed);
      break;
    case "run":
      drawn?.give((message as Run).world, passed);
      break;
    case "theme":
      theme = message.theme;
      drawn?.give("page", passed);
      break;
    case "focus":
      drawn?.focus();
      break;
    case "over":
      drawn?.end();
      drawn = null;
      break;
    default:
      break;
  }
}

addEventListener("message", ({ source, ports: [port] }) => {
  if (source === parent && port !== undefined && up === null) {
    up = port;
    up.onmessage = receive;
  }
});
parent.postMessage(OUTER_HELLO, "*");
