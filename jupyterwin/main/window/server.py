"""Server: answers the requests of one window: its folder's files, and the functions of its routes. It knows no engine.

Functions run as handlers do: on worker threads of the window's share, ``async def`` on the handlers' loop.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import BadArguments, Overflow
from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.serving import Answer, Route, Routes, answer_of, piece_of
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.window.life import Life

_OK = 200
_BAD = 400
_FAILED = 500
_LARGEST = 64 * 1024 * 1024
"""Bytes of a body that goes in one piece; a larger one is an iterator's."""


class Server:
    """The requests of one window that are under way."""

    def __init__(self, window: Life) -> None:
        self.routes = Routes()
        self._window = window
        self._bodies: dict[int, tuple[Route, Iterator[Any] | AsyncIterator[Any]]] = {}

    def answer(self, request: control.Resource) -> bool:
        """Answer a request, soon, if there is a route for it."""
        found = self.routes.find(request.path)
        if found is None:
            return False
        route, parts = found
        try:
            arguments = route.arguments(parts, request.query)
        except BadArguments as problem:
            self._window.log.add("warning", f"a request was refused: {problem}", "jupyterwin")
            self._say(control.Served(request.id, _BAD, keep=False))
            return True
        self._run(
            route,
            lambda: route.fn(**arguments),
            lambda result: self._answered(route, request, result),
            lambda error: self._failed(route, request, error),
        )
        return True

    def more(self, number: int) -> None:
        """There is room for another piece of a body."""
        if (body := self._bodies.get(number)) is None:
            return
        route, pieces = body
        make: Callable[[], Any] = lambda: next(pieces, _END) if isinstance(pieces, Iterator) else _anext(pieces)  # noqa: E731
        self._run(
            route,
            make,
            lambda piece: self._piece(number, route, piece),
            lambda error: self._broken(number, route, error),
        )

    def enough(self, number: int) -> None:
        """Nobody reads this body any more: its generator is closed."""
        if (body := self._bodies.pop(number, None)) is not None:
            route, pieces = body
            close: Any = getattr(pieces, "close", None) or getattr(pieces, "aclose", None)
            if close is not None:
                self._run(route, close, lambda _: None, lambda error: self._report(route, error))

    def clear(self) -> None:
        """The window is gone."""
        self.routes.clear()
        for number in list(self._bodies):
            self.enough(number)

    # --------------------------------------------------

    def _run(
        self, route: Route, call: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Call on a worker; what is awaited is awaited on the handlers' loop. Then `done` or `failed`."""
        context = beside.context_of(route.context, self._window.log)

        def run() -> None:
            try:
                result = context.run(call)
            except Exception as error:  # noqa: BLE001 -- reported
                context.run(beside.ended)
                failed(error)
                return
            if inspect.isawaitable(result):
                self._window.start_task(lambda: _awaited(result, done, failed), context)
            else:
                context.run(beside.ended)
                done(result)

        self._window.submit(Job(run, group=self._window.id))

    def _answered(self, route: Route, request: control.Resource, result: Any) -> None:
        try:
            answer = answer_of(result, request.path)
            if len(answer.body) > _LARGEST:
                raise Overflow(f"a body of {len(answer.body)} bytes: yield it in pieces")
        except Exception as error:  # noqa: BLE001 -- reported
            self._failed(route, request, error)
            return
        self._send(route, request, answer)

    def _send(self, route: Route, request: control.Resource, answer: Answer) -> None:
        status = _OK if answer.status // 100 == 2 else answer.status
        if answer.pieces is not None and status == _OK:
            self._bodies[request.id] = route, answer.pieces
        more = request.id in self._bodies
        served = control.Served(request.id, status, answer.mime, headers=answer.headers, keep=False, more=more)
        self._say(served, answer.body)

    def _piece(self, number: int, route: Route, piece: Any) -> None:
        if piece is _END:
            self._bodies.pop(number, None)
            self._say(control.ServedPiece(number, more=False))
            return
        try:
            self._say(control.ServedPiece(number), piece_of(piece))
        except Exception as error:  # noqa: BLE001 -- reported
            self._broken(number, route, error)

    def _failed(self, route: Route, request: control.Resource, error: Exception) -> None:
        self._report(route, error)
        self._say(control.Served(request.id, _FAILED, keep=False))

    def _broken(self, number: int, route: Route, error: Exception) -> None:
        self._report(route, error)
        self._bodies.pop(number, None)
        self._say(control.ServedPiece(number, more=False, broken=True))

    def _report(self, route: Route, error: Exception) -> None:
        self._window.report(f"the function that serves {route.pattern!r}", error, route.context)

    def _say(self, command: control.Command, body: bytes = b"") -> None:
        with suppress(Overflow):  # the host takes nothing any more: the page waits with it
            self._window.tell(command, body)


_END: Any = object()


async def _anext(pieces: AsyncIterator[Any]) -> Any:
    return await anext(pieces, _END)


async def _awaited(awaitable: Any, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
    try:
        result = await awaitable
    except Exception as error:  # noqa: BLE001 -- reported
        failed(error)
    else:
        done(result)
    finally:
        beside.ended()
