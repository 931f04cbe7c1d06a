"""What the commands write for the person who typed them: lines and aligned tables. It knows no command."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Sequence

WIDTH = 118
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def say(text: str = "") -> None:
    """One line, or several, on standard output, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """The same on standard error; colours only where they are seen."""
    sys.stderr.write(f"{text if sys.stderr.isatty() else _COLOURS.sub('', text)}\n")
    sys.stderr.flush()


def table(rows: Sequence[Sequence[object]], *, indent: str = "") -> str:
    """Rows as aligned columns, two spaces apart."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in texts)
    return "\n".join((indent + line).rstrip() for line in lines)


def labelled(label: str, text: str, *, column: int = 12) -> str:
    """`text` beside its label, wrapped under itself; words longer than a line (paths) stay whole."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=label.ljust(column),
        subsequent_indent=" " * column,
        break_long_words=False,
        break_on_hyphens=False,
    )
