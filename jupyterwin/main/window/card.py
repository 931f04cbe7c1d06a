"""The card that a window shows as a cell's value: name, status, sandbox level, and a picture of it. No IPython here.

Its colours are the notebook's own, where there is one, so it is dark where the notebook is.
"""

from __future__ import annotations

import base64
import html
import time
from typing import TYPE_CHECKING, NamedTuple

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.pending import must_not_block
from jupyterwin.main.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyterwin.main.window import Window

PICTURE_DEADLINE = 3.0
"""Seconds a card waits for the first page and its picture together; it is drawn without one after that."""


class Act(NamedTuple):
    """A button of a card."""

    name: str
    label: str
    title: str


class Buttons(NamedTuple):
    """Buttons that a front end shows while the kernel lives; plain HTML, hidden as it is saved."""

    card: str
    """Names the card to who hears them."""
    acts: tuple[Act, ...]


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
_HEAD = "display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;padding:6px 12px"
_BUTTONS = "margin-left:auto;white-space:nowrap"


def of_window(window: Window) -> dict[str, str]:
    """The mimebundle of `window`: plain text and HTML. Changes nothing; waits a moment for a picture."""
    return drawn(window, picture(window))


def drawn(window: Window, png: bytes | None, buttons: Buttons | None = None) -> dict[str, str]:
    """The same with this picture."""
    level = f"sandbox: {window.sandbox.effective}" if window.sandbox is not None else ""
    where = "under its cell" if window.profile.where == "notebook" else ""
    return bundle(repr(window), window.name, window.status, [level, where], png, buttons)


def picture(window: Window, seconds: float = PICTURE_DEADLINE, panel: str = "") -> bytes | None:
    """A small PNG of it, or of one of its panels, waiting for its first page; None where there is none in time."""
    drawable = window.status != "closed" and window.profile.where == "native"
    if not drawable or must_not_block() or not settings["pictures"]:
        return None
    end = time.monotonic() + seconds
    try:
        window.ready().result(seconds)
        shot = window.thumbnail(panel)
        shot.add_done_callback(lambda done: done.exception(0))  # too late, or never: nobody misses it
        return shot.result(max(0.0, end - time.monotonic())).png
    except JupyterWinError:
        return None


def bundle(
    plain: str,
    name: str,
    status: str,
    facts: Iterable[str] = (),
    png: bytes | None = None,
    buttons: Buttons | None = None,
) -> dict[str, str]:
    """The mimebundle of a card; its picture also by itself, for what shows no HTML (a PDF of the notebook)."""
    body = card(name, status, facts, png, buttons)
    picture = {} if png is None else {"image/png": base64.b64encode(png).decode()}
    return {"text/plain": plain, "text/html": body, **picture}


def card(
    name: str, status: str, facts: Iterable[str] = (), png: bytes | None = None, buttons: Buttons | None = None
) -> str:
    """The HTML of a card: a name, how it is, and what else is to be said of it."""
    colour = _COLOURS.get(status, _QUIET)
    told = [f"<b>{html.escape(name)}</b>", f"<span style='color:{colour}'>● {html.escape(status)}</span>"]
    told += [f"<span style='color:{_QUIET}'>{html.escape(fact)}</span>" for fact in facts if fact]
    shown, key = "", ""
    if buttons is not None:
        told.append(f"<span style='{_BUTTONS}'>{''.join(map(_button, buttons.acts))}</span>")
        key = f" data-jupyterwin-card='{html.escape(buttons.card)}'"
    if png is not None:
        data = base64.b64encode(png).decode()
        alt = html.escape(f"picture of {name}")
        shown = f"<img alt='{alt}' src='data:image/png;base64,{data}' style='display:block;max-width:100%;max-height:480px;margin:0 auto'>"
    return f"<div{key} style='{_STYLE}'><div style='{_HEAD}'>{' '.join(told)}</div>{shown}</div>"


def _button(act: Act) -> str:
    title = html.escape(act.title)
    return f"<button type='button' data-jupyterwin-act='{act.name}' title='{title}' style='display:none'>{act.label}</button>"


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
