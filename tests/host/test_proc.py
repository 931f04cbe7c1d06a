"""The sandbox state as read from /proc: of a process that has none."""

from __future__ import annotations

import os

from jupyterwin.host import proc


def test_a_process_without_a_sandbox_is_called_that() -> None:
    state = proc.sandbox_of(os.getpid())
    assert state.effective == "none"
    assert not (state.user_ns)
    assert not (state.pid_ns)
    assert not (state.net_ns)


def test_a_process_that_is_gone_claims_nothing() -> None:
    assert proc.sandbox_of(2**22 + 1).effective == "none"
