"""Show: any object in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.main.app import app
from jupyterwin.panels.kinds import content_of

if TYPE_CHECKING:
    from jupyterwin.main.window import Window


def show(obj: Any, name: str | None = None, **options: Any) -> Window:
    """Show any object in a window: a table, a figure, a widget, whatever a notebook can display; else its text.

    Without a name the window belongs to the cell: running the cell again updates it in place. With one, the window of that
    name is opened, or shows this now. Options as for `Window` (``screen=2``, ``title=``, ``width=`` …). Returns at once.
    ``win.content = other`` shows another object, ``win.refresh()`` the same one after it was changed, and ``win.panel`` is
    the `Panel`.
    """
    return app.open(name, **options, content=content_of(obj))
