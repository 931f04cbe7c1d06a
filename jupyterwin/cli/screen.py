"""The screen a command's windows open on: the one that DISPLAY names, or an Xvfb of the command's own.

It knows X servers, and no window.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import IO, Self

from jupyterwin.cli.processes import end_with_parent

SIZE = (1600, 1000)
INSTALL_XVFB = "sudo apt-get install xvfb"
_START_DEADLINE = 20.0
_X11_PORT = 6000
_CONNECT_DEADLINE = 3.0
_DISPLAY = re.compile(r"(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?")


class NoScreen(Exception):  # noqa: N818 -- it names a state of the machine
    """There is no screen, and none can be made; the message says what to install."""


def answers(display: str) -> bool:
    """Whether an X server takes connections there. Whether it lets us in is seen when a window opens."""
    found = _DISPLAY.fullmatch(display)
    if found is None:
        return False
    number = int(found["number"])
    if found["host"] in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 -- X11's own place
        return _connects(path) or _connects(f"\0{path}")
    with contextlib.suppress(OSError), socket.create_connection((found["host"], _X11_PORT + number), _CONNECT_DEADLINE):
        return True
    return False


def _connects(path: str) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_CONNECT_DEADLINE)
        probe.connect(path)
        return True
    return False


class VirtualScreen:
    """An Xvfb of our own; a context manager. Inside, DISPLAY names it."""

    def __init__(self) -> None:
        self.name = ""
        self._before: str | None = None
        self._server: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        program = shutil.which("Xvfb")
        if program is None:
            raise NoScreen(f"there is no screen, and no Xvfb to make one in memory; `{INSTALL_XVFB}`")
        read, write = os.pipe()
        try:
            width, height = SIZE
            # -noreset: without it the server starts over whenever its last window closes.
            options = ["-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
            # A session of its own: Ctrl-C is the command's to handle, and the screen goes last.
            self._server = subprocess.Popen(
                [program, *options],
                pass_fds=[write],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509  # a command has no threads when it makes its screen
            )
        finally:
            os.close(write)
        try:
            with os.fdopen(read, "rb", buffering=0) as number:
                self.name = f":{self._number(number)}"
        except BaseException:
            self._stop()
            raise
        self._before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = self.name
        return self

    def __exit__(self, *_error: object) -> None:
        if self._before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = self._before
        self._stop()

    def _number(self, read: IO[bytes]) -> int:
        """The display's number, which Xvfb chose: it writes it once it takes connections."""
        text = b""
        deadline = time.monotonic() + _START_DEADLINE
        while not text.endswith(b"\n"):
            ready = select.select([read], [], [], max(0.0, deadline - time.monotonic()))[0]
            piece = os.read(read.fileno(), 64) if ready else b""
            if not piece:
                raise NoScreen(f"Xvfb gave no screen (exit code {self._server.poll()}); is its package whole?")
            text += piece
        return int(text)

    def _stop(self) -> None:
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()


@contextlib.contextmanager
def virtual(*, wanted: bool) -> Iterator[VirtualScreen | None]:
    """A virtual screen if it is wanted; else None, and DISPLAY stays. Raises `NoScreen`."""
    if not wanted:
        yield None
        return
    with VirtualScreen() as screen:
        yield screen
