"""Preloading: the preload scripts of one window, from load to load, and what is told when one of them fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.errors import JupyterWinError, PeerError
from jupyterwin.main import preloads
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.notices import notices
from jupyterwin.main.stamps import Stamps
from jupyterwin.wire.records import to_exception

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jupyterwin.main.document import Document
    from jupyterwin.main.window.life import Life
    from jupyterwin.wire.control import Preload
    from jupyterwin.wire.frames import Fault

MOST = 100
"""Faults of one document that are told; a script that fails in a loop says nothing new after that."""
_FLOOD = 10_000


class Preloading:
    """Reads the scripts for each load of its window. A script that fails leaves the page, and the others, as they are."""

    def __init__(self, window: Life, everywhere: preloads.PreloadScripts) -> None:
        self._window = window
        self._everywhere = everywhere
        self._loaded = preloads.Loaded()
        self.stamps = Stamps()

    def read(self, own: Iterable[Path]) -> list[Preload]:
        """The scripts of all windows and the window's own as they are now, for the document that is about to begin."""
        paths = [*(script.path for script in self._everywhere.list()), *own]
        self.stamps = Stamps()
        for path in paths:
            self.stamps.note(path)
        self._loaded = preloads.load(paths)
        return self._loaded.scripts

    def connected(self) -> None:
        """A document is there: tell what it was born without."""
        problems, self._loaded.problems = self._loaded.problems, []
        for path, problem in problems:
            self._tell(path, str(problem), problem, 0)

    def failed(self, fault: Fault, document: Document) -> list[Job]:
        """A script of this document failed; as jobs, that it is told. Raises `PeerError` for more than any script does."""
        document.faults += 1
        if document.faults > _FLOOD:
            msg = f"more than {_FLOOD} faults of preload scripts"
            raise PeerError(msg)
        if document.faults > MOST:
            return []
        return [Job(lambda: self._fault(fault), (self._window.id, "events"))]

    def _fault(self, fault: Fault) -> None:
        error = to_exception(fault.error)
        self._tell(self._loaded.files.get(fault.file, fault.file), str(error), error, fault.line)

    def _tell(self, file: Path | str, message: str, error: JupyterWinError, line: int) -> None:
        window = self._window
        entry = window.log.add("error", f"a preload failed: {message}", str(file), line)
        place = f"{entry.source}:{line}: " if line else ""
        notices.tell(f"window {window.name!r}: {place}{entry.message}", window.context)
        window.emit("preload-error", entry.source, error)
