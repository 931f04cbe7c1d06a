"""QtWebEngine through pywebview and PySide6: the engine on Linux."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyterwin.host.engines import Engine, Ground


def create(ground: Ground) -> Engine:
    """Set the engine up in this process; no window yet."""
    from jupyterwin.host.engines.qt.app import QtEngine

    return QtEngine(ground)
