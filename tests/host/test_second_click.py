"""The close button while the kernel is silent: a second click closes, but only when the first has waited long enough."""

from __future__ import annotations

import time

import pytest

from jupyterwin.host import questions
from jupyterwin.host.window import PATIENCE
from jupyterwin.wire import control
from support.headless import HeadlessHost


def test_a_second_click_closes_when_the_kernel_has_been_silent_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HeadlessHost()
    native = host.open()
    host.command(control.Ask, window="w", events=["close"])
    now = time.monotonic()
    monkeypatch.setattr(questions.time, "monotonic", lambda: now)
    native.listener.closing()
    now += PATIENCE - 1
    native.listener.closing()
    assert len(host.of(control.Asked)) == 2, "an impatient second click asks again"
    assert host.of(control.Closed) == []
    now += 1.1
    native.listener.closing()
    assert [one.window for one in host.of(control.Closed)] == ["w"]


def test_a_kernel_that_has_answered_is_asked_again_however_late(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HeadlessHost()
    native = host.open()
    host.command(control.Ask, window="w", events=["close"])
    now = time.monotonic()
    monkeypatch.setattr(questions.time, "monotonic", lambda: now)
    native.listener.closing()
    host.command(control.Decide, window="w", number=host.of(control.Asked)[-1].number, prevented=True)
    now += PATIENCE + 0.1
    native.listener.closing()
    assert host.of(control.Closed) == []
    assert len(host.of(control.Asked)) == 2
