"""DownloadItem: one download of a page, as Python follows it and decides where it goes. It knows no window, but a few calls."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jupyterwin.errors import Broken, Cancelled, UsageError
from jupyterwin.main.downloads import names
from jupyterwin.main.emitter import Emitter
from jupyterwin.main.pending import Pending

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.control import DownloadChanged, DownloadStarted

_PATIENCE = 60.0
"""Seconds that the host may take for one piece."""


class Source(Protocol):
    """What an item needs of its window."""

    def act_on_download(self, download: int, action: str) -> None: ...
    def read_download(self, download: int, offset: int) -> Pending[bytes]: ...
    def run_listener(self, run: Callable[[], None]) -> None: ...
    def report(self, what: str, error: BaseException, context: Any) -> None: ...


class DownloadItem:
    """One download. ``save_path`` may be set until it is complete: exactly that file is written then, a folder that is not
    there is an error. Without it: the window's ``download_folder``, else the working directory, under the page's name made
    harmless; a file that is there is never overwritten, the new one is called “name (1)”.

    ``done`` is a `Pending` of the path that was written. Events: ``updated`` (item), ``done`` (item).
    """

    def __init__(self, source: Source, started: DownloadStarted, folder: Path) -> None:
        self._source = source
        self._number = started.download
        self._folder = folder
        self._save_path: Path | None = None
        self._saving = threading.Lock()
        self._fetching = False
        self._cancelled = False
        self.filename = names.harmless(started.filename)
        self.url = started.url
        self.mime_type = started.mime
        self.total_bytes: int | None = started.total if started.total >= 0 else None
        self.received_bytes = 0
        self.paused = False
        self.state = "progressing"
        """``progressing``, ``completed``, ``cancelled`` or ``interrupted``."""
        self.done: Pending[Path] = Pending(f"download of {self.filename}", on_cancel=self.cancel)
        self._emitter = Emitter(("updated", "done"), source.run_listener, source.report)

    @property
    def save_path(self) -> Path | None:
        """Where it is, or will be, written; None while the default decides."""
        return self._save_path

    @save_path.setter
    def save_path(self, path: str | Path) -> None:
        if not isinstance(path, str | Path):
            msg = f"save_path: a path is needed, got {path!r}"
            raise UsageError(msg)
        if self.state != "progressing":
            msg = f"save_path: {self.filename!r} is {self.state} already; set it in a listener of 'will-download'"
            raise UsageError(msg)
        self._save_path = Path(path).expanduser().absolute()

    def cancel(self) -> None:
        """End it; what has arrived is dropped."""
        self._cancelled = True  # one that is being written ends in its own thread, its file gone first
        if self.state == "progressing" and not self._fetching:
            self._source.act_on_download(self._number, "cancel")
            self._end("cancelled", self._cancellation())

    def pause(self) -> None:
        """Stop for now, where the engine can."""
        self._source.act_on_download(self._number, "pause")

    def resume(self) -> None:
        """Go on."""
        self._source.act_on_download(self._number, "resume")

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` with the item at each ``updated``, or at ``done``. Returns the disposer."""
        return self._emitter.on(event, fn)

    def __repr__(self) -> str:
        return f"<DownloadItem {self.filename!r} {self.state} {self.received_bytes} of {self.total_bytes or '?'} bytes>"

    # -------------------------------------------------- for the window

    def changed(self, event: DownloadChanged) -> None:
        """How far it is."""
        if self.state != "progressing" or self._fetching:
            return
        self.received_bytes, self.paused = event.received, event.paused
        self.total_bytes = event.total if event.total >= 0 else None
        self._emitter.emit("updated", self)
        if event.state == "completed":
            self._fetching = True
            threading.Thread(target=self._save, name="jupyterwin-download", daemon=True).start()
        elif event.state != "progressing":
            self.lost(event.state, event.reason)

    def lost(self, state: str, reason: str) -> None:
        """It does not arrive. One that is being written hears of it by itself."""
        if self._fetching:
            return
        error = Cancelled if state == "cancelled" else Broken
        self._end(state, error(f"the download of {self.filename} was {state}{f': {reason}' if reason else ''}"))

    def _cancellation(self) -> Cancelled:
        return Cancelled(f"the download of {self.filename} was cancelled")

    def _save(self) -> None:
        path: Path | None = None
        try:
            path, file = (
                names.create(self._folder / self.filename) if self._save_path is None else names.take(self._save_path)
            )
            with file:
                offset = 0
                while piece := self._source.read_download(self._number, offset).result(_PATIENCE):
                    if self._cancelled:
                        raise self._cancellation()
                    file.write(piece)
                    offset += len(piece)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the download ends in it
            if path is not None:
                path.unlink(missing_ok=True)
            self._end("cancelled" if self._cancelled else "interrupted", problem)
        else:
            self._save_path = path
            self._end("completed", path)
        self._source.act_on_download(self._number, "forget")

    def _end(self, state: str, outcome: Exception | Path) -> None:
        with self._saving:
            if self.state != "progressing":
                return
            self.state = state
        if isinstance(outcome, Path):
            self.done.settle(outcome)
        elif self.done.fail(outcome):
            self.done.exception(0)  # it is told by its event, and in the window's log
        self._emitter.emit("done", self)
