// What a frame says for its engine: lines of the console, errors that nobody caught, scripts that were run for the kernel.
// It keeps what it needs of the globals: the page may change them.

import type { FromPlace, Run } from "../wire/place.gen.ts";
import { running, runScript } from "./begin.ts";

type Unnumbered<M> = M extends { readonly doc: number } ? Omit<M, "doc"> : M;
export type Say = (message: Unnumbered<FromPlace>) => void;
type Level = "debug" | "info" | "warning" | "error";

const LEVELS = { debug: "debug", log: "info", info: "info", warn: "warning", error: "error" } as const;
const LENGTH = 20_000;

/** Tell who made the frame. */
export function sayer(out: MessagePort): Say {
  const post = out.postMessage.bind(out);
  return (message) => post(message);
}

/** Tell each line of the console from now on; the browser's own console has it too. */
export function tellConsole(say: Say): void {
  const own = console as unknown as Record<string, (...args: unknown[]) => void>;
  for (const [name, level] of Object.entries(LEVELS)) {
    const write = own[name]?.bind(console);
    own[name] = (...args) => {
      write?.(...args);
      line(say, level, args.map(shown).join(" "));
    };
  }
}

/** Tell errors that nobody caught, and what the policy refused, of this window. */
export function tellErrors(say: Say): void {
  addEventListener("error", (event) => {
    const { message, filename, lineno } = event;
    if (message !== undefined && !event.defaultPrevented) {
      line(say, "error", message, filename, lineno);
    }
  });
  addEventListener("unhandledrejection", (event) => {
    if (!event.defaultPrevented) {
      line(say, "error", `Uncaught (in promise) ${shown(event.reason)}`);
    }
  });
  document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective, lineNumber, sourceFile }) => {
    const what = blockedURI === "inline" ? "an inline script or handler" : blockedURI;
    line(say, "error", `Refused by the policy ${effectiveDirective}: ${what}`, sourceFile, lineNumber);
  });
}

/** How a browser tells that a script cannot be read which was put into the document just now. */
const UNREAD = /^Uncaught SyntaxError: Failed to execute '\w+' on '\w+': /;

/** Tell it as an engine does: by the script's name, or without one, of what the kernel asked for. To be called first of all. */
export function tellUnread(say: Say): void {
  addEventListener("error", (event) => {
    const { message, lineno } = event;
    if (!UNREAD.test(message)) {
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    const error = new SyntaxError(message.replace(UNREAD, ""));
    const filename = running();
    if (filename === "") {
      line(say, "error", `Uncaught ${error}`, "", lineno);
    } else {
      dispatchEvent(
        new ErrorEvent("error", { message: `Uncaught ${error}`, error, filename, lineno, cancelable: true }),
      );
    }
  });
}

/** Run a script that the kernel sent; `tells` names the events in which it tells its outcome. */
export function runFor({ id, source, tells = "" }: Run, nonce: string, say: Say): void {
  if (tells !== "") {
    document.addEventListener(
      tells,
      (event) => {
        event.stopImmediatePropagation();
        line(say, "debug", tells + String((event as CustomEvent<string>).detail), "", 0, Number.POSITIVE_INFINITY);
      },
      true,
    );
  }
  runScript(source, nonce);
  say({ op: "ran", id });
}

function line(say: Say, level: Level, message: string, source = "", number = 0, most = LENGTH): void {
  say({
    op: "line",
    level,
    message: message.slice(0, most).toWellFormed(),
    source: source.slice(0, 1000),
    line: number,
  });
}

function shown(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (value instanceof Error) {
    return value.stack ?? String(value);
  }
  try {
    return (typeof value === "object" && JSON.stringify(value)) || String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
