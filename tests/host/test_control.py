"""Commands: each answered exactly once, none may end the host."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from jupyterwin.errors import Overflow, UsageError
from jupyterwin.host.control import _COMMANDS
from jupyterwin.host.engines import ERR_ABORTED, LoadProblem
from jupyterwin.host.engines.headless import HeadlessWindow
from jupyterwin.wire import control, frames
from jupyterwin.wire.messages import Message
from support.headless import HeadlessHost

NONCE = "n" * 16


ABORTED = LoadProblem("cut short", "ERR_ABORTED", ERR_ABORTED)


@pytest.fixture
def host() -> HeadlessHost:
    return HeadlessHost()


def test_the_table_has_every_command(host: HeadlessHost) -> None:
    import typing

    assert set(_COMMANDS) == set(typing.get_args(control.Command))


def test_a_name_in_use_is_refused(host: HeadlessHost) -> None:
    host.open("w")
    reply = host.command(
        control.CreateWindow, window="w", origin="x", title="", boot=frames.Boot("w"), content=control.Content()
    )
    assert reply.error.code == "usage"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (control.Reload, {}),
        (control.CloseWindow, {}),
        (control.Capture, {}),
        (control.DevTools, {}),
        (control.Evaluate, {"script": "1"}),
        (control.SetWindow, {"title": "x"}),
        (control.LoadContent, {"boot": frames.Boot("w"), "content": control.Content()}),
    ],
)
def test_a_window_that_is_not_there_is_an_answer(host: HeadlessHost, kind: type, fields: dict) -> None:
    assert host.command(kind, window="gone", **fields).error.code == "window-gone"


def test_a_failing_command_is_answered_and_the_next_one_runs(host: HeadlessHost) -> None:
    window = host.open()

    def fail() -> None:
        raise RuntimeError("no")

    window.change = fail
    assert host.command(control.SetWindow, window="w", visible=True).error.code == "broken"
    assert host.command(control.ActOnWindow, window="w", action="focus").error is None


def test_setting_tells_what_changed(host: HeadlessHost) -> None:
    host.open()
    host.command(control.SetWindow, window="w", title="t", zoom=2.0, mode="maximized", visible=False)
    host.command(control.ActOnWindow, window="w", action="focus")
    changed = {name: value for event in host.of(control.Changed) for name, value in event.native.known().items()}
    assert changed == {"title": "t", "zoom": 2.0, "mode": "maximized", "visible": False, "focused": True}


@pytest.mark.parametrize(("kind", "method"), [(control.Capture, "capture"), (control.Print, "print")])
def test_what_an_engine_refuses_when_the_page_is_there_is_the_answer(
    host: HeadlessHost, kind: type, method: str
) -> None:
    window = host.open()

    def refuse(*_: object) -> None:
        raise UsageError("this engine has none")

    setattr(window, method, refuse)
    assert host.command(kind, window="w") is None, "the page is not there yet"
    loaded(window)
    assert [reply.error.code for reply in host.of(control.Reply) if reply.error] == ["usage"]


def test_a_picture_comes_with_the_reply(host: HeadlessHost) -> None:
    loaded(host.open())
    reply = host.command(control.Capture, window="w")
    assert reply.value == {"width": 1, "height": 1}
    assert host.link.buffers[-1] == [b"\x89PNG"]


def loaded(window: HeadlessWindow) -> None:
    """The document that was asked for says hello, and is there."""
    window.say(NONCE + 'h{"protocol":1,"first":true}')
    window.listener.loaded("jw://x/", None)


def test_a_picture_and_a_script_wait_for_the_document_that_is_being_loaded(host: HeadlessHost) -> None:
    window = host.open()
    ran: list[str] = []
    window.run = lambda source, _world, _done, **_tells: ran.append(source)
    assert host.command(control.Capture, window="w") is None
    host.command(control.Evaluate, window="w", script="first")
    window.listener.loaded("jw://x/", ABORTED)  # of the document before it: nobody has said hello
    assert not ran
    loaded(window)
    assert any("first" in source for source in ran)
    assert len(host.of(control.Reply)) == 2
    host.command(control.Reload, window="w")
    host.command(control.Evaluate, window="w", script="second")
    window.listener.loaded("jw://x/", ABORTED)
    assert not any("second" in source for source in ran)
    window.listener.gone("killed", 9)
    assert any("second" in source for source in ran)


def test_a_script_for_a_page_that_could_not_be_loaded_is_told_so_at_once(host: HeadlessHost) -> None:
    window = host.open()
    host.command(control.Evaluate, window="w", script="1")
    window.listener.loaded("jw://x/", LoadProblem("not found"))
    reply = host.of(control.Reply)[-1]
    assert (reply.error.code, reply.error.message) == (
        "cancelled",
        "there is no page to run the script in: not found",
    )
    assert host.command(control.Evaluate, window="w", script="1").error.code == "cancelled"
    host.command(control.Reload, window="w")
    assert host.command(control.Evaluate, window="w", script="1") is None


def test_a_reply_too_large_for_the_kernel_is_an_error(host: HeadlessHost, monkeypatch: pytest.MonkeyPatch) -> None:
    report = host.link.report

    def limited(event: object, buffers: Sequence[object] = ()) -> None:
        if buffers:
            raise Overflow("too large")
        report(event, buffers)

    monkeypatch.setattr(host.link, "report", limited)
    window = host.open()
    loaded(window)
    pictures: list[Callable[[int, int, bytes], None]] = []
    window.capture = lambda _cut, done: pictures.append(done)
    assert host.command(control.Capture, window="w") is None
    pictures[0](1, 1, b"PNG")  # later, as an engine does
    assert host.of(control.Reply)[-1].error.code == "overflow"


def test_a_picture_does_not_wait_for_ever_and_is_taken_once(
    host: HeadlessHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[Callable[[], None]] = []
    monkeypatch.setattr(host.engine, "later", lambda _seconds, call: timers.append(call))
    window = host.open()
    pictures: list[Callable[[int, int, bytes], None]] = []
    window.capture = lambda _cut, done: pictures.append(done)
    host.command(control.Capture, window="w")
    for timer in tuple(timers):
        timer()
    assert len(pictures) == 1
    loaded(window)
    assert len(pictures) == 1


def test_a_closed_window_answers_what_it_still_owed(host: HeadlessHost) -> None:
    window = host.open()
    window.capture = lambda _cut, _done: None
    assert host.command(control.Capture, window="w") is None
    host.command(control.CloseWindow, window="w")
    errors = [reply.error.code for reply in host.of(control.Reply) if reply.error]
    assert errors == ["window-gone"]
    assert [event.window for event in host.of(control.Closed)] == ["w"]
    assert host.host.windows == {}


def test_developer_tools_need_debug(host: HeadlessHost) -> None:
    host.open("a")
    host.open("b", debug=True)
    assert host.command(control.DevTools, window="a").error.code == "usage"
    assert host.command(control.DevTools, window="b").error is None


def test_loading_replaces_content_and_scripts(host: HeadlessHost) -> None:
    window = host.open()
    host.command(
        control.LoadContent,
        window="w",
        boot=frames.Boot("w", debug=True),
        content=control.Content("html", "new", "N"),
        preloads=[control.Preload("my file.js", "1")],
    )
    assert window.document.body == b"new"
    names = [script.name for script in window.scripts]
    assert names == ["jupyterwin-stub", "jupyterwin-preload", "jupyterwin-boot", "myfile.js"]
    assert [script.world for script in window.scripts] == ["page", "preload", "preload", "preload"]
    assert window.scripts[2].source == 'jupyterwinBoot({"window":"w","debug":true})'
    assert "1" in window.scripts[3].source.splitlines()[0]  # its first line is the first line of the file


def test_quit_and_the_end_of_the_control_comm_end_the_host(host: HeadlessHost) -> None:
    host.command(control.Quit)
    assert not host.engine._running
    other = HeadlessHost()
    other.host.deliver(Message("comm_close", control.HOST_COMM))
    assert not other.engine._running


def test_an_undecodable_command_raises_for_the_guard(host: HeadlessHost) -> None:
    with pytest.raises(msgspec.ValidationError):
        host.host.deliver(Message("comm_msg", control.HOST_COMM, b'[{"op":"unknown"}]'))


def test_a_renderer_below_the_minimum_ends_the_host() -> None:
    import os

    host = HeadlessHost(min_sandbox="outer")
    window = host.open()
    window.pid = os.getpid()  # a process without any sandbox
    window.say('0123456789abcdefh{"protocol":1,"first":true}')
    assert [event.error.code for event in host.of(control.Failed)] == ["sandbox-unavailable"]
    assert host.link.sent == []  # its document never reached the kernel
    assert not host.engine._running


def test_nothing_is_asked_of_a_window_that_closed_while_it_was_loading(
    host: HeadlessHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], None]] = []
    monkeypatch.setattr(host.engine, "later", lambda _seconds, call: later.append(call))
    window = host.open()
    pictures: list[object] = []
    monkeypatch.setattr(window, "capture", pictures.append)
    window.listener._loading.begin()
    host.command(control.Capture, window="w")
    host.command(control.CloseWindow, window="w", force=True)
    for call in later:
        call()
    window.listener.console("info", "a last word", "", 0)
    assert pictures == []
    assert host.of(control.Console) == []
