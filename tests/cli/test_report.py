"""What the doctor says of each sandbox level, and how it folds problems."""

from __future__ import annotations

import pytest

from jupyterwin.cli.doctor.problem import Problem, distinct
from jupyterwin.cli.doctor.report import Report
from jupyterwin.cli.doctor.window import Found
from jupyterwin.cli.levels import MEANING
from jupyterwin.security.sandbox import LEVELS

DISPLAY = {"name": ":5", "kind": "x11"}
FULL = {
    "effective": "full", "seccomp": 2, "no_new_privs": True, "user_ns": True, "pid_ns": True, "net_ns": True,
    "host_net_ns": True,
}  # fmt: skip


def found(**renderer):
    return Found(
        opened=True,
        engine="qtwebengine",
        engine_version="6.11",
        webview_version="6.2.1",
        screens=[{"x": 0, "y": 0, "width": 800, "height": 600}],
        launched="outer",
        renderer=FULL | renderer,
    )


def test_every_level_has_its_words():
    assert set(MEANING) == set(LEVELS)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_told_with_its_meaning(level):
    text = Report.of(found(effective=level), DISPLAY, []).text()
    assert f"sandbox     {level}: {MEANING[level][:40]}" in text
    assert "problems    none" in text


def test_each_layer_is_told_as_it_was_read():
    report = Report.of(
        found(effective="none", seccomp=0, no_new_privs=False, user_ns=False, host_net_ns=False), DISPLAY, []
    )
    assert report.sandbox["engine"]["seccomp"] == 0
    text = report.text()
    assert "system-call filter OFF; new privileges ALLOWED; own pid, network namespaces" in text
    assert "WITH network" in text


def test_problem_and_cure_come_apart():
    problem = Problem.of("no web engine: the module 'x' is missing; `pip install x`, then again")
    assert problem == Problem("no web engine: the module 'x' is missing", "`pip install x`, then again")
    assert Problem.of(ValueError("odd; very")) == Problem("odd; very")
    assert Problem.of(TimeoutError()).problem == "TimeoutError"


def test_two_reports_with_one_cure_are_one_problem():
    assert distinct([Problem("a", "`x`"), Problem("b", "`x`"), Problem("c"), Problem("d")]) == [
        Problem("a", "`x`"),
        Problem("c"),
        Problem("d"),
    ]
