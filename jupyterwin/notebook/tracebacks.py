"""Tracebacks of our own errors: the line of the user's that is wrong, then what is wrong. Others' errors are not touched.

IPython asks an error how it is to be shown; ours leave out the frames of this package and of what is below it.
``%xmode Verbose`` shows everything.
"""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import jupyterwin
from jupyterwin.errors import JupyterWinError

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_OURS = str(Path(jupyterwin.__file__).parent)
_INSTALLED = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_HOOK = "_render_traceback_"  # IPython's name for it


def attach(ip: InteractiveShell) -> None:
    """Show our errors so in `ip`."""

    def render(error: JupyterWinError) -> list[str]:
        return shown(ip, error)

    setattr(JupyterWinError, _HOOK, render)


def detach(_ip: InteractiveShell) -> None:
    """Show them as any other."""
    if hasattr(JupyterWinError, _HOOK):
        delattr(JupyterWinError, _HOOK)


def shown(ip: InteractiveShell, error: JupyterWinError) -> list[str]:
    """The traceback of `error`, in the pieces and the mode of the shell."""
    formatter: Any = ip.InteractiveTB
    if getattr(formatter, "mode", "") == "Verbose":
        return list(formatter.structured_traceback(type(error), error, error.__traceback__, tb_offset=1))
    cause, suppressed = error.__cause__, error.__suppress_context__
    hides_cause = not any(_is_users(frame) for frame in _frames(cause or error.__context__))
    try:
        if hides_cause:
            error.__cause__, error.__suppress_context__ = None, True
        trimmed = _trimmed(error)
        return list(formatter.structured_traceback(type(error), error, trimmed, tb_offset=0))
    finally:
        error.__cause__, error.__suppress_context__ = cause, suppressed


@contextmanager
def of_users(error: BaseException | None) -> Iterator[None]:
    """Inside, an error that a cell ended in has the traceback of the user's code alone: none of what ran the cell."""
    if error is None:
        yield
        return
    trace = error.__traceback__
    error.__traceback__ = _trimmed(error) if any(map(_is_users, _frames(error))) else None
    try:
        yield
    finally:
        error.__traceback__ = trace


def _trimmed(error: BaseException) -> TracebackType | None:
    """From the first line of the user's to the last, without frames of ours; all of it where none is the user's."""
    frames = _frames(error)
    users = [number for number, frame in enumerate(frames) if _is_users(frame)]
    if not users:
        return error.__traceback__
    chain: TracebackType | None = None
    for one in reversed(frames[users[0] : users[-1] + 1]):
        if not _is_ours(one):
            chain = TracebackType(chain, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return chain


def _frames(error: BaseException | None) -> list[TracebackType]:
    frames, one = [], error.__traceback__ if error else None
    while one is not None:
        frames.append(one)
        one = one.tb_next
    return frames


def _is_users(one: TracebackType) -> bool:
    name = one.tb_frame.f_code.co_filename
    made = name.startswith("<") and not name.startswith("<ipython-input")  # by exec, or frozen
    return not (made or _is_within(name, *_INSTALLED) or _is_ours(one))


def _is_ours(one: TracebackType) -> bool:
    return _is_within(one.tb_frame.f_code.co_filename, _OURS)


def _is_within(name: str, *folders: str | None) -> bool:
    return any(folder and name.startswith(f"{folder}/") for folder in folders)
