"""Streams: what is written to standard output and error of a kernel passes by here first. It decides nothing about it.

The streams stay what they are: whoever kept one is heard too. IPython itself replaces their ``write`` for the time of a
cell and then puts back what was there before, so what is done within a cell is done again when the kernel is free.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

Heard = Callable[[str, Any, str], bool]
"""Name of the stream, the stream, the text. True: it is taken care of, and is not to be written."""

_OF = "jupyterwin_instead_of"
_heard: list[Heard] = []


def attach(kernel: Any, heard: Heard) -> None:
    """Let `heard` have what is written, from now on."""
    _heard[:] = [heard]
    _both()
    kernel.io_loop.add_callback(_both)


def detach(kernel: Any) -> None:
    """Nobody hears it any more."""
    _heard.clear()
    _both()
    kernel.io_loop.add_callback(_both)


def _both() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not hasattr(stream, "parent_header"):  # no stream of a kernel
            continue
        write = stream.write
        if _heard and not hasattr(write, _OF):
            stream.write = _instead_of(write, name, stream)
        elif not _heard and hasattr(write, _OF):
            stream.write = getattr(write, _OF)


def _instead_of(write: Callable[[str], int], name: str, stream: Any) -> Callable[[str], int]:
    def written(text: str) -> int:
        if _heard and isinstance(text, str) and _heard[0](name, stream, text):
            return len(text)
        return write(text)

    setattr(written, _OF, write)
    return written
