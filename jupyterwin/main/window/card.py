"""The card that a window shows as a cell's value: name, status, sandbox level, and a picture of it. No IPython here.

Its colours are the notebook's own, where there is one, so it is dark where the notebook is.
"""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyterwin.main.window import Window

PICTURE_DEADLINE = 3.0
"""Seconds a card waits for the first page and its picture; it is drawn without one after that."""

_QUIET = "var(--jp-ui-font-color2,#667085)"
_COLOURS = {
    "starting": "var(--jp-warn-color1,#8a6d00)",
    "ready": "var(--jp-success-color1,#1a7f37)",
    "crashed": "var(--jp-error-color1,#b42318)",
    "failed": "var(--jp-error-color1,#b42318)",
}
_STYLE = (
    "display:inline-block;max-width:440px;border:1px solid var(--jp-border-color1,rgba(127,127,127,.35));"
    "border-radius:8px;overflow:hidden;font:13px/1.5 var(--jp-ui-font-family,system-ui,sans-serif)"
)


def of_window(window: Window) -> dict[str, str]:
    """The mimebundle of `window`: plain text and HTML. Changes nothing; waits a moment for a picture."""
    return drawn(window, picture(window))


def drawn(window: Window, png: bytes | None, name: str = "") -> dict[str, str]:
    """The same with this picture."""
    level = f"sandbox: {window.sandbox.effective}" if window.sandbox is not None else ""
    body = card(name or window.name, window.status, [level], png, f"picture of window {window.name}")
    return {"text/plain": repr(window), "text/html": body}


def picture(window: Window) -> bytes | None:
    """A PNG of it, waiting for its first page; None where there is none in time. On the main thread alone."""
    if window.status == "closed" or not main_thread.is_current() or not settings["pictures"]:
        return None
    try:
        window.ready().result(PICTURE_DEADLINE)
        return window.capture().result(PICTURE_DEADLINE).png
    except JupyterWinError:
        return None


def card(name: str, status: str, facts: Iterable[str] = (), png: bytes | None = None, alt: str = "") -> str:
    """The HTML of a card: a name, how it is, and what else is to be said of it."""
    colour = _COLOURS.get(status, _QUIET)
    told = [f"<b>{html.escape(name)}</b>", f"<span style='color:{colour}'>● {html.escape(status)}</span>"]
    told += [f"<span style='color:{_QUIET}'>{html.escape(fact)}</span>" for fact in facts if fact]
    shown = ""
    if png is not None:
        data = base64.b64encode(png).decode()
        shown = f"<img alt='{html.escape(alt)}' src='data:image/png;base64,{data}' style='display:block;width:100%'>"
    return f"<div style='{_STYLE}'><div style='padding:6px 12px'>{' &nbsp; '.join(told)}</div>{shown}</div>"


def of_windows(windows: Iterable[Window]) -> str:
    """A table of windows, for ``%win list``."""
    rows = []
    for window in windows:
        level = window.sandbox.effective if window.sandbox else ""
        cells = (window.name, window.title, window.status, window.pid or "", level)
        rows.append(
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(str(c))}</td>" for c in cells) + "</tr>"
        )
    if not rows:
        return "<i>no windows are open</i>"
    heads = "".join(
        f"<th style='text-align:left'>{name}</th>" for name in ("name", "title", "status", "pid", "sandbox")
    )
    return f"<table><tr>{heads}</tr>{''.join(rows)}</table>"
