"""One window: its native window, and its contents. It knows the engine by its protocol, the kernel as a stream of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from jupyterwin.errors import UsageError
from jupyterwin.host import placing
from jupyterwin.host.contents import HostContents
from jupyterwin.host.pulse import Pulse
from jupyterwin.security.policy import Policy
from jupyterwin.wire.control import Bounds, Changed, Happened, Insets, MenuClicked, Mode, Native

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.host.engines import GoneReason, LoadProblem, Window
    from jupyterwin.host.host import Host
    from jupyterwin.wire.control import CreateWindow, Display, DownloadChanged, DownloadStarted


PATIENCE = 5.0
"""Seconds after which a second click on the close button closes, whether the kernel has answered the first or not."""


class HostWindow(HostContents):
    """A window of the kernel's: it listens to its native window."""

    def __init__(self, host: Host, command: CreateWindow) -> None:
        super().__init__(host, command)
        self.pulse = Pulse(self.happened)
        self._visible = False
        self._mode: Mode = "normal"
        self._bounds, self._insets = Bounds(), Insets()
        self.debug = command.debug
        self.parent = command.native.parent
        self._unseen = command.native.visible is False
        """It has not been shown yet."""
        self.native = host.engine.open(
            command.origin, command.native, self, parent=self._parent_of(command.native), debug=command.debug
        )
        self.obey(Policy.of_plain(command.allow))
        self.load(command)

    def _parent_of(self, native: Native) -> Window | None:
        if native.parent is None:
            return None
        if native.parent not in self._host.windows:
            raise UsageError("parent: that window is closed, or of another profile")
        return self._host.windows[native.parent].native

    # ------------------------------------------------------------ the native window tells

    def loaded(self, url: str, problem: LoadProblem | None) -> None:
        super().loaded(url, problem)
        if self._unseen and problem is None:
            self._unseen = False
            self.happened("ready-to-show")

    @property
    def seen(self) -> bool:
        """Whether a person can see it."""
        return self._visible and self._mode != "minimized"

    def changed(self, native: Native) -> None:
        self._visible = self._visible if native.visible is None else native.visible
        self._mode = native.mode or self._mode
        self._bounds = native.bounds or self._bounds
        self._insets = native.insets or self._insets
        self._unseen = self._unseen and not native.visible
        self._host.link.report(Changed(self.id, native))

    def gather(self, displays: Sequence[Display]) -> None:
        """Be where it can be seen. What fills a display is the window manager's to move."""
        if self._mode != "normal" or self._bounds.x is None:
            return
        outer = placing.gathered(placing.with_frame(self._bounds, self._insets), displays)
        if outer is not None:
            self.native.change(Native(bounds=placing.without_frame(outer, self._insets)))

    def chosen(self, item: int, *, checked: bool) -> None:
        self._host.link.report(MenuClicked(self.id, item, checked))

    def downloads(self, event: DownloadStarted | DownloadChanged) -> None:
        self._host.link.report(structs.replace(event, window=self.id))

    def happened(self, event: str, *details: Any) -> None:
        self._host.link.report(Happened(self.id, event, list(details)))

    def gone(self, reason: GoneReason, exit_code: int) -> None:
        self.pulse.ended()
        super().gone(reason, exit_code)

    def closing(self) -> None:
        if self.questions.waits("close") > PATIENCE:
            self.native.close(force=False)  # the person has asked again, and the kernel is silent
        else:
            self.questions.ask("close", {}, lambda: self.native.close(force=False))

    def titled(self, title: str) -> None:
        self.questions.ask("page-title-updated", {"title": title}, lambda: self.native.change(Native(title=title)))

    def closed(self) -> None:
        self.leave()
        self._host.window_closed(self.id)
