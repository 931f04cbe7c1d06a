"""Boards: the dashboards of this process, by name: `dashboard` gets one or makes it. It knows nothing of what they show."""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

from jupyterwin.main.app import App
from jupyterwin.main.app import app as app_of_this_process
from jupyterwin.panels.dashboard import Dashboard

_boards: WeakValueDictionary[tuple[int, str], Dashboard] = WeakValueDictionary()


def dashboard(name: str, layout: str | None = None, *, app: App = app_of_this_process, **options: Any) -> Dashboard:
    """The dashboard of that name: opened if there is none, else given this layout. Returns at once.

    `layout` is a grid as text: a line for each row, a word for each column; a name that covers a rectangle is one large
    panel, ``a|b`` two in one place as tabs, ``.`` a gap. Without it panels find their places as they are assigned.
    ``columns=[2, 1]`` and ``rows=`` are shares of the width and height to begin with. Further options as for `Window`.
    """
    board = _boards.get((id(app), name))
    if board is None:
        board = _boards[id(app), name] = Dashboard(name, layout, app=app, **options)
    else:
        board.update(layout, **options)
    return board
