// A call for which this document stands still: announced to the host under an id that nobody can guess and that is good
// for once, then asked for by a request that does not come back before the answer is there. The host keeps the deadline.

import { ours, toError } from "../wire/errors.ts";
import type { SyncOutcome } from "../wire/frames.gen.ts";
import type { Link } from "./link.ts";
import type { Ask } from "./outgoing.ts";

/** Asks the host for the answer under an id, standing still; its text. */
export type AskHost = (id: string) => string;

/** By the scheme of the document's own origin; `<base>` has no say in it. */
export const askOrigin: AskHost = (id) => {
  const request = new XMLHttpRequest();
  request.open("GET", `${location.protocol}//${location.host}/.jw/sync/${id}`, false);
  request.send();
  return request.responseText;
};

/** How calls are made over this link. */
export function asking(link: Pick<Link, "sendNow">, askHost: AskHost | null): Ask {
  return (call, buffers) => {
    if (askHost === null) {
      throw toError(ours("usage", "sendSync: under a cell no script can stand still for the kernel: use invoke"));
    }
    const sync = newId();
    link.sendNow({ ...call, sync }, buffers, sync);
    let text: string;
    try {
      text = askHost(sync);
    } catch (problem) {
      const gone = toError(ours("window-gone", "the page was left before the answer came"));
      gone.cause = problem;
      throw gone;
    }
    return JSON.parse(text) as SyncOutcome;
  };
}

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
