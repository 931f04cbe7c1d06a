"""``python -m jupyterwin.host.desktop <pidfd>``: the desktop helper's entry. The kernel starts it; a person never does."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Do the one thing asked for on standard input; `pidfd` is the kernel's, whose end is the helper's too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import msgspec

    from jupyterwin.host import deadman
    from jupyterwin.wire.desktop import CONNECTED, LOADED, Answer, Request

    deadman.watch(int(sys.argv[1]))
    # Qt reads the command line too.
    sys.argv[:] = ["jupyterwin"]
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)

    from jupyterwin.host.desktop import work

    def write(line: bytes) -> None:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()

    write(LOADED)
    work.do(request, lambda: write(CONNECTED), lambda value: write(msgspec.json.encode(Answer(value))))
    sys.stderr.flush()
    os._exit(0)  # no teardown: there is nothing to save


if __name__ == "__main__":
    main()
