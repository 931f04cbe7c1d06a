"""Whether pages still answer: a beat for all windows of a host. It knows no engine, and decides nothing but that.

A page is unresponsive when it has not answered for `PATIENCE` seconds while its main thread used the processor. So a page
that waits, is stopped by a debugger, or gets no turn on a loaded machine is none; and a host that was held up itself, or
a machine that slept, begins to count anew. Only what a person sees is asked.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from jupyterwin.host import proc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.host.engines import Engine, Window

BEAT = 0.5
"""Seconds between two looks."""

PATIENCE = 2.5
"""Seconds that a page may be busy."""

BUSY = 1.0
"""Seconds of processor time its main thread must have used in them."""

_HELD_UP = 0.5
"""Seconds of delay of a beat after which the host itself was held up."""

_PROBE = "0"


class Pulse:
    """One page. `tell` gets ``"unresponsive"`` and ``"responsive"``."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._asked: tuple[float, int, float] | None = None
        """Since when it has not answered, by which renderer, and what that had used of the processor."""
        self.responsive = True

    def beat(self, native: Window, now: float) -> None:
        """Look at it, and ask it again."""
        pid = native.renderer_pid()
        if self._asked is None or self._asked[1] != pid:
            self._asked = (now, pid, proc.cpu_of_main_thread(pid)) if pid else None
            self._ask(native)
            return
        since, _, used = self._asked
        if self.responsive and now - since >= PATIENCE and proc.cpu_of_main_thread(pid) - used >= BUSY:
            self.responsive = False
            self._tell("unresponsive")
        elif now - since >= PATIENCE:
            self._ask(native)  # the answer may have been lost with a document

    def forget(self) -> None:
        """What was asked does not count: the page is not seen, or the host was held up itself."""
        self._asked = None

    def ended(self) -> None:
        """Its renderer is gone: nothing is to be said of the next one."""
        self.forget()
        self.responsive = True

    def _ask(self, native: Window) -> None:
        native.run(_PROBE, "preload", self._answered)

    def _answered(self, _value: Any) -> None:
        self._asked = None
        if not self.responsive:
            self.responsive = True
            self._tell("responsive")


class Heart:
    """Beats for the windows of one host while there are any."""

    def __init__(self, engine: Engine, windows: Callable[[], Iterable[tuple[Pulse, Window, bool]]]) -> None:
        self._engine = engine
        self._windows = windows
        self._due = 0.0

    def start(self) -> None:
        """Begin to beat, if it does not."""
        if not self._due:
            self._next()

    def _next(self) -> None:
        self._due = time.monotonic() + BEAT
        self._engine.later(BEAT, self._beat)

    def _beat(self) -> None:
        now = time.monotonic()
        held_up = now - self._due > _HELD_UP
        beats = list(self._windows())
        for pulse, native, watched in beats:
            if held_up or not (watched or not pulse.responsive):
                pulse.forget()
            else:
                pulse.beat(native, now)
        self._due = 0.0
        if beats:
            self._next()
