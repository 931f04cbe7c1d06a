"""Transfer: ports on their way out: checked, taken from their holders, and given back if they could not be sent."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError
from jupyterwin.main.ports.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyterwin.main.ports.exchange import End, Exchange
    from jupyterwin.main.ports.port import MessagePort


class Transfer:
    """``with Transfer(exchange, ports) as ends:`` send them. Raises `UsageError` for a port that cannot be sent.

    `source` is the end over which they are sent, if they are. While there are ports in it, it holds the exchange's lock:
    no message comes between the sending and the taking.
    """

    def __init__(self, exchange: Exchange, ports: Iterable[MessagePort], *, source: End | None = None) -> None:
        self._exchange = exchange
        self._helds = [_held(port, index) for index, port in enumerate(ports)]
        self._source = source
        self._locked = ExitStack()

    def __enter__(self) -> tuple[End, ...]:
        if not self._helds:
            return ()
        self._locked.enter_context(self._exchange.lock)
        try:
            for index, held in enumerate(self._helds):
                self._check(held, index)
        except UsageError:
            self._locked.close()
            raise
        for held in self._helds:
            held.gone = True
            held.end.home = None
        return tuple(held.end for held in self._helds)

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        with self._locked:
            for held in self._helds:
                if failed is None:
                    held.leave()
                else:
                    held.gone = False
                    self._exchange.hold(held.end, held)

    def _check(self, held: Held, index: int) -> None:
        problem = ""
        if held in self._helds[:index]:
            problem = "the port is there twice"
        elif held.gone:
            problem = "the port was sent away already"
        elif held.shut:
            problem = "the port is closed"
        elif self._source is not None and self._source in {held.end, held.end.peer}:
            problem = "a port cannot be sent over its own channel"
        if problem:
            raise UsageError(f"transfer[{index}]: {problem}")


def _held(port: MessagePort, index: int) -> Held:
    held = getattr(port, "held", None)
    if not isinstance(held, Held):
        raise UsageError(f"transfer: a list of ports is needed, transfer[{index}] is {port!r:.200}")
    return held
