"""Settings: which source comes before which, what is refused, and that each does what it says."""

from __future__ import annotations

from typing import Any

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main import settings as module
from jupyterwin.main.settings import SETTINGS, Settings
from jupyterwin.main.window.log import Log
from jupyterwin.main.window.options import OPTIONS, checked
from jupyterwin.main.window.options.option import default_of


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of this process, for one test."""
    own = Settings({})
    for name in ("_values", "_sources", "_environment", "_read"):
        monkeypatch.setattr(module.settings, name, getattr(own, name))
    return module.settings


def test_a_setting_that_is_an_options_default_has_the_options_default() -> None:
    for name, setting in SETTINGS.items():
        if setting.option:
            assert default_of(OPTIONS[name]) == setting.default, name


@pytest.mark.parametrize("sources", [("file", "environment", "set"), ("set", "environment", "file")])
def test_what_is_set_comes_before_the_environment_and_that_before_files(sources: tuple[Any, ...]) -> None:
    settings = Settings({"JUPYTERWIN_LOG_SIZE": "200"} if "environment" in sources else {})
    for source, size in (("file", 100), ("set", 300)):
        if source in sources:
            settings.put("log_size", size, source)
    assert (settings["log_size"], settings.source("log_size")) == (300, "set")
    assert Settings({"JUPYTERWIN_LOG_SIZE": "200"}).put("log_size", 100, "file") is False


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("WARM", "1", True),
        ("WARM", "off", False),
        ("WHERE", "notebook", "notebook"),
        ("WHERE", "", None),
        ("TIMEOUT", "2.5", 2.5),
        ("LOG_SIZE", "50", 50),
        ("MIN_SANDBOX", "full", "full"),
    ],
)
def test_the_environment_is_text(name: str, text: str, value: Any) -> None:
    assert Settings({f"JUPYTERWIN_{name}": text})[name.lower()] == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("WARM", "perhaps", "JUPYTERWIN_WARM: 1 or 0 is needed, got 'perhaps'"),
        ("TIMEOUT", "soon", "JUPYTERWIN_TIMEOUT: a number is needed, got 'soon'"),
        ("WHERE", "moon", "JUPYTERWIN_WHERE: one of native, notebook is needed, got 'moon'"),
    ],
)
def test_a_bad_variable_is_told_by_its_name(name: str, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        _ = Settings({f"JUPYTERWIN_{name}": text})["warm"]


def test_they_are_the_options_of_windows_that_are_not_given_any(ours: Settings) -> None:
    for name, value in (("on_crash", "close"), ("debug", True), ("hot_reload", False), ("min_sandbox", "full")):
        ours.put(name, value, "set")
        assert getattr(checked(), name) == value
    assert checked(on_crash="show-error").on_crash == "show-error"
    assert checked().given == {}


def test_the_log_is_as_long_as_it_is_said(ours: Settings) -> None:
    ours.put("log_size", 10, "set")
    log = Log()
    for number in range(15):
        log.add("info", str(number))
    assert (len(log), log.dropped, log[0].message) == (10, 5, "5")
