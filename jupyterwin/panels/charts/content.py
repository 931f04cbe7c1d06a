"""ChartContent: a chart in a page: what it draws, the rows that the page fetches, and what the person does to it.

Rows are pulled: the page is told once that there are more, asks at most once a frame, and is told again after it asked.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from typing import Any

from jupyterwin.errors import JupyterWinError
from jupyterwin.panels.charts.chart import Chart
from jupyterwin.panels.charts.chosen import Chosen, Reader, is_part
from jupyterwin.panels.charts.spec import columns_of
from jupyterwin.panels.charts.sync import Group, group_of
from jupyterwin.panels.charts.wire import cells_of, rows_a_pull
from jupyterwin.panels.content import Content


class ChartContent(Content):
    """A `Chart`."""

    kind = "chart"
    asks = frozenset({"rows", "chosen"})
    selectable = True

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._id = secrets.token_hex(8)
        self._woken = False
        self._settled = False
        self._chosen: Chosen | None = None
        self._told: dict[str, Any] | None = None
        """What listeners heard of it, if a person made it."""
        self._unfollow: Callable[[], None] | None = None
        self._group: Group | None = None
        key = chart.options.sync
        if key is not None:
            self._group = group_of(key)

    @property
    def title(self) -> str:
        """What it draws."""
        return self._chart.title

    def begin(self) -> None:
        """Hear of rows, and of the other charts of the same key."""
        self._unfollow = self._chart.source.table.follow(self._grew)
        if self._group is not None:
            self._group.join(self)

    def end(self) -> None:
        """Hear nothing more."""
        if self._unfollow is not None:
            self._unfollow()
        if self._group is not None:
            self._group.leave(self)

    # -------------------------------------------------- what the page draws

    def snapshot(self) -> dict[str, Any]:
        """``{"id", "spec" (wire.ts: ChartSpec, or None), "zoom", "chosen"}``; the rows are asked for."""
        table = self._chart.source.table
        settled = table.total > 0
        spec = self._chart.spec()
        # From the first row on the specification stays as it is: from then on only rows are told of.
        self._settled = settled and spec is not None
        zoom = self._group.zoom if self._group is not None else None
        return {"id": self._id, "spec": spec, "zoom": zoom, "chosen": self.chosen()}

    def chosen(self) -> dict[str, Any] | None:
        """What is selected: ``{"x": range, or None, "names": texts of x, "rows": numbers}``, or None."""
        return None if self._chosen is None else self._chosen.plain()

    def rows(self, since: int) -> dict[str, Any]:
        """Rows from that number on, as many as one answer holds; see `Rows`, wire.ts: RowsMessage."""
        self._woken = False  # before reading: what comes from now on is told of
        spec = self._chart.spec()
        table = self._chart.source.table
        names = columns_of(spec) if spec is not None else []
        found = table.rows_since(int(since), names, rows_a_pull(len(names)))
        return {
            "first": found.first,
            "count": found.count,
            "total": found.total,
            "oldest": found.oldest,
            "fresh": found.fresh,
            "columns": {name: cells_of(table.column(name), cells) for name, cells in found.columns.items()},
        }

    def _grew(self) -> None:
        if self._woken:
            return
        self._woken = True
        if self._settled:
            self.wake()
        else:
            self.changed()

    def wake(self) -> None:
        """Tell the page what is new: rows, cross-hair, zoom: whatever of it the page does not get is in the next one."""
        group = self._group
        state = {"cursor": None, "zoom": None, "turn": 0} if group is None else group.state_for(self)
        # On the thread that appended: a window that is closing is not its concern.
        with contextlib.suppress(JupyterWinError):
            self.push({"rows": self._chart.source.table.total, **state}, policy="latest")

    # -------------------------------------------------- what the person does

    def heard(self, event: str, detail: Any) -> Any:
        """A cross-hair or zoom that others share; a range of x that was selected."""
        if event in {"cursor", "zoom"}:
            if self._group is not None:
                self._group.heard(self, event, detail)
            return None
        if event == "select":
            return self._selected(detail)
        return detail

    def choose(self, detail: Any) -> bool:
        """Select a range of x, names of x, or rows, as `heard` tells them."""
        chosen = self._reader().read(detail)
        if chosen == self._chosen or is_part(detail, self._told):
            return False
        self._chosen, self._told = chosen, None
        return True

    def follow_on(self, old: Content) -> None:
        """Another chart of the same columns: what is selected stays."""
        if isinstance(old, ChartContent) and old.left[0] == self.left[0]:
            _, self._chosen, self._told = old.left

    @property
    def left(self) -> tuple[Any, Chosen | None, dict[str, Any] | None]:
        """How the person left it: in a chart so specified this is selected, and was told so."""
        return self._chart.spec(), self._chosen, self._told

    def _selected(self, detail: Any) -> dict[str, Any] | None:
        """``{"x": (low, high), "rows": numbers}``, times as datetimes, or names; None when nothing is selected any more."""
        reader = self._reader()
        self._chosen = chosen = reader.drawn(detail)
        self._told = None if chosen is None else reader.told(chosen)
        return self._told

    def _reader(self) -> Reader:
        spec = self._chart.spec()
        return Reader(self._chart.source, spec["x"] if spec is not None else {"kind": "row", "name": None})
