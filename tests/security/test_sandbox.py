"""The bubblewrap command line, from facts alone: what it shows, what it never shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jupyterwin.security import sandbox

FACTS = sandbox.Facts(
    python="/srv/ann/project/.venv/bin/python",
    trees=["/srv/ann/project/.venv", "/srv/ann/.pyenv/versions/3.11.7", "/srv/ann/checkout/jupyterwin", "/usr"],
    links=["/srv/ann/project/.venv/bin/python", "/srv/ann/.local/bin/python3.11", "/usr/bin/python3"],
    root={"/bin": "usr/bin", "/lib": ""},
    python_path=["/srv/ann/checkout"],
    user_home="/srv/ann",
    display=":7",
    display_socket="/tmp/.X11-unix/X7",
    xauthority="/srv/ann/.Xauthority",
    timezone="Europe/Berlin",
)


def argv(facts: sandbox.Facts = FACTS, **options: Any) -> list[str]:
    return sandbox.bubblewrap(facts, ["python", "-m", "x"], info_fd=9, **options)


def binds(command: list[str]) -> dict[str, str]:
    """Destination → source, of everything that is bound from the machine."""
    return {
        command[i + 2]: command[i + 1]
        for i, word in enumerate(command)
        if word in {"--ro-bind", "--ro-bind-try", "--bind", "--dev-bind"}
    }


def test_it_leaves_every_namespace() -> None:
    for name in ("user", "pid", "ipc", "uts", "net"):
        assert f"--unshare-{name}" in argv()


def test_it_runs_as_an_ordinary_user_in_a_session_of_its_own() -> None:
    command = argv()
    assert command[command.index("--uid") + 1] == "1000"
    assert "--new-session" in command
    assert "--die-with-parent" not in command  # it follows the spawning thread
    assert command[command.index("--info-fd") + 1] == "9"
    assert command[command.index("--") :] == ["--", "python", "-m", "x"]


def test_everything_is_bound_read_only() -> None:
    assert "--bind" not in argv()
    assert "--dev-bind" not in argv()
    assert argv()[argv().index("--remount-ro") + 1] == "/"


def test_the_environment_is_cleared_and_named_one_by_one() -> None:
    command = argv()
    set_ = {command[i + 1]: command[i + 2] for i, word in enumerate(command) if word == "--setenv"}
    assert command.index("--clearenv") < command.index("--setenv")
    assert set_["HOME"] == sandbox.HOME
    assert set_["DISPLAY"] == ":7"
    assert set_["TZ"] == "Europe/Berlin"
    assert set_["PYTHONPATH"] == "/srv/ann/checkout"
    assert set(set_) <= {
        "PATH", "HOME", "LANG", "DISPLAY", "QT_QPA_PLATFORM", "QT_API", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE",
        "XDG_RUNTIME_DIR", "TZ", "XAUTHORITY", "PYTHONPATH",
    }  # fmt: skip


def test_it_shows_the_environment_and_the_package_but_not_the_home() -> None:
    shown = binds(argv())
    assert "/srv/ann/project/.venv" in shown
    assert "/srv/ann/.pyenv/versions/3.11.7" in shown
    assert "/srv/ann/checkout/jupyterwin" in shown
    assert "/srv/ann/checkout" not in shown
    assert "/srv/ann" not in shown
    assert shown[sandbox.XAUTHORITY] == "/srv/ann/.Xauthority"
    assert shown["/tmp/.X11-unix/X7"] == "/tmp/.X11-unix/X7"
    assert shown["/lib"] == "/lib"


@pytest.mark.parametrize("tree", ["/srv/ann", "/srv", "/"])
def test_a_prefix_that_contains_the_home_is_narrowed(tree: str) -> None:
    shown = binds(argv(replace(FACTS, trees=[tree])))
    assert "/srv/ann" not in shown
    assert "/srv" not in shown
    assert "/" not in shown


def test_names_of_the_interpreter_outside_these_trees_are_bound_one_by_one() -> None:
    shown = binds(argv())
    assert "/srv/ann/.local/bin/python3.11" in shown
    assert "/srv/ann/project/.venv/bin/python" not in shown  # inside a tree
    assert "/usr/bin/python3" not in shown


def test_what_lives_under_tmp_is_bound_after_the_empty_tmp() -> None:
    command = argv(replace(FACTS, trees=["/tmp/env"]))
    assert command.index("--tmpfs") < command.index("/tmp/env")


def test_a_tree_inside_another_is_not_bound_twice() -> None:
    assert sandbox.visible_trees(replace(FACTS, trees=["/opt/a/b", "/opt/a", "/opt/a", "/usr/x"])) == ["/opt/a"]


def test_nested_namespaces_can_be_forbidden() -> None:
    assert "--disable-userns" in argv(nested_namespaces=False)
    assert "--disable-userns" not in argv()


def test_without_bubblewrap_the_environment_is_as_small() -> None:
    variables = sandbox.environment(FACTS, confined=False)
    assert variables["HOME"] == "/nonexistent"
    assert variables["XAUTHORITY"] == "/srv/ann/.Xauthority"


def test_levels_are_ordered() -> None:
    assert sandbox.at_least("full", "outer")
    assert sandbox.at_least("outer", "outer")
    assert not sandbox.at_least("engine", "outer")
    assert sandbox.at_least("none", "none")


def test_a_lasting_partition_is_the_one_folder_that_may_be_written() -> None:
    command = argv(storage="/srv/ann/.local/share/jupyterwin/partitions/notes/storage")
    writable = [command[i + 1 : i + 3] for i, word in enumerate(command) if word == "--bind"]
    assert writable == [["/srv/ann/.local/share/jupyterwin/partitions/notes/storage", sandbox.STORAGE]]
    assert command.index("--bind") < command.index("--remount-ro")
    assert "--unshare-net" in command
