"""The frames of the host's control comm: what the kernel asks of the window host, and what the host reports.

Both ends are Python. A control comm message's ``data`` is a list of one kind: `Command` from the kernel, `Event` from
the host. A command with an ``id`` other than 0 is answered by exactly one `Reply` with that id. The stream underneath
is reliable and ordered; ids count from 1 for each sender and are never reused.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from jupyterwin.wire.frames import Boot, ErrorRecord

HOST_TARGET = "jupyterwin.host"
"""Comm target of the host's control comm; the host opens it as its first message."""

HOST_COMM = "host"
"""comm_id of the control comm: there is one for each connection."""


class _Message(
    msgspec.Struct, tag_field="op", rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True
):
    """Base of commands and events."""


class Preload(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """One user preload: a classic script, reported under `name` (its own file) with its own lines."""

    name: str
    source: str


class Content(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """What a window shows. `kind` picks the CSP row (`jupyterwin.security.csp`).

    ``html``: `html` is the document, served with `nonce` allowed. ``path``: `entry` is the first file below the
    kernel's folder; all files are asked of the kernel by `Resource`. ``blank``: nothing yet.
    """

    kind: Literal["blank", "html", "path"] = "blank"
    html: str = ""
    nonce: str = ""
    entry: str = "index.html"


class Bounds(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """Geometry in device-independent pixels; null leaves a side as it is (or to the window manager)."""

    x: int | None = None
    y: int | None = None
    width: int | None = None
    height: int | None = None


class Startup(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """What the launcher tells a host on its command line, as JSON: nothing in it is secret.

    `socket` and `kernel` are inherited descriptors: the stream to the kernel and the kernel's pidfd. `level` is the
    outermost sandbox the launcher put around the host (``outer``: bubblewrap).
    """

    socket: int
    kernel: int
    level: Literal["outer", "engine", "none"] = "outer"
    min_sandbox: Literal["full", "outer", "engine", "none"] = "outer"
    engine: Literal["qt", "headless"] = "qt"


# ---------------------------------------------------------------- kernel → host


class CreateWindow(_Message, tag="window.create"):
    """Make window `window` (an id that was never used before) and load its content."""

    id: int
    window: str
    origin: str
    title: str
    boot: Boot
    content: Content
    preloads: list[Preload] = []
    bounds: Bounds = Bounds()
    background: str = "#ffffff"
    show: bool = True
    maximized: bool = False
    screen: int | None = None
    resizable: bool = True
    frame: bool = True
    on_top: bool = False
    debug: bool = False


class LoadContent(_Message, tag="window.load"):
    """Replace boot, preloads and content of a window and load it: a new document, same native window."""

    id: int
    window: str
    boot: Boot
    content: Content
    preloads: list[Preload] = []


class Reload(_Message, tag="window.reload"):
    """Load the window's content again: a new document. Revives a window whose renderer is gone."""

    id: int
    window: str


class SetWindow(_Message, tag="window.set"):
    """Change the native window. Only the fields that are not null are changed."""

    id: int
    window: str
    title: str | None = None
    bounds: Bounds | None = None
    visible: bool | None = None
    mode: Literal["normal", "minimized", "maximized", "fullscreen"] | None = None
    focus: bool | None = None
    zoom: float | None = None


class CloseWindow(_Message, tag="window.close"):
    """Close a window; `force` skips the page's beforeunload. Event `Closed` follows."""

    id: int
    window: str
    force: bool = False


class Capture(_Message, tag="window.capture"):
    """Take a picture. Reply value: ``{"width": px, "height": px}`` and one buffer, a PNG."""

    id: int
    window: str


class Evaluate(_Message, tag="window.eval"):
    """Run JavaScript in a world of the top frame. Reply value: its encoded value. Deadline in ms, kept by the host."""

    id: int
    window: str
    script: str
    world: Literal["page", "preload"] = "page"
    timeout: int = 10_000


class DevTools(_Message, tag="window.devtools"):
    """Open the developer tools of a window that was created with debug=True, in a window of their own."""

    id: int
    window: str


class Served(_Message, tag="resource.reply"):
    """The kernel's answer to `Resource` (same id); its body is the message's only buffer."""

    id: int
    status: int
    mime: str = "application/octet-stream"
    message: str = ""


class Quit(_Message, tag="host.quit"):
    """Close all windows and end the host."""

    id: int = 0


Command = CreateWindow | LoadContent | Reload | SetWindow | CloseWindow | Capture | Evaluate | DevTools | Served | Quit

# ---------------------------------------------------------------- host → kernel


class Ready(_Message, tag="host.ready"):
    """The host is up; first event of a connection."""

    pid: int
    engine: str
    engine_version: str
    webview_version: str
    platform: str
    screens: list[Bounds] = []


class Failed(_Message, tag="host.failed"):
    """The host cannot work here and ends. `error.code` is a code of `jupyterwin.errors`."""

    error: ErrorRecord


class Reply(_Message, tag="reply"):
    """The answer to a command: a value (and the message's buffers) or an error."""

    id: int
    value: Any = None
    error: ErrorRecord | None = None


class Resource(_Message, tag="resource.get"):
    """A window asks for a file of its `path=`. `path` is decoded and relative, with no ``..`` left in it."""

    id: int
    window: str
    path: str


class RendererReady(_Message, tag="window.renderer"):
    """A renderer process now serves this window. `sandbox` is what was read from its /proc."""

    window: str
    pid: int
    sandbox: SandboxState


class Changed(_Message, tag="window.changed"):
    """The native window, as it now is. Only fields that changed are given."""

    window: str
    title: str | None = None
    bounds: Bounds | None = None
    visible: bool | None = None
    focused: bool | None = None
    mode: Literal["normal", "minimized", "maximized", "fullscreen"] | None = None
    zoom: float | None = None
    url: str | None = None


class Loaded(_Message, tag="window.loaded"):
    """A load of the top frame ended."""

    window: str
    ok: bool
    url: str
    message: str = ""


class Console(_Message, tag="window.console"):
    """A line of the page's console, an uncaught error, or a refusal by the host (`source` then is ``jupyterwin:``)."""

    window: str
    level: Literal["debug", "info", "warning", "error"]
    message: str
    source: str = ""
    line: int = 0


class RendererGone(_Message, tag="window.gone"):
    """The renderer of a window ended. The native window stays; `Reload` brings the page back."""

    window: str
    reason: Literal["clean-exit", "abnormal-exit", "killed", "crashed"]
    exit_code: int


class Closed(_Message, tag="window.closed"):
    """The window is closed, by the person or by a command; its id never comes back."""

    window: str


class SandboxState(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """The sandbox of a renderer as read back from /proc; `effective` is the level really reached."""

    effective: Literal["full", "outer", "engine", "none"]
    seccomp: int = 0
    no_new_privs: bool = False
    user_ns: bool = False
    pid_ns: bool = False
    net_ns: bool = False
    host_net_ns: bool = False


Event = Ready | Failed | Reply | Resource | RendererReady | Changed | Loaded | Console | RendererGone | Closed
