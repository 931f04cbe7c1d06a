"""A host's last words become an error with a cure."""

from __future__ import annotations

import pytest

from jupyterwin.errors import EngineMissing, HostGone, StartFailed
from jupyterwin.main.launch import causes


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("ImportError: libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
        ("… libnss3.so: cannot open shared object file", "libnss3"),
        ("libodd.so.7: cannot open shared object file", "libodd.so.7"),
        ("qt.qpa.xcb: could not connect to display :5", ":5"),
        ("From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin.", "libxcb-cursor0"),
        ("ModuleNotFoundError: No module named 'webview'", "webview"),
    ],
)
def test_a_known_symptom_names_its_cure(said: str, cure: str) -> None:
    error = causes.of_exit(1, said, started=False)
    assert isinstance(error, EngineMissing)
    assert cure in str(error)


def test_a_screen_that_is_gone_comes_before_what_qt_adds() -> None:
    said = "could not connect to display :5\nFrom 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed"
    assert ":5" in str(causes.explain(said))


def test_an_unknown_end_quotes_the_last_words_without_the_usual_noise() -> None:
    said = "GPUInfo not initialized on GpuInfoUpdate\n\nTraceback:\nRuntimeError: boom"
    error = causes.of_exit(1, said, started=False)
    assert isinstance(error, StartFailed)
    assert "boom" in str(error)
    assert "GPUInfo" not in str(error)


@pytest.mark.parametrize(("status", "word"), [(-9, "SIGKILL"), (137, "SIGKILL"), (-11, "SIGSEGV"), (3, "code 3")])
def test_a_host_that_ran_is_gone(status: int, word: str) -> None:
    error = causes.of_exit(status, "", started=True)
    assert isinstance(error, HostGone)
    assert word in str(error)


def test_a_missing_module_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "find_spec", lambda _: None)
    with pytest.raises(EngineMissing, match="pip install"):
        causes.require_modules()


def test_a_binding_known_to_abort_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "version", lambda _: "6.12.0")
    monkeypatch.setattr(causes.sys, "version_info", (3, 11, 9))
    with pytest.raises(EngineMissing, match=r"<6\.12"):
        causes.require_modules()
    monkeypatch.setattr(causes.sys, "version_info", (3, 12, 0))
    causes.require_modules()
