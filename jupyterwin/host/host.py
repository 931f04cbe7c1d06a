"""The host: its windows, and which message is for which of them. It knows the engine only by its protocol."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jupyterwin.host import memory
from jupyterwin.host.control import Control
from jupyterwin.host.files import Files
from jupyterwin.host.pulse import Heart
from jupyterwin.host.window import HostWindow
from jupyterwin.wire.control import HOST_COMM, Closed, Displays, Failed, Ready
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.host.documents import Document
    from jupyterwin.host.engines import Engine
    from jupyterwin.host.link import Link
    from jupyterwin.security.sandbox import Level
    from jupyterwin.wire.control import CreateWindow, Display
    from jupyterwin.wire.messages import Message


class Host:
    """All windows of one kernel in one profile."""

    def __init__(
        self, engine: Engine, link: Link, *, min_sandbox: Level, network: Sequence[str] = (), alone: bool = True
    ) -> None:
        self.engine = engine
        self.link = link
        self.min_sandbox = min_sandbox
        self.network = network
        """Origins that its pages may reach."""
        self._alone = alone
        """The process is this host's: its memory is given back when a window is closed."""
        self.windows: dict[str, HostWindow] = {}
        self.documents: dict[str, Document] = {}
        """By comm_id: only documents that are connected now."""
        self.files = Files(link.report)
        self._control = Control(self)
        self._heart = Heart(engine, lambda: [(one.pulse, one.native, one.seen) for one in self.windows.values()])

    def start(self) -> None:
        """Say that the host is up."""
        about = self.engine.about()
        self.engine.watch_displays(self.displays_changed)
        self.link.report(
            Ready(
                os.getpid(),
                about.engine,
                about.engine_version,
                about.webview_version,
                about.platform,
                list(about.displays),
            )
        )

    def displays_changed(self, displays: list[Display]) -> None:
        """The desktop has other displays now. Windows that were on one that is gone come to where they can be seen."""
        self.link.report(Displays(displays))
        for window in self.windows.values():
            window.gather(displays)

    def deliver(self, message: Message) -> None:
        """Hand a message of the kernel to the control comm or to a document."""
        if message.comm_id == HOST_COMM:
            self._control.execute(message)
        elif document := self.documents.get(message.comm_id):
            document.from_kernel(message)
        # else: it was meant for a document that is gone

    def create(self, command: CreateWindow) -> None:
        self.windows[command.window] = HostWindow(self, command)
        self._heart.start()

    def window_closed(self, window: str) -> None:
        """A native window is gone: forget it, tell the kernel, give its memory back."""
        self.windows.pop(window, None)
        for child in [one for one in self.windows.values() if one.parent == window]:
            child.native.close(force=True)
        self._control.window_closed(window)
        self.link.report(Closed(window))
        if self._alone:
            self.engine.later(memory.TRIM_DELAY, memory.trim)

    def fail(self, code: str, message: str) -> None:
        """The host cannot do here what was asked of it: say so and end."""
        self.link.report(Failed(ErrorRecord(code, message)))
        self.leave()

    def leave(self) -> None:
        """End the host: the kernel is gone, or asked for it."""
        self.engine.quit()
