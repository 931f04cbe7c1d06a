"""Removes pywebview's own bridge, server, loaders and script helpers: one table of what is replaced, and why.

What stays is what we use it for: native windows, menus, dialogs and the main loop. A name that is not there any more
means another pywebview than the one whose holes are known, and the host refuses to start on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from jupyterwin.host.engines import EngineProblem

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Patch:
    """One thing of pywebview that is replaced."""

    module: str
    path: str
    replacement: Any
    why: str


def _nothing(*_args: object, **_kwargs: object) -> None:
    return None


def _removed(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("this feature of pywebview is removed in a jupyterwin host")


class _Bridge:
    """Stands where pywebview keeps the object that pages could call."""

    def __init__(self, parent: Any) -> None:
        del parent


_QT = "webview.platforms.qt"
_WINDOW = "webview.window"
_HTTP = "webview.http"

_COMMON = (
    Patch(_HTTP, "start_server", _removed, "a TCP server without Host, Origin or token check"),
    Patch(_HTTP, "start_global_server", _removed, "the same"),
    Patch("webview.util", "js_bridge_call", _nothing, "any dotted attribute of a Python object was callable by pages"),
    Patch("webview.util", "inject_pywebview", _nothing, "puts a token and an API into every page"),
    *(
        Patch(_WINDOW, f"Window.{name}", _removed, "waits without a deadline, or splices data into JavaScript")
        for name in ("evaluate_js", "run_js", "load_html", "load_css", "load_url", "get_current_url", "expose")
    ),
    *(
        Patch(_WINDOW, f"Window.{name}", property(_removed), "page-controlled state and DOM, by evaluated strings")
        for name in ("state",)
    ),
    Patch(_WINDOW, "DOM", _nothing, "the same"),
    Patch(_WINDOW, "State", _nothing, "the same"),
)

_OF_QT = (
    Patch(_QT, "js_bridge_call", _nothing, "as in util: imported there by name"),
    Patch(_QT, "inject_pywebview", _nothing, "as in util"),
    Patch(_QT, "environ_append", _nothing, "weakens the engine: --no-sandbox, --use-fake-ui-for-media-stream"),
    Patch(_QT, "_sigint_handler", _nothing, "an interrupt of the kernel must not close windows"),
    Patch(_QT, "BrowserView.JSBridge", _Bridge, "the object behind the bridge"),
    Patch(_QT, "BrowserView._set_js_api", _nothing, "registers the bridge in the page's main world"),
    Patch(_QT, "BrowserView.on_load_finished", _nothing, "calls it after each load, on any site"),
    Patch(_QT, "BrowserView.on_load_url", _nothing, "navigation without an allow-list"),
    Patch(_QT, "BrowserView.on_load_html", _nothing, "setHtml: file:// origin, and a race with our scripts"),
    Patch(_QT, "BrowserView.on_evaluate_js", _nothing, "runs strings in the main world"),
    Patch(_QT, "BrowserView.on_download_requested", _nothing, "a modal dialog opened by a page"),
    Patch(_QT, "BrowserView.WebView.show_inspector", _nothing, "an unauthenticated remote debugging port"),
    Patch(_QT, "BrowserView.WebView.setHtml", _nothing, "a renderer for a page that is thrown away"),
    Patch(_QT, "BrowserView.NavigationHandler", _removed, "opens any URL in the user's browser"),
    Patch(_QT, "BrowserView.RequestInterceptor", _nothing, "called for each request, to no use"),
)


def apply_common() -> None:
    """Before the platform's module is imported."""
    _apply(_COMMON)


def apply_qt(
    *, make_page: Callable[[Any, Any], Any], make_profile: Callable[[], Any], make_channel: Callable[[Any], Any]
) -> None:
    """After the platform's module is imported and before the first native object.

    pywebview makes a profile, a page and a channel in the page's main world for each window; the three functions say
    what it gets instead, until our own page takes their place.
    """
    _apply(
        (
            *_OF_QT,
            Patch(_QT, "BrowserView.WebPage", make_page, "grants camera and microphone, opens popups"),
            Patch(_QT, "QWebEngineProfile", make_profile, "a profile, with cookies, for each window"),
            Patch(_QT, "QWebChannel", make_channel, "a channel in the main world, where pages see it"),
        )
    )


def _apply(patches: tuple[Patch, ...]) -> None:
    for patch in patches:
        owner: Any = import_module(patch.module)
        *owners, name = patch.path.split(".")
        for part in owners:
            owner = getattr(owner, part)
        if not hasattr(owner, name):
            raise EngineProblem(
                f"pywebview has no {patch.module}.{patch.path} any more: it is not the version whose bridge is known; "
                "`pip install 'pywebview>=6.2.1,<6.3'`"
            )
        setattr(owner, name, patch.replacement)
