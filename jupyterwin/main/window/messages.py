"""Messages: what the kernel says to a window's page, and what it asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.pending import Pending, seconds
from jupyterwin.main.ports.transfer import Transfer
from jupyterwin.main.window.life import Life

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyterwin.main.ports.exchange import End
    from jupyterwin.main.ports.port import MessagePort
    from jupyterwin.main.types.declaration import TypesText


class Messages(Life):
    """Messages of the kernel to the page."""

    def send(self, channel: str, *args: Any) -> None:
        """One-way message to the page: ``kernel.on(channel, …)`` or the preload's ``ipcRenderer.on``. Returns at once.

        Messages of a window arrive in the order of these calls, each once in the life of a document; what the page has
        not taken when it reloads is lost with it. Raises `Unserializable`, or `Overflow` when 64 MiB wait.
        """
        self._send(channel, args)

    def post_message(self, channel: str, message: Any = None, transfer: Iterable[MessagePort] = ()) -> None:
        """As `send`, one message, and the ports in `transfer` go with it; they cannot be used here afterwards.

        The preload has them as ``event.ports`` of ``ipcRenderer.on(channel, …)``, ports of the web that it may hand on to the
        page by ``window.postMessage(…, ports)``. Where nobody listens, or the window is closed, they are closed. Raises as
        `send`, and `UsageError` for a port that cannot be sent; nothing was sent then, and all ports are as before.
        """
        with Transfer(self._app.exchange, transfer) as ends:
            self._send(channel, (message,), ends)

    def _send(self, channel: str, args: tuple[Any, ...], ends: tuple[End, ...] = ()) -> None:
        document = self._document
        try:
            document.send(channel, args, ends)
        except JupyterWinError:
            if not document.closed or self._options.on_closed == "raise":
                raise
            self.count_dropped(channel)
            for end in ends:
                self._app.exchange.close(end)

    def invoke(self, channel: str, *args: Any, timeout: float = 30) -> Pending[Any]:
        """Call the page's handler (``kernel.handle``, ``ipcRenderer.handle``): its answer, or its error, or a deadline.

        `timeout` in seconds. A reload cancels the call, a closed window ends it in `WindowClosed`.
        """
        return self._document.invoke(channel, args, seconds("timeout", timeout))

    @property
    def types(self) -> TypesText:
        """The TypeScript of what the page has: a ``kernel.d.ts``, as text, of the exposed functions as they are now.

        Write it beside the page: ``Path("app/kernel.d.ts").write_text(win.types)``.
        """
        from jupyterwin.main.types.module import of_exposures

        return of_exposures(self.exposures)
