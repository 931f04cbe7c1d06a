"""Exceptions ↔ error records: how an error travels, and as what it arrives. Pure."""

from __future__ import annotations

import traceback
from typing import Any

from jupyterwin import errors
from jupyterwin.wire.frames import ErrorRecord
from jupyterwin.wire.text import cut

MESSAGE = 20_000
"""Characters of an error's message that cross."""

_PACKAGE = "jupyterwin."
_BY_CODE = errors.by_code()


def to_record(error: BaseException, *, debug: bool = False) -> ErrorRecord:
    """`error` as it travels: class name, message, `code`, optional `data`; the traceback only with `debug`.

    An exception of the user's may carry a string attribute `code` and a JSON-ready attribute `data`; both cross.
    """
    if isinstance(error, errors.RemoteError) and isinstance(error.record, ErrorRecord):
        return error.record
    code = getattr(error, "code", None)
    return ErrorRecord(
        code=code if isinstance(code, str) else "handler-raised",
        message=_text(error),
        name=type(error).__name__,
        data=_plain(getattr(error, "data", None)),
        path=str(getattr(error, "path", "")) if isinstance(error, errors.JupyterWinError) else "",
        traceback=traceback_of(error) if debug else "",
    )


def _text(error: BaseException) -> str:
    """What an error says; an error that cannot even say that is still told."""
    try:
        return cut(str(error), MESSAGE)
    except Exception as problem:  # noqa: BLE001 -- user code
        return f"(its text cannot be had: {type(problem).__name__})"


def traceback_of(error: BaseException) -> str:
    """The traceback as text, without the frames of this package that lead to the user's code."""
    trace = error.__traceback__
    while trace is not None and str(trace.tb_frame.f_globals.get("__name__", "")).startswith(_PACKAGE):
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace or error.__traceback__))


def to_exception(record: ErrorRecord) -> errors.JupyterWinError:
    """The exception that a record stands for: a class of ours for a code of ours, else `RemoteError`."""
    cls = _BY_CODE.get(record.code)
    if cls is None:
        return errors.RemoteError(record.message, name=record.name, data=record.data, record=record)
    if issubclass(cls, errors.BadArguments | errors.Unserializable):
        return cls(record.message, record.path)
    if issubclass(cls, errors.LoadFailed) and isinstance(record.data, dict):
        return cls(record.message, **{name: record.data.get(name, "") for name in ("error", "number", "url")})
    return cls(record.message)


def _plain(data: Any) -> Any:
    """`data` if it is plain JSON, else nothing: an error must not fail on its own details."""
    if data is None or isinstance(data, bool | int | float | str):
        return data
    if isinstance(data, list | tuple):
        return [_plain(item) for item in data]
    if isinstance(data, dict):
        return {str(key): _plain(item) for key, item in data.items()}
    return None
