"""Show: the demo itself, step by step: run the cells, place the windows, click, measure, take pictures.

It drives a kernel and a mouse. Which screen there is, and what happens afterwards, is the command's matter.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyterwin.cli.demo import pointer, screenshot
from jupyterwin.cli.demo.failures import DemoFailed, KernelFailed
from jupyterwin.cli.demo.kernel import DemoKernel
from jupyterwin.cli.demo.notebook import Cell
from jupyterwin.cli.demo.summary import Summary
from jupyterwin.cli.terminal import labelled, say

# What the demo knows of the notebook.
CLICKED, CHANGED = "prices", "details"
SYMBOL = "MSFT"
BUSY = "busy"

_BEFORE_CLICK = 2.0
_AFTER_CLICK = 1.0
_SETTLE = 0.3
_MEASURE_DEADLINE = 30.0


@dataclass
class Show:
    """One run of the notebook in `kernel`. `virtual`: the screen is ours, a picture of it disturbs nobody."""

    kernel: DemoKernel
    pictures: Path
    display: str
    virtual: bool
    summary: Summary = field(default_factory=Summary)
    _clicked_at: float = 0.0

    def run(self, cells: list[Cell]) -> None:
        """Run it all. Raises `DemoFailed` or `KernelFailed`."""
        if BUSY not in [cell.id for cell in cells]:
            raise DemoFailed(f"the notebook has no cell {BUSY!r}, in which the demo clicks")
        for cell in cells:
            if cell.id == BUSY:
                self._windows_came()
                self._busy(cell)
            else:
                self.kernel.run(cell.code, cell.id)
                say(labelled("cell", cell.id))
        self._measure()
        self._take_pictures()
        # Of the windows as they are now: a page's title comes when the page has been read.
        self.summary.windows = [self.kernel.ask("about", name) for name in self.kernel.ask("names")]

    def _windows_came(self) -> None:
        for name in (CLICKED, CHANGED):
            try:
                self.kernel.ask("wait_until_ready", name)
            except KernelFailed as problem:
                raise DemoFailed(f"window {name!r} did not come: {problem}", problem.trace) from problem
        self.kernel.ask("arrange", [CLICKED, CHANGED], fill=self.virtual)
        self.summary.engine = self.kernel.ask("engine")
        windows = [self.kernel.ask("about", name) for name in (CLICKED, CHANGED)]
        for window in windows:
            say(labelled("window", f"{window['name']}, renderer pid {window['pid']}, sandbox {window['sandbox']}"))
            if window["sandbox"] in {None, "none"}:
                raise DemoFailed(f"window {window['name']!r} has no sandbox; `jupyterwin doctor` says what is missing")
        if len({window["pid"] for window in windows} - {None}) < len(windows):
            raise DemoFailed("the windows do not have a renderer process each")

    # ------------------------------------------------------------ the cell that keeps the kernel busy

    def _busy(self, cell: Cell) -> None:
        if missing := pointer.missing():
            say(labelled("cell", f"{cell.id}, ten seconds; nobody clicks: {missing}"))
            self.kernel.run(cell.code, cell.id)
            self.summary.click = f"none: {missing}"
            return
        time.sleep(_SETTLE)  # the pages have drawn themselves at their new size
        target = self._target()
        window = self.kernel.ask("about", CLICKED)
        self.kernel.ask("watch", CHANGED)
        say(labelled("cell", f"{cell.id}: the kernel is busy for ten seconds; a click on {SYMBOL} meanwhile"))
        self.kernel.run(cell.code, cell.id, lambda: self._click(window, target))
        ended = time.monotonic()
        self._check(self.kernel.ask("watched", CHANGED), ended)

    def _target(self) -> dict[str, float]:
        buttons: dict[str, dict[str, float]] = self.kernel.ask("buttons", CLICKED)
        if SYMBOL not in buttons:
            raise DemoFailed(f"window {CLICKED!r} shows no button {SYMBOL!r}: there are {', '.join(buttons) or 'none'}")
        return buttons[SYMBOL]

    def _click(self, window: dict[str, Any], target: dict[str, float]) -> None:
        time.sleep(_BEFORE_CLICK)
        self._clicked_at = time.monotonic()
        try:
            pointer.click(window, target["x"] * target["scale"], target["y"] * target["scale"])
        except pointer.PointerFailed as problem:
            raise DemoFailed(f"the click on {SYMBOL} was not made: {problem}") from problem
        time.sleep(_AFTER_CLICK)
        if self.virtual:
            self._take_screen()

    def _check(self, seen: list[tuple[float, str]], ended: float) -> None:
        when = next((at for at, text in seen if at >= self._clicked_at and text == SYMBOL), None)
        if not self._clicked_at:
            raise DemoFailed(f"cell {BUSY!r} ended before the click")
        if when is None or when >= ended:
            shown = seen[-1][1] if seen else "nothing"
            raise DemoFailed(
                f"the click did not reach the kernel: while cell {BUSY!r} ran, window {CHANGED!r} showed {shown!r}, "
                f"not {SYMBOL!r}"
            )
        self.summary.click = (
            f"on {SYMBOL} in {CLICKED!r}, while the cell ran: {CHANGED!r} showed it "
            f"{when - self._clicked_at:.1f} s later, {ended - when:.0f} s before the cell ended"
        )

    # ------------------------------------------------------------ afterwards

    def _measure(self) -> None:
        self.kernel.ask("begin_round_trip")
        deadline = time.monotonic() + _MEASURE_DEADLINE
        while time.monotonic() < deadline:
            time.sleep(_SETTLE)  # no question while the page calls
            if times := self.kernel.ask("round_trip"):
                self.summary.times = times
                return
        raise DemoFailed(f"300 calls of a page were not answered within {_MEASURE_DEADLINE:.0f} s")

    def _take_screen(self) -> None:
        path = self.pictures / "screen.png"
        if screenshot.take(self.display, path):
            self.summary.pictures.append(path)
        else:
            say(labelled("pictures", f"none of the whole screen; {screenshot.CURE}"))

    def _take_pictures(self) -> None:
        for name in self.kernel.ask("names"):
            path = self.pictures / f"{name}.png"
            self.kernel.ask("capture", name, str(path.resolve()))
            self.summary.pictures.append(path)
