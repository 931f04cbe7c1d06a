"""Downloads: what a window's page downloads, from the kernel's side: told, followed, fetched from the host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterwin.main.downloads import DownloadItem
from jupyterwin.main.preventable import Preventable
from jupyterwin.main.window.life import Life
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.app import App
    from jupyterwin.main.pending import Pending

MOST = 16
"""Downloads of one window that may be under way; its host takes fewer."""


class Downloads(Life):
    """The downloads of a window."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._downloads: dict[int, DownloadItem] = {}

    def download_started(self, event: control.DownloadStarted) -> None:
        """The page downloads something: the event ``will-download``; it goes on meanwhile, in the host."""
        if not self.permitted.any_for("downloads") or len(self._downloads) >= MOST:
            # The host has let it pass, or does not do what it was told: nothing of it comes to the disk.
            self.act_on_download(event.download, "cancel")
            self.act_on_download(event.download, "forget")
            return
        folder = Path(self._options.download_folder or Path.cwd())
        item = self._downloads[event.download] = DownloadItem(self, event, folder)
        item.done.add_done_callback(lambda _: self._download_done(event.download, item))
        wish = Preventable("will-download", self, {"item": item})
        self.emit("will-download", wish, item)
        self._run_listener(lambda: item.cancel() if wish.prevented else None)

    def download_changed(self, event: control.DownloadChanged) -> None:
        """How far it is. What listeners of ``will-download`` say comes first."""
        item = self._downloads.get(event.download)
        if item is not None:
            self.run_listener(lambda: item.changed(event))

    def _download_done(self, number: int, item: DownloadItem) -> None:
        self._downloads.pop(number, None)
        error = item.done.exception(0)
        if error is None:
            self.log.add("info", f"downloaded {item.filename!r} to {item.save_path}", "jupyterwin")
        else:
            self.log.add("warning", f"{item.filename!r} was not downloaded: {error}", "jupyterwin")

    def ended(self, error: Exception) -> None:
        """The window is gone, and what was on its way with it."""
        super().ended(error)
        self._lose_downloads(error)

    def lose_document(self, error: Exception) -> None:
        """The host is gone, and what was on its way with it."""
        super().lose_document(error)
        self._lose_downloads(error)

    def _lose_downloads(self, error: Exception) -> None:
        for item in list(self._downloads.values()):
            item.lost("interrupted", str(error))

    # -------------------------------------------------- for the items

    def act_on_download(self, download: int, action: Any) -> None:
        """Tell the host what to do with one."""
        if not self._ended:
            self._link.tell(control.ActOnDownload(0, self.id, download, action))

    def read_download(self, download: int, offset: int) -> Pending[bytes]:
        """A piece of one that is complete, at this offset; empty at its end."""
        make = lambda number: control.ReadDownload(number, self.id, download, offset)  # noqa: E731 -- one line
        return self._command("download", make, lambda _, buffers: bytes(buffers[0]))

    def run_listener(self, run: Callable[[], None]) -> None:
        """Run on a worker, after the listeners that were called before."""
        self._run_listener(run)
