"""Native: what the kernel does with the native window. Every method ends when the host has done it.

On a window that is closed each raises `WindowClosed` at once; `close` and `destroy` have nothing to do then.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import HostGone, WindowClosed
from jupyterwin.main.document import window_closed
from jupyterwin.main.pending import Pending
from jupyterwin.main.preventable import Preventable
from jupyterwin.main.window.life import Life
from jupyterwin.main.window.traits import bounds_of
from jupyterwin.wire import control

if TYPE_CHECKING:
    from jupyterwin.main.window.window import Window


class Native(Life):
    """The native window, from the kernel's side."""

    # -------------------------------------------------- seen

    def show(self) -> Pending[None]:
        """Show it, and give it the keyboard."""
        return self._set("show", visible=True)

    def show_inactive(self) -> Pending[None]:
        """Show it; the keyboard stays where it is."""
        self._check_open()
        self.set_silently("visible", value=True)
        return self._act("show_inactive")

    def hide(self) -> Pending[None]:
        """Hide it; the page lives on."""
        return self._set("hide", visible=False)

    def focus(self) -> Pending[None]:
        """Bring it to the front and give it the keyboard."""
        return self._act("focus")

    def blur(self) -> Pending[None]:
        """Take the keyboard away from it."""
        return self._act("blur")

    def move_top(self) -> Pending[None]:
        """Bring it to the front; the keyboard stays where it is."""
        return self._act("move_top")

    def flash(self, on: bool = True) -> Pending[None]:  # noqa: FBT001, FBT002 -- Electron's flashFrame(flag)
        """Ask for the person's attention, until the window gets the keyboard or `on` is False."""
        return self._act("flash" if on else "stop_flashing")

    # -------------------------------------------------- how large

    def minimize(self) -> Pending[None]:
        """Minimise it."""
        return self._set("minimize", mode="minimized")

    def maximize(self) -> Pending[None]:
        """Make it as large as its display has room for; show it, if it is hidden."""
        return self._set("maximize", mode="maximized")

    def unmaximize(self) -> Pending[None]:
        """Back to `normal_bounds`."""
        return self._set("unmaximize", mode="normal")

    def restore(self) -> Pending[None]:
        """What it was before it was minimised; one that is not minimised gets back to `normal_bounds`."""
        return self._act("restore")

    def set_full_screen(self, on: bool = True) -> Pending[None]:  # noqa: FBT001, FBT002 -- Electron's
        """All of its display without a frame, or back."""
        return self._set("set_full_screen", mode="fullscreen" if on else "normal")

    # -------------------------------------------------- where

    def set_bounds(
        self,
        bounds: dict[str, float] | None = None,
        *,
        x: float | None = None,
        y: float | None = None,
        width: float | None = None,
        height: float | None = None,
    ) -> Pending[None]:
        """Move and resize it: what is not given stays. Pixels; fractions are rounded. A maximised window is restored first.

        `bounds`: a dict with some of x, y, width, height, such as another window's ``bounds``.
        """
        sides = {"x": x, "y": y, "width": width, "height": height}
        given = bounds_of("bounds", {**(bounds or {}), **{k: v for k, v in sides.items() if v is not None}})
        self._check_open()
        self.set_silently("bounds", given)
        return self._tell("set_bounds", {"bounds": control.Bounds(**given)})

    def center(self) -> Pending[None]:
        """Move it to the middle of its display."""
        return self._act("center")

    def become(self, native: control.Native) -> Pending[None]:
        """Be like this: several things at once. What the native window makes of it, the traits follow."""
        return self._command("change", lambda number: control.SetWindow(number, self.id, native))

    # -------------------------------------------------- family

    @property
    def parent(self) -> Window | None:
        """The window that it stays above."""
        parent: Window | None = self._options.parent
        return parent

    @property
    def children(self) -> list[Window]:
        """The open windows that stay above it, and are closed with it."""
        return [window for window in self._app.windows if window.parent is self]

    # -------------------------------------------------- the end

    def close(self) -> Pending[None]:
        """Close it, as a click on its close button would. One that is closed already stays so.

        A listener of ``close`` may prevent it, and so may the page, by ``beforeunload``: ``win.next("closed")`` tells
        whether it came to that.
        """
        self._told_to_close = time.monotonic()
        if not self._emitter.heard("close"):
            return self._leave("close", force=False)
        pending: Pending[None] = Pending(f"close of window {self.name!r}")

        def decided(event: Preventable) -> None:
            if event.prevented:
                self._told_to_close = float("-inf")
                pending.settle(None)
            else:
                self._leave("close", force=False).pass_to(pending)

        self.ask_listeners("close", {}, decided)
        return pending

    def destroy(self) -> Pending[None]:
        """Close it without asking anybody."""
        self._told_to_close = float("inf")
        return self._leave("destroy", force=True)

    def _leave(self, what: str, *, force: bool) -> Pending[None]:
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

    def begin_modal(self) -> Pending[list[int]]:
        """A dialog of another process belongs to it: it takes no input. Its number at the display, and where it is."""
        return self._command("dialog", lambda number: control.BeginModal(number, self.id), lambda value, _: value)

    def end_modal(self) -> None:
        """That dialog is closed."""
        if not self._ended:
            self._link.tell(control.EndModal(0, self.id))

    # --------------------------------------------------

    def _check_open(self) -> None:
        if self._ended:
            raise window_closed(self.name)

    def _set(self, what: str, **trait: Any) -> Pending[None]:
        """Set one trait; the native window is told also when the trait was so already."""
        self._check_open()
        for name, value in trait.items():
            self.set_silently(name, value)
        return self._tell(what, trait)

    def _tell(self, what: str, changes: dict[str, Any]) -> Pending[None]:
        native = control.Native(**changes)
        return self._command(what, lambda number: control.SetWindow(number, self.id, native))

    def _act(self, action: control.Action) -> Pending[None]:
        self._check_open()
        return self._command(action, lambda number: control.ActOnWindow(number, self.id, action))
