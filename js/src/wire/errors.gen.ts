// Generated from jupyterwin/errors.py by `python -m jupyterwin.wire.typescript`. Do not edit.

/** The names of the error classes by the codes that cross. */
export const ERROR_NAMES = {
  /** An argument does not fit the declared type; `path` says which, e.g. ``args[0].rows[3]``. */
  "bad-arguments": "BadArguments",
  /** Something ended, or never started, that should have worked. */
  broken: "Broken",
  /** The call was cancelled before it had a result. */
  cancelled: "Cancelled",
  /** The partner ended normally. */
  closed: "Closed",
  /** A store was to change only if nobody had changed it meanwhile, and somebody had. Nothing was changed; read it again. */
  conflict: "Conflict",
  /** The call had no result when its deadline passed. */
  deadline: "DeadlineExceeded",
  /** No web engine, library or display. The message names the package and the command that installs it. */
  "engine-missing": "EngineMissing",
  /** The handler of this channel was removed: by ``remove_handler``, its disposer, or its cell that ran again. */
  "handler-removed": "HandlerRemoved",
  /** The window host ended by itself (a crash, or killed); its windows are gone with it. */
  "host-gone": "HostGone",
  /** The kernel ended or restarted while the call was under way. */
  "kernel-gone": "KernelGone",
  /** A page could not be loaded. `error` is Chromium's name (``ERR_FILE_NOT_FOUND``), `number` its number, and the `url`. */
  "load-failed": "LoadFailed",
  /** Nobody answers this channel for this window. */
  "no-handler": "NoHandler",
  /** The window has no grant for this channel. The message says which grant is missing and where to write it. */
  "not-granted": "NotGranted",
  /** A queue bounded in bytes is full, and this thread may not wait for it to drain. */
  overflow: "Overflow",
  /** The other side broke the protocol. Its message is refused; the connection is kept where that is safe. */
  peer: "PeerError",
  /** The sandbox level asked for by ``min_sandbox`` cannot be reached on this machine. */
  "sandbox-unavailable": "SandboxUnavailable",
  /** The window host did not come up before its start deadline; the message holds its last words. */
  "start-failed": "StartFailed",
  /** One message is larger than anything that may be under way: waiting does not help, it must go in parts. */
  "too-large": "TooLarge",
  /** A value cannot cross to the other process. `path` names the offender, e.g. ``args[1].callback``. */
  unserializable: "Unserializable",
  /** The call is wrong: a bad option, a name in use, a second handler. The message names the cure. */
  usage: "UsageError",
  /** The window is closed; open it again by its name. */
  "window-gone": "WindowClosed",
} as const;

export type ErrorCode = keyof typeof ERROR_NAMES;
