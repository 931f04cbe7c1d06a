"""The card that a window shows as a cell's value: name, status, sandbox level, and a picture of it. No IPython here."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.handlers.mainthread import main_thread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyterwin.main.window import Window

PICTURE_DEADLINE = 3.0
"""Seconds a card waits for the first page and its picture; it is drawn without one after that."""

_STATUS_COLOURS = {"starting": "#8a6d00", "ready": "#1a7f37", "crashed": "#b42318", "closed": "#667085"}
_STYLE = (
    "display:inline-block;max-width:440px;border:1px solid rgba(127,127,127,.35);border-radius:8px;overflow:hidden;"
    "font:13px/1.5 system-ui,sans-serif"
)


def of_window(window: Window) -> dict[str, str]:
    """The mimebundle of `window`: plain text and HTML. Changes nothing; waits a moment for a picture."""
    return {"text/plain": repr(window), "text/html": _html(window, _picture(window))}


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


def _picture(window: Window) -> bytes | None:
    if window.status == "closed" or not main_thread.is_current():
        return None
    try:
        window.ready().result(PICTURE_DEADLINE)
        return window.capture().result(PICTURE_DEADLINE).png
    except JupyterWinError:
        return None


def _html(window: Window, png: bytes | None) -> str:
    colour = _STATUS_COLOURS[window.status]
    facts = [f"<b>{html.escape(window.name)}</b>", f"<span style='color:{colour}'>● {window.status}</span>"]
    if window.sandbox is not None:
        facts.append(f"sandbox: {window.sandbox.effective}")
    picture = ""
    if png is not None:
        data = base64.b64encode(png).decode()
        alt = html.escape(f"picture of window {window.name}")
        picture = f"<img alt='{alt}' src='data:image/png;base64,{data}' style='display:block;width:100%'>"
    line = " &nbsp; ".join(facts)
    return f"<div style='{_STYLE}'><div style='padding:6px 12px'>{line}</div>{picture}</div>"
