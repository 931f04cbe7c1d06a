"""What a web page asks of the desktop, and is denied; what it says is passed on. `Page` is built on it.

It knows Qt's page, and no frame. Dialogs of pages never open: a modal one would stop the loop for every window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from jupyterwin.host.guard import guarded
from jupyterwin.security.origins import SCHEME

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWebEngineCore import (
        QWebEngineCertificateError,
        QWebEngineDesktopMediaRequest,
        QWebEngineFileSystemAccessRequest,
        QWebEnginePermission,
        QWebEngineProfile,
        QWebEngineRegisterProtocolHandlerRequest,
        QWebEngineWebAuthUxRequest,
    )

    from jupyterwin.host.engines import Level

_LEVELS: dict[QWebEnginePage.JavaScriptConsoleMessageLevel, Level] = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: "info",
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: "warning",
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: "error",
}

REFUSALS = "jupyterwin:"
BLANK = "about:blank"
_USERSCRIPT = "userscript:"

_BEFORE_UNLOAD = "Are you sure you want to leave this page? Changes that you made may not be saved."
"""Qt asks a page's beforeunload question as a confirm() with this text, in its own translation."""


class Denials(QWebEnginePage):
    """A page that is denied everything."""

    said = Signal(str, str, str, int)
    """A console line: level, message, source, line."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self.origin = ""
        """The only origin its top frame may show; empty while it is a spare at about:blank."""
        self.replaced = False
        """The kernel loads something else here: the page is not asked whether it would rather stay."""
        self.loadStarted.connect(self._began)
        self._deny()

    @guarded
    def _began(self) -> None:
        self.replaced = False

    def refuse(self, message: str) -> None:
        """Say in the window's log what was refused."""
        self.said.emit("warning", message, REFUSALS, 0)

    # ------------------------------------------------------------ what a page asks for

    def _deny(self) -> None:
        self.permissionRequested.connect(self._deny_permission)
        self.certificateError.connect(self._reject_certificate)
        self.registerProtocolHandlerRequested.connect(self._reject_protocol)
        self.fileSystemAccessRequested.connect(self._reject_files)
        self.desktopMediaRequested.connect(self._cancel_screen)
        self.webAuthUxRequested.connect(self._cancel_key)
        self.selectClientCertificate.connect(self._select_no_certificate)

    @guarded
    def _deny_permission(self, permission: QWebEnginePermission) -> None:
        permission.deny()
        self.refuse(f"the page asked for {permission.permissionType().name}: denied")

    @guarded
    def _reject_certificate(self, problem: QWebEngineCertificateError) -> None:
        problem.rejectCertificate()

    @guarded
    def _reject_protocol(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()

    @guarded
    def _reject_files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()

    @guarded
    def _cancel_screen(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()

    @guarded
    def _cancel_key(self, request: QWebEngineWebAuthUxRequest) -> None:
        request.cancel()

    @guarded
    def _select_no_certificate(self, selection: object) -> None:
        selection.selectNone()  # type: ignore[attr-defined]

    # Qt calls these by name.

    def acceptNavigationRequest(self, url: QUrl | str, kind: object, is_main_frame: bool) -> bool:  # noqa: FBT001
        del kind
        return bool(self._allows(QUrl(url), is_main_frame=is_main_frame))

    @guarded
    def _allows(self, url: QUrl, *, is_main_frame: bool) -> bool:
        if url.scheme() == SCHEME and url.host() == self.origin:
            return True
        if is_main_frame:
            allowed = not self.origin and url.toString() == BLANK
        else:
            allowed = url.toString() in {BLANK, "about:srcdoc"} or url.scheme() == "blob"
        if allowed:
            return True
        self.refuse(f"navigation to {url.toString()[:200]} refused: a window stays on its own origin")
        return False

    def createWindow(self, kind: object) -> None:  # type: ignore[override]
        del kind
        self.refuse("a popup was refused: open windows from the kernel")

    def chooseFiles(self, mode: object, old: object, mime_types: object) -> list[str]:
        del mode, old, mime_types
        self.refuse("a file chooser was refused: this process sees no file of the user")
        return []

    def javaScriptAlert(self, origin: object, message: str) -> None:
        del origin
        self.said.emit("info", message, "alert()", 0)

    def javaScriptConfirm(self, origin: object, message: str) -> bool:
        del origin
        if message != QCoreApplication.translate("QWebEnginePage", _BEFORE_UNLOAD):
            self.refuse(f"confirm({message!r}) was answered with false: dialogs are the kernel's")
            return False
        if not self.replaced:
            self.refuse("the page's beforeunload kept the window open")
        return self.replaced

    def javaScriptPrompt(self, origin: object, message: str, default: str) -> tuple[bool, str]:
        del origin, default
        self.refuse(f"prompt({message!r}) was answered with null: dialogs are the kernel's")
        return False, ""

    def javaScriptConsoleMessage(self, level: object, message: str, line: int, source: str) -> None:
        # A script that cannot be parsed is known by its name alone, which for a preload is its file.
        self.said.emit(_LEVELS.get(level, "info"), message, source.removeprefix(_USERSCRIPT), line)  # type: ignore[call-overload]
