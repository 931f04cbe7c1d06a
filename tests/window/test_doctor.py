"""The doctor with a real window: what it says is what a window here has."""

from __future__ import annotations

import json

from support.command import run

FULL = {"seccomp": 2, "no_new_privs": True, "user_ns": True, "pid_ns": True, "net_ns": True}


def test_on_a_screen_all_is_well(display):
    report = json.loads(run("doctor", "--json").ok().out)
    assert report.keys() == {"engine", "display", "sandbox", "carriers", "problems"}
    assert report["problems"] == []
    assert report["engine"]["name"] == "qtwebengine"
    assert "Chromium" in report["engine"]["version"]
    assert report["engine"]["pywebview"].startswith("6.2.")
    assert report["display"] == {
        "name": display.name,
        "kind": "x11",
        "screens": [{"x": 0, "y": 0, "width": 1600, "height": 1000}],
    }
    assert report["sandbox"]["effective"] == "full"
    assert report["sandbox"]["outer"]["active"] is True
    assert report["sandbox"]["outer"]["network_closed"] is True
    assert report["sandbox"]["engine"] == FULL
    assert report["carriers"] == {"pipe": {"available": True, "why_not": ""}}


def test_without_a_screen_it_makes_one_and_says_that_kernels_have_none():
    said = run("doctor", DISPLAY=None).ok()
    assert "a screen in memory, made for this look (1600 × 1000)" in said.out
    assert "sandbox     full: bubblewrap around the window host" in said.out
    assert "DISPLAY is not set" in said.out
    assert "xvfb-run -a jupyter lab" in said.out
    assert not said.err


def test_without_bubblewrap_no_window_opens_and_the_package_is_named():
    said = run("doctor", "--json", PATH="/nowhere")
    assert said.code == 1
    report = json.loads(said.out)
    assert report["sandbox"]["effective"] is None
    assert report["sandbox"]["outer"]["version"] is None
    assert "bubblewrap" in report["carriers"]["pipe"]["why_not"]
    assert "`sudo apt-get install bubblewrap`" in [problem["cure"] for problem in report["problems"]]


def test_a_bubblewrap_that_may_make_no_namespace_is_quoted(tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    said = run("doctor", "--json", PATH=str(tmp_path))
    assert said.code == 1
    told = [problem["problem"] for problem in json.loads(said.out)["problems"]]
    assert any("No permissions to create new namespace" in problem for problem in told)
    assert "Traceback" not in said.out + said.err
