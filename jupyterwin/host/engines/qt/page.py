"""Our page in Qt: its channel in the isolated world, its scripts, its loads. It knows Qt's page, and no frame."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from jupyterwin.host.engines.qt.channel import Endpoint, make_channel
from jupyterwin.host.engines.qt.denials import BLANK, Denials
from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from jupyterwin.host.engines import Script, World
    from jupyterwin.host.engines.qt.downloads import QtDownloads

WORLDS: dict[World, int] = {"page": 0, "preload": 1}

_Kind = QWebEnginePage.NavigationType
_OF_THE_PAGE = (_Kind.NavigationTypeLinkClicked, _Kind.NavigationTypeFormSubmitted, _Kind.NavigationTypeOther)


class Page(Denials):
    """A page with a channel in the isolated world and nothing in its own."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self._posted: Callable[[str], None] | None = None
        self._read: Callable[[], None] | None = None
        self._may_go: Callable[[str], bool | None] | None = None
        self.forgets = False
        """The kernel has loaded something else: there is no way back to what was shown before."""
        self.downloads: QtDownloads | None = None
        """Who takes what it downloads; a spare has nobody."""
        self.waits = False
        """It is on its way to the empty page at which a spare waits."""
        self._given: Sequence[Script] = ()
        self._dressed = True
        """Whether its scripts are those of the window's own documents."""
        self._next: tuple[QUrl, Sequence[Script]] | None = None
        self.endpoint = Endpoint(self, self._arrived, self._is_read)
        self._channel = make_channel(self, self.endpoint)
        self.setWebChannel(self._channel, WORLDS["preload"])

    @property
    def is_mute(self) -> bool:
        """Whether its documents have no script that could tell anything."""
        return not self._given

    def adopt(
        self,
        origin: str,
        background: QColor,
        posted: Callable[[str], None],
        read: Callable[[], None],
        may_go: Callable[[str], bool],
    ) -> None:
        """The page becomes a window's. `may_go`: whether the page may go where it wants to, and the policy lets it."""
        self.origin = origin
        self._posted, self._read = posted, read
        self._may_go = guarded(may_go)
        self.setBackgroundColor(background)

    def acceptNavigationRequest(self, url: QUrl | str, kind: object, is_main_frame: bool) -> bool:  # noqa: FBT001
        if not super().acceptNavigationRequest(url, kind, is_main_frame):
            return False
        if is_main_frame and self.origin and self.is_own(QUrl(url)) != self._dressed:
            # Not from in here: the engine does not live to see its scripts changed in the middle of a navigation.
            QTimer.singleShot(0, lambda: self._change_and_go(QUrl(url)))
            return False
        if not is_main_frame or self.replaced or kind not in _OF_THE_PAGE or self._may_go is None:
            return True
        return bool(self._may_go(QUrl(url).toString()))

    def wait_at_blank(self) -> None:
        """As a spare: start the renderer and paint an empty document."""
        # What it has painted is what its window shows until the renderer paints again, which may take a while.
        self.setBackgroundColor(QColor(Qt.GlobalColor.transparent))
        self.waits = True
        self.loadFinished.connect(self._blank)
        self.load(QUrl(BLANK))

    def show_address(self, url: QUrl, scripts: Sequence[Script]) -> None:
        """Load a document, born with these scripts.

        A spare that is not yet at rest finishes first: a load on top would swap its process, and scripts installed
        now would run in the empty document.
        """
        if self.waits:
            self._next = url, scripts
        else:
            self.endpoint.load = max(self.endpoint.load + 1, int(time.time()))
            self._install(scripts)
            self.replaced = self.forgets = True
            self.load(url)

    def follow(self, url: QUrl) -> None:
        """Go where the page wanted to go; it was asked whether it would rather stay."""
        self.replaced = True
        self.load(url)

    @guarded
    def _blank(self, _: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self.loadFinished.disconnect(self._blank)
        self.waits = False
        if self._next is not None:
            self.show_address(*self._next)

    @guarded
    def _change_and_go(self, url: QUrl) -> None:
        """What the kernel gave the window is for its own documents: one of another origin is born without any script."""
        if self.is_own(url):
            self._install(self._given)
        else:
            collection = self.scripts()
            collection.clear()
            # An empty one: a page whose scripts are all taken away while it lives ends the process (PySide6 6.11).
            collection.insert(_script("nothing", "", WORLDS["preload"]))
            self._dressed = False
        self.load(url)

    def _install(self, scripts: Sequence[Script]) -> None:
        """These scripts run at the creation of each document from now on, the channel's client first."""
        self._given, self._dressed = scripts, True
        collection = self.scripts()
        collection.clear()
        words = f"jupyterwinSignal={self.endpoint.signal};jupyterwinLoad={self.endpoint.load}"
        collection.insert(_script("jupyterwin-channel", words, WORLDS["preload"]))
        for script in scripts:
            collection.insert(_script(script.name, script.source, WORLDS[script.world]))

    def _arrived(self, text: str) -> None:
        if self._posted is not None:
            self._posted(text)

    def _is_read(self) -> None:
        if self._read is not None:
            self._read()


def _script(name: str, source: str, world: int) -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName(name)
    script.setSourceCode(source)
    script.setWorldId(world)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setRunsOnSubFrames(False)
    return script
