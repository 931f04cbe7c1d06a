"""What `append` was given → columns of one length: a row, rows, columns, or a table of any library.

It knows names and lengths; what a value must be is its column's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jupyterwin.errors import UsageError

Columns = dict[str, Sequence[Any]]

_CURE = "give a row ({name: value}), rows (a list of them), columns ({name: values}) or a table"


def columns_of(given: Any, names: Sequence[str]) -> Columns:
    """The columns by name, all of one length. `names`: those of the table, in order; empty before the first append.

    A row may leave names out: those are missing there. Raises `UsageError`.
    """
    if isinstance(given, Mapping):
        columns = _of_mapping(given, names)
    elif _is_table(given):
        columns = _of_table(given)
    elif isinstance(given, list | tuple):
        columns = _of_rows(given, names)
    else:
        raise UsageError(f"append: a {type(given).__name__}; {_CURE}")
    _check(columns, names)
    return columns


def _of_mapping(given: Mapping[Any, Any], names: Sequence[str]) -> Columns:
    _check_names(given)
    sized = {name for name, value in given.items() if is_column(value)}
    if sized and len(sized) < len(given):
        single = next(name for name in given if name not in sized)
        raise UsageError(f"append: {single!r} is one value, {min(sized)!r} is a column; give all of them as columns")
    return dict(given) if sized or not given else _of_rows([given], names)


def is_column(value: Any) -> bool:
    """Whether it holds values, rather than being one."""
    return not isinstance(value, str | bytes) and hasattr(value, "__len__") and getattr(value, "ndim", 1) > 0


def _is_table(given: Any) -> bool:
    return hasattr(given, "columns") or hasattr(given, "__arrow_c_stream__") or hasattr(given, "column_names")


def _of_table(given: Any) -> Columns:
    if not hasattr(given, "columns"):
        import pyarrow as pa

        given = pa.table(given)
    names = list(given.column_names) if hasattr(given, "column_names") else list(given.columns)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"append: the table has two columns {twice!r}; rename one")
    if hasattr(given, "column_names"):  # pyarrow: its Table and RecordBatch
        return {name: given.column(name) for name in names}
    columns = {name: given[name] for name in names}
    _check_names(columns)
    return columns


def _of_rows(rows: Sequence[Any], names: Sequence[str]) -> Columns:
    if all(isinstance(row, Mapping) for row in rows):
        found = dict.fromkeys(names)
        for row in rows:
            _check_names(row)
            found.update(dict.fromkeys(row))
        return {name: [row.get(name) for row in rows] for name in found}
    for number, row in enumerate(rows):
        if not isinstance(row, list | tuple):
            raise UsageError(f"append: row {number} is a {type(row).__name__}; {_CURE}")
        if not names:
            raise UsageError("append: rows without names; give the schema, as LiveTable({'name': float, …}), or dicts")
        if len(row) != len(names):
            raise UsageError(f"append: row {number} has {len(row)} values, the table {len(names)}: {', '.join(names)}")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _check_names(columns: Mapping[Any, Any]) -> None:
    for name in columns:
        if not isinstance(name, str):
            raise UsageError(f"append: the name of a column is a str, not {name!r}; rename it")


def _check(columns: Columns, names: Sequence[str]) -> None:
    for name in columns if names else ():
        if name not in names:
            raise UsageError(f"append: no column {name!r} in the table, which has {', '.join(map(repr, names))}")
    for name in names:
        if name not in columns:
            raise UsageError(f"append: column {name!r} is missing; the table has {', '.join(map(repr, names))}")
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name!r} {length}" for name, length in lengths.items())
        raise UsageError(f"append: the columns have different lengths: {told}")
