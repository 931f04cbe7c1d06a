"""Cards: what a window, a dashboard, a panel, a pending value and a trace show as a cell's value, and when that changes.

A card looks and never acts. How it is kept up to date is `live`'s business.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.settings import settings
from jupyterwin.main.tracing.trace import Trace
from jupyterwin.main.window import Window, card
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.panels.panel import Panel

if TYPE_CHECKING:
    from IPython.core.formatters import DisplayFormatter

Bundle = dict[str, Any]
_FOLLOWED = ("status", "title", "sandbox")
"""Traits of a window that its card shows."""


class Card:
    """One object as it is shown."""

    interval: ClassVar[float] = 0.2
    """Seconds between two updates at least: a front end draws no faster than a person reads."""

    def __init__(self, obj: Any, formatter: DisplayFormatter) -> None:
        self._obj = obj
        self._formatter = formatter

    def draw(self) -> Bundle:
        """A mimebundle of how it is now. The first call is on the thread of the cell, later ones are not."""
        raise NotImplementedError

    def active(self) -> bool:
        """Whether it may yet be another."""
        raise NotImplementedError

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed`, from any thread, when it may be another; returns what ends that."""
        raise NotImplementedError


class TraceTable(Card):
    """A trace: its rows."""

    def draw(self) -> Bundle:
        """The table as it is."""
        return {"text/plain": repr(self._obj), "text/html": self._obj._repr_html_()}

    def active(self) -> bool:
        """Until it is stopped."""
        return bool(self._obj.active)

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Each row."""
        dispose: Callable[[], object] = self._obj.on_change(changed)
        return dispose


class WindowCard(Card):
    """A window: its status, and the last picture of it, which stays when it is closed."""

    interval = 1.0

    def __init__(self, obj: Any, formatter: DisplayFormatter) -> None:
        super().__init__(obj, formatter)
        self._png: bytes | None = None

    @property
    def window(self) -> Window:
        """The window it is about."""
        window: Window = self._obj
        return window

    def draw(self) -> Bundle:
        """Where nobody brings late output to the notebook, the first one waits a moment for a picture."""
        run = cells.current
        if main_thread.is_current() and not (run and run.identified):
            self._png = card.picture(self.window)
        elif self.window.status == "ready":
            self._png = _picture(self.window) or self._png
        return card.drawn(self.window, self._png)

    def active(self) -> bool:
        """Until it is closed."""
        return self.window.status != "closed"

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Its traits."""
        window, tell = self.window, lambda _change: changed()
        window.observe(tell, list(_FOLLOWED))
        return lambda: window.unobserve(tell, list(_FOLLOWED))


class DashboardCard(WindowCard):
    """A dashboard: its window."""

    @property
    def window(self) -> Window:
        """The window it was shown in first."""
        window: Window = self._obj.window
        return window

    def draw(self) -> Bundle:
        """Its own words, and its window's picture."""
        return {**super().draw(), "text/plain": repr(self._obj)}


class PanelCard(Card):
    """A panel: what it shows, how it is, and in which window."""

    def draw(self) -> Bundle:
        """No picture: the window's card has one."""
        panel: Panel = self._obj
        content, window = panel.now.content, panel.seat.window if panel.seat else None
        status = "failed" if panel.error else "busy" if panel.busy else window.status if window else "closed"
        facts = [content.title if content else "empty", panel.error or "", f"in {window.name}" if window else ""]
        return {"text/plain": repr(panel), "text/html": card.card(panel.title or panel.name, status, facts)}

    def active(self) -> bool:
        """It has no state that a card must follow: it says what it was."""
        return False

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Nothing."""
        return lambda: changed


class PendingCard(Card):
    """What takes time: that it does, then its value as a notebook shows it, or its error in a line."""

    def draw(self) -> Bundle:
        """As it stands."""
        pending: Pending[Any] = self._obj
        if not pending.done():
            return {"text/plain": repr(pending), "text/html": card.card(pending.what, "pending")}
        try:
            value = pending.result(0)
        except Exception as error:  # noqa: BLE001 -- whatever it ended in is what is shown
            line = f"{pending.what}: {type(error).__name__}: {error}"
            return {"text/plain": repr(pending), "text/html": card.card(pending.what, "failed", [line])}
        if value is None:
            return {"text/plain": repr(pending), "text/html": card.card(pending.what, "done")}
        data: Bundle = self._formatter.format(value)[0] or {"text/plain": repr(value)}
        if "text/html" not in data and set(data) == {"text/plain"}:
            data = {**data, "text/html": f"<pre>{html.escape(data['text/plain'])}</pre>"}
        return data

    def active(self) -> bool:
        """Until it is done."""
        return not self._obj.done()

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Its end, once."""
        self._obj.add_done_callback(lambda _pending: changed())
        return lambda: None


CARDS: dict[type, type[Card]] = {
    Trace: TraceTable,
    Window: WindowCard,
    Dashboard: DashboardCard,
    Panel: PanelCard,
    Pending: PendingCard,
}
"""What is shown by a card."""


def _picture(window: Window) -> bytes | None:
    if not settings["pictures"]:
        return None
    try:
        return window.capture().result(card.PICTURE_DEADLINE).png
    except JupyterWinError:
        return None
