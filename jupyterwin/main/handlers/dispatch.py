"""Dispatch: from a page's frame to the handler that may serve it, and back to its answer. It moves no bytes.

What a window may reach: what of ours serves its documents (`Reach.services`), its own `ipc`, then the functions exposed to
it, then channels of the global `ipc` that its grant names. Everything else is refused before user code runs. Frames are
routed in order of arrival; which thread runs what is DESIGN §4.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from jupyterwin.errors import HandlerRemoved, NoHandler, NotGranted, PeerError
from jupyterwin.main.handlers.asked import Asked
from jupyterwin.main.handlers.call import Call
from jupyterwin.main.handlers.kinds import is_async
from jupyterwin.main.handlers.loop import HandlersLoop
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ipc import Handler, IpcEvent
from jupyterwin.main.ports.port import MessagePort
from jupyterwin.main.scenes import OURS
from jupyterwin.wire.frames import Cancel, Credit, Fault, Invoke, PortClose, PortCredit, PortMessage, Send

if TYPE_CHECKING:
    from jupyterwin.main.document import Document
    from jupyterwin.main.handlers.signature import Exposure, Signature
    from jupyterwin.main.ipc import Ipc
    from jupyterwin.main.window import Window
    from jupyterwin.main.window.life import Life
    from jupyterwin.wire.session import Delivered

MOST_CREDIT = 1024
"""Items that a reader may ask for at a time."""

_SHOWN = 200
"""Characters of a page's channel name in a message."""


