"""LabPage and Notebook: JupyterLab in a tab of a browser, and a notebook that is open in it. They know no window of ours."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page

from jupyterwin.cli.lab.server import Lab


@cache
def _asking() -> str:
    return (files("jupyterwin.cli.lab") / "notebook.js").read_text(encoding="utf-8")


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
        self.ask("restored")

    def ask(self, what: str, path: str = "", argument: Any = None) -> Any:
        """One of the things that `notebook.js` can be asked for."""
        return self.tab.evaluate(_asking(), [what, path, argument])


class Notebook:
    """A notebook that is open in JupyterLab. Cells and places are named by their number, from 0."""

    def __init__(self, page: LabPage, name: str) -> None:
        self.page = page.tab
        self._lab = page
        self._path = f"{name}.ipynb"
        self.open()

    def open(self) -> None:
        """Open it; its kernel is there at the end."""
        self._ask("open")

    def load_again(self) -> None:
        """Load the whole of JupyterLab again, and the notebook as it was saved."""
        self._lab.load()
        self.open()

    def close(self) -> None:
        """Close it, and end its kernel."""
        self._ask("close")

    def _ask(self, what: str, argument: Any = None) -> Any:
        return self._lab.ask(what, self._path, argument)

    # -------------------------------------------------- cells

    def start(self, cell: int) -> None:
        """Begin to run a cell."""
        self._ask("start", cell)

    def run(self, cell: int) -> str:
        """Run a cell to its end; its text output."""
        self._ask("run", cell)
        return self.text(cell)

    def wait_for_end(self, cell: int) -> None:
        """Wait until a cell that was started has ended."""
        self._ask("ended", cell)

    def has_ended(self, cell: int) -> bool:
        """Whether a cell that was started has ended."""
        return bool(self._ask("hasEnded", cell))

    def text(self, cell: int) -> str:
        """What a cell has written so far."""
        return "".join(
            "".join(one.get("text", one.get("data", {}).get("text/plain", ""))) for one in self.outputs(cell)
        )

    def outputs(self, cell: int) -> list[dict[str, Any]]:
        """The outputs of a cell, as nbformat has them."""
        found: list[dict[str, Any]] = self._ask("outputs", cell)
        return found

    def choose(self, cell: int) -> None:
        """Make a cell the active one."""
        self._ask("choose", cell)

    # -------------------------------------------------- the whole

    def do(self, command: str, **arguments: Any) -> None:
        """Run a command of JupyterLab's to its end."""
        self._ask("do", [command, arguments])

    def restart_kernel(self) -> None:
        """Restart it, and do not wait for what comes of it in the page."""
        self._ask("restart")

    def save(self) -> None:
        """Write the notebook with its outputs."""
        self.do("docmanager:save")

    # -------------------------------------------------- what is seen

    def cell(self, number: int) -> Locator:
        """A cell."""
        return self._shown().locator(".jp-Notebook-cell").nth(number)

    def _shown(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def place(self, number: int = 0) -> Locator:
        """A place of a window, in the order of the page."""
        return self.page.locator(".jupyterwin-place").nth(number)


def inside(place: Locator) -> FrameLocator:
    """The page that is drawn in a place."""
    return place.frame_locator("iframe.jupyterwin-frame").frame_locator("iframe[title=page]")
