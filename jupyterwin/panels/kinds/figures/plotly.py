"""Figures of plotly. Its plotly.js is the one in the user's own package; the theme follows the page where it is the default."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from jupyterwin.panels.kinds.figures.framed import Framed

_DEFAULT = "plotly"
_DARK = "plotly_dark"
_CLEAR = "rgba(0,0,0,0)"
_MARGIN = {"l": 56, "r": 24, "t": 56, "b": 48}
"""Less than plotly's own, which is for whole pages; axes still make room for what they say."""
_EXPRESS_MARGIN = {"t": 60}
"""plotly.express says it of every figure without a title."""


class PlotlyFigure(Framed):
    """A figure. `Panel.on` hears "click" and "select" as columns, with an entry for each point.

    ``{"trace": [int], "index": [int], "x": […], "y": […], "customdata": […], …}``; ``index`` counts within the trace. A
    selection has ``range`` besides; one that is taken back has no entries.
    """

    kind = "plotly"

    @property
    def title(self) -> str:
        """The figure's own title."""
        title = getattr(self.obj.layout.title, "text", None)
        return str(title or "Figure")

    @property
    def scripts(self) -> dict[str, Path]:
        """plotly.js."""
        return scripts()

    def make(self) -> bytes:
        """The figure as JSON; its arrays stay binary (base64) inside."""
        figure = self.obj.to_dict()
        given: dict[str, Any] = {"figure": figure, "templates": _templates(self.obj)}
        if given["templates"]:
            figure["layout"].pop("template", None)
            if figure["layout"].get("margin") == _EXPRESS_MARGIN:
                del figure["layout"]["margin"]
        return _json(given)


class PlotlyBundle(Framed):
    """The same from the mimebundle of another library."""

    kind = "plotly"

    @property
    def scripts(self) -> dict[str, Path]:
        """plotly.js."""
        return scripts()

    def make(self) -> bytes:
        """The bundle's value, which is a figure already."""
        return _json({"figure": self.obj})


def content_of(obj: Any) -> PlotlyFigure | None:
    """The content of a figure of plotly's; a ``FigureWidget`` is left to the widgets."""
    module = sys.modules.get("plotly.basedatatypes")
    if module is None or not isinstance(obj, module.BaseFigure) or hasattr(obj, "comm"):
        return None
    return PlotlyFigure(obj)


def scripts() -> dict[str, Path]:
    """The one script, named by plotly's version; empty where plotly is not there."""
    plotly = sys.modules.get("plotly")
    if plotly is None or plotly.__file__ is None:
        return {}
    return {f"plotly {plotly.__version__}": Path(plotly.__file__).parent / "package_data" / "plotly.min.js"}


def _json(value: Any) -> bytes:
    text: str = sys.modules["plotly.io"].json.to_json_plotly(value)
    return text.encode()


def _templates(figure: Any) -> dict[str, Any] | None:
    """What a figure wears whose author chose no template: its background is the panel's, by day and by night."""
    named = sys.modules["plotly.io"].templates
    if named.default != _DEFAULT or figure.layout.template != named[_DEFAULT]:
        return None
    light, dark = (copy.deepcopy(named[name].to_plotly_json()) for name in (_DEFAULT, _DARK))
    margin = _MARGIN if figure.layout.title.text else _MARGIN | {"t": 24}
    for template in (light, dark):
        template["layout"].update(paper_bgcolor=_CLEAR, margin=margin)
    dark["layout"]["plot_bgcolor"] = _CLEAR
    return {"light": light, "dark": dark}
