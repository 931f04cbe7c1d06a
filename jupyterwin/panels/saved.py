"""Saved: how a board is laid out, as plain data and as a file. It knows no object that a panel shows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.panels import arrangement, layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyterwin.main.window import Window
    from jupyterwin.panels.dashboard import Dashboard

VERSION = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` wrote, checked."""

    grid: layout.Grid
    arrangement: arrangement.Arrangement
    titles: Mapping[str, str | None] = field(default_factory=dict)
    windows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Panels in windows of their own, and where those are."""


def save(board: Dashboard, popped: Mapping[str, Window], path: str | Path | None) -> dict[str, Any]:
    """The layout of a board; written to `path`, if there is one."""
    plain = {
        "version": VERSION,
        "layout": board.grid.text(),
        **board.arrangement.plain(),
        "titles": {panel.name: panel.title for panel in board.panels if panel.title != panel.name},
        "windows": {name: dict(window.bounds) for name, window in popped.items()},
    }
    if path is not None:
        Path(path).expanduser().write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
    return plain


def read(given: dict[str, Any] | str | Path) -> Saved:
    """Read what `save` gave. Raises `UsageError` naming the field."""
    plain = given if isinstance(given, dict) else _from_file(Path(given).expanduser())
    if not isinstance(plain, dict) or plain.get("version") != VERSION:
        msg = f"version: {VERSION} is needed, got {plain.get('version') if isinstance(plain, dict) else plain!r:.100}"
        raise UsageError(msg)
    grid = layout.parse(plain.get("layout", ""))
    titles = _table(plain, "titles", lambda title: isinstance(title, str))
    windows = _table(plain, "windows", _is_bounds)
    return Saved(grid, arrangement.parse(plain).fitting(grid), titles, windows)


def _from_file(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        msg = f"layout: {path} cannot be read: {problem}"
        raise UsageError(msg) from problem


def _table(plain: dict[str, Any], name: str, fits: Any) -> dict[str, Any]:
    table = plain.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(key, str) and fits(value) for key, value in table.items()):
        msg = f"{name}: a dict by names of panels is needed, as save() gives it, got {table!r:.100}"
        raise UsageError(msg)
    return table


def _is_bounds(value: Any) -> bool:
    sides = {"x", "y", "width", "height"}
    return isinstance(value, dict) and set(value) <= sides and all(isinstance(one, int) for one in value.values())
