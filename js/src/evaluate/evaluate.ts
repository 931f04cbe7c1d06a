// Runs the JavaScript of one `Window.eval` in the world it was meant for, and hands its outcome to the relay.
//
// The host puts the evaluation's id in the place of the first name declared here. The second is a constant of the block
// that the build puts around this bundle (package.json): the code stands there, where it sees nothing of ours.

import { toBase64 } from "../preload/base64.ts";
import { encode } from "../wire/values.ts";
import type { Outcome } from "./outcome.ts";

declare const __JUPYTERWIN_ID__: string;
declare const __JUPYTERWIN_RUN__: () => Promise<unknown>;

function tell(outcome: Outcome): void {
  document.dispatchEvent(new CustomEvent(__JUPYTERWIN_ID__, { detail: JSON.stringify(outcome) }));
}

async function evaluate(): Promise<Outcome> {
  try {
    const { value, buffers } = encode(await __JUPYTERWIN_RUN__(), "result");
    return { d: value, b: buffers.map(toBase64) };
  } catch (error) {
    const { name, message, code } = error instanceof Error ? (error as Error & { code?: unknown }) : asError(error);
    return { e: { code: typeof code === "string" ? code : "handler-raised", name, message } };
  }
}

function asError(thrown: unknown): { name: string; message: string; code: undefined } {
  return { name: "Error", message: String(thrown), code: undefined };
}

tell({ started: true });
evaluate().then(tell);
