"""Text of bounded length. It knows no frames."""

from __future__ import annotations


def cut(text: str, most: int) -> str:
    """At most so many characters of `text`; a text that is cut says how long it was."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"
