"""The host's end of its gateway: a socket that listens on this namespace's loopback, handed to the kernel; or a dead end.

It knows no engine: who is to use it is told the port.
"""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BACKLOG = 64


def listen(end: int) -> int:
    """The port on which the kernel answers. `end`: the inherited descriptor, which must stay open as long as the host."""
    kernel = socket.socket(fileno=end)
    kernel.set_inheritable(False)
    with socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG) as listener:
        port: int = listener.getsockname()[1]
        socket.send_fds(kernel, [b"l"], [listener.fileno()])
    kernel.detach()
    return port


@contextmanager
def nowhere() -> Iterator[int]:
    """A port of this loopback that is taken meanwhile, and where nobody answers: what is sent there goes nowhere."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
