"""Waiting on the main thread for a page that needs the main thread itself."""

from __future__ import annotations

import threading
from pathlib import Path

from jupyterwin.main.app import App
from jupyterwin.main.ipc import IpcEvent
from support.real_app import open_ready

DEADLINE = 20
PRELOAD = """
const { ipcRenderer } = jupyterwin;
ipcRenderer.handle("question", async () => [await ipcRenderer.invoke("ask", 1), await ipcRenderer.invoke("ask", 2)]);
"""


def test_the_page_first_asks_functions_of_the_main_thread(app_of_each_kind: App, tmp_path: Path) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(PRELOAD)
    window = open_ready(app_of_each_kind, "a", html="<p>", preload=preload)
    ran_on: list[threading.Thread] = []

    def ask(_event: IpcEvent, n: int) -> int:
        ran_on.append(threading.current_thread())
        return n

    window.ipc.handle("ask", ask, thread="main")
    assert window.invoke("question", timeout=DEADLINE).result(DEADLINE) == [1, 2]
    assert ran_on == [threading.main_thread()] * 2
