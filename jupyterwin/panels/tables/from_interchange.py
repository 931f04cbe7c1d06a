"""Frames that speak `__dataframe__` alone, by pyarrow or pandas, whichever is there."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.tables.source import Source
from jupyterwin.panels.tables.source import source_of as any_source


def source_of(obj: Any) -> Source | None:
    """The frame as one of pyarrow's, or of pandas'."""
    made = any_source(_read(obj))
    if made is not None:
        made.what = f"{type(obj).__name__} of {type(obj).__module__.partition('.')[0]}"
    return made


def _read(obj: Any) -> Any:
    try:
        from pyarrow.interchange import from_dataframe
    except ImportError:
        from pandas.api.interchange import from_dataframe
    return from_dataframe(obj)
