"""Relations and results of duckdb: run when they are shown, on the thread that shows them. It knows no SQL."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.tables.source import Source
from jupyterwin.panels.tables.source import source_of as any_source


def source_of(obj: Any) -> Source | None:
    """What the relation gives, by pyarrow, polars or pandas, whichever is there; else by Python's own values."""
    for method in ("to_arrow_table", "fetch_arrow_table", "pl", "df"):
        if not hasattr(obj, method):
            continue
        try:
            table = getattr(obj, method)()
        except ImportError:
            continue
        if (made := any_source(table)) is not None:
            made.what = "relation of duckdb"
            return made
    names = [column[0] for column in obj.description]
    made = any_source([dict(zip(names, row, strict=True)) for row in obj.fetchall()])
    if made is not None:
        made.what = "relation of duckdb"
    return made
