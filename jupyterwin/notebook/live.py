"""A trace in a notebook: one display that is brought up to date as long as the trace lives. It records nothing itself.

What the notebook saves is the table as it was last drawn.
"""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Any

from IPython.display import display

from jupyterwin.main.ownership import cells
from jupyterwin.main.tracing.trace import Trace

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

INTERVAL = 0.2
"""Seconds between two updates at least: a front end draws no faster than a person reads."""


def attach(ip: InteractiveShell) -> None:
    """Let traces be live where they are shown, if the shell has a front end that can change what it shows."""
    if ip.display_formatter is not None and getattr(ip, "kernel", None) is not None:
        ip.display_formatter.ipython_display_formatter.for_type(Trace, show)


def detach(ip: InteractiveShell) -> None:
    """Show traces as they are."""
    if ip.display_formatter is not None:
        ip.display_formatter.ipython_display_formatter.pop(Trace, None)


def show(trace: Trace) -> None:
    """Show it here, under the running cell."""
    handle = display(_drawn(trace), raw=True, display_id=True)
    if trace.active and handle is not None:
        LiveTable(trace, handle).start()


class LiveTable:
    """Updates one display from a thread of its own, until the trace stops or the cell that shows it runs again."""

    def __init__(self, trace: Trace, handle: Any) -> None:
        self._trace = trace
        self._handle = handle
        self._changed = threading.Event()
        self._replaced = threading.Event()

    def start(self) -> None:
        """Begin; the updates belong to the running cell's output."""
        dispose = self._trace.on_change(self._changed.set)
        forget = cells.own(self._replace)
        context = contextvars.copy_context()

        def run() -> None:
            context.run(self._follow)
            dispose()
            forget()

        threading.Thread(target=run, name="jupyterwin-inspector", daemon=True).start()

    def _replace(self) -> None:
        self._replaced.set()
        self._changed.set()

    def _follow(self) -> None:
        goes_on = True
        while goes_on:
            self._changed.wait()
            self._changed.clear()
            goes_on = self._trace.active
            if self._replaced.is_set():
                return
            self._handle.update(_drawn(self._trace), raw=True)
            self._replaced.wait(INTERVAL)


def _drawn(trace: Trace) -> dict[str, str]:
    return {"text/plain": repr(trace), "text/html": trace._repr_html_()}
