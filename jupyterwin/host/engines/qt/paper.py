"""A page printed into a PDF, in Qt. It knows Qt's page, and no frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QByteArray
    from PySide6.QtWebEngineCore import QWebEnginePage

    from jupyterwin.host.engines import Paper


def print_page(page: QWebEnginePage, paper: Paper, done: Callable[[bytes], None]) -> None:
    """Print; `done` gets the PDF, or nothing at all if the renderer ends first."""
    size = QPageSize(getattr(QPageSize.PageSizeId, paper.size))
    way = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(*paper.margins), QPageLayout.Unit.Millimeter)

    @guarded
    def printed(pdf: QByteArray) -> None:
        done(bytes(pdf.data()))

    page.printToPdf(printed, layout)
