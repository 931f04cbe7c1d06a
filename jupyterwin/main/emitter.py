"""Emitter: named events with listeners, as window and app have them. It knows nothing of what the events mean."""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Disposer = "Callable[[], None]"


class _Listener(NamedTuple):
    fn: Callable[..., object]
    context: contextvars.Context
    once: bool


class Emitter:
    """Listeners by event name. `run` is how a listener is called: the owner hands it to its worker threads."""

    def __init__(
        self, names: Iterable[str], run: Callable[[Callable[[], None]], None], report: Callable[..., None]
    ) -> None:
        self._names = frozenset(names)
        self._run = run
        self._report = report
        self._lock = threading.Lock()
        self._listeners: dict[str, list[_Listener]] = {}

    def on(self, name: str, fn: Callable[..., object] | None = None, *, once: bool = False) -> Any:
        """Call ``fn(*details)`` at each event, on a worker thread, in order. Returns the disposer; as a decorator, `fn`."""
        self._check(name)
        if fn is None:
            return lambda decorated: (self.on(name, decorated, once=once), decorated)[1]
        listener = _Listener(fn, contextvars.copy_context(), once)
        with self._lock:
            self._listeners.setdefault(name, []).append(listener)

        def dispose() -> None:
            with self._lock:
                if listener in self._listeners.get(name, ()):
                    self._listeners[name].remove(listener)

        cells.own(dispose, fn, f"event:{name}:{id(self)}")
        return dispose

    def next(self, name: str) -> Pending[Any]:
        """The next such event: its detail (None, the one, or a tuple of them)."""
        pending: Pending[Any] = Pending(f"next {name!r}")
        pending.on_cancel = self.on(name, lambda *details: pending.settle(_detail(details)), once=True)
        return pending

    def emit(self, name: str, *details: object) -> None:
        """Tell the listeners, in the order they were registered."""
        with self._lock:
            listeners = list(self._listeners.get(name, ()))
            self._listeners[name] = [entry for entry in listeners if not entry.once]
        for listener in listeners:
            self._run(lambda entry=listener: self._call(name, entry, details))  # type: ignore[misc]

    def clear(self) -> None:
        """Forget all listeners."""
        with self._lock:
            self._listeners.clear()

    def _call(self, name: str, listener: _Listener, details: tuple[object, ...]) -> None:
        try:
            listener.context.copy().run(listener.fn, *details)
        except Exception as error:  # noqa: BLE001 -- reported; the next listener still runs
            self._report(f"a listener of {name!r}", error, listener.context)

    def _check(self, name: str) -> None:
        if name not in self._names:
            msg = f"there is no event {name!r}; the events are: {', '.join(sorted(self._names))}"
            raise UsageError(msg)


def _detail(details: tuple[object, ...]) -> object:
    return details if len(details) > 1 else details[0] if details else None
