"""What a web page asks of the desktop: each request is put to the window's policy, and what is refused is told.

It knows Qt's page and the table of switches, and no frame. `Page` is built on it. Dialogs of pages never open: a modal one
would stop the loop for every window.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEnginePermission, QWebEngineSettings

from jupyterwin.host.guard import guarded
from jupyterwin.security.origins import SCHEME, origin_of
from jupyterwin.security.policy import NOTHING, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtWebEngineCore import (
        QWebEngineCertificateError,
        QWebEngineDesktopMediaRequest,
        QWebEngineFileSystemAccessRequest,
        QWebEngineFullScreenRequest,
        QWebEngineNewWindowRequest,
        QWebEngineProfile,
        QWebEngineRegisterProtocolHandlerRequest,
        QWebEngineWebAuthUxRequest,
    )

    from jupyterwin.host.engines import Level
    from jupyterwin.host.engines.qt.drops import Drops

_LEVELS: dict[QWebEnginePage.JavaScriptConsoleMessageLevel, Level] = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: "info",
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: "warning",
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: "error",
}

_Permission = QWebEnginePermission.PermissionType
_PERMISSIONS: Mapping[QWebEnginePermission.PermissionType, tuple[str, ...]] = {
    _Permission.Geolocation: ("geolocation",),
    _Permission.MediaVideoCapture: ("camera",),
    _Permission.MediaAudioCapture: ("microphone",),
    _Permission.MediaAudioVideoCapture: ("camera", "microphone"),
    _Permission.DesktopVideoCapture: ("screen_capture",),
    _Permission.DesktopAudioVideoCapture: ("screen_capture",),
    _Permission.Notifications: ("notifications",),
    _Permission.ClipboardReadWrite: ("clipboard",),
    _Permission.MouseLock: ("pointer_lock",),
    _Permission.LocalFontsAccess: ("local_fonts",),
}

_REFUSED_BY_ENGINE: Mapping[str, str] = {
    "Not allowed to load local resource: ": "file_urls",
    "Permissions policy violation: ": "devices",
}
"""What the engine itself refuses a page and tells nobody but its console: how that line begins, and whose switch it is."""

_REFUSED_BY_POLICY = re.compile(
    r"'((?:https?|wss?)://[^']+)'.* violates the following Content Security Policy directive"
)
"""The same, for an address that the page's content security policy does not name."""

_POPUPS = 20
"""So many refused without the person doing anything, and the engine refuses the rest by itself: each costs the host time."""

BLANK = "about:blank"
_IN_FRAMES = {BLANK, "about:srcdoc"}
_USERSCRIPT = "userscript:"

_BEFORE_UNLOAD = "Are you sure you want to leave this page? Changes that you made may not be saved."
"""Qt asks a page's beforeunload question as a confirm() with this text, in its own translation."""


