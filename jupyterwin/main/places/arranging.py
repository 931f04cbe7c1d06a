"""Arranging: whole sets of windows put in order: tiled over a display, or as a layout that was saved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Closed, UsageError
from jupyterwin.main.pending import Pending
from jupyterwin.main.places.store import Seen
from jupyterwin.wire.control import Bounds, Native, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jupyterwin.main.places.places import Places
    from jupyterwin.main.screen import Screen
    from jupyterwin.main.window import Window
    from jupyterwin.main.windows import Windows


class Arranging:
    """What an application does with all of its windows at once."""

    windows: Windows
    screen: Screen
    places: Places

    def tile(
        self,
        windows: Iterable[Window] | None = None,
        *,
        screen: Any = None,
        columns: int | None = None,
        gap: int = 0,
    ) -> Pending[None]:
        """Lay windows out as a grid over the work area of a display, their frames side by side, `gap` pixels apart.

        Row by row, in the order given; without `windows` all that are shown and have no parent. `screen`: a display, its
        number or its id; the primary one without. Ends when each is in its place.
        """
        chosen = [w for w in self.windows if w.visible and w.parent is None] if windows is None else list(windows)
        display = self.screen.find(screen)
        cells = grid(display.work_area, len(chosen), columns, gap)
        return _all("tile", [window.become(Native(outer=cell)) for window, cell in zip(chosen, cells, strict=True)])

    def save_layout(self, name: str) -> None:
        """Keep where all open windows are, as `name`: on which display, how large, in which mode. For this user, for good."""
        if not isinstance(name, str) or not name:
            msg = f"name: a name for the layout is needed, got {name!r}"
            raise UsageError(msg)
        layout = {w.name: place for w in self.windows if (place := self.places.place_of(w)) is not None}
        self.places.change(lambda book: book.layouts.update({name: layout}))

    def restore_layout(self, name: str) -> Pending[list[str]]:
        """Put windows where they were when `name` was saved, as far as today's displays allow.

        Ends in the names of those that are not open; they come to their place when they are opened.
        """
        layout = self._layout(name)
        missing = [window for window in layout if window not in self.windows]
        here = {window: Seen(layout[window]) for window in missing}
        self.places.change(lambda book: book.windows.update(here))
        done = [self.windows[window].become(Native(place=layout[window])) for window in layout if window not in missing]
        return _all("restore_layout", done, missing)

    def layouts(self) -> list[str]:
        """The names of the layouts that are kept."""
        return sorted(self.places.store.read().layouts)

    def forget_layout(self, name: str) -> None:
        """Keep it no longer. Raises `UsageError` when there is none of that name."""
        self._layout(name)
        self.places.change(lambda book: book.layouts.pop(name, None))

    def _layout(self, name: str) -> dict[str, Place]:
        layouts = self.places.store.read().layouts
        if name not in layouts:
            msg = f"name: there is no layout {name!r}; there are: {', '.join(sorted(layouts)) or 'none'}"
            raise UsageError(msg)
        return layouts[name]


def grid(area: Bounds, count: int, columns: int | None, gap: int) -> list[Bounds]:
    """Cells of a grid over an area, row by row; those of a last row that is not full share its width."""
    if columns is not None and (not isinstance(columns, int) or isinstance(columns, bool) or columns < 1):
        msg = f"columns: a whole number from 1 is needed, got {columns!r}"
        raise UsageError(msg)
    across = min(columns or math.ceil(math.sqrt(count)), count)
    if not count:
        return []
    rows = math.ceil(count / across)
    left, top, width, height = area.x or 0, area.y or 0, area.width or 0, area.height or 0
    cells = []
    for row in range(rows):
        here = min(across, count - row * across)
        for column in range(here):
            x0, x1 = _slice(width, gap, here, column)
            y0, y1 = _slice(height, gap, rows, row)
            cells.append(Bounds(left + x0, top + y0, x1 - x0, y1 - y0))
    return cells


def _slice(length: int, gap: int, parts: int, part: int) -> tuple[int, int]:
    """Where one of `parts` equal pieces begins and ends, with gaps between them and none around; no pixel is lost."""
    room = length - gap * (parts - 1)
    return room * part // parts + gap * part, room * (part + 1) // parts + gap * part


def _all(what: str, waiting: Sequence[Pending[None]], value: Any = None) -> Pending[Any]:
    """Ends when all have; in the first error, if there is one. A window that is closed meanwhile is none."""
    done: Pending[Any] = Pending(what)
    left = [len(waiting)]

    def one_is(ended: Pending[None]) -> None:
        error = ended.exception(0)
        if error is not None and not isinstance(error, Closed):
            done.fail(error)
        left[0] -= 1
        if not left[0]:
            done.settle(value)

    for pending in waiting:
        pending.add_done_callback(one_is)
    if not waiting:
        done.settle(value)
    return done
