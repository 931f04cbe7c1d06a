"""Capture: the output of a piece of code, on its way to a panel. Who sends it here (a notebook) is not known."""

from __future__ import annotations

import contextvars
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from jupyterwin.panels.outputs import Outputs

if TYPE_CHECKING:
    from jupyterwin.panels.content import Content
    from jupyterwin.panels.panel import Panel

_current: contextvars.ContextVar[Capture | None] = contextvars.ContextVar("jupyterwin_capture", default=None)


def current() -> Capture | None:
    """What the calling code's output goes to: it is inside ``with panel.output():``."""
    return _current.get()


class Capture:
    """``with panel.output():`` what is printed and displayed inside is shown in the panel, and an error too, which goes on.

    The panel keeps what it shows until the first output is there, and is busy meanwhile. One object that is displayed, and
    nothing else, is then shown as if it had been assigned. Takes what comes from threads and tasks that copy the context.
    """

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.outputs = Outputs()
        self._alone: Content | None = None
        self._token: contextvars.Token[Capture | None] | None = None

    def __enter__(self) -> Self:
        self.begin()
        self._token = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            _current.reset(self._token)
        self.finish(error)

    def begin(self) -> None:
        """It runs."""
        self.panel.busy = True

    def finish(self, error: BaseException | None = None) -> None:
        """It has ended."""
        if error is not None:
            self.show(error)
        elif not len(self.outputs):
            self.panel.clear()
        elif (alone := self.outputs.alone()) is not None and self._is_shown():
            self._alone = alone
            self.panel.obj = alone
        self.panel.busy = False

    # -------------------------------------------------- what comes: True if it is taken

    def write(self, stream: str, text: str) -> bool:
        """Something was printed."""
        if not self._is_ours():
            return False
        self.outputs.write(stream, text)
        return self._show()

    def display(self, data: Mapping[str, Any], metadata: Mapping[str, Any], display_id: str, *, update: bool) -> bool:
        """Something was displayed, or is to be displayed anew."""
        if not self._is_ours() or not self.outputs.display(data, metadata, display_id, update=update):
            return False
        return self._show()

    def show(self, obj: Any) -> None:
        """Draw this object itself, after what came before."""
        self.outputs.show(obj)
        self._show()

    def clear(self, *, wait: bool) -> bool:
        """What came so far is not wanted any more."""
        if self._is_ours():
            self.outputs.clear(wait=wait)
        return self._is_ours()

    def _is_ours(self) -> bool:
        """Whether the panel is still what it goes to: it may have been given another object since."""
        return self.panel.busy is True or self._is_shown()

    def _is_shown(self) -> bool:
        content = self.panel.now.content
        return content is self.outputs or (self._alone is not None and content is self._alone)

    def _show(self) -> bool:
        if self.panel.now.content is not self.outputs:
            self._alone = None
            self.panel.obj = self.outputs
        return True
