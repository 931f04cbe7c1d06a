"""A real JupyterLab with a home of its own, and a notebook in it driven by Debian's chromium. It knows no window of ours."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import nbformat
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
STARTED = re.compile(r"http://[^:/]+:(\d+)/lab")
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
    "completer-extension/manager": {"providerTimeout": 20_000},  # in ms: a second passes before a busy kernel answers
}


class Lab:
    """A server, and notebooks of its folder."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.folder = folder
        self.url = url
        self.token = token

    def write(self, name: str, cells: Sequence[str]) -> None:
        """A notebook with these cells of code."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.folder / f"{name}.ipynb")


@contextmanager
def running_lab(folder: Path, **changes: str | None) -> Iterator[Lab]:
    """A server, until the end; `changes` to its environment (None: taken out)."""
    settings = folder / "settings"
    for name, given in SETTINGS.items():
        file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(given))
    own = {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    environment = {name: value for name, value in (os.environ | own | changes).items() if value is not None}
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={notebooks}"),
        *("--LabApp.expose_app_in_browser=True", "--KernelManager.shutdown_wait_time=2"),
    ]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    try:
        yield Lab(notebooks, f"http://127.0.0.1:{_port(process.stderr)}", token)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def _port(said: IO[str]) -> str:
    lines = []
    for line in said:
        lines.append(line)
        if found := STARTED.search(line):
            return found[1]
    raise AssertionError("JupyterLab did not start:\n" + "".join(lines))


_FIND = """async (argument) => {
  const app = window.jupyterapp;
  const panel = [...app.shell.widgets("main")].find((one) => one.context?.path === PATH);
  const notebook = panel?.content;
  BODY
}"""


class LabPage:
    """JupyterLab in a tab of the browser."""

    def __init__(self, tab: Page, lab: Lab) -> None:
        self.tab = tab
        self._address = f"{lab.url}/lab?token={lab.token}&reset"
        self.load()

    def load(self) -> None:
        """Load the whole of it, or load it again; no notebook is open then."""
        self.tab.goto(self._address)
        self.tab.wait_for_function("window.jupyterapp !== undefined")
        self.tab.evaluate("jupyterapp.restored.then(() => 0)")


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: LabPage, name: str) -> None:
        self.page = page.tab
        self._lab = page
        self._name = name
        self.open()

    def open(self) -> None:
        """Open it; its kernel is there at the end."""
        self.page.evaluate(
            "(path) => jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' }).then(() => 0)",
            f"{self._name}.ipynb",
        )
        self._run(
            "await panel.sessionContext.ready; await panel.revealed; await panel.sessionContext.session.kernel.info"
        )

    def load_again(self) -> None:
        """Load the whole of JupyterLab again, and the notebook as it was saved."""
        self._lab.load()
        self.open()

    def close(self) -> None:
        """Close it, and end its kernel."""
        self._run("if (panel) { await panel.sessionContext.shutdown(); panel.dispose(); }")

    def _run(self, script: str, argument: Any = None) -> Any:
        find = _FIND.replace("PATH", json.dumps(f"{self._name}.ipynb")).replace("BODY", script)
        return self.page.evaluate(find, argument)

    def start(self, cell: int) -> None:
        """Begin to run a cell, by its number."""
        self._run("notebook.activeCellIndex = argument; void app.commands.execute('notebook:run-cell')", cell)

    def run(self, cell: int) -> str:
        """Run a cell to its end; its text output."""
        self._run("notebook.activeCellIndex = argument; await app.commands.execute('notebook:run-cell')", cell)
        return self.text(cell)

    def text(self, cell: int) -> str:
        """What a cell has written so far."""
        outputs = self._run("return notebook.widgets[argument].model.outputs.toJSON()", cell)
        return "".join("".join(one.get("text", one.get("data", {}).get("text/plain", ""))) for one in outputs)

    def do(self, command: str, **arguments: Any) -> None:
        """A command of JupyterLab's, to its end."""
        self._run("await app.commands.execute(argument[0], argument[1])", [command, arguments])

    def wait_for_end(self, cell: int) -> None:
        """Wait until a cell that was started has ended."""
        self._run(
            "const { model } = notebook.widgets[argument];"
            "if (model.executionCount === null) await new Promise((resolve) => model.stateChanged.connect(() => "
            "{ if (model.executionCount !== null) resolve() }))",
            cell,
        )

    def choose(self, cell: int) -> None:
        """Make a cell the active one."""
        self._run("notebook.activeCellIndex = argument", cell)

    def restart_kernel(self) -> None:
        """Restart it, and do not wait for what comes of it in the page."""
        self._run("await panel.sessionContext.restartKernel()")

    def save(self) -> None:
        """Write the notebook with its outputs."""
        self.do("docmanager:save")

    def cell(self, number: int) -> Locator:
        """A cell."""
        return self._shown().locator(".jp-Notebook-cell").nth(number)

    def _shown(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def place(self, number: int = 0) -> Locator:
        """A place of a window, in the order of the page."""
        return self.page.locator(".jupyterwin-place").nth(number)

    def outputs(self, cell: int) -> int:
        """How many outputs a cell has."""
        return int(self._run("return notebook.widgets[argument].model.outputs.length", cell))


def inside(place: Locator) -> FrameLocator:
    """The page that is drawn in a place."""
    return place.frame_locator("iframe.jupyterwin-frame").frame_locator("iframe[title=page]")


def chromium(playwright: Playwright, folder: Path) -> Browser:
    """Debian's browser; nothing is downloaded. What it writes beside its profile goes to `folder`."""
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=environment)
