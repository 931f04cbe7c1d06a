// What users' preloads throw and nobody catches, told to the kernel with its place. The engine tells each world of its own
// errors alone, so a page cannot speak here; syntax errors come too, of scripts that never ran.

import { recordOf, toRecord } from "../wire/errors.ts";
import type { Fault } from "../wire/frames.gen.ts";
import type { SendFrame } from "./outgoing.ts";

/** So many are told of one document; more say nothing new. */
const MOST = 100;
/** Characters of a message. */
const LENGTH = 20_000;
/** How the engine names a script that it could not read. */
const UNREAD = "userscript:";
const PLACE = /(?:at |\()([^\s()]+):(\d+):\d+\)?$/m;

/** The events that are listened to. */
export type FaultTarget = Pick<EventTarget, "addEventListener">;

/** Tell faults from now on. The console tells them too where developer tools may be open, with `debug`. */
export function watchFaults(target: FaultTarget, send: SendFrame, debug: boolean): void {
  let left = MOST;
  const tell = (event: Event, fault: Fault) => {
    if (left-- <= 0) {
      return;
    }
    try {
      send(fault);
    } catch {
      return; // the link has ended: the console is all there is
    }
    if (!debug) {
      event.preventDefault();
    }
  };
  target.addEventListener("error", (event) => {
    const { error, message, filename, lineno } = event as ErrorEvent;
    tell(event, faultOf(error ?? message, filename.replace(UNREAD, ""), lineno));
  });
  target.addEventListener("unhandledrejection", (event) => {
    const { reason } = event as PromiseRejectionEvent;
    const [, file = "", line = "0"] = PLACE.exec(reason instanceof Error ? (reason.stack ?? "") : "") ?? [];
    tell(event, faultOf(reason, file, Number(line)));
  });
}

function faultOf(thrown: unknown, file: string, line: number): Fault {
  const { message, name, code, data } = toRecord(thrown);
  const error = { ...recordOf(code, message.slice(0, LENGTH), name), ...(data == null ? {} : { data }) };
  return {
    op: "fault",
    error,
    ...(file === "" ? {} : { file: file.slice(0, 1000).toWellFormed() }),
    ...(line > 0 ? { line } : {}),
  };
}
