"""A storage partition in Qt: one off-the-record profile that all its windows share, with everything denied.

Sharing a profile still gives every window a renderer process of its own, because every window has its own origin.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from jupyterwin.host.engines.qt.page import Page
from jupyterwin.host.engines.qt.scheme import SchemeHandler
from jupyterwin.host.engines.qt.spare import Spare
from jupyterwin.host.guard import guarded
from jupyterwin.security.origins import SCHEME

_Attribute = QWebEngineSettings.WebAttribute

_SETTINGS = {
    _Attribute.LocalContentCanAccessRemoteUrls: False,
    _Attribute.LocalContentCanAccessFileUrls: False,
    _Attribute.JavascriptCanAccessClipboard: False,
    _Attribute.JavascriptCanPaste: False,
    _Attribute.PluginsEnabled: False,
    _Attribute.PdfViewerEnabled: False,
    _Attribute.AllowRunningInsecureContent: False,
    _Attribute.AllowGeolocationOnInsecureOrigins: False,
    _Attribute.DnsPrefetchEnabled: False,
    _Attribute.AllowWindowActivationFromJavaScript: False,
    _Attribute.WebRTCPublicInterfacesOnly: True,
    _Attribute.HyperlinkAuditingEnabled: False,
    _Attribute.ErrorPageEnabled: False,
    _Attribute.AutoLoadIconsForPage: False,
    _Attribute.LocalStorageEnabled: True,
    # On, because a page's request is then put to its window's policy, which refuses and tells. Off, nobody would hear of it.
    _Attribute.JavascriptCanOpenWindows: True,
    _Attribute.ScreenCaptureEnabled: True,
    _Attribute.NavigateOnDropEnabled: True,
    _Attribute.FullScreenSupportEnabled: True,
}


class Partition:
    """The profile, and the handler of its windows' scheme."""

    def __init__(self, storage: str = "") -> None:
        app = QApplication.instance()
        self.profile = QWebEngineProfile("partition", app) if storage else QWebEngineProfile(app)
        if storage:
            self.profile.setPersistentStoragePath(storage)
            self.profile.setCachePath(f"{storage}/cache")
        self.profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        for attribute, on in _SETTINGS.items():
            self.profile.settings().setAttribute(attribute, on)
        self.profile.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.AllowUnknownUrlSchemesFromUserInteraction
        )
        # In memory, because only what is stored can be taken back when a policy changes.
        self.profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.StoreInMemory)
        self.profile.downloadRequested.connect(self._download)
        self.handler = SchemeHandler(self.profile)
        self.spare = Spare(self.profile)
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.handler)

    @guarded
    def _download(self, download: QWebEngineDownloadRequest) -> None:
        page = download.page()
        if isinstance(page, Page) and page.downloads is not None:
            name = download.downloadFileName()
            if page.may("downloads", page.url(), name):
                if page.downloads.begin(download):
                    return
                page.refused.emit("downloads", page.url().toString(), f"{name}: too many at once")
        download.cancel()

    def end(self) -> None:
        """The host leaves: the profile goes, and stores what its pages left."""
        delete(self.profile)


class NoProfile:
    """What pywebview gets for a profile of its own: it takes every call and does nothing."""

    def __getattr__(self, name: str) -> Any:
        return NoProfile()

    def __call__(self, *_args: object, **_kwargs: object) -> NoProfile:
        return self
