"""The facts about this machine: what the host needs is among them, what it must not see is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import jupyterwin
from jupyterwin.errors import EngineMissing
from jupyterwin.main.launch import machine
from jupyterwin.security import sandbox


@pytest.fixture
def screen(display) -> dict[str, str]:
    return {"DISPLAY": os.environ["DISPLAY"]}


def test_the_interpreter_and_the_package_are_shown(screen: dict[str, str]) -> None:
    facts = machine.gather(screen)
    trees = [Path(tree) for tree in [*sandbox.visible_trees(facts), "/usr"]]
    for needed in (Path(sys.executable).resolve(), Path(jupyterwin.__file__), Path(os.__file__)):
        assert any(needed.is_relative_to(tree) for tree in trees), needed
    assert not any(Path.home().is_relative_to(tree) for tree in trees)
    assert facts.links[0] == sys.executable
    assert facts.links[-1] == str(Path(sys.executable).resolve())


def test_the_screen_is_its_socket(screen: dict[str, str]) -> None:
    number = screen["DISPLAY"].removeprefix(":")
    for name in (f":{number}", f":{number}.0", f"unix:{number}"):
        assert machine.gather({"DISPLAY": name}).display_socket == f"/tmp/.X11-unix/X{number}"
    assert machine.gather({"DISPLAY": "elsewhere:3"}).display_socket == ""


@pytest.mark.parametrize(
    ("environ", "cure"),
    [({}, "xvfb"), ({"WAYLAND_DISPLAY": "w"}, "xwayland"), ({"DISPLAY": ":4242"}, "no X server behind DISPLAY=:4242")],
)
def test_without_a_screen_the_cure_is_named(environ: dict[str, str], cure: str) -> None:
    with pytest.raises(EngineMissing, match=cure):
        machine.gather(environ)


def test_language_and_time_zone_are_the_users(screen: dict[str, str]) -> None:
    facts = machine.gather({**screen, "LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})
    assert (facts.locale, facts.timezone) == ("de_DE.UTF-8", "Asia/Tokyo")
    assert machine.gather({**screen, "LC_ALL": "fr_FR.UTF-8", "LANG": "de_DE.UTF-8"}).locale == "fr_FR.UTF-8"


def test_an_authority_file_is_found_where_it_is_named(screen: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "auth"
    assert machine.gather({**screen, "XAUTHORITY": str(file)}).xauthority == ""
    file.touch()
    assert machine.gather({**screen, "XAUTHORITY": str(file)}).xauthority == str(file)
