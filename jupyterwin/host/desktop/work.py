"""Which function does which request, inside one Qt application without a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from jupyterwin.host.desktop import clipboard, dialogs
from jupyterwin.wire import desktop as wire

if TYPE_CHECKING:
    from collections.abc import Callable

_METHODS: dict[type, Callable[[Any, Callable[[object], None]], None]] = {
    wire.FileDialog: dialogs.choose_files,
    wire.MessageBox: dialogs.ask,
    wire.ReadClipboard: clipboard.read,
    wire.WriteClipboard: clipboard.write,
}


def do(request: wire.Request, connected: Callable[[], None], answer: Callable[[object], None]) -> None:
    """Return when the request is done and its answer given; `connected` is called when the screen has answered."""
    application = QApplication(["jupyterwin"])
    connected()
    application.setApplicationDisplayName("")  # or every title would end in the program's name
    application.setQuitOnLastWindowClosed(False)
    _METHODS[type(request)](request, answer)
