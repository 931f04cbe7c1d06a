"""A storage partition in Qt: one profile, in memory or in a folder, that all its windows share, with everything denied.

Sharing a profile still gives every window a renderer process of its own, because every window has its own origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtNetwork import QNetworkProxyFactory
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from jupyterwin.host.engines.qt.page import Page
from jupyterwin.host.engines.qt.scheme import SchemeHandler
from jupyterwin.host.engines.qt.spare import Spare
from jupyterwin.host.guard import guarded
from jupyterwin.security.origins import SCHEME

if TYPE_CHECKING:
    from jupyterwin.host.engines import Ground

_Attribute = QWebEngineSettings.WebAttribute
_NAME = "jupyterwin"

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
    _Attribute.WebGLEnabled: False,  # a page whose policy has it, has it (`Denials.obey`)
    # On, because a page's request is then put to its window's policy, which refuses and tells. Off, nobody would hear of it.
    _Attribute.JavascriptCanOpenWindows: True,
    _Attribute.ScreenCaptureEnabled: True,
    _Attribute.NavigateOnDropEnabled: True,
    _Attribute.FullScreenSupportEnabled: True,
}


class Partition:
    """The profile, and the handler of its windows' scheme."""

    def __init__(self, ground: Ground) -> None:
        # Qt's own way to name a proxy leaves loopbacks out: the engine takes it from its switches (`flags.add_proxy`).
        QNetworkProxyFactory.setUseSystemConfiguration(True)
        self.profile = _profile(ground.storage)
        self.profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        for attribute, on in _SETTINGS.items():
            self.profile.settings().setAttribute(attribute, on)
        # To a window a plain http: origin is insecure content; which of them it may reach is said by name.
        plain = any(origin.startswith(("http:", "ws:")) for origin in ground.network)
        self.profile.settings().setAttribute(_Attribute.AllowRunningInsecureContent, plain)
        self.profile.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.AllowUnknownUrlSchemesFromUserInteraction
        )
        # In memory, because only what is stored can be taken back when a policy changes.
        self.profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.StoreInMemory)
        self.profile.downloadRequested.connect(self._download)
        self.handler = SchemeHandler(self.profile)
        self.spare = Spare(self.profile)
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.handler)

    def close(self) -> None:
        """End the engine in order, so that what its pages stored is on the disk: it keeps the last of it back for seconds."""
        for widget in QApplication.allWidgets():
            if isValid(widget) and isinstance(widget, QWebEngineView):
                delete(widget.page())
        delete(self.profile)
        QApplication.shutdown(QApplication.instance())  # type: ignore[arg-type]  # the stub has it of the class alone

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


def _profile(storage: str) -> QWebEngineProfile:
    """In memory, or in this folder."""
    if not storage:
        return QWebEngineProfile(QApplication.instance())
    profile = QWebEngineProfile(_NAME, QApplication.instance())
    profile.setPersistentStoragePath(storage)
    profile.setCachePath(storage)
    return profile


class NoProfile:
    """What pywebview gets for a profile of its own: it takes every call and does nothing."""

    def __getattr__(self, name: str) -> Any:
        return NoProfile()

    def __call__(self, *_args: object, **_kwargs: object) -> NoProfile:
        return self
