"""What the host asks of a web engine, and what an engine tells the host: two protocols and the data between them.

Everything here is called on the engine's own thread. An engine knows no frame, no comm and no kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jupyterwin.errors import JupyterWinError
    from jupyterwin.security.policy import Policy
    from jupyterwin.wire.control import Action, Display, DownloadChanged, DownloadStarted, MenuItem, Native, Theme

World = Literal["page", "preload"]
Level = Literal["debug", "info", "warning", "error"]
GoneReason = Literal["clean-exit", "abnormal-exit", "killed", "crashed"]
Refusal = Literal["not-found", "denied", "failed", "unavailable"]

RUNTIMES = ("stub.js", "preload.js")
"""The built scripts that run first in a document: of the page's world and of the preload's, where both share a document."""

ERR_ABORTED = -3
"""In Chromium's net_error_list.h."""

_ENGINES = {"qt": "jupyterwin.host.engines.qt", "headless": "jupyterwin.host.engines.headless"}


@dataclass(frozen=True)
class About:
    """Which engine this is, and where it draws."""

    engine: str
    engine_version: str
    webview_version: str
    platform: str
    displays: Sequence[Display] = ()


@dataclass(frozen=True)
class Ground:
    """What an engine stands on: where its pages store, and where they may go."""

    storage: str = ""
    """A folder; empty: in memory."""
    network: frozenset[str] = frozenset()
    """Origins."""
    proxy: int = 0
    """The port on this loopback of the SOCKS proxy that leads there; without a network one that leads nowhere."""


@dataclass(frozen=True)
class LoadProblem:
    """Why a load came to nothing: in words, by Chromium's name for it, and by its number."""

    message: str
    error: str = ""
    number: int = 0
    url: str = ""

    @property
    def aborted(self) -> bool:
        """Whether something cut it short: another load, or the page's own script."""
        return self.number == ERR_ABORTED


@dataclass(frozen=True)
class Paper:
    """What a page is printed on; margins in millimetres: left, top, right, bottom."""

    size: str
    landscape: bool
    margins: tuple[float, float, float, float]


@dataclass(frozen=True)
class Cut:
    """What is wanted of a picture; without anything, all of it as it is."""

    area: tuple[float, float, float, float] | None = None
    """x, y, width and height as shares of the page."""
    width: int = 0
    """Pixels at most."""
    room: int = 0
    """Bytes at most."""


@dataclass(frozen=True)
class Script:
    """A script that runs at document creation, before any script of the page, in the order given."""

    name: str
    source: str
    world: World


class Request(Protocol):
    """One GET request that a page made on its window's scheme. Answer it once, now or later."""

    path: str
    """As it stands in the URL: still percent-encoded."""
    query: str
    """The same, without the question mark."""
    initiator: str
    """Origin host of the page that asks; empty when the host itself is loading the document."""

    def answer(self, mime: str, body: bytes | bytearray | memoryview, headers: Mapping[str, str]) -> None:
        """Send the response; without effect when the page stopped waiting."""

    def stream(
        self, mime: str, headers: Mapping[str, str], want: Callable[[], None], gone: Callable[[], None]
    ) -> Callable[..., None]:
        """Send a response in pieces, by the function that is returned: ``add(piece, last=False)``.

        `want` is called when there is room for another, `gone` once nobody reads it any more.
        """

    def refuse(self, reason: Refusal) -> None:
        """End the request without a response."""


class WindowListener(Protocol):
    """What a native window tells its owner. Parcels and the ends of good loads are of the load that was asked for last."""

    def posted(self, text: str) -> None:
        """The preload sent a parcel."""

    def requested(self, request: Request) -> None:
        """The page asks for something on its scheme."""

    def gone(self, reason: GoneReason, exit_code: int) -> None:
        """The renderer ended."""

    def undrawn(self, error: JupyterWinError) -> None:
        """There is no place where the page could be drawn, or no longer; a document that comes begins anew."""

    def loaded(self, url: str, problem: LoadProblem | None) -> None:
        """A load of the top frame ended; `problem` is None when it went well."""

    def may_navigate(self, url: str) -> bool:
        """The page wants its top frame to go where it may go. False: not now; `Window.navigate` may follow."""

    def console(self, level: Level, message: str, source: str, line: int) -> None:
        """A line of the console, or a refusal by the engine's policy."""

    def changed(self, native: Native) -> None:
        """The native window is now like this."""

    def refused(self, switch: str, url: str, detail: str) -> None:
        """The page was refused something; as the frame `Refused` says it."""

    def chosen(self, item: int, *, checked: bool) -> None:
        """The person chose an item of a menu."""

    def downloads(self, event: DownloadStarted | DownloadChanged) -> None:
        """A download that the page may have; its `window` is left to the listener."""

    def happened(self, event: str, *details: Any) -> None:
        """An event of Electron's, by its name, that is no change of the native window; `details` are plain JSON."""

    def titled(self, title: str) -> None:
        """The page wants this title. The listener sets it, if it may."""

    def closing(self) -> None:
        """The person wants the window closed. The listener closes it, if it may."""

    def closed(self) -> None:
        """The native window is gone."""


