"""Lane: callbacks of widgets, one at a time, on a thread of their own. It knows no window and no comm.

While a page's change is applied, traitlets tells the observers at once that keep widgets consistent (ipywidgets' own,
links), and the user's come here: the state of a widget never waits for what a callback does. A callback that still waits
when its trait changes again is called once, with the newest value, as after `hold_trait_notifications`.
"""

from __future__ import annotations

import contextlib
import contextvars
import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.lane import Lane
from jupyterwin.main.notices import notices

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from jupyterwin.main.window.life import Life

shown_in: contextvars.ContextVar[Life | None] = contextvars.ContextVar("jupyterwin_widgets_window", default=None)
"""The window for whose page something is done: its log has what callbacks print."""

_errors: contextvars.ContextVar[list[BaseException] | None] = contextvars.ContextVar(
    "jupyterwin_widget_errors", default=None
)
"""What callbacks of the call that runs have raised, where ipywidgets caught it to show it itself."""

MOST = 10_000
"""Callbacks that wait at most; what a page causes beyond that is dropped and logged."""

_INTERNAL = ("ipywidgets.", "traitlets.")
_log = logging.getLogger("jupyterwin")


class Callbacks:
    """The one lane, and the diversion of observers into it while a change of a page is applied."""

    def __init__(self) -> None:
        self._lane = Lane("jupyterwin-widgets")
        self._lock = threading.Lock()
        self._changes: dict[Hashable, Any] = {}
        self._waiting = 0
        self._here = threading.local()
        self._diverted = 0

    def submit(self, fn: Callable[..., object], *args: object) -> None:
        """Call ``fn(*args)`` in the lane, in a copy of the caller's context. Its errors are printed there."""
        with self._lock:
            fits = self._waiting < MOST
            self._waiting += fits
        if not fits:
            _log.warning("a callback of a widget is dropped: %d others wait", MOST)
            return
        context = contextvars.copy_context()
        self._lane.submit(lambda: self._run(context, fn, args))

    @staticmethod
    def take_error(error: BaseException | None) -> bool:
        """A library caught this and is about to show it: whether it is reported like any error of a callback instead."""
        errors = _errors.get()
        if errors is None or error is None:
            return False
        errors.append(error)
        return True

    def finish(self, timeout: float) -> bool:
        """Wait until what was submitted so far has run, at most `timeout` seconds; whether it has."""
        return self._lane.finish(timeout)

    @contextlib.contextmanager
    def applying(self) -> Iterator[None]:
        """Meanwhile, on this thread, what the user observes is called in the lane."""
        self._here.applying = True
        try:
            yield
        finally:
            self._here.applying = False

    def divert(self) -> None:
        """Make `applying` work. Counted: each needs its `restore`."""
        widget = _widget_class()
        with self._lock:
            self._diverted += 1
            if self._diverted == 1 and widget is not None:
                widget._notify_observers = self._notifying(widget._notify_observers)  # noqa: SLF001 -- traitlets has no other door

    def restore(self) -> None:
        """Observers are traitlets' own business again."""
        widget = _widget_class()
        with self._lock:
            self._diverted -= 1
            if self._diverted == 0 and widget is not None and "_notify_observers" in vars(widget):
                del widget._notify_observers  # noqa: SLF001 -- ours, from `divert`

    def _notifying(self, original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        def _notify_observers(widget: Any, event: Any) -> None:
            if not getattr(self._here, "applying", False):
                original(widget, event)
            elif _old_style(widget, event["name"]):
                self.submit(original, widget, event)
            else:
                for observer in _observers(widget, event):
                    if _is_internal(observer):
                        _called(widget, observer)(event)
                    else:
                        self._observe(widget, observer, event)

        return _notify_observers

    def _observe(self, widget: Any, observer: Any, change: Any) -> None:
        key = (id(widget), change["name"], change["type"], id(observer) if observer.__hash__ is None else observer)
        with self._lock:
            waiting = self._changes.get(key)
            if waiting is not None:
                waiting["new"] = change.get("new")
                return
            self._changes[key] = change = type(change)(change)

        def tell() -> None:
            with self._lock:
                self._changes.pop(key, None)
            _called(widget, observer)(change)

        self.submit(tell)

    def _run(self, context: contextvars.Context, fn: Callable[..., object], args: tuple[object, ...]) -> None:
        with self._lock:
            self._waiting -= 1
        window = context.get(shown_in)
        errors: list[BaseException] = []
        context.run(_errors.set, errors)
        try:
            beside.run(context, window.log if window is not None else None, fn, *args)
        except Exception as error:  # noqa: BLE001 -- the user's; the next one still runs
            errors.append(error)
        context.run(_errors.set, None)
        for one in errors:
            if window is not None:
                window.report("a callback of a widget", one, context)
            else:
                notices.tell(f"a callback of a widget: {one!r}", context, "".join(traceback.format_exception(one)))


def _observers(widget: Any, event: Any) -> list[Any]:
    from traitlets import All

    told = widget._trait_notifiers  # noqa: SLF001 -- traitlets has no other door
    return [
        observer
        for name in (event["name"], All)
        for kind in (event["type"], All)
        for observer in told.get(name, {}).get(kind, ())
    ]


def _called(widget: Any, observer: Any) -> Callable[[Any], object]:
    """What traitlets calls for a registered observer: methods that `@observe` made are looked up by name."""
    from traitlets import EventHandler

    named = isinstance(observer, EventHandler) and observer.name is not None
    called: Callable[[Any], object] = getattr(widget, observer.name) if named else observer
    return called


def _is_internal(observer: Any) -> bool:
    """Whether it keeps widgets consistent: a method of ipywidgets' own classes, or a link of traitlets."""
    from traitlets import EventHandler

    wrapped = getattr(observer, "cb", None)
    fn = observer.this_class if isinstance(observer, EventHandler) else (wrapped if callable(wrapped) else observer)
    module = f"{getattr(fn, '__module__', '') or ''}."
    return module.startswith(_INTERNAL) and not module.startswith("ipywidgets.widgets.interaction.")


def _old_style(widget: Any, name: str) -> bool:
    """Whether its class has a method `_x_changed`, which traitlets finds by its name alone."""
    from traitlets import EventHandler

    method = getattr(type(widget), f"_{name}_changed", None)
    return method is not None and not isinstance(method, EventHandler)


def _widget_class() -> Any:
    module = sys.modules.get("ipywidgets")
    return getattr(module, "Widget", None)


callbacks = Callbacks()
"""The one lane of this process."""
