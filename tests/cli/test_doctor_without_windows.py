"""The doctor on machines that lack something: told with its cure, exit code 1, never a traceback."""

from __future__ import annotations

import json

import pytest

from support.command import run

KEYS = {"engine", "display", "sandbox", "carriers", "problems"}


def told(said):
    """Read the JSON of a doctor that found no window."""
    assert said.code == 1
    assert "Traceback" not in said.err
    report = json.loads(said.out)
    assert report.keys() == KEYS
    assert report["sandbox"].keys() == {"outer", "engine", "effective"}
    assert report["sandbox"]["effective"] is None
    assert report["carriers"]["pipe"]["available"] is False
    assert report["carriers"]["pipe"]["why_not"]
    assert report["problems"]
    return report


def cures(report):
    return " ".join(problem["cure"] for problem in report["problems"])


def test_nothing_on_the_path_and_no_screen():
    report = told(run("doctor", "--json", DISPLAY=None, PATH="/nowhere"))
    assert report["display"] == {"name": None, "kind": None, "screens": []}
    for package in ("bubblewrap", "xvfb", "fontconfig"):
        assert f"sudo apt-get install {package}" in cures(report)


def test_a_screen_that_does_not_answer():
    report = told(run("doctor", "--json", DISPLAY=":7654"))
    assert report["display"]["name"] == ":7654"
    assert any("DISPLAY=:7654 does not answer" in problem["problem"] for problem in report["problems"])


@pytest.mark.parametrize("module", ["PySide6", "qtpy", "webview", "msgspec"])
def test_a_missing_module(without_modules, module):
    report = told(run("doctor", "--json", DISPLAY=":7654", PYTHONPATH=without_modules(module)))
    assert any(repr(module) in problem["problem"] for problem in report["problems"])
    assert "pip install" in cures(report)


def test_missing_libraries_are_told_all_at_once_with_their_packages(tmp_path):
    ldd = tmp_path / "ldd"
    ldd.write_text(
        "#!/bin/sh\nprintf '\\tlibxcb-cursor.so.0 => not found\\n\\tlibnss3.so => not found\\n\\tlibodd.so.9 => not found\\n'\n"
    )
    ldd.chmod(0o755)
    report = told(run("doctor", "--json", DISPLAY=":7654", PATH=str(tmp_path)))
    assert "sudo apt-get install libxcb-cursor0" in cures(report)
    assert "sudo apt-get install libnss3" in cures(report)
    assert any("libodd.so.9" in problem["problem"] for problem in report["problems"])


def test_for_people_it_is_short_and_aligned():
    said = run("doctor", DISPLAY=None, PATH="/nowhere")
    assert said.code == 1
    assert not said.err
    lines = said.out.splitlines()
    assert [line[:12].strip() for line in lines[:6]] == ["engine", "display", "sandbox", "outer", "engine", "carriers"]
    assert max(map(len, lines)) <= 118
