"""Charts: what `jw.line` and its sisters return."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.charts import Chart
from jupyterwin.panels.charts.content import ChartContent


def content_of(obj: Any) -> ChartContent | None:
    """The content of a `Chart`."""
    return ChartContent(obj) if isinstance(obj, Chart) else None
