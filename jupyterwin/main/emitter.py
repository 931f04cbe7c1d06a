"""Emitter: named events with listeners, as window and app have them. It knows nothing of what the events mean."""

from __future__ import annotations

import contextvars
import difflib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers import beside
from jupyterwin.main.ownership import Holdings, cells
from jupyterwin.main.pending import Pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.main.window.log import Log

Disposer = "Callable[[], None]"


@dataclass(frozen=True, slots=True, eq=False)
class _Listener:
    fn: Callable[..., object]
    context: contextvars.Context
    once: bool
    waits: Pending[Any] | None = None


class Emitter:
    """Listeners by event name. `run` is how a listener is called: the owner hands it to its worker threads.

    `last`: the event after which no more comes. `log`: what keeps what listeners print.
    """

    def __init__(
        self,
        names: Iterable[str],
        run: Callable[[Callable[[], None]], None],
        report: Callable[..., None],
        last: str = "",
        log: Callable[[], Log | None] = lambda: None,
    ) -> None:
        self._names = frozenset(names)
        self._run = run
        self._report = report
        self._last = last
        self._log = log
        self._lock = threading.Lock()
        self._listeners: dict[str, list[_Listener]] = {}
        self._holdings: Holdings[_Listener] = Holdings()
        self._over: Exception | None = None

    def on(self, name: str, fn: Callable[..., object] | None = None, *, once: bool = False) -> Any:
        """Call ``fn(*details)`` at each event, on a worker thread, in order. Returns the disposer; as a decorator, `fn`."""
        self.check(name)
        if fn is None:
            return lambda decorated: (self.on(name, decorated, once=once), decorated)[1]
        return self._add(name, _Listener(fn, contextvars.copy_context(), once))

    def next(self, name: str) -> Pending[Any]:
        """The next such event: its detail (None, the one, or a tuple of them)."""
        self.check(name)
        pending: Pending[Any] = Pending(f"next {name!r}")
        settle = lambda *details: pending.settle(_detail(details))  # noqa: E731 -- one line
        pending.on_cancel = self._add(name, _Listener(settle, contextvars.copy_context(), once=True, waits=pending))
        if self._over is not None:
            self.clear(self._over)
        return pending

    def _add(self, name: str, listener: _Listener) -> Callable[[], None]:
        with self._lock:
            self._listeners.setdefault(name, []).append(listener)

        def dispose() -> None:
            with self._lock:
                self._keep(name, [entry for entry in self._listeners.get(name, ()) if entry is not listener])
            self._holdings.let_go(listener)

        if listener.waits is None:  # who waits for an event waits in whatever cell
            self._holdings.add(listener, cells.own(dispose, listener.fn, f"event:{name}:{id(self)}"))
            with self._lock:
                there = any(entry is listener for entry in self._listeners.get(name, ()))
            if not there:
                self._holdings.let_go(listener)  # told already: it was for one event
        return dispose

    def heard(self, name: str) -> bool:
        """Whether somebody listens to this event."""
        return name in self._listeners

    def emit(self, name: str, *details: object) -> None:
        """Tell the listeners, in the order they were registered."""
        with self._lock:
            listeners = list(self._listeners.get(name, ()))
            self._keep(name, [entry for entry in listeners if not entry.once])
        self._holdings.let_go(*[entry for entry in listeners if entry.once])
        for listener in listeners:
            self._run(lambda entry=listener: self._call(name, entry, details))  # type: ignore[misc]

    def clear(self, error: Exception) -> None:
        """No more events come: forget all listeners; who waits for one is told by `error`, but for the last."""
        with self._lock:
            self._over = error
            left, self._listeners = self._listeners, {}
        for name, listeners in left.items():
            self._holdings.let_go(*listeners)
            for pending in [entry.waits for entry in listeners if entry.waits is not None]:
                pending.settle(None) if name == self._last else pending.fail(error)

    def _keep(self, name: str, listeners: list[_Listener]) -> None:
        if listeners:
            self._listeners[name] = listeners
        else:
            self._listeners.pop(name, None)

    def _call(self, name: str, listener: _Listener, details: tuple[object, ...]) -> None:
        try:
            beside.run(listener.context, self._log(), listener.fn, *details)
        except Exception as error:  # noqa: BLE001 -- reported; the next listener still runs
            self._report(f"a listener of {name!r}", error, listener.context)

    def check(self, name: str) -> None:
        """Raises `UsageError` for an event that there is not."""
        if name not in self._names:
            near = difflib.get_close_matches(str(name), self._names, 1)
            cure = f"did you mean {near[0]!r}?" if near else f"the events are: {', '.join(sorted(self._names))}"
            msg = f"there is no event {name!r}; {cure}"
            raise UsageError(msg)


def _detail(details: tuple[object, ...]) -> object:
    return details if len(details) > 1 else details[0] if details else None
