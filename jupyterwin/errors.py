"""Every error of jupyterwin, in one tree: your mistake, the peer's, closed, broken are four different things.

It knows no other module of the package; everyone may import it.

* JupyterWinError
  + UsageError            your call is wrong; the message names the field and the cure
    - BadArguments        an argument has the wrong type (names the path, e.g. ``args[0].rows[3].when``)
    - NoHandler           nobody answers that channel
      · HandlerRemoved    somebody did, until its handler was removed
    - NotGranted          the window was not given that channel
    - Unserializable      a value cannot cross to the other process (names the path)
    - Overflow            a bounded queue is full and the sender cannot wait
      · TooLarge          one message is over what any queue takes: send it in parts
  + PeerError             the other side broke the protocol (malformed, out of order, too large)
  + RemoteError           code on the other side raised; ``.record`` holds what it said
  + Conflict              a value of a store changed meanwhile: read it again
  + Cancelled             the call was cancelled (by you, an AbortSignal, an interrupt)
  + DeadlineExceeded      the call's deadline passed
  + Closed                the partner ended normally
    - WindowClosed        the window is closed
    - KernelGone          the kernel ended or restarted
  + Broken                something ended that should not have
    - EngineMissing       no web engine, library or display; the message says what to install
    - SandboxUnavailable  the sandbox level asked for (``min_sandbox``) cannot be reached here
    - StartFailed         the window host did not start in time
    - HostGone            the window host ended by itself
    - LoadFailed          a page could not be loaded; ``.error`` has the engine's name for it

Over the wire an error is an `jupyterwin.wire.frames.ErrorRecord`, never a string; `code` is the key to this tree.
"""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = [
    "BadArguments",
    "Broken",
    "Cancelled",
    "Closed",
    "Conflict",
    "DeadlineExceeded",
    "EngineMissing",
    "HandlerRemoved",
    "HostGone",
    "JupyterWinError",
    "KernelGone",
    "LoadFailed",
    "NoHandler",
    "NotGranted",
    "Overflow",
    "PeerError",
    "RemoteError",
    "SandboxUnavailable",
    "StartFailed",
    "TooLarge",
    "Unserializable",
    "UsageError",
    "WindowClosed",
]


class JupyterWinError(Exception):
    """Base of all errors raised by jupyterwin. `code` is the name the page sees in ``error.code``."""

    code: ClassVar[str] = "error"


class UsageError(JupyterWinError, ValueError):
    """The call is wrong: a bad option, a name in use, a second handler. The message names the cure."""

    code = "usage"


class BadArguments(UsageError, TypeError):
    """An argument does not fit the declared type; `path` says which, e.g. ``args[0].rows[3]``."""

    code = "bad-arguments"

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class NoHandler(UsageError):
    """Nobody answers this channel for this window."""

    code = "no-handler"


class HandlerRemoved(NoHandler):
    """The handler of this channel was removed: by ``remove_handler``, its disposer, or its cell that ran again."""

    code = "handler-removed"


class NotGranted(UsageError):
    """The window has no grant for this channel. The message says which grant is missing and where to write it."""

    code = "not-granted"


class Unserializable(UsageError, TypeError):
    """A value cannot cross to the other process. `path` names the offender, e.g. ``args[1].callback``."""

    code = "unserializable"

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class Overflow(UsageError):
    """A queue bounded in bytes is full, and this thread may not wait for it to drain."""

    code = "overflow"


class TooLarge(Overflow):
    """One message is larger than anything that may be under way: waiting does not help, it must go in parts."""

    code = "too-large"


class PeerError(JupyterWinError):
    """The other side broke the protocol. Its message is refused; the connection is kept where that is safe."""

    code = "peer"


class RemoteError(JupyterWinError):
    """Code on the other side raised.

    `name` is the class of the error there (``TypeError``), `data` its structured details, `record` all of it.
    """

    code = "handler-raised"

    def __init__(self, message: str, *, name: str = "Error", data: Any = None, record: Any = None) -> None:
        super().__init__(f"{name}: {message}" if name not in {"", "Error"} else message)
        self.name = name
        self.data = data
        self.record = record


class Conflict(JupyterWinError):
    """A store was to change only if nobody had changed it meanwhile, and somebody had. Nothing was changed; read it again."""

    code = "conflict"


class Cancelled(JupyterWinError):
    """The call was cancelled before it had a result."""

    code = "cancelled"


class DeadlineExceeded(JupyterWinError, TimeoutError):
    """The call had no result when its deadline passed."""

    code = "deadline"


class Closed(JupyterWinError):
    """The partner ended normally."""

    code = "closed"


class WindowClosed(Closed):
    """The window is closed; open it again by its name."""

    code = "window-gone"


class KernelGone(Closed):
    """The kernel ended or restarted while the call was under way."""

    code = "kernel-gone"


class Broken(JupyterWinError, RuntimeError):
    """Something ended, or never started, that should have worked."""

    code = "broken"


class EngineMissing(Broken):
    """No web engine, library or display. The message names the package and the command that installs it."""

    code = "engine-missing"


class SandboxUnavailable(Broken):
    """The sandbox level asked for by ``min_sandbox`` cannot be reached on this machine."""

    code = "sandbox-unavailable"


class StartFailed(Broken):
    """The window host did not come up before its start deadline; the message holds its last words."""

    code = "start-failed"


class HostGone(Broken):
    """The window host ended by itself (a crash, or killed); its windows are gone with it."""

    code = "host-gone"


class LoadFailed(Broken):
    """A page could not be loaded. `error` is Chromium's name (``ERR_FILE_NOT_FOUND``), `number` its number, and the `url`."""

    code = "load-failed"

    def __init__(self, message: str, error: str = "", number: int = 0, url: str = "") -> None:
        super().__init__(message)
        self.error = error
        self.number = number
        self.url = url


def by_code() -> dict[str, type[JupyterWinError]]:
    """The class of each code that crosses. `RemoteError` is missing: it stands for whatever code is not ours."""
    classes = [globals()[name] for name in __all__]
    return {cls.code: cls for cls in classes if cls not in {JupyterWinError, RemoteError}}
