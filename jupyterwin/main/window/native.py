"""Native: what the kernel does with the native window: show, hide, focus, close."""

from __future__ import annotations

import time
from typing import Any

from jupyterwin.errors import HostGone, WindowClosed
from jupyterwin.main.pending import Pending
from jupyterwin.main.window.life import Life
from jupyterwin.wire import control


class Native(Life):
    """The native window, from the kernel's side."""

    def show(self) -> None:
        """Show it."""
        self.visible = True

    def hide(self) -> None:
        """Hide it; the page lives on."""
        self.visible = False

    def focus(self) -> Pending[None]:
        """Bring it to the front and give it the keyboard."""
        return self._command("focus", lambda number: control.ActOnWindow(number, self.id, "focus"))

    def close(self) -> Pending[None]:
        """Close it, as a click on its close button would. One that is closed already stays so."""
        return self._leave("close", force=False)

    def destroy(self) -> Pending[None]:
        """Close it without asking the page."""
        return self._leave("destroy", force=True)

    def _leave(self, what: str, *, force: bool) -> Pending[None]:
        self._told_to_close = float("inf") if force else time.monotonic()
        pending: Pending[None] = Pending(f"{what} of window {self.name!r}")
        told = self._command(what, lambda number: control.CloseWindow(number, self.id, force=force))

        def done(reply: Pending[Any]) -> None:
            error = reply.exception(0)
            if error is None or isinstance(error, WindowClosed | HostGone):
                pending.settle(None)
            else:
                pending.fail(error)

        told.add_done_callback(done)
        return pending

    # -------------------------------------------------- for dialogs

    def begin_modal(self) -> Pending[int]:
        """A dialog of another process belongs to it: it takes no input. Its number at the display."""
        return self._command("dialog", lambda number: control.BeginModal(number, self.id), lambda value, _: value)

    def end_modal(self) -> None:
        """That dialog is closed."""
        if not self._ended:
            self._link.tell(control.EndModal(0, self.id))