class Window(Protocol):
    """A native window with one page."""

    def renderer_pid(self) -> int:
        """The process that serves it, as this process numbers it; 0 when there is none."""

    def address(self) -> str:
        """Where its top frame is."""

    def load(self, path: str, scripts: Sequence[Script]) -> None:
        """Load a path of the window's origin as a new document."""

    def navigate(self, url: str) -> None:
        """Go to an address that the page asked for."""

    def go(self, steps: int) -> None:
        """Go back (-1) or forward (1) in what was shown."""

    def post(self, text: str) -> None:
        """Hand a parcel to the preload of whichever document is connected."""

    def obey(self, policy: Policy) -> None:
        """The page may do this from now on, and nothing else. Before the first call: nothing."""

    def change(self, native: Native) -> None:
        """Be like this: only what is spoken of changes."""

    def act(self, action: Action) -> None:
        """Do something that is no state."""

    def set_menu(self, where: Literal["bar", "context"], items: Sequence[MenuItem] | None) -> None:
        """Show these items there from now on; None: no bar, or the engine's own few items for text."""

    def popup_menu(self, items: Sequence[MenuItem], at: tuple[int, int] | None, closed: Callable[[], None]) -> None:
        """Open a menu at a point of the page, or at the pointer; `closed` is called once it is."""

    def act_on_download(self, download: int, action: str) -> None:
        """Pause, resume, cancel or forget one."""

    def read_download(self, download: int, offset: int) -> bytes:
        """A piece of one that is complete, empty at its end."""

    def begin_modal(self) -> list[int]:
        """Take no input while a dialog of another process belongs to the window; as the reply to `BeginModal`."""

    def end_modal(self) -> None:
        """One such dialog is closed."""

    def close(self, *, force: bool) -> None:
        """Close; without `force` the page's beforeunload may refuse."""

    def capture(self, cut: Cut, done: Callable[[int, int, bytes], None]) -> None:
        """Take a picture: width and height in pixels, and a PNG."""

    def print(self, paper: Paper, done: Callable[[bytes], None]) -> None:
        """Print the page: a PDF, empty if that cannot be done."""

    def run(self, source: str, world: World, done: Callable[[Any], None], *, tells: str = "") -> None:
        """Run a script; `done` gets its plain value, or nothing at all if the renderer ends first.

        `tells`: events of this name on the document are its outcome, told as a console line: the name, then the detail.
        """

    def open_devtools(self) -> None:
        """Show the developer tools in a window of their own."""


class Watch(Protocol):
    """A descriptor that is being watched."""

    def enable(self, *, on: bool) -> None: ...


class Engine(Protocol):
    """A web engine and its loop."""

    runtimes: tuple[str, str]
    """As `RUNTIMES`, for its documents."""

    def about(self) -> About: ...

    def run(self, started: Callable[[], None]) -> None:
        """Run the loop in this thread until `quit`; `started` is called once, when windows can be opened."""

    def quit(self) -> None: ...

    def watch(self, fd: int, ready: Callable[[], None], *, write: bool = False) -> Watch:
        """Call `ready` whenever `fd` is readable, or writable."""

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call once, after a while."""

    def open(
        self, origin: str, native: Native, listener: WindowListener, *, parent: Window | None, debug: bool
    ) -> Window:
        """Make a native window whose page lives at `origin`, above `parent` if there is one."""

    def watch_displays(self, changed: Callable[[list[Display]], None]) -> None:
        """Call `changed` whenever the desktop has other displays than before."""

    def pointer(self) -> tuple[int, int]:
        """Where the mouse is, in device-independent pixels."""

    def set_theme(self, theme: Theme) -> None:
        """Be light or dark: all windows, and what pages hear."""


class EngineProblem(Exception):  # noqa: N818 -- a cure is offered, nothing has failed yet
    """The engine cannot work here. The message names the cure."""


def load(name: str, ground: Ground) -> Engine:
    """Import the engine of that name and set it up; no window yet."""
    return cast("Engine", import_module(_ENGINES[name]).create(ground))
