"""A virtual screen: an Xvfb process with a display number that it chose itself. Knows no window and no kernel."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from typing import Self

SIZE = "1600x1000x24"


class VirtualDisplay:
    """A context manager; inside, DISPLAY names the screen. It takes more options of Xvfb."""

    def __init__(self, *options: str) -> None:
        self._options = options

    def __enter__(self) -> Self:
        server = shutil.which("Xvfb")
        assert server, "windows are tested on a virtual screen: sudo apt-get install xvfb (scripts/setup does it)"
        read, write = os.pipe()
        # -noreset: without it the server starts over, all atoms gone, whenever its last window closes.
        options = ["-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(
            [server, *options, *self._options],
            pass_fds=[write],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(write)
        try:
            self.name = f":{self._number(read)}"
        except BaseException:
            self._stop()
            raise
        finally:
            os.close(read)
        self._before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = self.name
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = self._before
        self._stop()

    def _number(self, read: int) -> int:
        """Xvfb writes its number, and a newline, once it accepts connections."""
        text = b""
        while not text.endswith(b"\n"):
            ready, _, _ = select.select([read], [], [], 20)
            piece = os.read(read, 64) if ready else b""
            assert piece, f"Xvfb gave no display within 20 s (exit code {self._server.poll()})"
            text += piece
        return int(text)

    def _stop(self) -> None:
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
