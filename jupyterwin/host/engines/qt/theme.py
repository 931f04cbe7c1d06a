"""Light or dark, for all that Qt and its pages draw. It knows no window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import QWebEngineSettings

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from jupyterwin.wire.control import Theme

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}

_HARMLESS = QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled
"""A setting that is off, whose change is heard by every page, and matters to none for a moment."""


_TURN = 20
"""Milliseconds in which the engine has told its pages of the first change."""


def set_theme(theme: Theme, profile: QWebEngineProfile) -> None:
    """Be light or dark from now on."""
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[theme])
    _tell_pages(profile.settings())


def _tell_pages(settings: QWebEngineSettings) -> None:
    """The engine asks for the scheme when a page is loaded, or when its settings are others than they were."""
    settings.setAttribute(_HARMLESS, True)

    @guarded
    def back() -> None:
        settings.setAttribute(_HARMLESS, False)

    QTimer.singleShot(_TURN, back)  # changes of one turn of the loop are one
