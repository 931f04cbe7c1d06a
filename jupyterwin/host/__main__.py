"""``python -m jupyterwin.host '<startup>'``: the window host's entry. The launcher starts it; a person never does."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    """Run the host until the kernel is gone or wants it to end."""
    # A kernel interrupt is for the running cell. The launcher gave us a session of our own; this holds without it too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import msgspec

    from jupyterwin.host import deadman, lifetime
    from jupyterwin.wire.control import Startup

    startup = msgspec.json.decode(sys.argv[1], type=Startup)
    # Qt reads the command line too, and honours --no-sandbox there.
    sys.argv[:] = ["jupyterwin"]
    deadman.watch(startup.kernel)
    status = 1
    try:
        status = lifetime.run(startup)
    finally:
        # No teardown of the engine: it takes long and may crash, and there is nothing to save.
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
