"""ChartContent: a chart in a page: what it draws, the rows that the page fetches, and what the person does to it.

Rows are pulled: the page is told once that there are more, asks at most once a frame, and is told again after it asked.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from jupyterwin.errors import JupyterWinError, UsageError
from jupyterwin.panels.charts.chart import Chart
from jupyterwin.panels.charts.spec import columns_of
from jupyterwin.panels.charts.sync import Group, group_of
from jupyterwin.panels.charts.wire import cells_of, rows_a_pull
from jupyterwin.panels.content import Content

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ChartContent(Content):
    """A `Chart`."""

    kind = "chart"
    asks = frozenset({"rows"})

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._id = secrets.token_hex(8)
        self._told = False
        self._settled = False
        self._brush: list[float] | None = None
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
        """``{"id", "spec" (wire.ts: ChartSpec, or None), "zoom", "brush"}``; the rows are asked for."""
        table = self._chart.source.table
        settled = table.total > 0
        spec = self._chart.spec()
        # From the first row on the specification stays as it is: from then on only rows are told of.
        self._settled = settled and spec is not None
        zoom = self._group.zoom if self._group is not None else None
        return {"id": self._id, "spec": spec, "zoom": zoom, "brush": self._brush}

    def rows(self, since: int) -> dict[str, Any]:
        """Rows from that number on, as many as one answer holds; see `Rows`, wire.ts: RowsMessage."""
        self._told = False  # before reading: what comes from now on is told of
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
        if self._told:
            return
        self._told = True
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

    def _selected(self, detail: Any) -> dict[str, Any] | None:
        """``{"x": (low, high), "rows": (first, last)}``, times as datetimes; None when nothing is selected any more."""
        if detail is None:
            self._brush = None
            return None
        low, high = (float(end) for end in detail["x"])
        if not low <= high:
            raise UsageError("select: the range ends before it begins")
        self._brush = [low, high]
        spec = self._chart.spec()
        kind = spec["x"]["kind"] if spec else "number"
        if kind == "category":
            return {"x": list(detail["names"]), "rows": None}
        rows = detail.get("rows")
        ends = (self._when(low), self._when(high)) if kind == "time" else (low, high)
        return {"x": ends, "rows": None if rows is None else (int(rows[0]), int(rows[1]))}

    def _when(self, milliseconds: float) -> datetime:
        when = _EPOCH + timedelta(milliseconds=milliseconds)
        name = self._chart.options.x or self._chart.source.index or ""
        return when if self._chart.source.table.column(name).clock == "utc" else when.replace(tzinfo=None)
