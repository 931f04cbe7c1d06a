"""Trace: the traffic of a window, or of all, kept row by row: to look at, and to test with. It knows no front end."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Any, Self

from jupyterwin.errors import Closed, JupyterWinError, UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.tracing import table
from jupyterwin.main.tracing.ledger import Ledger, Passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jupyterwin.main.document import Document
    from jupyterwin.main.tracing.record import Record
    from jupyterwin.main.tracing.tap import Direction, Tap

KEEP = 10_000
"""Rows kept unless said otherwise; older ones are dropped and counted."""


class Trace:
    """What passes between pages and the kernel from now on, until `stop`: ``with win.ipc.trace() as trace: …``.

    A sequence of `Record`, oldest first: iterate, index, ``len``. It belongs to the cell that began it and stops when
    that cell runs again, when its window closes, or by `stop`; what was recorded stays readable. Shown by a notebook it
    is a table, live as long as the trace is. All methods may be called from any thread.
    """

    def __init__(self, tap: Tap, *, values: bool = False, most: int = KEEP) -> None:
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            msg = f"most: a number of rows above 0 is needed, got {most!r}"
            raise UsageError(msg)
        self.values = values
        self.active = True
        """Whether it still records."""
        self.dropped = 0
        """Rows that are gone because newer ones came."""
        self.counts: Counter[str] = Counter()
        """Rows so far by kind, those that were dropped too."""
        self.failed = 0
        """Calls and streams so far that ended in an error, a deadline or a cancellation."""
        self.bytes: dict[Direction, int] = {"to-kernel": 0, "to-page": 0}
        """Bytes so far in each direction, of frames and their buffers."""
        self.seconds = 0.0
        self._began = time.monotonic()
        self._rows: deque[Record] = deque()
        self._most = most
        self._ledger = Ledger(self._add, values=values)
        self._lock = threading.RLock()
        self._waiting: list[tuple[Callable[[Record], bool], Pending[Record]]] = []
        self._changed: list[Callable[[], object]] = []
        self._tap = tap
        self._forget = cells.own(self.stop)
        tap.add(self)

    # -------------------------------------------------- to look at

    def __iter__(self) -> Iterator[Record]:
        with self._lock:
            return iter(list(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Record:
        return self._rows[index]

    @property
    def calls(self) -> list[Record]:
        """Calls, in both directions."""
        return self.filter(kind="call")

    @property
    def streams(self) -> list[Record]:
        """Streams, in both directions."""
        return self.filter(kind="stream")

    @property
    def sends(self) -> list[Record]:
        """One-way messages, in both directions."""
        return self.filter(kind="send")

    def filter(self, **fields: Any) -> list[Record]:
        """The rows whose fields are all so: ``trace.filter(channel="quote", outcome="no-handler")``. See `Record`."""
        rows = list(self)
        try:
            return [row for row in rows if all(getattr(row, name) == value for name, value in fields.items())]
        except AttributeError as problem:
            msg = f"filter: {problem.name!r} is no field of a row"
            raise UsageError(msg) from problem

    def wait_for(self, channel: str, *, after: Record | None = None) -> Pending[Record]:
        """The first row of that channel that has ended; with `after`, the first that is newer than that row.

        A row that is there already counts. Ends in `Closed` when the trace stops first.
        """
        oldest = after.number if after is not None else 0
        pending: Pending[Record] = Pending(f"a row of {channel!r}")

        def fits(row: Record) -> bool:
            return row.channel == channel and row.number > oldest and row.ended

        with self._lock:
            found = next((row for row in self._rows if fits(row)), None)
            if found is None and self.active:
                self._waiting.append((fits, pending))
        if found is not None:
            pending.settle(found)
        elif not self.active:
            pending.fail(_stopped())
        return pending

    def clear(self) -> None:
        """Forget the rows so far; what is under way comes back as it ends only in the counters."""
        with self._lock:
            for row in self._rows:
                self._ledger.forget(row)
            self._rows.clear()

    def on_change(self, fn: Callable[[], object]) -> Callable[[], None]:
        """Call `fn` after each change, on the thread that made it: it must be quick. Returns the disposer."""
        with self._lock:
            self._changed = [*self._changed, fn]

        def dispose() -> None:
            with self._lock:
                self._changed = [other for other in self._changed if other is not fn]

        return dispose

    # -------------------------------------------------- its end

    def stop(self) -> None:
        """Record no more. What was recorded stays."""
        with self._lock:
            if not self.active:
                return
            self.active = False
            self.seconds = time.monotonic() - self._began
            waiting, self._waiting = self._waiting, []
            changed = self._changed
        self._tap.remove(self)
        self._forget()
        for _fits, pending in waiting:
            pending.fail(_stopped())
        for tell in changed:
            tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    # -------------------------------------------------- from the tap

    def frame(self, document: Document, direction: Direction, frame: Any, buffers: Sequence[Any]) -> None:
        """A frame passes."""
        passed = Passed(document, direction, frame, buffers)
        with self._lock:
            if not self.active:
                return
            self.bytes[direction] += passed.size
            row = self._ledger.take(passed)
            if row is not None:
                self._told(row)

    def ended(self, document: Document, error: Exception) -> None:
        """A document is gone."""
        code = error.code if isinstance(error, JupyterWinError) else "broken"
        with self._lock:
            for row in self._ledger.end(document, code):
                self._told(row)

    def closed(self) -> None:
        """The window is gone."""
        self.stop()

    def _add(self, row: Record) -> None:
        if len(self._rows) >= self._most:
            self._ledger.forget(self._rows.popleft())
            self.dropped += 1
        self._rows.append(row)
        self.counts[row.kind] += 1

    def _told(self, row: Record) -> None:
        self.failed += row.failed
        due = [(fits, pending) for fits, pending in self._waiting if fits(row)] if self._waiting else []
        if due:
            self._waiting = [entry for entry in self._waiting if entry not in due]
            # Not here: who waits may do anything, and this thread holds the locks of the path.
            self._tap.later(0, lambda: [pending.settle(row) for _fits, pending in due])
        for tell in self._changed:
            tell()

    # -------------------------------------------------- as text

    def __repr__(self) -> str:
        return table.text(self)

    def _repr_html_(self) -> str:
        return table.html(self)


def _stopped() -> Closed:
    return Closed("the trace was stopped")
