"""Gateway: the one way out of a host that may reach some origins: a SOCKS proxy in the kernel, for exactly their addresses.

The host stays in its empty network namespace. It listens on its own loopback there and hands the listening socket over; what
connects to it is connected from here, if host and port are granted. It knows no window, and no byte of what it carries.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from jupyterwin.security.origins import endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PATIENCE = 20.0
"""Seconds for a greeting, and for a connection."""

_MOST = 256
"""Connections at once; an engine makes at most 32 through one proxy, and as many for sockets."""

_MOST_TOLD = 100
_CHUNK = 64 * 1024
_VERSION, _NO_LOGIN, _CONNECT = 5, 0, 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_DONE, _REFUSED, _UNREACHABLE, _UNKNOWN = 0, 2, 4, 7


class _Malformed(Exception):  # noqa: N818 -- ends one connection, and nobody else hears of it
    """Not what an engine says to a proxy."""


class Gateway:
    """Runs on a thread of its own from the moment the host listens until the host is gone."""

    def __init__(self, end: socket.socket, network: Iterable[str]) -> None:
        self._end = end
        self._allowed = {endpoint(origin) for origin in network}
        self._room = _MOST
        self._told: set[tuple[str, int]] = set()
        self.refused: Callable[[str], None] = lambda _address: None
        """Told each ``host:port`` that was refused, once, on the gateway's thread; of very many only the first."""
        self._thread = threading.Thread(target=self._run, name="jupyterwin-gateway", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """The host is gone: wait for the thread, which sees it too."""
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        with self._end, suppress(OSError):
            _, descriptors, _, _ = socket.recv_fds(self._end, 1, 1)
            if descriptors:
                asyncio.run(self._serve(socket.socket(fileno=descriptors[0])))

    async def _serve(self, listener: socket.socket) -> None:
        server = await asyncio.start_server(self._connected, sock=listener)
        self._end.setblocking(False)
        await asyncio.get_running_loop().sock_recv(self._end, 1)  # it says nothing more: this is its end
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._room <= 0:
            writer.close()
            return
        self._room -= 1
        try:
            async with asyncio.timeout(_PATIENCE):
                target = await _asked(reader, writer)
                far = await self._open(target, writer)
            if far is not None:
                await _carry(reader, writer, *far)
        except (OSError, EOFError, TimeoutError, _Malformed):
            pass  # the engine sees the connection end, and tells its page
        finally:
            self._room += 1
            writer.close()

    async def _open(
        self, target: tuple[str, int], writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        if target not in self._allowed:
            writer.write(_answer(_REFUSED))
            if target not in self._told and len(self._told) < _MOST_TOLD:
                self._told.add(target)
                self.refused(f"{target[0]}:{target[1]}")
            return None
        try:
            far = await asyncio.open_connection(*target, happy_eyeballs_delay=0.25)
        except OSError:
            writer.write(_answer(_UNREACHABLE))
            return None
        writer.write(_answer(_DONE))
        return far


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """The host and port that a client wants to be connected to: RFC 1928, without a login."""
    version, methods = await reader.readexactly(2)
    if version != _VERSION or _NO_LOGIN not in await reader.readexactly(methods):
        raise _Malformed
    writer.write(bytes([_VERSION, _NO_LOGIN]))
    version, command, _, kind = await reader.readexactly(4)
    if version != _VERSION or command != _CONNECT:
        writer.write(_answer(_UNKNOWN))
        raise _Malformed
    if kind == _NAME:
        (length,) = await reader.readexactly(1)
        name = (await reader.readexactly(length)).decode("ascii", "replace").lower().rstrip(".")
    elif kind in {_IPV4, _IPV6}:
        name = str(ipaddress.ip_address(await reader.readexactly(4 if kind == _IPV4 else 16)))
    else:
        raise _Malformed
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    return name, port


def _answer(code: int) -> bytes:
    return bytes([_VERSION, code, 0, _IPV4]) + bytes(6)


async def _carry(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    """Both ways, until both are done or one of them fails."""
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_copy(reader, far_writer))
            both.create_task(_copy(far_reader, writer))
    except* OSError:
        pass
    finally:
        far_writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    writer.write_eof()
