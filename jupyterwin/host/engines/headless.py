"""An engine without a screen or a web: its windows only remember. It serves tests of the host, in one process.

Who plays the page calls `HeadlessWindow.say` and `HeadlessWindow.get`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.host.engines import RUNTIMES, About
from jupyterwin.host.engines.loop import Loop
from jupyterwin.wire.control import Bounds, Display, Native

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jupyterwin.host.engines import Cut, Ground, Paper, Refusal, Script, Window, WindowListener, World
    from jupyterwin.security.policy import Policy
    from jupyterwin.wire.control import Action, MenuItem, Theme


_AREA = Bounds(0, 0, 800, 600)
_DISPLAY = Display("none", _AREA, _AREA, primary=True)


class HeadlessRequest:
    """A request and what became of it."""

    def __init__(self, path: str, initiator: str) -> None:
        self.path = path
        self.initiator = initiator
        self.query = ""
        self.mime = ""
        self.body = b""
        self.headers: Mapping[str, str] = {}
        self.refused: Refusal | None = None

    def answer(self, mime: str, body: bytes | bytearray | memoryview, headers: Mapping[str, str]) -> None:
        self.mime, self.body, self.headers = mime, bytes(body), headers

    def stream(
        self, mime: str, headers: Mapping[str, str], want: Callable[[], None], gone: Callable[[], None]
    ) -> Callable[..., None]:
        del gone
        self.mime, self.headers = mime, headers

        def add(piece: bytes, *, last: bool) -> None:
            self.body += piece
            if not last:
                want()

        return add

    def refuse(self, reason: Refusal) -> None:
        self.refused = reason


class HeadlessWindow:
    """A window that remembers what it was told."""

    def __init__(self, origin: str, native: Native, listener: WindowListener) -> None:
        self.origin = origin
        self.native = native
        self.listener = listener
        self.scripts: Sequence[Script] = ()
        self.posted: list[str] = []
        self.document: HeadlessRequest | None = None
        self.pid = 0
        self.menus: dict[str, Sequence[MenuItem] | None] = {}

    def get(self, path: str, initiator: str | None = None) -> HeadlessRequest:
        """Request a path, as the page would."""
        request = HeadlessRequest(path, self.origin if initiator is None else initiator)
        self.listener.requested(request)
        return request

    def say(self, text: str) -> None:
        """Send a parcel, as the preload would."""
        self.listener.posted(text)

    def renderer_pid(self) -> int:
        return self.pid

    def address(self) -> str:
        return f"jw://{self.origin}/"

    def load(self, path: str, scripts: Sequence[Script]) -> None:
        self.scripts = scripts
        self.document = self.get(f"/{path}", "")

    def post(self, text: str) -> None:
        self.posted.append(text)

    def navigate(self, url: str) -> None:
        """There is nowhere to go."""

    def go(self, steps: int) -> None:
        """The same."""

    def print(self, paper: Paper, done: Callable[[bytes], None]) -> None:
        done(b"%PDF " + paper.size.encode())

    def obey(self, policy: Policy) -> None:
        self.policy = policy

    def change(self, native: Native) -> None:
        self.listener.changed(native)

    def act(self, action: Action) -> None:
        self.listener.changed(Native(focused=action == "focus"))

    def set_menu(self, where: str, items: Sequence[MenuItem] | None) -> None:
        self.menus[where] = items

    def popup_menu(self, items: Sequence[MenuItem], at: object, closed: Callable[[], None]) -> None:
        del at
        self.menus["popup"] = items
        closed()

    def act_on_download(self, download: int, action: str) -> None:
        """There are none."""

    def read_download(self, download: int, offset: int) -> bytes:
        del download, offset
        return b""

    def begin_modal(self) -> list[int]:
        return [0, 0, 0, 1, 1]

    def end_modal(self) -> None:
        """There is no input."""

    def close(self, *, force: bool) -> None:
        del force
        self.listener.closed()

    def capture(self, cut: Cut, done: Callable[[int, int, bytes], None]) -> None:
        del cut
        done(1, 1, b"\x89PNG")

    def run(self, source: str, world: World, done: Callable[[Any], None], *, tells: str = "") -> None:
        del source, world, tells
        done(None)

    def open_devtools(self) -> None:
        """There are none."""


class HeadlessEngine(Loop):
    """A loop over descriptors and timers."""

    runtimes = RUNTIMES

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[HeadlessWindow] = []

    def about(self) -> About:
        return About("headless", "0", "0", "none", [_DISPLAY])

    def watch_displays(self, changed: Callable[[list[Display]], None]) -> None:
        """They never change."""

    def pointer(self) -> tuple[int, int]:
        return 0, 0

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def open(
        self, origin: str, native: Native, listener: WindowListener, *, parent: Window | None, debug: bool
    ) -> HeadlessWindow:
        del parent, debug
        window = HeadlessWindow(origin, native, listener)
        self.windows.append(window)
        return window


def create(ground: Ground) -> HeadlessEngine:
    """One engine."""
    del ground  # its pages store nothing and go nowhere
    return HeadlessEngine()
