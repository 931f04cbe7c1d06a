// Errors of the wire, and errors as they travel. Codes and names are those of jupyterwin/errors.py.
// Pure: no DOM. Who made an error is told by its code, never by its text.

import { ERROR_NAMES, type ErrorCode } from "./errors.gen.ts";
import type { ErrorRecord } from "./frames.gen.ts";

/** What is nested deeper than this does not cross, in either direction. */
export const MAX_DEPTH = 1000;

/** Base of the errors made here. `code` is the key to the tree drawn in jupyterwin/errors.py. */
export class JupyterWinError extends Error {
  readonly code: ErrorCode;
  readonly path: string;

  constructor(code: ErrorCode, message: string, path = "") {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** The other side broke the protocol. */
export class PeerError extends JupyterWinError {
  static {
    nameErrors(PeerError, ERROR_NAMES.peer);
  }

  constructor(message: string, path = "") {
    super("peer", message, path);
  }
}

/** A queue bounded in bytes is full. */
export class Overflow extends JupyterWinError {
  static {
    nameErrors(Overflow, ERROR_NAMES.overflow);
  }

  constructor(message: string) {
    super("overflow", message);
  }
}

/** One message is larger than anything that may be under way: waiting does not help. */
export class TooLarge extends JupyterWinError {
  static {
    nameErrors(TooLarge, ERROR_NAMES["too-large"]);
  }

  constructor(message: string) {
    super("too-large", message);
  }
}

/** A value cannot cross; `path` names it. */
export class Unserializable extends JupyterWinError {
  static {
    nameErrors(Unserializable, ERROR_NAMES.unserializable);
  }

  constructor(message: string, path: string) {
    super("unserializable", message, path);
  }
}

const STANDARD: ReadonlyMap<string, ErrorConstructor> = new Map(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((kind) => [kind.name, kind]),
);

/** The error that a record stands for: an Error with `name`, `code`, `data` and `path` (and `traceback`, if told). */
export function toError(record: ErrorRecord): Error {
  const name = record.name ?? "Error";
  const error = new (classNamed(name))(record.message);
  return Object.assign(error, {
    code: record.code,
    data: record.data ?? null,
    path: record.path ?? "",
    ...(record.traceback ? { traceback: record.traceback } : {}),
  });
}

/** The record that stands for whatever was thrown. */
export function toRecord(thrown: unknown): ErrorRecord {
  if (!(thrown instanceof Error)) {
    return { code: "handler-raised", message: `a value that is no Error was thrown: ${shown(thrown)}` };
  }
  const { code, data, path } = thrown as { code?: unknown; data?: unknown; path?: unknown };
  const details = plainJson(data);
  return {
    ...recordOf(typeof code === "string" && code !== "" ? code : "handler-raised", thrown.message, thrown.name),
    ...(details === null ? {} : { data: details }),
    ...(typeof path === "string" && path !== "" ? { path: path.toWellFormed() } : {}),
  };
}

/** The record of an error of ours. */
export function ours(code: ErrorCode, message: string): ErrorRecord {
  return recordOf(code, message, ERROR_NAMES[code]);
}

/** A record of these words; a name that is the default is left out, as Python's end does. */
export function recordOf(code: string, message: string, name = "Error"): ErrorRecord {
  const text = String(message).toWellFormed();
  return { code, message: text, ...(name === "Error" ? {} : { name: String(name).toWellFormed() }) };
}

function classNamed(name: string): ErrorConstructor {
  const standard = STANDARD.get(name);
  if (standard !== undefined || name === "Error") {
    return standard ?? Error;
  }
  const Named = class extends Error {};
  nameErrors(Named, name);
  return Named as unknown as ErrorConstructor;
}

/** Name the errors of a class, by its prototype: a name given to a finished error would be missing in its stack. */
function nameErrors(kind: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(kind.prototype, "name", { value: name, configurable: true, writable: true });
}

/** `data` as far as plain JSON can say it, else null: an error must not fail on its own details. */
function plainJson(data: unknown): unknown {
  try {
    return data === undefined ? null : (JSON.parse(JSON.stringify(data) ?? "null") as unknown);
  } catch {
    return null;
  }
}

function shown(thrown: unknown): string {
  try {
    return String(thrown).slice(0, 200).toWellFormed();
  } catch {
    return typeof thrown;
  }
}
