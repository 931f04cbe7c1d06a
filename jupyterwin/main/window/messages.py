"""Messages: what the kernel says to a window's page, and what it asks of it."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.pending import Pending, seconds
from jupyterwin.main.ports.transfer import Transfer
from jupyterwin.main.progress import CHANNEL, Progress
from jupyterwin.main.settings import settings
from jupyterwin.main.window.life import Life

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jupyterwin.main.document import Document, Policy
    from jupyterwin.main.ports.exchange import End
    from jupyterwin.main.ports.port import MessagePort
    from jupyterwin.main.types.declaration import TypesText


class Messages(Life):
    """Messages of the kernel to the page."""

    def send(self, channel: str, *args: Any, policy: Policy = "lossless", timeout: float | None = None) -> None:
        """One-way message to the page: ``kernel.on(channel, …)`` or the preload's ``ipcRenderer.on``.

        Messages of a window arrive in the order of these calls, each once in the life of a document; what the page has
        not taken when it reloads is lost with it. It returns at once, unless 64 MiB wait already: then a worker thread
        waits for room, in line, for as long as it takes; the main thread and the handlers' loop, which must not stop, get
        `Overflow`. With ``timeout=`` (seconds) every thread waits so long at most, and gets `Overflow` then. While the main
        thread waits, queued ``thread="main"`` handlers run.

        ``policy="lossless"``: nothing is left out. ``policy="latest"``, for values of which only the newest matters: of
        the messages of this channel sent so, one that still waits gives way to the newer one, which goes to the end: what
        arrives keeps the order of these calls. The page is told how many it missed (``kernel.missed(channel)``, a preload's
        ``event.missed``). At most 128 of a channel are under way to a page that acknowledges none.

        Raises `Unserializable`, `Overflow`, `TooLarge`. Counted in `traffic`.
        """
        self.send_to(self._document, channel, args, policy=policy, timeout=timeout)

    def post_message(self, channel: str, message: Any = None, transfer: Iterable[MessagePort] = ()) -> None:
        """As `send`, one message, and the ports in `transfer` go with it; they cannot be used here afterwards.

        The preload has them as ``event.ports`` of ``ipcRenderer.on(channel, …)``, ports of the web that it may hand on to the
        page by ``window.postMessage(…, ports)``. Where nobody listens, or the window is closed, they are closed. Raises as
        `send`, but never waits, and `UsageError` for a port that cannot be sent; nothing was sent then, and all ports are as
        before.
        """
        with Transfer(self._app.exchange, transfer) as ends:
            self.send_to(self._document, channel, (message,), ends=ends)

    def send_to(
        self,
        document: Document,
        channel: str,
        args: Sequence[Any],
        *,
        ends: Sequence[End] = (),
        policy: Policy = "lossless",
        timeout: float | None = None,
    ) -> None:
        """`send`, to one document of this window: an event's ``reply``. Dropped and counted if that is gone.

        `ends` of channels go with it.
        """
        if timeout is not None:
            seconds("timeout", timeout)
        try:
            if ends:
                document.send_ports(channel, args, ends)
            else:
                document.send(channel, args, policy=policy, timeout=timeout)
        except JupyterWinError:
            if not document.closed or self._options.on_closed == "raise":
                raise
            self.count_dropped(channel)
            for end in ends:
                self._app.exchange.close(end)

    @cached_property
    def progress(self) -> Progress:
        """What is under way for this window, as its handlers say."""
        return Progress(self._tell_progress, self.later)

    def _tell_progress(self, rows: list[dict[str, Any]]) -> None:
        with suppress(JupyterWinError):  # a bar that is a moment late harms nobody
            self._document.send(CHANNEL, [rows], policy="latest", timeout=0.001)

    def drained(self) -> Pending[None]:
        """Ends when the page has acknowledged all that was sent to it until now: its preload has taken it, in order.

        Ends in `WindowClosed` when the page is reloaded or closed first. Later messages are not waited for.
        """
        return self._document.drained()

    def invoke(self, channel: str, *args: Any, timeout: float | None = None) -> Pending[Any]:
        """Call the page's handler (``kernel.handle``, ``ipcRenderer.handle``): its answer, or its error, or a deadline.

        `timeout` in seconds; without, that of ``c.JupyterWin.timeout``, which is 30. A reload cancels the call, a closed window ends it in `WindowClosed`.
        """
        patience = settings["timeout"] if timeout is None else timeout
        return self._document.invoke(channel, args, seconds("timeout", patience))

    @property
    def types(self) -> TypesText:
        """The TypeScript of what the page has: a ``kernel.d.ts``, as text, of the exposed functions as they are now, and the stores.

        Write it beside the page: ``Path("app/kernel.d.ts").write_text(win.types)``.
        """
        from jupyterwin.main.types.module import of_exposures

        return of_exposures(self.exposures, self.options.store.typed())
