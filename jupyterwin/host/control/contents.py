"""Commands about what windows show: load, evaluate, take a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Broken, LoadFailed, UsageError
from jupyterwin.host.engines import Cut, Paper
from jupyterwin.wire import control as wire
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    import msgspec

    from jupyterwin.host.control import Control
    from jupyterwin.host.engines import LoadProblem
    from jupyterwin.host.loading import Outcome
    from jupyterwin.wire.messages import Message


def load(control: Control, command: wire.LoadContent, _: Message) -> None:
    control.window(command.window).load(command, _when_loaded(control, command))


def reload(control: Control, command: wire.Reload, _: Message) -> None:
    control.window(command.window).reload(command.preloads, _when_loaded(control, command), command.boot)


def _when_loaded(control: Control, command: wire.LoadContent | wire.Reload) -> Outcome:
    control.owe(command.id, command.window)

    def ended(problem: LoadProblem | None) -> None:
        if problem is None:
            control.reply(command.id)
        elif control.owes(command.id):
            data = {"error": problem.error, "number": problem.number, "url": problem.url}
            control.refuse(command.id, ErrorRecord(LoadFailed.code, problem.message, data=data))

    return ended


def show_crash(control: Control, command: wire.ShowCrash, _: Message) -> None:
    control.window(command.window).show_crash(command.why)
    control.reply(command.id)


def go(control: Control, command: wire.Go, _: Message) -> None:
    control.window(command.window).native.go(command.steps)
    control.reply(command.id)


def print_page(control: Control, command: wire.Print, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)

    def done(pdf: bytes) -> None:
        if not control.owes(command.id):
            return
        if pdf:
            control.reply(command.id, None, [pdf])
        else:
            control.fail(command.id, Broken.code, "the engine could not print this page")

    paper = Paper(command.page_size, command.landscape, command.margins)
    window.when_there(lambda: _carry_out(control, command.id, lambda: window.native.print(paper, done)))


def capture(control: Control, command: wire.Capture, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)

    def done(width: int, height: int, png: bytes) -> None:
        if control.owes(command.id):  # its window may have been closed meanwhile, and that was the answer
            control.reply(command.id, {"width": width, "height": height}, [png])

    cut = Cut(command.area, command.width, command.room)
    window.when_drawn(lambda: _carry_out(control, command.id, lambda: window.native.capture(cut, done)))


def _carry_out(control: Control, key: int, work: Callable[[], None]) -> None:
    if control.owes(key):  # its window may have been closed meanwhile, and that was the answer
        control.carry_out(key, work)


def evaluate(control: Control, command: wire.Evaluate, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)

    def done(error: ErrorRecord | None, value: msgspec.Raw, buffers: list[bytes]) -> None:
        if error is None:
            control.reply(command.id, value, buffers)
        elif control.owes(command.id):
            control.refuse(command.id, error)

    window.evaluate(command.script, command.world, command.timeout, done)


def devtools(control: Control, command: wire.DevTools, _: Message) -> None:
    window = control.window(command.window)
    if not window.debug:
        raise UsageError("developer tools are for windows that were opened with debug=True")
    window.native.open_devtools()
    control.reply(command.id)


def answer_sync(control: Control, command: wire.AnswerSync, message: Message) -> None:
    document = control.host.documents.get(command.document)
    if document is not None and message.buffers:
        document.sync.answered(command.sync, message.buffers[0])


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.AnswerSync: answer_sync,
    wire.LoadContent: load,
    wire.Reload: reload,
    wire.ShowCrash: show_crash,
    wire.Go: go,
    wire.Print: print_page,
    wire.Capture: capture,
    wire.Evaluate: evaluate,
    wire.DevTools: devtools,
}
