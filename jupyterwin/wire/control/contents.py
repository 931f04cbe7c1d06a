"""Frames about what windows show: loaded, evaluated, pictured; and what became of pages and their renderers."""

from __future__ import annotations

from typing import Literal

from jupyterwin.wire.control.base import ControlMessage, Data
from jupyterwin.wire.frames import Boot, ErrorRecord


class Preload(Data):
    """One user preload: a classic script, reported under `name` (its file's name) with its own lines."""

    name: str
    source: str


class Content(Data):
    """What a window shows. `kind` picks the CSP row (`jupyterwin.security.csp`).

    ``html``: `html` is the document, served with `nonce` allowed. ``path``: `entry` is the first file below the
    kernel's folder; all files are asked of the kernel by `Resource`. ``panels``: our own page, of the package's built files. ``blank``: nothing yet.
    """

    kind: Literal["blank", "html", "path", "panels"] = "blank"
    html: str = ""
    nonce: str = ""
    entry: str = "index.html"


class SandboxState(Data):
    """The sandbox of a renderer as read back from /proc; `effective` is the level really reached."""

    effective: Literal["full", "outer", "engine", "none"]
    seccomp: int = 0
    no_new_privs: bool = False
    user_ns: bool = False
    pid_ns: bool = False
    net_ns: bool = False
    host_net_ns: bool = False


# ---------------------------------------------------------------- kernel → host


class LoadContent(ControlMessage, tag="window.load"):
    """Replace boot, preloads and content of a window and load it: a new document, same native window.

    Answered when the load has ended; the error of one that came to nothing has the code ``load-failed``.
    """

    id: int
    window: str
    boot: Boot
    content: Content
    preloads: list[Preload] = []


class Reload(ControlMessage, tag="window.reload"):
    """Load the window's content again, with these preloads: a new document. Revives a window whose renderer is gone.

    `boot`: null for the one that the content came with. Answered as `LoadContent`.
    """

    id: int
    window: str
    preloads: list[Preload] = []
    boot: Boot | None = None


class ShowCrash(ControlMessage, tag="window.show-crash"):
    """Say in the window that its page has crashed, and why. The page comes back by `Reload` or `LoadContent`."""

    id: int
    window: str
    why: str


class Go(ControlMessage, tag="window.go"):
    """Go back (-1) or forward (1) in the documents that this window has shown. Nothing happens where there are none."""

    id: int
    window: str
    steps: Literal[-1, 1]


class Print(ControlMessage, tag="window.print"):
    """Print the page into a PDF, the reply's one buffer. Margins in millimetres: left, top, right, bottom."""

    id: int
    window: str
    page_size: str = "A4"
    landscape: bool = False
    margins: tuple[float, float, float, float] = (10.0, 10.0, 10.0, 10.0)


class Capture(ControlMessage, tag="window.capture"):
    """Take a picture. Reply value: ``{"width": px, "height": px}`` and one buffer, a PNG."""

    id: int
    window: str
    area: tuple[float, float, float, float] | None = None
    """The part that is wanted: x, y, width and height as shares of the page; none: all of it."""
    width: int = 0
    """Physical pixels that it may be wide; 0: as wide as it is."""
    room: int = 0
    """Bytes that it may have, made smaller until it does; 0: any number."""


class Evaluate(ControlMessage, tag="window.eval"):
    """Run JavaScript in a world of the top frame. Reply value: its encoded value. Deadline in ms, kept by the host."""

    id: int
    window: str
    script: str
    world: Literal["page", "preload"] = "page"
    timeout: int = 10_000


class DevTools(ControlMessage, tag="window.devtools"):
    """Open the developer tools of a window that was created with debug=True, in a window of their own."""

    id: int
    window: str


class AnswerSync(ControlMessage, tag="window.answer-sync"):
    """The answer to a call for which a document stands still, announced to the host as `sync`. `document`: its comm.

    The message's only buffer is a `SyncOutcome`. Nothing happens when the call has ended.
    """

    document: str
    sync: str
    id: int = 0


COMMANDS = AnswerSync | LoadContent | Reload | ShowCrash | Go | Print | Capture | Evaluate | DevTools

# ---------------------------------------------------------------- host → kernel


class RendererReady(ControlMessage, tag="window.renderer"):
    """A renderer process now serves this window. `sandbox` is what was read from its /proc."""

    window: str
    pid: int
    sandbox: SandboxState


class Loaded(ControlMessage, tag="window.loaded"):
    """A load of the top frame ended; `error` is Chromium's name and `number` its number where it came to nothing."""

    window: str
    ok: bool
    url: str
    message: str = ""
    error: str = ""
    number: int = 0


class Console(ControlMessage, tag="window.console"):
    """A line of the page's console, an uncaught error, or a refusal by the host (`source` then is ``jupyterwin:``)."""

    window: str
    level: Literal["debug", "info", "warning", "error"]
    message: str
    source: str = ""
    line: int = 0


class RendererGone(ControlMessage, tag="window.gone"):
    """The renderer of a window ended. The native window stays; `Reload` brings the page back."""

    window: str
    reason: Literal["clean-exit", "abnormal-exit", "killed", "crashed"]
    exit_code: int


class Undrawn(ControlMessage, tag="window.undrawn"):
    """There is no place where the window's page could be drawn; a document that comes later begins anew."""

    window: str
    error: ErrorRecord


EVENTS = RendererReady | Loaded | Console | RendererGone | Undrawn
