"""Plots: a figure of pyplot that `interact`'s function leaves open is shown inside its output. It knows no front end.

ipywidgets asks for it by a name of the inline backend that newer matplotlibs do not use: the figure came nowhere, or under
whichever cell ended next.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def shown_inside() -> Callable[[], None]:
    """Show such figures inside from now on. Returns what ends that."""
    interaction: Any = sys.modules.get("ipywidgets.widgets.interaction")
    original = getattr(interaction, "show_inline_matplotlib_plots", None)
    if original is None:
        return lambda: None

    def show_inline_matplotlib_plots() -> None:
        original()
        _show_open()

    interaction.show_inline_matplotlib_plots = show_inline_matplotlib_plots

    def stop() -> None:
        if interaction.show_inline_matplotlib_plots is show_inline_matplotlib_plots:
            interaction.show_inline_matplotlib_plots = original

    return stop


def _show_open() -> None:
    backend: Any = sys.modules.get("matplotlib_inline.backend_inline")
    matplotlib = sys.modules.get("matplotlib")
    if backend is None or matplotlib is None or "inline" not in str(matplotlib.get_backend()):
        return
    drawn = backend.show._draw_called, backend.show._to_draw  # noqa: SLF001 -- its flags are of the process, too
    if backend.Gcf.get_all_fig_managers():
        backend.show(close=True)
        backend.show._draw_called, backend.show._to_draw = drawn  # noqa: SLF001 -- those of the running cell stay to be shown
