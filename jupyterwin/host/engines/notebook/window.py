"""NotebookWindow: a window whose page is drawn in a place under a cell, when there is one.

It hands the host what the place says, as the engine's protocol has it, and knows no front end. What a place says may come
from a hostile page: it is checked here, and what does not belong to the document that is drawn is dropped.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import msgspec

from jupyterwin.carriers.notebook import NotebookLane
from jupyterwin.errors import EngineMissing, PeerError, UsageError, WindowClosed
from jupyterwin.host.engines import LoadProblem
from jupyterwin.host.engines.notebook import looks
from jupyterwin.host.engines.notebook.inline import Gathering
from jupyterwin.host.engines.notebook.pages import Page, PageRequest, WantRequest
from jupyterwin.host.guard import guarded
from jupyterwin.security import csp
from jupyterwin.wire import place as wire
from jupyterwin.wire.control import Native

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.carriers.notebook import Publish
    from jupyterwin.host.engines import Cut, Paper, Script, WindowListener, World
    from jupyterwin.host.engines.notebook.engine import NotebookEngine
    from jupyterwin.security.policy import Policy
    from jupyterwin.wire.control import Action, MenuItem

NOBODY = "no front end draws this window: open the notebook in JupyterLab and run the cell there"
_ALLOWED = {"webgl"}
"""What a browser lets any page do."""
CLEARED = "the window's place is gone: its output was cleared or its notebook closed; show the window again"


class Place(NamedTuple):
    """Where it is drawn."""

    lane: NotebookLane
    publish: Publish
    close: Callable[[], None]


class NotebookWindow:
    """All of it runs on the engine's thread."""

    def __init__(
        self, engine: NotebookEngine, origin: str, native: Native, listener: WindowListener, patience: float
    ) -> None:
        self.listener = listener
        self.place: Place | None = None
        self._engine = engine
        self._origin = origin
        self._native = looks.born(native, lambda line: listener.console("info", line, "jupyterwin:", 0))
        self._patience = patience
        self._is_drawn = False
        """A place is there, and empty or with a document of ours."""
        self._doc = 0
        self._shown = False
        """The document `_doc` was sent to the place."""
        self._wanted: tuple[str, Sequence[Script]] | None = None
        self._runs: dict[int, Callable[[Any], None]] = {}
        self._last_run = 0
        self._focused = False
        self._handlers: dict[type, Callable[[Any], None]] = {
            wire.Say: lambda said: listener.posted(said.text),
            wire.Want: self._give,
            wire.Ran: lambda ran: self._ran(ran.id),
            wire.PageRead: lambda _: listener.loaded(self.address(), None),
            wire.Titled: lambda told: listener.titled(told.title),
            wire.Line: lambda line: listener.console(line.level, line.message, line.source, line.line),
        }

    # -------------------------------------------------- its place

    def connect(self, publish: Publish, close: Callable[[], None]) -> None:
        """A front end has a place for it; the one there was is another tab's, and stays empty."""
        if self.place is not None:
            self._send(wire.Elsewhere())
            old = self.place.lane
            self._engine.later(1.0, old.close)
        self._is_drawn = False
        self.place = Place(NotebookLane(publish, self._engine.later, self._arrived), publish, close)
        self._send(looks.of(self._native))

    def disconnect(self) -> None:
        """Its place is of no use any more."""
        if self.place is not None:
            self.place.lane.close()
            self.place.close()
            self.place = None
            self._lost(CLEARED)

    def _arrived(self, data: Any) -> None:
        try:
            message = msgspec.convert(data, wire.FromPlace)
        except msgspec.ValidationError as problem:
            raise PeerError(str(problem)) from problem
        if isinstance(message, wire.Drawn):
            self._drawn()
        elif isinstance(message, wire.Undrawn):
            self._lost(CLEARED)
        elif isinstance(message, wire.Closing):
            self.listener.closing()
        elif isinstance(message, wire.Seen):
            self._tell(focused=message.focused)
        elif self._shown and message.doc == self._doc:
            guarded(self._handlers[type(message)])(message)  # a batch goes on: what comes next is another message

    def _drawn(self) -> None:
        self._is_drawn = True
        self._tell(**looks.told(self._native))
        self._show()

    def _lost(self, why: str) -> None:
        """Nothing is drawn: what waits for the page ends."""
        self._is_drawn = self._shown = False
        self._end_runs()
        self._tell(focused=False)
        self.listener.undrawn(WindowClosed(why))

    def _send(self, message: Any, buffers: Sequence[Any] = (), size: int = 200) -> None:
        if self.place is not None:
            self.place.lane.post(msgspec.to_builtins(message), buffers, size)

    # -------------------------------------------------- its document

    def load(self, path: str, scripts: Sequence[Script]) -> None:
        self._wanted = path, scripts
        self._show()

    def _show(self) -> None:
        """Draw the document that was asked for last, as a new one."""
        self._doc += 1
        self._shown = False
        self._end_runs()
        if self._wanted is None:
            return
        if not self._is_drawn:
            self._wait()
            return
        path, scripts = self._wanted
        doc = self._doc

        def got(page: Page | str) -> None:
            if isinstance(page, str):
                self._failed(doc, page)
                return
            drawn = lambda html, files: self._draw(doc, page._replace(html=html), files, scripts)  # noqa: E731 -- one line
            Gathering(self._fetch, drawn, lambda why: self._failed(doc, why)).begin(path, page.html)

        self.listener.requested(PageRequest(f"/{path}", got))

    def _fetch(self, path: str, fetched: Callable[[str, Any], None]) -> None:
        bare, mark, query = path.partition("?")
        self.listener.requested(WantRequest(f"/{quote(bare)}{mark}{query}", self._origin, fetched))

    def _failed(self, doc: int, why: str) -> None:
        def tell() -> None:
            if doc == self._doc:
                self.listener.loaded(self.address(), LoadProblem(why, "ERR_FAILED", -2, self.address()))

        self._engine.later(0, tell)  # what is refused because another load begins is no failure of that one

    def _wait(self) -> None:
        doc = self._doc

        def look() -> None:
            if doc == self._doc and not self._is_drawn and self._wanted is not None:
                self.listener.undrawn(EngineMissing(NOBODY))

        self._engine.later(self._patience, look)

    def _draw(self, doc: int, page: Page, files: list[wire.PlaceFile], scripts: Sequence[Script]) -> None:
        if doc != self._doc:
            return
        nonce = page.nonce or secrets.token_hex(16)
        given = [wire.PlaceScript(script.name, script.source, script.world) for script in scripts]
        given.append(wire.PlaceScript("jupyterwin-go", "jupyterwinGo()", "preload"))
        self._shown = True
        size = (
            len(page.html) + sum(len(one.source) for one in given) + sum(len(one.text) + len(one.data) for one in files)
        )
        self._send(
            wire.Draw(doc, page.html, csp.text(csp.UNDER_CELL, nonce, self._engine.network), nonce, given, files),
            size=size,
        )

    def _give(self, want: wire.Want) -> None:
        def give(_mime: str, body: bytes | None) -> None:
            buffers = [] if body is None else [body]
            self._send(wire.Given(want.doc, want.id), buffers)

        self.listener.requested(WantRequest(want.path, self._origin, give))

    def post(self, text: str) -> None:
        if self._shown:
            self._send(wire.Told(self._doc, text), size=len(text))

    def run(self, source: str, world: World, done: Callable[[Any], None], *, tells: str = "") -> None:
        if self._shown:
            self._last_run += 1
            self._runs[self._last_run] = done
            self._send(wire.Run(self._doc, self._last_run, world, source, tells), size=len(source))

    def _ran(self, key: int) -> None:
        if (done := self._runs.pop(key, None)) is not None:
            done(None)

    def _end_runs(self) -> None:
        self._runs.clear()  # as a renderer that ends: they get nothing at all

    # -------------------------------------------------- the native window that it is not

    def renderer_pid(self) -> int:
        return 0  # the browser's, and nothing we can look at

    def address(self) -> str:
        return f"jw://{self._origin}/"

    def change(self, native: Native) -> None:
        looks.check(native)
        self._native = looks.merged(self._native, native)
        self._tell(**looks.told(native))
        self._send(looks.of(self._native))

    def act(self, action: Action) -> None:
        if action in {"focus", "move_top", "show_inactive"}:
            if action == "show_inactive":
                self.change(Native(visible=True))
            self._send(wire.Focus())
        else:
            raise looks.impossible(action)

    def _tell(self, **changes: Any) -> None:
        if "focused" in changes:
            if changes["focused"] == self._focused:
                return
            self._focused = changes["focused"]
        self.listener.changed(Native(**changes))

    def close(self, *, force: bool) -> None:
        del force
        self._engine.windows.pop(self._origin, None)
        self._wanted = None
        if self.place is not None:
            self._send(wire.Over())
            place, self.place = self.place, None
            self._engine.later(1.0, place.lane.close)
        self.listener.closed()

    def obey(self, policy: Policy) -> None:
        if others := policy.plain().keys() - _ALLOWED:
            allowed = ", ".join(sorted(others))
            self.listener.console("info", f"under a cell allow= has no effect: {allowed}", "jupyterwin:", 0)

    def navigate(self, url: str) -> None:
        raise UsageError(f"url: a window under a cell goes nowhere, and not to {url}")

    def go(self, steps: int) -> None:
        """There is nothing to go back to."""

    def set_menu(self, where: str, items: Sequence[MenuItem] | None) -> None:
        if items is not None:
            raise looks.impossible(f"menu ({where})")

    def popup_menu(self, items: Sequence[MenuItem], at: object, closed: Callable[[], None]) -> None:
        del items, at, closed
        raise looks.impossible("menu (popup)")

    def act_on_download(self, download: int, action: str) -> None:
        """There are none."""

    def read_download(self, download: int, offset: int) -> bytes:
        del download, offset
        return b""

    def begin_modal(self) -> list[int]:
        raise looks.impossible("dialog of its own")

    def end_modal(self) -> None:
        """There is none."""

    def capture(self, cut: Cut, done: Callable[[int, int, bytes], None]) -> None:
        del cut, done
        raise looks.impossible("picture (capture)")

    def print(self, paper: Paper, done: Callable[[bytes], None]) -> None:
        del paper, done
        raise looks.impossible("pdf")

    def open_devtools(self) -> None:
        raise looks.impossible("devtools: use those of the browser; it")
