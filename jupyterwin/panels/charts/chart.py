"""Chart: a table and how to draw it, to be shown in a panel or window. It knows no page; its content does."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.charts.options import Options
from jupyterwin.panels.charts.source import source_of
from jupyterwin.panels.charts.spec import spec_of


class Chart:
    """What `jw.line`, `jw.scatter`, `jw.bar` and `jw.area` return: give it to `jw.show` or a panel.

    Over a `LiveTable` it follows what is appended. Any other table is copied: changes to it later are not seen.
    """

    def __init__(self, table: Any, options: Options) -> None:
        self.options = options
        self.source = source_of(table, options)
        spec_of(options, self.source)  # what does not fit is told here, where the chart is written

    @property
    def title(self) -> str:
        """Its title, or what it draws."""
        return self.options.title or ", ".join(self.options.y) or self.options.mark

    def spec(self) -> dict[str, Any] | None:
        """What the page is told to draw; None while its live table has no columns."""
        return spec_of(self.options, self.source)

    def __repr__(self) -> str:
        return f"<{self.options.mark} of {self.source.table!r}>"
