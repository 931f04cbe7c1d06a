"""A chart in a page that notes what it is told, without a window."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, timedelta

from jupyterwin.panels.charts.content import ChartContent
from jupyterwin.panels.kinds import content_of

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MS = START.timestamp() * 1000
COLUMNS = {"t": [START, START + timedelta(hours=1)], "bid": [1.0, 2.0], "ask": [1.5, 2.5], "who": ["a", "b"]}


class Page:
    """A place that notes what it is told, as a page's panel would."""

    def __init__(self, content: ChartContent) -> None:
        self.content = content
        self.pulls = 0
        self.pushed: list[dict] = []
        content.opened(self)

    def changed(self) -> None:
        self.pulls += 1

    def push(self, message: dict, *, policy: str) -> None:
        assert policy == "latest"
        self.pushed.append(message)

    def column(self, name: str, since: int = -1) -> list[float]:
        cells = self.content.rows(since)["columns"][name]
        return list(array({"float64": "d", "float32": "f", "text": "i"}[cells["type"]], bytes(cells["data"])))


def shown(chart: object) -> Page:
    """The chart in a page that has drawn it once."""
    content = content_of(chart)
    assert isinstance(content, ChartContent)
    page = Page(content)
    content.snapshot()
    content.rows(-1)
    return page