class Denials(QWebEnginePage):
    """A page that may do what its policy says, at first nothing."""

    said = Signal(str, str, str, int)
    """A console line: level, message, source, line."""

    refused = Signal(str, str, str)
    """Something was refused: switch, address, detail."""

    linked = Signal(str)
    """A link that the policy lets the person open outside."""

    opened = Signal(str)
    """An address that the policy lets the page open in a window of its own."""

    filled = Signal(bool)
    """The page wants to fill the screen, or no longer, and may."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self.origin = ""
        """The origin that is the window's own; empty while it is a spare at about:blank."""
        self.policy: Policy = NOTHING
        self.replaced = False
        """The kernel loads something else here: the page is not asked whether it would rather stay."""
        self.drops: Drops | None = None
        """Who knows what the person drops on it; a spare has nobody."""
        self._dropped = ""
        self._popups = 0
        self.loadStarted.connect(self._began)
        self.permissionRequested.connect(self._permission)
        self.desktopMediaRequested.connect(self._screen)
        self.fullScreenRequested.connect(self._full_screen)
        self.registerProtocolHandlerRequested.connect(self._protocol)
        self.certificateError.connect(self._certificate)
        self.newWindowRequested.connect(self._popup)
        self.fileSystemAccessRequested.connect(self._files)
        self.webAuthUxRequested.connect(self._key)
        self.selectClientCertificate.connect(self._client_certificate)
        self.authenticationRequired.connect(self._password)

    @guarded
    def _began(self) -> None:
        self.replaced = False

    def obey(self, policy: Policy) -> None:
        """Ask this policy from now on. What the engine remembers of an earlier one is forgotten."""
        self.policy = policy
        own = QUrl(f"{SCHEME}://{self.origin}")
        for kind in _PERMISSIONS:
            self.profile().queryPermission(own, kind).reset()
        self._let_draw(self.url())

    def _let_draw(self, url: QUrl) -> None:
        """WebGL is a setting of the page, which the engine asks nobody about: on while a document is there that may."""
        own = self.url().isEmpty() or self.url().toString() == BLANK
        may = self.policy.allows("webgl", f"{SCHEME}://{self.origin}" if own else url.toString(), self.origin)
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.WebGLEnabled, may)

    def is_own(self, url: QUrl) -> bool:
        """Whether it is of the window's own origin."""
        return url.scheme() == SCHEME and url.host() == self.origin

    def may(self, switch: str, url: QUrl | str, detail: str = "") -> bool:
        """Whether the policy allows it; what it does not is told."""
        address = url if isinstance(url, str) else url.toString()
        if self.policy.allows(switch, address, self.origin):
            return True
        self.refused.emit(switch, address, detail)
        return False

    # ------------------------------------------------------------ what the engine asks about

    @guarded
    def _permission(self, permission: QWebEnginePermission) -> None:
        kind = permission.permissionType()
        # All are asked, so that each refusal is told.
        answers = {one: self.may(one, permission.origin()) for one in _PERMISSIONS.get(kind, ("devices",))}
        if all(answers.values()):
            permission.grant()
        else:
            permission.deny()
            permission.reset()  # the next time is asked and told again

    @guarded
    def _screen(self, request: QWebEngineDesktopMediaRequest) -> None:
        screens = request.screensModel()
        if self.may("screen_capture", self.url()) and screens.rowCount():
            request.selectScreen(screens.index(0))
        else:
            request.cancel()

    @guarded
    def _full_screen(self, request: QWebEngineFullScreenRequest) -> None:
        # A page whose request is rejected waits for ever: it gets what it wants for a moment, in a window that stays as it is.
        request.accept()
        if not request.toggleOn() or self.may("fullscreen", request.origin()):
            self.filled.emit(request.toggleOn())
        else:
            self.triggerAction(QWebEnginePage.WebAction.ExitFullScreen)

    @guarded
    def _protocol(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        self.may("protocol_handlers", request.origin(), request.scheme())
        request.reject()

    @guarded
    def _certificate(self, problem: QWebEngineCertificateError) -> None:
        if self.may("certificates", problem.url(), problem.description()):
            problem.acceptCertificate()
        else:
            problem.rejectCertificate()

    @guarded
    def _files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        self.may("file_chooser", request.origin())
        request.reject()

    @guarded
    def _key(self, request: QWebEngineWebAuthUxRequest) -> None:
        self.may("credentials", self.url(), "a security key")
        request.cancel()

    @guarded
    def _client_certificate(self, selection: object) -> None:
        self.may("credentials", self.url(), "a client certificate")
        selection.selectNone()  # type: ignore[attr-defined]

    @guarded
    def _password(self, url: QUrl, _: object) -> None:
        self.may("credentials", url, "a password")

    # ------------------------------------------------------------ where it goes

    @guarded
    def _popup(self, request: QWebEngineNewWindowRequest) -> None:
        # What is not taken over here does not open: our createWindow makes nothing.
        url = request.requestedUrl()
        if self.drops is not None and self.drops.take():
            if self.may("drops", url):
                self._dropped = url.toString()
                self.load(url)
        elif self._goes_outside(url) and request.isUserInitiated() and not self._opens(url):
            self.linked.emit(url.toString())
        elif self.may("popups", url):
            self.opened.emit(url.toString())
        elif not request.isUserInitiated():
            self._popups += 1
            automatic = QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows
            self.settings().setAttribute(automatic, self._popups < _POPUPS)

    def _opens(self, url: QUrl) -> bool:
        return self.policy.allows("popups", url.toString(), self.origin)

    def _goes_outside(self, url: QUrl) -> bool:
        return self.policy.allows("external_links", url.toString(), self.origin)

    # Qt calls these by name.

    def createWindow(self, kind: object) -> None:  # type: ignore[override]
        del kind

    def acceptNavigationRequest(self, url: QUrl | str, kind: object, is_main_frame: bool) -> bool:  # noqa: FBT001
        allowed = bool(self._allows(QUrl(url), kind, is_main_frame=is_main_frame))
        if allowed and is_main_frame:
            self._let_draw(QUrl(url))
        return allowed

    @guarded
    def _allows(self, url: QUrl, kind: object, *, is_main_frame: bool) -> bool:
        if self.is_own(url):
            return True
        if not is_main_frame:
            return url.toString() in _IN_FRAMES or url.scheme() == "blob" or self.may("navigation", url, "in a frame")
        if (not self.origin and url.toString() == BLANK) or url.toString() == self._dropped:
            return True
        if kind == QWebEnginePage.NavigationType.NavigationTypeLinkClicked and self._goes_outside(url):
            self.linked.emit(url.toString())
            return False
        switch = {"file": "file_urls", "mailto": "external_links"}.get(url.scheme(), "navigation")
        return self.may(switch, url)

    # ------------------------------------------------------------ dialogs, and what it says

    def chooseFiles(self, mode: object, old: object, mime_types: object) -> list[str]:
        del mode, old, mime_types
        self.may("file_chooser", self.url())
        return []

    def javaScriptAlert(self, origin: object, message: str) -> None:
        del origin
        self.said.emit("info", message, "alert()", 0)

    def javaScriptConfirm(self, origin: object, message: str) -> bool:
        del origin
        if message != QCoreApplication.translate("QWebEnginePage", _BEFORE_UNLOAD):
            self.may("dialogs", self.url(), f"confirm({message!r}), answered with false,")
            return False
        if not self.replaced:
            self.said.emit("warning", "the page's beforeunload kept the window open", "jupyterwin:", 0)
        return self.replaced

    def javaScriptPrompt(self, origin: object, message: str, default: str) -> tuple[bool, str]:
        del origin, default
        self.may("dialogs", self.url(), f"prompt({message!r}), answered with null,")
        return False, ""

    def javaScriptConsoleMessage(self, level: object, message: str, line: int, source: str) -> None:
        for beginning, switch in _REFUSED_BY_ENGINE.items():
            if message.startswith(beginning):
                self.may(switch, self.url(), message.removeprefix(beginning))
        if far := _REFUSED_BY_POLICY.search(message):
            self.may("network", far[1], origin_of(far[1]))
        # A script that cannot be parsed is known by its name alone, which for a preload is its file.
        self.said.emit(_LEVELS.get(level, "info"), message, source.removeprefix(_USERSCRIPT), line)  # type: ignore[call-overload]
