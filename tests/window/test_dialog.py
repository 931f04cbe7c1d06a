"""jw.dialog on a real screen, answered by real keys and a real pointer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterwin.errors import Cancelled, EngineMissing, UsageError, WindowClosed
from jupyterwin.main.desktop.dialog import dialog
from jupyterwin.main.window import Window
from support.kernel import RealKernel
from support.keyboard import Keyboard
from support.real_app import open_ready, real_app
from support.screen import NativeWindow, Screen, becomes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.csv", "b.csv", "c.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "inside").mkdir()
    return tmp_path


def test_a_file_is_chosen_by_its_name(folder: Path, keyboard: Keyboard) -> None:
    asked = dialog.show_open_dialog(title="pick", default_path=folder, filters={"Tables": "csv", "All": "*"})
    keyboard.into("pick").type("b.csv\n")
    assert asked.result(20) == folder / "b.csv"


def test_several_files_or_none(folder: Path, keyboard: Keyboard) -> None:
    asked = dialog.show_open_dialog(title="several", default_path=folder / "a.csv", multiple=True)
    keyboard.into("several").press("Return")
    assert asked.result(20) == [folder / "a.csv"]
    asked = dialog.show_open_dialog(title="none", default_path=folder, multiple=True)
    keyboard.into("none").press("Escape")
    assert asked.result(20) == []


def test_a_folder_is_chosen(folder: Path, keyboard: Keyboard) -> None:
    asked = dialog.show_open_dialog(title="where", default_path=folder, folder=True)
    keyboard.into("where").type("inside\n")
    assert asked.result(20) == folder / "inside"


def test_a_name_to_save_gets_its_extension_and_nothing_is_written(folder: Path, keyboard: Keyboard) -> None:
    asked = dialog.show_save_dialog(title="save", default_path=folder / "draft", filters={"Tables": ["csv", "tsv"]})
    keyboard.into("save").type("new\n")  # in the place of the proposed name
    assert asked.result(20) == folder / "new.csv"
    assert not (folder / "new.csv").exists()
    asked = dialog.show_save_dialog(title="no", default_path=folder)
    keyboard.into("no").press("Escape")
    assert asked.result(20) is None


def test_a_message_box_is_answered_by_its_keys(keyboard: Keyboard) -> None:
    def ask(title: str, *keys: str) -> tuple[int, str, bool]:
        asked = dialog.show_message_box(
            "Delete 3 files & more?", title=title, type="question", buttons=["Delete", "Keep", "Cancel"], default=1,
            checkbox="Do not ask again",
        )  # fmt: skip
        keyboard.into(title)
        for key in keys:
            keyboard.press(key)
        return asked.result(20)

    assert ask("enter", "Return") == (1, "Keep", False)
    assert ask("escape", "Escape") == (2, "Cancel", False)
    answer = ask("tick", "Shift_L+Tab", "Shift_L+Tab", "space", "Return")
    assert answer.checkbox_checked
    assert (answer.response, answer.button) == (1, "Keep")


def test_a_click_on_its_close_button_is_a_cancel(screen: Screen) -> None:
    asked = dialog.show_message_box("Sure?", title="close me", buttons=["Yes", "No"])
    screen.window("close me").click_close_button()
    assert asked.result(20).button == "No"


def test_a_dialog_that_is_cancelled_closes(screen: Screen) -> None:
    asked = dialog.show_message_box("Hm?", title="forget it")
    screen.window("forget it")
    asked.cancel()
    with pytest.raises(Cancelled):
        asked.result(1)  # and the fixture sees that its process is gone


COUNTS = "<title>counts</title><script>let clicks = 0; addEventListener('mousedown', () => { clicks++ })</script>"


@pytest.fixture
def window() -> Iterator[Window]:
    with real_app() as app:
        yield open_ready(app, "counts", html=COUNTS, width=500, height=400, x=300, y=200)


def takes_clicks(window: Window, native: NativeWindow) -> None:
    """Click until the page counts: it wakes a moment after its dialog has ended, and hears nothing before it is painted."""

    def clicked() -> bool:
        native.click(20, 20)
        return bool(window.eval("clicks").result(10))

    becomes("the page counts clicks", clicked)


def test_a_dialog_belongs_to_its_window(window: Window, screen: Screen, keyboard: Keyboard) -> None:
    native = screen.window("counts")
    takes_clicks(window, native)
    window.eval("clicks = 0").result(10)
    asked = dialog.show_message_box("Sure?", title="mine", parent=window)
    shown = screen.window("mine")
    owner = shown.transient_for
    assert owner is not None
    assert owner.title == "counts"
    centre = lambda box: (box.x + box.width / 2, box.y + box.height / 2)  # noqa: E731 -- one line
    assert all(abs(a - b) < 3 for a, b in zip(centre(shown.box), centre(native.box), strict=True))
    keyboard.into("mine")
    native.click(20, 20)
    assert window.eval("clicks").result(10) == 0, "the window takes no input while its dialog is open"
    shown.click_close_button()
    assert asked.result(20).button == "OK"
    takes_clicks(window, native)


def test_two_dialogs_of_one_window_and_its_end(window: Window, screen: Screen) -> None:
    first = dialog.show_message_box("One?", title="one", parent=window)
    second = dialog.show_message_box("Two?", title="two", parent=window)
    screen.window("one").click_close_button()
    first.result(20)
    screen.window("counts").click(20, 20)
    assert window.eval("clicks").result(10) == 0, "the other one is still open"
    window.destroy()
    with pytest.raises(WindowClosed):
        second.result(20)
    with pytest.raises(WindowClosed):
        dialog.show_message_box("Three?", parent=window).result(20)


def test_a_dialog_cancelled_at_once_leaves_its_window_alive(window: Window, screen: Screen) -> None:
    dialog.show_message_box("Hm?", parent=window).cancel()
    takes_clicks(window, screen.window("counts"))


def test_an_interrupt_leaves_it_open_and_the_end_of_the_kernel_does_not(
    real_kernel: RealKernel, keyboard: Keyboard
) -> None:
    real_kernel.run("import jupyterwin as jw; asked = jw.dialog.show_message_box('Hm?', title='open')").ok()
    keyboard.into("open")
    sessions = (
        "[os.getsid(one.pid) == one.pid for one in psutil.Process().children() if 'host.desktop' in str(one.cmdline())]"
    )
    real_kernel.run("import os, psutil").ok()
    assert real_kernel.value(sessions) == [True], "an interrupt goes to the kernel's process group"
    cell = real_kernel.running("asked.result()")
    real_kernel.interrupt()
    assert real_kernel.wait(cell).error[0] == "KeyboardInterrupt"
    keyboard.press("Return")
    assert real_kernel.value("asked.result(20).button") == "OK"
    real_kernel.run("asked = jw.dialog.show_message_box('Hm?', title='again')").ok()
    keyboard.into("again")
    real_kernel.kill()
    # … and the fixture sees that the dialog's process is gone


def test_what_no_dialog_can_show_is_refused_by_name() -> None:
    for wrong, field in (
        ({"buttons": []}, "buttons"),
        ({"default": 1}, "default"),
        ({"cancel": -1}, "cancel"),
        ({"type": "huge"}, "type"),
    ):
        with pytest.raises(UsageError, match=field):
            dialog.show_message_box("x", **wrong)
    with pytest.raises(UsageError, match="filters"):
        dialog.show_open_dialog(filters={"Nothing": []})
    with pytest.raises(UsageError, match="multiple"):
        dialog.show_open_dialog(multiple=True, folder=True)
    with pytest.raises(UsageError, match="parent"):
        dialog.show_open_dialog(parent="me")


def test_a_screen_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        number = silent.getsockname()[1] - 6000
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{number}")
        start = time.monotonic()
        with pytest.raises(EngineMissing, match="did not answer within"):
            dialog.show_message_box("Hm?").result(25)
        assert time.monotonic() - start < 5 * 5


def test_without_a_screen_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(EngineMissing, match="no screen"):
        dialog.show_open_dialog().result(5)
