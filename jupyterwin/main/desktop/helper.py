"""A helper process for one request of the desktop, from its start to its answer or its end. It knows no window."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Broken, EngineMissing, StartFailed
from jupyterwin.main.launch import causes, machine
from jupyterwin.main.launch.stderr import LastWords
from jupyterwin.main.pending import Pending
from jupyterwin.wire.desktop import CONNECTED, LOADED, Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT = 4.0
"""Seconds that the screen has to answer."""

_read_answer = msgspec.json.Decoder(Answer).decode


class Helper:
    """One running helper. Its answer settles `pending`, which a cancel of ends the process."""

    def __init__(self, what: str, request: Request, read: Callable[[Any], Any]) -> None:
        """Start it. `read` makes the result of the answer's value. Raises `EngineMissing`: no screen, or no Qt."""
        causes.require_modules()
        machine.gather()  # there is a screen, or the error that says how to get one
        self.pending: Pending[Any] = Pending(what, on_cancel=self.end)
        self._read = read
        self._process = _start()
        self._words = LastWords(self._process.stderr)  # type: ignore[arg-type]  # piped
        threading.Thread(target=self._serve, args=(request,), name="jupyterwin-desktop", daemon=True).start()

    def end(self) -> None:
        """End it at once, whatever it shows. Safe to call again."""
        self._process.kill()

    def _serve(self, request: Request) -> None:
        process = self._process
        assert process.stdin is not None  # noqa: S101 -- for the type checker: piped
        assert process.stdout is not None  # noqa: S101
        with process.stdout:
            try:
                with process.stdin:
                    process.stdin.write(msgspec.json.encode(request))
            except BrokenPipeError:
                pass  # it ended before it read: its last words say why
            self._settle(self._answer(process.stdout))
        process.wait()
        self._words.close()

    def _answer(self, lines: IO[bytes]) -> bytes:
        """Its last line; empty when it ended before. A screen that does not answer ends it."""
        if lines.readline().rstrip() != LOADED:
            return b""
        late = threading.Timer(CONNECT, self._give_up)
        late.daemon = True
        late.start()
        connected = lines.readline().rstrip() == CONNECTED
        late.cancel()
        return lines.readline() if connected else b""

    def _give_up(self) -> None:
        screen = os.environ.get("DISPLAY", "")
        self.pending.fail(
            EngineMissing(f"the screen {screen} did not answer within {CONNECT:g} s: is its X server running?")
        )
        self.end()

    def _settle(self, line: bytes) -> None:
        if not line:
            self.pending.fail(self._failure())
            return
        try:
            self.pending.settle(self._read(_read_answer(line).value))
        except Exception as problem:  # noqa: BLE001 -- an answer that cannot be read is the outcome
            self.pending.fail(problem)

    def _failure(self) -> Broken:
        status = self._process.wait()
        self._words.close()
        said = self._words.text()
        return causes.explain(said) or StartFailed(
            f"{self.pending.what}: its process ended with {status}{causes.quote(said)}"
        )


def _start() -> subprocess.Popen[bytes]:
    kernel = os.pidfd_open(os.getpid())
    try:
        # A session of its own: an interrupt of a cell must not close the dialog that the cell has opened.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "jupyterwin.host.desktop", str(kernel)],
            env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(kernel,),
            start_new_session=True,
        )
    finally:
        os.close(kernel)


def ask(what: str, request: Request, read: Callable[[Any], Any] = lambda value: value) -> Pending[Any]:
    """Start a helper for this request; its answer, read by `read`. What cannot start fails the same way."""
    try:
        return Helper(what, request, read).pending
    except Broken as problem:
        failed: Pending[Any] = Pending(what)
        failed.fail(problem)
        return failed
