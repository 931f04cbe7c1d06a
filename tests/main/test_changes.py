"""Electron's events, made of what a native window was and is."""

from __future__ import annotations

from typing import Any

import pytest

from jupyterwin.main.window.changes import events_of

BOX = {"x": 1, "y": 2, "width": 300, "height": 200}


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ({}, {"visible": True, "bounds": BOX, "mode": "normal", "focused": True}, ["show", "focus"]),
        ({"bounds": BOX}, {"bounds": BOX | {"x": 5}}, ["move"]),
        ({"bounds": BOX}, {"bounds": BOX | {"width": 5}}, ["resize"]),
        ({"mode": "normal"}, {"mode": "maximized"}, ["maximize"]),
        ({"mode": "maximized"}, {"mode": "fullscreen"}, ["unmaximize", "enter-full-screen"]),
        ({"mode": "maximized"}, {"mode": "minimized"}, ["minimize"]),
        ({"mode": "minimized"}, {"mode": "maximized"}, ["restore"]),
        ({"mode": "fullscreen"}, {"mode": "normal"}, ["leave-full-screen"]),
        ({"visible": True, "focused": True}, {"visible": False, "focused": False}, ["hide", "blur"]),
        ({"always_on_top": False}, {"always_on_top": True}, ["always-on-top-changed"]),
        ({"bounds": BOX}, {"bounds": BOX}, []),
    ],
)
def test_events_of_a_change(before: dict[str, Any], after: dict[str, Any], events: list[str]) -> None:
    assert [event[0] for event in events_of(before, {**before, **after})] == events
