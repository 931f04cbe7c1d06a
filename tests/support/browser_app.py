"""An application of the test's own process whose windows are drawn by a real browser: all of the notebook carrier but JupyterLab.

The browser runs in a thread of its own. A page there has the anywidget's module, and a kernel that is this process.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from jupyterwin.main.app import App
from jupyterwin.main.ownership import cells
from jupyterwin.notebook.inside import InsideHost
from support.lab import CHROMIUM

STATIC = Path(__file__).parents[2] / "jupyterwin" / "static"
PAGE = "http://notebook.test/"
FRONT_END = """async ([code]) => {
  const comms = new Map();
  const kernel = {
    createComm: (target, id) => {
      const comm = {
        open: (data) => void toKernel(id, "open", data),
        send: (data) => void toKernel(id, "send", data),
      };
      comms.set(id, comm);
      return comm;
    },
  };
  const widget = (await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))).default;
  window.fromKernel = (id, data, buffers) =>
    comms.get(id)?.onMsg({
      content: { data },
      buffers: buffers.map((text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))),
    });
  window.closed = (id) => comms.get(id)?.onClose({ content: { data: {} } });
  window.show = (window, title) => {
    const model = { get: (name) => ({ window, title, showing: 1 })[name], on: () => undefined, widget_manager: { kernel } };
    widget.initialize({ model });
    const el = document.createElement("div");
    document.body.append(el);
    widget.render({ model, el });
  };
}"""


class BrowserFrontEnd:
    """What `main` asks of a front end; the places are in a tab of a browser."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._page: Page | None = None
        self._ready = threading.Event()
        self._end: asyncio.Event | None = None
        self._hosts: list[InsideHost] = []
        self._places: dict[str, Any] = {}
        self._shown: set[str] = set()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._run()))
        self._thread.start()
        self._ready.wait(30)

    async def _run(self) -> None:
        self._end = asyncio.Event()
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(self._folder), "XDG_CONFIG_HOME": str(self._folder)}
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=environment)
            page = await browser.new_page()
            await page.route(PAGE, lambda route: route.fulfill(body="<!doctype html><body>", content_type="text/html"))
            await page.goto(PAGE)
            await page.expose_function("toKernel", self._from_page)
            await page.evaluate(FRONT_END, [(STATIC / "notebook.js").read_text()])
            self._page = page
            self._ready.set()
            await self._end.wait()
            await browser.close()

    def _from_page(self, comm: str, kind: str, data: Any) -> None:
        if kind == "open":
            engine = next(host.engine for host in self._hosts if host.alive)

            def publish(message: dict[str, Any], buffers: Sequence[Any]) -> None:
                texts = [base64.b64encode(buffer).decode() for buffer in buffers]
                self._tell("([id, data, buffers]) => fromKernel(id, data, buffers)", [comm, message, texts])

            close = lambda: self._tell("(id) => closed(id)", comm)  # noqa: E731 -- one line
            self._places[comm] = engine.connect(data["window"], publish, close)
        else:
            self._places[comm](data)

    def _tell(self, script: str, argument: Any) -> None:
        argument = json.loads(json.dumps(argument))
        self._loop.call_soon_threadsafe(lambda: self._loop.create_task(self._evaluate(script, argument)))

    async def _evaluate(self, script: str, argument: Any) -> None:
        assert self._page is not None
        await self._page.evaluate(script, argument)

    def close(self) -> None:
        """End the browser."""
        assert self._end is not None
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()

    # -------------------------------------------------- as a front end

    def start(self, options: Any, on_exit: Any) -> InsideHost:
        """A host in this process."""
        host = InsideHost(options.network, lambda: 30.0, on_exit)
        self._hosts.append(host)
        return host

    def show(self, window: Any) -> None:
        """Draw it in the tab."""
        if window.id not in self._shown:
            self._shown.add(window.id)
            self._tell("([id, title]) => show(id, title)", [window.id, window.name])

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
