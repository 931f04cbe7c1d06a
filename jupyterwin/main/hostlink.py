"""HostLink: the connection to one window host: its commands and their replies, its events, and its documents' messages.

It routes and runs no user code itself: what must run is a job for its workers. Windows register with it by id.
"""

from __future__ import annotations

import itertools
import logging
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Closed, Overflow, PeerError
from jupyterwin.main.handlers.workers import Job, Workers
from jupyterwin.main.pending import Pending
from jupyterwin.security.profile import Profile
from jupyterwin.wire import control
from jupyterwin.wire.frames import DOCUMENT_TARGET
from jupyterwin.wire.messages import Message
from jupyterwin.wire.records import to_exception

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.document import Document
    from jupyterwin.main.front_end import RunningHost
    from jupyterwin.main.handlers.dispatch import Dispatch
    from jupyterwin.main.window.life import Life

_log = logging.getLogger("jupyterwin")
_events = msgspec.json.Decoder(list[control.Event])
_encode = msgspec.json.Encoder().encode
_TOO_LARGE = 413


class _DocumentOpened(msgspec.Struct):
    window: str


class HostLink:
    """One running window host. All methods may be called from any thread."""

    def __init__(
        self,
        process: RunningHost,
        dispatch: Dispatch,
        profile: Profile,
        displays_are: Callable[[Sequence[control.Display]], None],
        secret: bytes = b"",
    ) -> None:
        self.process = process
        self.profile = profile
        self.secret = secret
        """Of its partition, where that lasts: what the origins of its windows are made of."""
        self._displays_are = displays_are
        self.ready: Pending[control.Ready] = Pending("start of the window host")
        self._dispatch = dispatch
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._replies: dict[int, Pending[Any]] = {}
        self._windows: dict[str, Life] = {}
        self._documents: dict[str, tuple[Life, Document]] = {}
        self._gone: Exception | None = None
        self._closing: Closed | None = None
        self._workers = Workers("jupyterwin-io", self._read)
        self._workers.start()
        if profile.network and process.gateway is not None:
            process.gateway.refused = self._refused_way

    @property
    def alive(self) -> bool:
        """Whether it still takes commands."""
        return self._gone is None

    @property
    def has_windows(self) -> bool:
        """Whether any window lives in it."""
        return bool(self._windows)

    # -------------------------------------------------- commands

    def command(self, what: str, make: Callable[[int], control.Command], buffers: Sequence[Any] = ()) -> Pending[Any]:
        """Send a command; the reply is ``(value, buffers)``. Fails with `HostGone` when the host ends first."""
        number = next(self._ids)
        pending: Pending[Any] = Pending(what)
        with self._lock:
            if self._gone is not None:
                pending.fail(self._gone)
                return pending
            self._replies[number] = pending
        try:
            self.tell(make(number), buffers)
        except BaseException:
            with self._lock:
                self._replies.pop(number, None)
            raise
        return pending

    def tell(self, command: control.Command, buffers: Sequence[Any] = ()) -> None:
        """Send a command that has no reply of its own; dropped when the host is gone. Raises `Overflow`."""
        try:
            self.process.carrier.write(Message("comm_msg", control.HOST_COMM, _encode([command]), buffers))
        except Closed:
            return

    def register(self, window: Life) -> None:
        """Events and documents of ``window.id`` go to `window` from now on; the end of the host too, if it has ended."""
        with self._lock:
            gone = self._gone
            if gone is None:
                self._windows[window.id] = window
        if gone is not None:
            window.host_lost(gone)

    def submit(self, job: Job) -> None:
        """Run a job on a worker thread."""
        self._workers.submit(job)

    def ask_to_end(self) -> None:
        """Tell the host to end; its windows are closed then, and none of them comes back."""
        self._closing = Closed("the window host was closed")
        with suppress(Overflow):  # it takes nothing any more: `close` kills it
            self.tell(control.Quit())

    def close(self, timeout: float) -> None:
        """End the host: ask it, wait up to `timeout` seconds, then kill it."""
        if self._closing is None:
            self.ask_to_end()
        if not self.process.wait(timeout):
            self.process.kill()
        self.lost(self._closing or Closed("the window host was closed"))
        self.process.carrier.close()
        self._workers.join(timeout)

    def lost(self, error: Exception) -> None:
        """The host is gone: fail what waits for it, and tell its windows. Once."""
        with self._lock:
            if self._gone is not None:
                return
            error = self._closing or error
            self._gone = error
            replies, self._replies = self._replies, {}
            windows, self._windows = self._windows, {}
            self._documents.clear()
        self.ready.fail(error)
        self.ready.exception(0)
        for pending in replies.values():
            pending.fail(error)
        for window in windows.values():
            window.host_lost(error)

    # -------------------------------------------------- the reading thread

    def _read(self) -> list[Job] | None:
        try:
            messages = self.process.carrier.read()
        except PeerError as problem:
            _log.error("the window host broke the protocol and is ended: %s", problem)
            self.process.kill()
            messages = None
        if messages is None:
            # The process's own exit says more than the end of its stream; the launcher tells it by `lost`.
            return None
        jobs: list[Job] = []
        for message in messages:
            try:
                jobs += self._route(message)
            except PeerError as problem:
                jobs += self._refuse(message, problem)
            except Exception:  # noqa: BLE001 -- logged: a bug of ours in one message must not end the reading of all
                _log.exception("internal error in routing a %s", message.type)
        return jobs

    def _route(self, message: Message) -> list[Job]:
        if message.comm_id == control.HOST_COMM:
            return self._events(message) if message.type == "comm_msg" else []
        if message.type == "comm_open":
            return self._opened(message)
        window, document = self._documents.get(message.comm_id, (None, None))
        if window is None or document is None:
            return []  # the end of a document that its window has replaced already
        if message.type == "comm_close":
            self._documents.pop(message.comm_id, None)  # gone already, if the host was lost in this moment
            return window.document_ended(document)
        requests, answers = document.receive(message)
        jobs = [Job(partial(_run_all, answers))] if answers else []
        size = (len(message.data) + sum(map(len, message.buffers))) // max(1, len(requests))
        try:
            return jobs + self._dispatch.jobs(window, document, requests, size)
        except PeerError as problem:
            return jobs + self._refuse(message, problem)

    def _opened(self, message: Message) -> list[Job]:
        try:
            opened = msgspec.json.decode(message.data, type=_DocumentOpened)
        except msgspec.MsgspecError as problem:
            msg = f"malformed comm_open: {problem}"
            raise PeerError(msg) from problem
        window = self._windows.get(opened.window)
        if message.target != DOCUMENT_TARGET or window is None:
            return []
        document, jobs = window.next_document()
        self._documents[message.comm_id] = (window, document)
        # Not limited: what a document may have under way is bounded by its session, which must not lose a frame here.
        document.connect(message.comm_id, partial(self.process.carrier.write, limited=False))
        return [*jobs, *window.document_connected(document)]

    def _refuse(self, message: Message, problem: PeerError) -> list[Job]:
        """A malformed message ends its document, and nothing else."""
        window, document = self._documents.pop(message.comm_id, (None, None))
        if window is None or document is None:
            _log.warning("a message of the window host was refused: %s", problem)
            return []
        window.log.add("error", f"the document was cut off: {problem}", "jupyterwin")
        with suppress(Closed):
            self.process.carrier.write(Message("comm_close", message.comm_id), limited=False)
        return [Job(partial(document.close, problem))]

    # -------------------------------------------------- events

    def _refused_way(self, address: str) -> None:
        """The gateway refused an address. Which window asked for it cannot be known: all of them say so."""
        for window in list(self._windows.values()):
            refused = control.Refused(window.id, "network", "", address)
            self.submit(Job(partial(window.happened, refused), (window.id, "events")))

    def _events(self, message: Message) -> list[Job]:
        try:
            events = _events.decode(message.data)
        except (msgspec.MsgspecError, RecursionError) as problem:
            msg = f"malformed event: {problem}"
            raise PeerError(msg) from problem
        jobs: list[Job] = []
        for event in events:
            jobs += self._event(event, message.buffers)
        return jobs

    def _event(self, event: control.Event, buffers: Sequence[Any]) -> list[Job]:
        if isinstance(event, control.Reply):
            return self._reply(event, buffers)
        if isinstance(event, control.Ready):
            self.process.ready()
            return [Job(partial(self._started, event))]
        if isinstance(event, control.Displays):
            return [Job(partial(self._displays_are, event.displays), "displays")]
        if isinstance(event, control.Failed):
            error = to_exception(event.error)
            return [Job(partial(self.lost, error))]
        window = self._windows.get(event.window)
        if window is None:
            if isinstance(event, control.Console):  # of no window: an error of the host's own that it survived
                _log.warning("window host: %s", event.message)
            return []
        if isinstance(event, control.Resource):
            return [Job(partial(self._serve, window, event))]
        if isinstance(event, control.MoreOf | control.EnoughOf):
            go_on = window.server.more if isinstance(event, control.MoreOf) else window.server.enough
            return [Job(partial(go_on, event.id), (window.id, event.id))]
        if isinstance(event, control.Closed):
            with self._lock:
                self._windows.pop(event.window, None)
        # The document that is undrawn is the one of now, whenever that is told.
        happened = window.undrawn(event) if isinstance(event, control.Undrawn) else partial(window.happened, event)
        return [Job(happened, (window.id, "events"))]

    def _started(self, event: control.Ready) -> None:
        if self.profile.where == "native":
            self._displays_are(event.displays)
        self.ready.settle(event)

    def _reply(self, event: control.Reply, buffers: Sequence[Any]) -> list[Job]:
        with self._lock:
            pending = self._replies.pop(event.id, None)
        if pending is None:
            return []
        if event.error is not None:
            error = to_exception(event.error)
            return [Job(partial(pending.fail, error))]
        return [Job(partial(pending.settle, (event.value, tuple(buffers))))]

    def _serve(self, window: Life, request: control.Resource) -> None:
        if window.server.answer(request):
            return
        file = window.serve_file(request.path)
        if file.status == _TOO_LARGE:
            window.log.add("error", file.message, "jupyterwin")
        try:
            self.tell(control.Served(request.id, file.status, file.mime, file.message), [file.body])
        except Overflow as problem:  # too large, or too many of them for a slow host: refused, but never unanswered
            window.log.add("error", f"{request.path[:200]!r} could not be served: {problem}", "jupyterwin")
            refusal = Message("comm_msg", control.HOST_COMM, _encode([control.Served(request.id, 503)]), [b""])
            with suppress(Closed):
                self.process.carrier.write(refusal, limited=False)


def _run_all(calls: Sequence[Callable[[], object]]) -> None:
    for call in calls:
        call()
