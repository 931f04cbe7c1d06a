"""An application of the test's own process whose windows are drawn by a real browser: all of the notebook carrier but JupyterLab.

The browser's thread runs a server, too: a page there has the anywidget's module, and its WebSocket to this process is its
kernel. As in JupyterLab, each comm message is one message of that socket, and they arrive in order.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from jupyterwin.main.app import App
from jupyterwin.main.ownership import cells
from jupyterwin.notebook.inside import InsideHost
from support.lab import CHROMIUM

STATIC = Path(__file__).parents[2] / "jupyterwin" / "static"
FRONT_END = """async ([code]) => {
  const comms = new Map();
  const socket = new WebSocket("/kernel");
  const opened = new Promise((resolve) => { socket.onopen = resolve; });
  const toKernel = (...message) => socket.send(JSON.stringify(message));
  const kernel = {
    createComm: (target, id) => {
      const comm = { open: (data) => toKernel(id, "open", data), send: (data) => toKernel(id, "send", data) };
      comms.set(id, comm);
      return comm;
    },
  };
  const widget = (await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))).default;
  const heard = {
    message: (buffers, id, data) => comms.get(id)?.onMsg({ content: { data }, buffers }),
    closed: (_buffers, id) => comms.get(id)?.onClose({ content: { data: {} } }),
    show: (_buffers, window, title) => {
      const values = { window, title, showing: 1 };
      const model = { get: (name) => values[name], on: () => undefined, widget_manager: { kernel } };
      widget.initialize({ model });
      const el = document.createElement("div");
      document.body.append(el);
      widget.render({ model, el });
    },
  };
  let head, buffers;
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") {
      [head, buffers] = [JSON.parse(data), []];
    } else {
      buffers.push(data);
    }
    const [what, count, ...args] = head;
    if (buffers.length === count) {
      heard[what](buffers, ...args);
    }
  };
  await opened;
}"""


class _Blank(RequestHandler):
    """The page, before the front end is in it."""

    def get(self) -> None:
        self.finish("<!doctype html><body>")


class _Socket(WebSocketHandler):
    """What the page and the kernel say to each other."""

    def initialize(self, front_end: BrowserFrontEnd) -> None:
        self._front_end = front_end

    def open(self, *_args: str, **_keys: str) -> None:
        self._front_end.socket = self

    def on_message(self, message: str | bytes) -> None:
        self._front_end.heard(*json.loads(message))


class BrowserFrontEnd:
    """What `main` asks of a front end; the places are in a tab of a browser."""

    def __init__(self, folder: Path) -> None:
        self.socket: _Socket | None = None
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._end: asyncio.Event | None = None
        self._places: dict[str, Any] = {}
        self._windows: dict[str, Any] = {}
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._run()))
        self._thread.start()
        self._ready.wait(30)

    async def _run(self) -> None:
        self._end = asyncio.Event()
        server = HTTPServer(Application([("/", _Blank), ("/kernel", _Socket, {"front_end": self})]))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(self._folder), "XDG_CONFIG_HOME": str(self._folder)}
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=environment)
            page = await browser.new_page()
            await page.goto(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/")
            await page.evaluate(FRONT_END, [(STATIC / "notebook.js").read_text()])
            self._ready.set()
            await self._end.wait()
            await browser.close()
        server.stop()
        await server.close_all_connections()

    def heard(self, comm: str, kind: str, data: Any) -> None:
        """A comm message of the page."""
        if kind == "open":

            def publish(message: dict[str, Any], buffers: Sequence[Any]) -> None:
                self._tell("message", comm, message, buffers=buffers)

            engine = self._windows[data["window"]].host.engine
            self._places[comm] = engine.connect(data["window"], publish, lambda: self._tell("closed", comm))
        else:
            self._places[comm](data)

    def _tell(self, what: str, *args: Any, buffers: Sequence[Any] = ()) -> None:
        """From any thread, in order."""
        pieces = [json.dumps([what, len(buffers), *args]), *map(bytes, buffers)]
        self._loop.call_soon_threadsafe(self._send, pieces)

    def _send(self, pieces: list[str | bytes]) -> None:
        assert self.socket is not None
        for piece in pieces:
            self.socket.write_message(piece, binary=isinstance(piece, bytes))

    def close(self) -> None:
        """End the browser."""
        assert self._end is not None
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()

    # -------------------------------------------------- as a front end

    def start(self, options: Any, on_exit: Any) -> InsideHost:
        """A host in this process."""
        return InsideHost(options.network, lambda: 30.0, on_exit)

    def show(self, window: Any) -> None:
        """Draw it in the tab."""
        if window.id not in self._windows:
            self._windows[window.id] = window
            self._tell("show", window.id, window.name)

    def explain(self, why: Exception) -> None:
        """Nobody reads it."""


class NotebookApp(App):
    """Every window is under a cell."""

    def open(self, name: str | None = None, **options: Any) -> Any:
        """As an application's, with ``where="notebook"``."""
        return super().open(name, **{"where": "notebook", **options})


@contextmanager
def browser_app(front_end: BrowserFrontEnd) -> Iterator[App]:
    """Windows of this application are gone at its end."""
    app = NotebookApp()
    app.front_end = front_end
    try:
        yield app
    finally:
        app.quit()
        cells.end()
