"""DocumentPorts: the ends of channels that one document has, by their numbers. It knows frames, and no listener.

A number that this document was never given ends the document: nothing that a page writes can name another's port.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from jupyterwin.errors import JupyterWinError, Overflow, PeerError
from jupyterwin.main.ports.exchange import Posted
from jupyterwin.wire.frames import PortClose, PortCredit, PortMessage, Send

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable, Sequence

    from jupyterwin.main.ports.exchange import End, Exchange
    from jupyterwin.main.window.log import Log
    from jupyterwin.wire.frames import Frame

AHEAD = 256 * 1024
"""A page may send on a port while fewer bytes than so many wait in the kernel for the other end; the page counts characters."""
AHEAD_MESSAGES = 64
MOST = 1000
"""Open ports of one document."""
MOST_WAITING = 64 * 1024 * 1024
"""Bytes that may wait in the kernel for the other ends of all ports of a document."""

_BYTES_OF_A_CHARACTER = 3


class Pushes(Protocol):
    """What this needs of its document."""

    @property
    def roomy(self) -> bool:
        """Whether little waits to be sent to the page."""

    def push(self, frame: Frame, buffers: Sequence[Any], *, urgent: bool = False) -> bool:
        """Queue a frame; False when the document is gone. Raises `Overflow`."""


class DocumentPorts:
    """All methods may be called from any thread; those for frames are called in the order of the frames."""

    def __init__(
        self,
        exchange: Exchange,
        document: Pushes,
        report: Callable[..., None],
        log: Callable[[str], None],
        prints: Log | None = None,
    ) -> None:
        self.exchange = exchange
        self.document = document
        self.report = report
        self.log = log
        self.prints = prints
        self.stalled = False
        """Something waits for room in the document."""
        self.waiting_bytes = 0
        self._ends: dict[int, _DocumentEnd] = {}
        self._last_own = 0
        self._last_of_page = -1
        self._of_page = 0
        self._closed = False

    def __len__(self) -> int:
        return len(self._ends)

    # -------------------------------------------------- to the page

    def send(self, frame: Send, buffers: Sequence[Any], ends: Sequence[End]) -> bool:
        """Queue a message that takes ports along. False when the document is gone. Raises `Overflow`."""
        with self.exchange.lock:
            numbers = self.reserve(ends)
            sent = self.document.push(msgspec.structs.replace(frame, ports=numbers), buffers)
            if sent:
                self.settle(numbers, ends)
            return sent

    def reserve(self, ends: Sequence[End]) -> list[int]:
        """New numbers for ends that go to the page."""
        first = self._last_own + 2
        return list(range(first, first + 2 * len(ends), 2))

    def settle(self, numbers: Sequence[int], ends: Sequence[End]) -> None:
        """They are with the page now, after the frame that takes them there."""
        self._last_own += 2 * len(numbers)
        for number, end in zip(numbers, ends, strict=True):
            self._hold(number, end)

    def resume(self) -> None:
        """There is room in the document again: the ports take turns."""
        with self.exchange.lock:
            self.stalled = False
            for number in list(self._ends):
                if self.stalled:
                    return
                if (end := self._ends.get(number)) is not None and end.end.waiting:
                    self._ends[number] = self._ends.pop(number)  # the last in turn
                    self.exchange.pump(end.end)

    def close(self) -> None:
        """The document is gone, and with it its ends of all channels."""
        with self.exchange.lock:
            self._closed = True
            ends, self._ends = self._ends, {}
            for end in ends.values():
                self.exchange.close(end.end)

    # -------------------------------------------------- from the page

    def adopt(self, numbers: Sequence[int]) -> tuple[End, ...]:
        """The other ends of channels that the page has made, one for each new number. Raises `PeerError`."""
        others = []
        with self.exchange.lock:
            for number in numbers:
                if number % 2 != 1 or number <= self._last_of_page:
                    raise PeerError(f"port {number} is no new port of this document")
                if self._of_page >= MOST:
                    raise PeerError(f"more than {MOST} ports of this document are open")
                self._last_of_page = number
                self._of_page += 1
                own, other = self.exchange.channel()
                self._hold(number, own)
                others.append(other)
        return tuple(others)

    def message(self, frame: PortMessage, buffers: Sequence[Any]) -> None:
        """A message that the page posted. Raises `PeerError`."""
        with self.exchange.lock:
            end = self._find(frame.port)
            ends = self.adopt(frame.ports)
            text = bytes(frame.value)
            posted = Posted(msgspec.Raw(text), buffers, ends, len(text) + sum(len(buffer) for buffer in buffers))
            if end is None:  # it was closed meanwhile
                for one in ends:
                    self.exchange.close(one)
            else:
                end.post(posted)

    def close_port(self, frame: PortClose) -> None:
        """The page closed a port, or lost it. Raises `PeerError`."""
        with self.exchange.lock:
            if (end := self._find(frame.port)) is not None:
                end.leave()

    def _find(self, number: int) -> _DocumentEnd | None:
        """The end of that number, None if it is closed. Raises `PeerError` for one that never was."""
        end = self._ends.get(number)
        if end is None and not 0 < number <= (self._last_of_page if number % 2 else self._last_own):
            raise PeerError(f"port {number} is none of this document's")
        return end

    # --------------------------------------------------

    def _hold(self, number: int, end: End) -> None:
        if self._closed:
            self.exchange.close(end)
            return
        self._ends[number] = home = _DocumentEnd(self, number, end)
        if end.closed:
            home.shut()
        else:
            self.exchange.hold(end, home)

    def forget(self, number: int) -> None:
        """This end is closed."""
        if self._ends.pop(number, None) is not None:
            self._of_page -= number % 2


class _DocumentEnd:
    """An end that a document has: it takes while there is room in the document, and gives credit for what it posted."""

    def __init__(self, ports: DocumentPorts, number: int, end: End) -> None:
        self.end = end
        self.prints = ports.prints
        self._ports = ports
        self._number = number
        self._waiting = self._waiting_bytes = 0
        self._owed = self._owed_bytes = 0

    # -------------------------------------------------- from the page

    def post(self, posted: Posted) -> None:
        """Raises `PeerError` for a page that sends more than it was given credit for."""
        if self._waiting >= AHEAD_MESSAGES or self._waiting_bytes > _BYTES_OF_A_CHARACTER * AHEAD:
            raise PeerError(f"port {self._number}: more was sent than there was credit for")
        self._waiting += 1
        self._waiting_bytes += posted.size
        self._ports.waiting_bytes += posted.size
        try:
            if self._ports.waiting_bytes - posted.size > MOST_WAITING:
                raise Overflow(f"{self._ports.waiting_bytes} bytes wait for the other ends of this page's ports")
            self._ports.exchange.post(self.end, posted)
        except Overflow as problem:
            self._give_up(problem)

    # -------------------------------------------------- for the exchange

    def has_room(self) -> bool:
        if not self._ports.document.roomy:
            self._ports.stalled = True
            return False
        return True

    def arrived(self, posted: Posted) -> None:
        numbers = self._ports.reserve(posted.ends)
        frame = PortMessage(self._number, posted.value, buffers=len(posted.buffers), ports=numbers)
        try:
            self._ports.document.push(frame, posted.buffers)
        except JupyterWinError as problem:
            for end in posted.ends:
                self._ports.exchange.close(end)
            self._give_up(problem)
        else:
            self._ports.settle(numbers, posted.ends)

    def taken(self, posted: Posted) -> None:
        self._waiting -= 1
        self._waiting_bytes -= posted.size
        self._ports.waiting_bytes -= posted.size
        self._owed += 1
        self._owed_bytes += posted.size
        if self._owed >= AHEAD_MESSAGES // 4 or self._owed_bytes >= AHEAD // 4:
            self._ports.document.push(PortCredit(self._number, self._owed), (), urgent=True)
            self._owed = self._owed_bytes = 0

    def peer_closed(self, left: int) -> None:
        if left == 0:
            self.shut()

    def report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        self._ports.report(what, error, context)

    # --------------------------------------------------

    def _give_up(self, problem: JupyterWinError) -> None:
        """Nothing may be lost in silence: a channel that cannot carry a message is closed."""
        self._ports.log(f"a port of the page was closed: {problem}")
        self.shut()

    def leave(self) -> None:
        """The page has it no longer."""
        self._ports.waiting_bytes -= self._waiting_bytes
        self._waiting_bytes = 0
        self._ports.forget(self._number)
        self._ports.exchange.close(self.end)

    def shut(self) -> None:
        """It is closed: the page is told."""
        self.leave()
        self._ports.document.push(PortClose(self._number), (), urgent=True)
