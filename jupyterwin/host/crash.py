"""What a window says whose page has crashed. It knows no engine and no window."""

from __future__ import annotations

import html
from functools import cache
from importlib.resources import files


def page(why: str) -> str:
    """The page, as a document without a single script."""
    return _template().replace("{title}", "This page has crashed").replace("{why}", html.escape(why))


@cache
def _template() -> str:
    return (files("jupyterwin") / "host" / "pages" / "crashed.html").read_text(encoding="utf-8")
