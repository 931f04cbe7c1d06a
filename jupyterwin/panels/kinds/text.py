"""Text: any object by its ``repr``, a string as it is. The last of the families: it refuses nothing."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.content import Content

LONGEST = 200_000
"""Characters; what is longer is cut, and says so."""


class Text(Content):
    """An object as text. The text is made when it is assigned, and again by `refresh`."""

    kind = "text"

    def __init__(self, obj: Any) -> None:
        super().__init__(obj)
        self._text = _text_of(obj)

    def snapshot(self) -> dict[str, Any]:
        """``{"text": str, "left": number of characters that were cut}``."""
        return {"text": self._text[:LONGEST], "left": max(0, len(self._text) - LONGEST)}

    def refresh(self) -> None:
        """Ask the object anew."""
        self._text = _text_of(self.obj)


def content_of(obj: Any) -> Text:
    """The text of any object."""
    return Text(obj)


def _text_of(obj: Any) -> str:
    return obj if isinstance(obj, str) else repr(obj)
