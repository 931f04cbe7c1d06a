"""Ports in tests: what one hears, and what a page says and is told of them."""

from __future__ import annotations

import threading
from typing import Any

import msgspec

from jupyterwin.main.app import App
from jupyterwin.main.ports.port import MessageChannel, MessagePort
from jupyterwin.testing import DEADLINE, Page
from jupyterwin.wire.frames import Frame, PortMessage


class Heard:
    """What a port of the kernel's hears."""

    def __init__(self, port: MessagePort, *, start: bool = True) -> None:
        self.data: list[Any] = []
        self.ports: list[MessagePort] = []
        self.closed = threading.Event()
        self._changed = threading.Condition()
        port.on("message", self._message)
        port.on("close", self.closed.set)
        if start:
            port.start()

    def _message(self, event: Any) -> None:
        with self._changed:
            self.data.append(event.data)
            self.ports.extend(event.ports)
            self._changed.notify_all()

    def wait(self, count: int) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.data) >= count, 3 * DEADLINE), self.data
        return self.data


def channel(app: App) -> tuple[MessagePort, MessagePort]:
    made = MessageChannel(app=app)
    return made.port1, made.port2


def message(port: int, value: Any, **more: Any) -> PortMessage:
    return PortMessage(port, msgspec.Raw(msgspec.json.encode(value)), **more)


def of(page: Page, kind: type[Frame]) -> list[Any]:
    return [frame for frame in page.frames if isinstance(frame, kind)]


def wait_for(page: Page, kind: type[Frame], count: int = 1) -> list[Any]:
    page.wait_for(lambda: len(of(page, kind)) >= count)
    return of(page, kind)


def values(page: Page) -> list[Any]:
    return [msgspec.json.decode(frame.value) for frame in of(page, PortMessage)]
