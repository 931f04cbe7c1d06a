"""Contents: what a window shows, as the kernel drives it: load again, evaluate, picture, developer tools."""

from __future__ import annotations

from typing import Any, Literal

from jupyterwin.main.pending import Pending, seconds
from jupyterwin.main.window.life import Life
from jupyterwin.main.window.picture import Picture
from jupyterwin.wire import control, values


class Contents(Life):
    """The page, from the kernel's side."""

    def reload(self) -> Pending[None]:
        """Load the content again, files and preloads read anew: a new document. Brings back a crashed page."""
        self._begin_document()
        return self._command("reload", lambda number: control.Reload(number, self.id))

    def eval(self, js: str, *, world: Literal["page", "preload"] = "page", timeout: float = 10) -> Pending[Any]:
        """Evaluate JavaScript in the top frame: an expression, or a body with ``return``; promises are awaited.

        ``world``: ``"page"`` or ``"preload"``. Throws become errors. The host keeps the deadline of `timeout` seconds.
        """
        milliseconds = round(seconds("timeout", timeout) * 1000)
        make = lambda n: control.Evaluate(n, self.id, js, world, milliseconds)  # noqa: E731 -- one line
        return self._command("eval", make, lambda value, buffers: values.decode(value, buffers, "result"))

    def capture(self) -> Pending[Picture]:
        """A picture of what the window shows."""
        return self._command("capture", lambda number: control.Capture(number, self.id), _picture)

    def devtools(self) -> Pending[None]:
        """Open the developer tools in a window of their own; only for a window opened with ``debug=True``."""
        return self._command("devtools", lambda number: control.DevTools(number, self.id))


def _picture(value: Any, buffers: Any) -> Picture:
    return Picture(bytes(buffers[0]), value["width"], value["height"])
