"""Opens one small window, for real, and tells what it got. Its end is bounded: each wait has a deadline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jupyterwin.cli.doctor.problem import Problem

_PAGE = """<!doctype html><meta charset="utf-8"><title>jupyterwin doctor</title>
<style>body { font: 14px/1.5 system-ui, "DejaVu Sans", sans-serif; padding: 16px }</style>
jupyterwin doctor: this window closes by itself."""
_READY = 30.0
"""Longer than the launcher's own start deadline, whose error says more."""
_REPLY = 5.0


@dataclass
class Found:
    """What the window got; nothing of it when it did not open."""

    opened: bool = False
    engine: str = ""
    engine_version: str = ""
    webview_version: str = ""
    screens: list[dict[str, int]] = field(default_factory=list)
    launched: str = ""
    """What the launcher put around the host."""
    renderer: dict[str, Any] = field(default_factory=dict)
    """What the host read from its renderer's /proc: the fields of `jupyterwin.wire.control.SandboxState`."""
    problem: Problem | None = None


def look() -> Found:
    """Open the window, look, close it. Raises nothing that has to do with the machine."""
    found = Found()
    try:
        from jupyterwin.main.app import App
    except ImportError as problem:
        found.problem = Problem(f"the package is not whole: {problem}", "`pip install 'jupyterwin[qt]'`")
        return found
    app = App()
    try:
        _open(app, found)
    except Exception as problem:  # noqa: BLE001 -- whatever it is, it is what this machine's person has to be told
        found.problem = Problem.of(problem)
    finally:
        app.quit()
    return found


def _open(app: Any, found: Found) -> None:
    import msgspec

    window = app.open("doctor", html=_PAGE, title="jupyterwin doctor", width=360, height=120)
    window.ready().result(_READY)
    found.opened = True
    ready = app.host.ready.result(_REPLY)
    found.engine, found.engine_version, found.webview_version = (
        ready.engine,
        ready.engine_version,
        ready.webview_version,
    )
    found.screens = [
        {name: value or 0 for name, value in msgspec.structs.asdict(each.bounds).items()} for each in ready.displays
    ]
    found.launched = app.host.process.level
    found.renderer = msgspec.structs.asdict(window.sandbox) if window.sandbox else {}