class Dispatch:
    """Turns frames into jobs. `global_ipc` is the one of all windows."""

    def __init__(self, global_ipc: Ipc, loop: HandlersLoop) -> None:
        self._global = global_ipc
        self._loop = loop

    def jobs(self, window: Life, document: Document, delivered: list[Delivered], size: int) -> list[Job]:
        """The jobs that the frames ask for. Called on the reading thread, in order of arrival; runs no user code.

        `size`: bytes in which each came, about. Raises `PeerError` for what no page says.
        """
        jobs: list[Job] = []
        for item in delivered:
            frame = item.frame
            if isinstance(frame, Invoke):
                jobs += self._invoke(window, document, frame, item.buffers, size)
            elif isinstance(frame, Send):
                jobs += self._send(window, document, frame, item.buffers, size)
            elif isinstance(frame, Cancel):
                jobs += self._cancel(document, frame)
            elif isinstance(frame, Fault):
                jobs += window.preloading.failed(frame, document)
            elif isinstance(frame, Credit):
                self._credit(document, frame)
            elif isinstance(frame, PortMessage):
                document.ports.message(frame, item.buffers)
            elif isinstance(frame, PortClose):
                document.ports.close_port(frame)
            elif isinstance(frame, PortCredit):
                raise PeerError("credit for a port, which is the kernel's to give")
        return jobs

    @staticmethod
    def _cancel(document: Document, frame: Cancel) -> list[Job]:
        document.forget_sync(frame.id)
        call = document.running.get(frame.id)
        future = None if call is None else call.let_go()
        return [] if future is None else [Job(future.cancel)]  # its callbacks are code of the user

    @staticmethod
    def _credit(document: Document, frame: Credit) -> None:
        if not 0 < frame.count <= MOST_CREDIT:
            msg = f"credit for {frame.count} items, 1 to {MOST_CREDIT} are possible"
            raise PeerError(msg)
        if (call := document.running.get(frame.id)) is not None:
            call.credit(frame.count)

    # -------------------------------------------------- who serves it

    def _send(self, window: Life, document: Document, frame: Send, buffers: Any, size: int) -> list[Job]:
        ends = document.ports.adopt(frame.ports)
        listeners = self._listeners(window, frame.channel)
        if not listeners and not window.granted(frame.channel):
            self._report_unheard(window, frame.channel)
        # Where nobody listens, nobody keeps them, and they are closed.
        ports = tuple(MessagePort(document.ports.exchange, end) for end in ends)
        jobs: list[Job] = []
        for listener in listeners:
            event = self._event(window, document, frame.channel, frame.missed)
            event.ports = ports
            call = Call(event, document, None, listener, frame.args, buffers, size=size)
            jobs += self._start(window, frame.channel, call)
        return jobs

    def _listeners(self, window: Life, channel: str) -> list[Handler]:
        if channel.startswith(OURS):
            ours = _of_scene(window, channel)
            return [ours] if ours else []
        listeners = window.ipc.take_listeners(channel)
        return listeners + self._global.take_listeners(channel) if window.granted(channel) else listeners

    def _ask(self, window: Life, document: Document, frame: Invoke, buffers: Any, size: int) -> list[Job] | None:
        """A message for which the page stands still goes to its listeners; None where there are none."""
        listeners = self._listeners(window, frame.channel)
        if not listeners:
            return None
        asked = Asked(document, frame.id, frame.channel, len(listeners))
        if not document.running.begin(frame.id, asked):
            return []
        jobs: list[Job] = []
        for listener in listeners:
            event = self._event(window, document, frame.channel)
            event.asked_by(asked)
            call = Call(event, document, None, listener, frame.args, buffers, size=size, heard=asked.heard)
            jobs += self._start(window, frame.channel, call)
        return jobs

    def _report_unheard(self, window: Life, channel: str) -> None:
        if channel in self._global.channels():
            error = NotGranted(_grant_text(window.name, channel))
            window.report_refused(f"{channel[:_SHOWN]!r}", error, window.context)
        else:
            window.log.add("debug", f"nobody listens to {channel[:_SHOWN]!r}", "jupyterwin")

    def _invoke(self, window: Life, document: Document, frame: Invoke, buffers: Any, size: int) -> list[Job]:
        event = self._event(window, document, frame.channel)
        try:
            if frame.sync:
                document.answer_at_host(frame.id, frame.sync)
                if (jobs := self._ask(window, document, frame, buffers, size)) is not None:
                    return jobs
            handler, exposure = self._resolve(window, document, frame.channel)
            call = Call(
                event,
                document,
                frame.id,
                handler,
                frame.args,
                buffers,
                size=size,
                exposure=exposure,
                stream=frame.stream,
            )
            if not document.running.begin(frame.id, call):
                return []
        except PeerError:
            raise
        except Exception as error:  # noqa: BLE001 -- also a definition that cannot be read: no call goes without answer
            window.report_refused(f"{frame.channel[:_SHOWN]!r}", error, window.context)
            document.fail(frame.id, error)
            return []
        return self._start(window, frame.channel, call)

    def _resolve(self, window: Life, document: Document, channel: str) -> tuple[Handler, tuple[Any, Signature] | None]:
        if (service := window.services.get(channel)) is not None:
            return Handler(partial(service, document), window.context, None), None
        handler = _of_scene(window, channel) or window.ipc.take_handler(channel)
        if handler is not None:
            return handler, None
        exposure: Exposure | None = window.exposures.get(channel)
        if exposure is not None:
            fn, signature = exposure.current()
            return Handler(fn, window.context, None), (fn, signature)
        if window.granted(channel):
            if (handler := self._global.take_handler(channel)) is not None:
                return handler, None
        elif channel in self._global.channels():
            raise NotGranted(_grant_text(window.name, channel))
        if window.ipc.had(channel) or (window.granted(channel) and self._global.had(channel)):
            raise HandlerRemoved(f"the handler of {channel[:_SHOWN]!r} in window {window.name!r} was removed")
        msg = f"no handler for {channel[:_SHOWN]!r} in window {window.name!r}: expose a function of that name, or ipc.handle it"
        raise NoHandler(msg)

    @staticmethod
    def _event(window: Life, document: Document, channel: str, missed: int = 0) -> IpcEvent:
        sender = cast("Window", window)
        return IpcEvent(sender, channel, document.comm_id, partial(sender.send_to, document), missed)

    # -------------------------------------------------- where it runs

    def _start(self, window: Life, channel: str, call: Call) -> list[Job]:
        call.document.queued(call.size)
        if is_async(call.handler.fn):
            call.run_in(self._loop)
            return []
        call.may_use(self._loop)
        if call.handler.thread == "main":
            main_thread.submit(call.run)
            return []
        free = call.handler.concurrent or call.stream
        return [Job(call.run, None if free else (window.id, channel), window.id)]


def _of_scene(window: Life, channel: str) -> Handler | None:
    """Who answers a channel between our own page and the kernel."""
    return window.scene.handler(channel) if window.scene and channel.startswith(OURS) else None


def _grant_text(window: str, channel: str) -> str:
    channel = channel[:_SHOWN]
    return (
        f"channel {channel!r} is of jw.ipc and window {window!r} has no grant for it: open it with grant=[{channel!r}]"
    )
