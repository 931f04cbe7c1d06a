"""Cards: what a window, a dashboard, a panel, a pending value and a trace show as a cell's value, and when that changes.

A card looks and never acts, but for what its buttons ask. How it is kept up to date is `live`'s business, who hears the
buttons that of `buttons`.
"""

from __future__ import annotations

import html
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.main.app import app
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.tracing.trace import Trace
from jupyterwin.main.window import Window, card
from jupyterwin.main.window.card import Act, Buttons
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.panels.panel import Panel

if TYPE_CHECKING:
    from IPython.core.formatters import DisplayFormatter

Bundle = dict[str, Any]
Acts = dict[str, tuple[Act, Callable[[], object]]]

GROUP = secrets.token_hex(8)
"""What the names of this kernel's cards begin with: a card of a kernel that is gone has another."""

_FOLLOWED = ("status", "title", "sandbox")
"""Traits of a window that its card shows."""


class Card:
    """One object as it is shown."""

    interval: ClassVar[float] = 0.2
    """Seconds between two updates at least: a front end draws no faster than a person reads."""

    def __init__(self, obj: Any, formatter: DisplayFormatter) -> None:
        self._obj = obj
        self._formatter = formatter
        self.name = f"{GROUP}-{secrets.token_hex(8)}"
        self.attended = cells.identified
        """Whether there is a front end: it can have buttons, and be told later what is not there yet."""
        self.lacks_picture = False
        """One could be had, and did not come in time."""

    def draw(self, seconds: float) -> Bundle:
        """A mimebundle of how it is now; `seconds` may be waited for a picture."""
        raise NotImplementedError

    def active(self) -> bool:
        """Whether it may yet be another."""
        raise NotImplementedError

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed`, from any thread, when it may be another; returns what ends that."""
        raise NotImplementedError

    def acts(self) -> Acts:
        """What its buttons do, by their names."""
        return {}

    def buttons(self) -> Buttons | None:
        """Those it has now."""
        acts = self.acts() if self.attended and self.active() else {}
        return Buttons(self.name, tuple(act for act, _do in acts.values())) if acts else None

    def shows_itself(self) -> bool:
        """Show the object in place of a card, if it is one that is drawn in the notebook."""
        return False


class TraceTable(Card):
    """A trace: its rows."""

    def draw(self, seconds: float) -> Bundle:
        """The table as it is."""
        del seconds
        return {"text/plain": repr(self._obj), "text/html": self._obj._repr_html_()}

    def active(self) -> bool:
        """Until it is stopped."""
        return bool(self._obj.active)

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Each row."""
        dispose: Callable[[], object] = self._obj.on_change(changed)
        return dispose


class Pictured(Card):
    """What a window shows, with a picture; the last one stays when the window is closed."""

    interval = 2.0
    panel: str = ""
    """The id of the only panel that is meant."""

    def __init__(self, obj: Any, formatter: DisplayFormatter) -> None:
        super().__init__(obj, formatter)
        self._png: bytes | None = None

    @property
    def window(self) -> Window | None:
        """The window it is in."""
        raise NotImplementedError

    def active(self) -> bool:
        """Until the window is closed."""
        return self.window is not None and self.window.status != "closed"

    def picture(self, seconds: float) -> bytes | None:
        """The newest that there is."""
        window = self.window
        later = window is None or (self.attended and window.status != "ready")
        taken = None if window is None or later else card.picture(window, seconds, self.panel)
        self.lacks_picture = taken is None and window is not None and window.status == "ready"
        self._png = taken or self._png
        return self._png

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """The window's traits, and what its panels are given."""
        window = self.window
        if window is None:
            return lambda: None
        tell = lambda _change: changed()  # noqa: E731 -- traitlets knows it by itself
        window.observe(tell, list(_FOLLOWED))
        followers = getattr(window.scene, "followers", None)
        end = followers.add(changed) if followers else lambda: None

        def stop() -> None:
            window.unobserve(tell, list(_FOLLOWED))
            end()

        return stop

    def acts(self) -> Acts:
        """Of its window."""
        window = self.window
        if window is None:
            return {}
        return {
            "focus": (Act("focus", "Focus", "Bring the window to the front"), lambda: _bring_to_front(window)),
            "reload": (Act("reload", "Reload", "Load the page again"), window.reload),
            "close": (Act("close", "Close", "Close the window"), window.close),
        }


class WindowCard(Pictured):
    """A window: its status and its sandbox level."""

    @property
    def window(self) -> Window:
        """The window itself."""
        window: Window = self._obj
        return window

    def draw(self, seconds: float) -> Bundle:
        """With its picture."""
        png = self.picture(seconds)
        return card.drawn(self.window, png, self.buttons())

    def shows_itself(self) -> bool:
        """Under its cell there is the window; elsewhere, a place where it can be drawn."""
        if (
            not cells.identified
            or self.window.profile.where != "notebook"
            or app.front_end is None
            or not self.active()
        ):
            return False
        app.front_end.look_at(self.window)
        return True


class DashboardCard(WindowCard):
    """A dashboard: its window."""

    @property
    def window(self) -> Window:
        """The window it was shown in first."""
        window: Window = self._obj.window
        return window

    def draw(self, seconds: float) -> Bundle:
        """Its own words, and its window's picture."""
        return {**super().draw(seconds), "text/plain": repr(self._obj)}


class PanelCard(Pictured):
    """A panel: what it shows, how it is, and in which window."""

    def __init__(self, obj: Panel, formatter: DisplayFormatter) -> None:
        super().__init__(obj, formatter)
        self.panel = obj.id

    @property
    def window(self) -> Window | None:
        """The window it is drawn in now."""
        return self._obj.seat.window if self._obj.seat else None

    def draw(self, seconds: float) -> Bundle:
        """With its own part of the window's picture."""
        panel: Panel = self._obj
        png, window, content = self.picture(seconds), self.window, panel.now.content
        status = window.status if window else "closed"
        if self.active() and (panel.error or panel.busy):
            status = "failed" if panel.error else "busy"
        facts = [content.title if content else "empty", panel.error or "", f"in {window.name}" if window else ""]
        return card.bundle(repr(panel), panel.title or panel.name, status, facts, png, self.buttons())

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """The panel, and its window."""
        ends = self._obj.followers.add(changed), super().follow(changed)
        return lambda: [end() for end in ends]

    def acts(self) -> Acts:
        """A panel is drawn anew, and cannot be closed."""
        acts = super().acts()
        if not acts:
            return {}
        again = Act("reload", "Reload", "Draw the panel anew")
        return {"focus": acts["focus"], "reload": (again, self._obj.refresh)}


class PendingCard(Card):
    """What takes time: that it does, then its value as a notebook shows it, or its error in a line."""

    def draw(self, seconds: float) -> Bundle:
        """As it stands."""
        del seconds
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


def _bring_to_front(window: Window) -> None:
    if window.mode == "minimized":
        window.restore()
    window.show()
