"""Contents: what a window shows, as the kernel drives it: load again, evaluate, picture, developer tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.main.pending import Pending, seconds
from jupyterwin.main.scenes import NOTHING
from jupyterwin.main.window.life import Life
from jupyterwin.main.window.pdf import Pdf, margins_of, page_size_of
from jupyterwin.main.window.picture import Picture
from jupyterwin.wire import control, values

THUMBNAIL_WIDTH = 880
"""Pixels: twice what a card is wide, for fine screens."""
THUMBNAIL_ROOM = 120_000
"""Bytes: what a saved notebook has of each at most."""


class Contents(Life):
    """The page, from the kernel's side."""

    def load(self, *, html: str | None = None, path: str | Path | None = None) -> Pending[None]:
        """Show something else in the same window, with the same exposures: a new document.

        The outcome is None when the page has been read, `LoadFailed` with Chromium's name for it when there is none, and
        ``ERR_ABORTED`` when something else was asked for meanwhile.
        """
        options = replace(self._options, html=html, path=path, content=NOTHING)
        options.context = self._options.context
        return self.replace(options)

    @property
    def content(self) -> Any:
        """The object that the window shows; None for one with a page of its own. Set, the window shows that: in place."""
        return None if self.scene is None else self.scene.content

    @content.setter
    def content(self, content: Any) -> None:
        self.replace(replace(self._options, html=None, path=None, content=content)).add_done_callback(lambda _: None)

    def reload(self) -> Pending[None]:
        """Load the content again, files and preloads read anew: a new document. Brings back a crashed page.

        The outcome is that of `load`.
        """
        scripts = self.preloading.read(self._options.preload)
        self._begin_document()
        return self._command("reload", lambda number: control.Reload(number, self.id, scripts, self.boot()))

    @property
    def panel(self) -> Any:
        """The `Panel` of a window that shows one object; None for others."""
        return getattr(self.scene, "panel", None)

    def refresh(self) -> None:
        """The object that it shows was changed in place: draw it anew. Nothing happens where it shows none."""
        if self.panel is not None:
            self.panel.refresh()

    # -------------------------------------------------- for hot reload

    def is_watched(self) -> bool:
        """Whether it is to be loaded again when its files change."""
        return self._options.hot_reload and self._options.source.folder is not None

    def changed_files(self) -> list[Path]:
        """Files of its page, and preloads, that have changed since they were read or since this was asked last."""
        folder = self._options.source.folder
        return [*folder.stamps.changed(), *self.preloading.stamps.changed()] if folder else []

    def load_again(self, changed: Iterable[Path]) -> None:
        """These files have changed."""
        self.reload().add_done_callback(lambda _outcome: None)  # the log says what went wrong
        names = ", ".join(path.name for path in changed)
        self.log.add("info", f"loaded again, because of {names}", "jupyterwin")

    # -------------------------------------------------- what it answers

    def serve(self, pattern: str, fn: Callable[..., Any] | None = None) -> Any:
        """Answer a URL of this window by a function: ``win.serve("/tiles/{id}", tile)`` for ``fetch("/tiles/7")``.

        ``{name}`` is one part of the path, ``{name...}`` all that is left of it. The function gets them, and what of the
        query it has parameters for, converted by its type hints; what does not fit is a 400. It returns a body, or
        ``(status, headers, body)``: bytes, a string, a `Path`, plain data (JSON), None (404), or an iterator of bytes,
        which goes on only as fast as the page reads. It runs as handlers do; what it raises is a 503 in the page, with the
        traceback in `log`. The engine answers Range requests for bodies that do not come in pieces, and knows no
        other codes than 200, 206, 400, 403, 404 and 503; a failure has no body. Belongs to its cell; returns the disposer.
        """
        if fn is None:
            return lambda decorated: (self.server.routes.add(pattern, decorated), decorated)[1]
        return self.server.routes.add(pattern, fn)

    def back(self) -> Pending[None]:
        """Go back in what the page's links have led to; ``can_go_back`` tells whether there is anything."""
        return self._command("back", lambda number: control.Go(number, self.id, -1))

    def forward(self) -> Pending[None]:
        """Go forward again; ``can_go_forward`` tells whether there is anything."""
        return self._command("forward", lambda number: control.Go(number, self.id, 1))

    def eval(self, js: str, *, world: Literal["page", "preload"] = "page", timeout: float = 10) -> Pending[Any]:
        """Evaluate JavaScript in the top frame: an expression, or a body with ``return``; promises are awaited.

        ``world``: ``"page"`` or ``"preload"``. Throws become errors. The host keeps the deadline of `timeout` seconds.
        """
        milliseconds = round(seconds("timeout", timeout) * 1000)
        make = lambda n: control.Evaluate(n, self.id, js, world, milliseconds)  # noqa: E731 -- one line
        return self._command("eval", make, lambda value, buffers: values.decode(value, buffers, "result"))

    def capture(self) -> Pending[Picture]:
        """A picture of what the window shows. Objects that it shows are drawn first, as they are now; 10 s are waited for it.

        A page that says it has not painted yet, or says nothing, is waited for too, 5 s at most.
        """
        return self._captured(lambda number, _areas: control.Capture(number, self.id))

    def thumbnail(self, panel: str = "") -> Pending[Picture]:
        """The same as a card has it: small. `panel`: of that one alone, by its id; `UsageError` where it is out of sight."""

        def command(number: int, areas: Any) -> control.Capture:
            area = _area(areas, panel) if panel else None
            return control.Capture(number, self.id, area, THUMBNAIL_WIDTH, THUMBNAIL_ROOM)

        return self._captured(command)

    def _captured(self, command: Callable[[int, Any], control.Capture]) -> Pending[Picture]:
        """`command` makes it, of its number and where the page says that its panels are."""
        if self.scene is None or self.status == "closed":
            return self._command("capture", lambda number: command(number, None), _picture)
        picture: Pending[Picture] = Pending(f"capture of window {self.name!r}")

        def take(settled: Pending[Any]) -> None:
            # A page that does not settle is pictured as it is.
            areas = None if settled.exception(0) else settled.result(0)
            try:
                self._command("capture", lambda number: command(number, areas), _picture).pass_to(picture)
            except UsageError as error:
                picture.fail(error)

        self.scene.settled().add_done_callback(take)
        return picture

    def pdf(
        self, *, page_size: str = "A4", landscape: bool = False, margins: float | Sequence[float] = 10
    ) -> Pending[Pdf]:
        """The page printed into a PDF, also of a hidden window.

        `page_size`: a name such as A4, A5, Letter. `margins` in millimetres: one number, or left, top, right, bottom.
        """
        size, sides = page_size_of(page_size), margins_of(margins)
        make = lambda number: control.Print(number, self.id, size, landscape, sides)  # noqa: E731 -- one line
        return self._command("pdf", make, lambda _value, buffers: Pdf(bytes(buffers[0])))

    def devtools(self) -> Pending[None]:
        """Open the developer tools in a window of their own; only for a window opened with ``debug=True``."""
        return self._command("devtools", lambda number: control.DevTools(number, self.id))


def _area(areas: Any, panel: str) -> tuple[float, float, float, float]:
    """Where the page says that this panel is; it may say anything."""
    found = areas.get(panel) if isinstance(areas, Mapping) else None
    if isinstance(found, list) and len(found) == 4 and all(isinstance(one, int | float) for one in found):
        x, y, width, height = (min(1.0, max(0.0, one)) for one in found)
        if width and height:
            return x, y, width, height
    msg = "panel: it is out of sight"
    raise UsageError(msg)


def _picture(value: Any, buffers: Any) -> Picture:
    return Picture(bytes(buffers[0]), value["width"], value["height"])
