"""The show without a native engine: the quickstart in a JupyterLab, its windows under their cells, a click while a cell runs.

It drives a notebook and looks at what is drawn; which server and which browser there are is not its matter.
"""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, expect

from jupyterwin.cli.demo.failures import DemoFailed
from jupyterwin.cli.demo.inside import page
from jupyterwin.cli.demo.notebook import Cell
from jupyterwin.cli.demo.show import BUSY, CHANGED, CLICKED, SYMBOL
from jupyterwin.cli.lab.page import Notebook, inside
from jupyterwin.cli.terminal import labelled, say

_PLACED = re.compile(r"<Window '(.*)' under its cell>")
_DRAWN = "canvas, dt, .jw-content"
_COMING = ".jw-is-coming"
_ROOM = ("application:toggle-left-area", "notebook:hide-all-cell-code")
"""Commands of JupyterLab after which a picture shows windows more than anything else."""
_PATIENCE = 60_000.0


@dataclass
class ShowUnderCells:
    """One run of a notebook that is open in JupyterLab."""

    notebook: Notebook
    pictures: Path
    _written: list[Path] = field(default_factory=list)
    _places: dict[str, Locator] = field(default_factory=dict)
    """By the name of the window."""

    def run(self, cells: list[Cell]) -> str:
        """Run it all; what came of it, as text. Raises `DemoFailed`, or what playwright raises."""
        if BUSY not in [cell.id for cell in cells]:
            raise DemoFailed(f"the notebook has no cell {BUSY!r}, in which the demo clicks")
        for command in _ROOM:
            self.notebook.do(command)
        click = ""
        for cell in cells:
            if cell.id == BUSY:
                click = self._busy(cell)
            else:
                self.notebook.run(cell.number)
                say(labelled("cell", cell.id))
            self._look_at(cell)
        times = self._round_trip()
        for name, place in self._places.items():
            place.scroll_into_view_if_needed()
            inside(place).locator("body").evaluate(page("painted.js"))
            place.screenshot(path=self._picture(name))
        found = {"round trip": times, "click": click, "pictures": ", ".join(map(str, self._written))}
        return "\n".join(labelled(label, text) for label, text in found.items())

    def _look_at(self, cell: Cell) -> None:
        for output in self.notebook.outputs(cell.number):
            if output["output_type"] == "error":
                what = f"cell {cell.id!r} failed: {output['ename']}: {output['evalue']}"
                raise DemoFailed(what, "\n".join(output["traceback"]))
            text = "".join(output.get("data", {}).get("text/plain", ""))
            if found := _PLACED.fullmatch(text):
                self._window(found[1], self.notebook.cell(cell.number).locator(".jupyterwin-place"))

    def _window(self, name: str, place: Locator) -> None:
        place.scroll_into_view_if_needed()  # what nobody can see is not drawn
        drawn = inside(place)
        expect(drawn.locator(_DRAWN).first).to_be_visible(timeout=_PATIENCE)
        expect(drawn.locator(_COMING)).to_have_count(0, timeout=_PATIENCE)
        self._places[name] = place
        say(labelled("window", f"{name}, drawn under its cell"))

    def _busy(self, cell: Cell) -> str:
        for name in (CLICKED, CHANGED):
            if name not in self._places:
                raise DemoFailed(f"window {name!r} did not come: no cell before {BUSY!r} draws it")
        say(labelled("cell", f"{cell.id}: the kernel is busy for ten seconds; a click on {SYMBOL} meanwhile"))
        self.notebook.start(cell.number)
        expect(self.notebook.cell(cell.number).locator(".jp-OutputArea-output")).not_to_be_empty(timeout=_PATIENCE)
        inside(self._places[CLICKED]).get_by_role("button", name=SYMBOL, exact=True).click()
        clicked = time.monotonic()
        heading = inside(self._places[CHANGED]).locator("h1")
        expect(heading).to_have_text(SYMBOL, timeout=_PATIENCE)
        seen = time.monotonic() - clicked
        if self.notebook.has_ended(cell.number):
            raise DemoFailed(f"the click did not reach the kernel while cell {BUSY!r} ran, only afterwards")
        self._places[CHANGED].scroll_into_view_if_needed()
        inside(self._places[CHANGED]).locator("body").evaluate(page("painted.js"))
        self.notebook.page.screenshot(path=self._picture("notebook"))
        self.notebook.wait_for_end(cell.number)
        return f"on {SYMBOL} in {CLICKED!r}, while the cell ran: {CHANGED!r} showed it {seen:.1f} s later"

    def _round_trip(self) -> str:
        times: list[float] = inside(self._places[CLICKED]).locator("body").evaluate(page("calls.js"))
        middle = statistics.median(times)
        return f"{middle:.1f} ms, page → JupyterLab → server → kernel and back (median of {len(times)} calls)"

    def _picture(self, name: str) -> Path:
        path = self.pictures / f"{name}.png"
        self._written.append(path)
        return path
