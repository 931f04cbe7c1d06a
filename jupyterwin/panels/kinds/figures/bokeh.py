"""Plots, layouts and widgets of bokeh, drawn by the BokehJS of the user's own package. Callbacks in Python need bokeh's server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jupyterwin.panels.kinds.figures.framed import Framed

_MATH = ("$$", "\\\\(", "\\\\[", '"TeX"', '"MathML"', '"Ascii"')
"""What text of a document has that MathJax is to set."""


class BokehModel(Framed):
    """A model that draws itself. `Panel.on` hears "select" as ``{"index": [int]}``: rows of the data source."""

    kind = "bokeh"

    @property
    def title(self) -> str:
        """The plot's own title."""
        return str(getattr(getattr(self.obj, "title", None), "text", None) or "Figure")

    @property
    def scripts(self) -> dict[str, Path]:
        """BokehJS, and those of its parts that this model needs."""
        bokeh = sys.modules["bokeh"]
        folder = Path(str(bokeh.__file__)).parent / "server" / "static" / "js"
        return {f"{part} {bokeh.__version__}": folder / f"{part}.min.js" for part in self._parts}

    def make(self) -> bytes:
        """The document of this one root, as JSON."""
        from bokeh.core.json_encoder import serialize_json
        from bokeh.embed import json_item

        text: str = serialize_json(json_item(self.obj))
        self._parts = _parts_of(self.obj, text)
        return text.encode()


def content_of(obj: Any) -> BokehModel | None:
    """The content of a model of bokeh's that can be seen."""
    module = sys.modules.get("bokeh.models.ui.ui_element")
    return BokehModel(obj) if module is not None and isinstance(obj, module.UIElement) else None


def _parts_of(model: Any, text: str) -> list[str]:
    models = sys.modules["bokeh.models"]
    uses = model.references()
    wanted = {
        "bokeh": True,
        "bokeh-widgets": any(isinstance(one, models.Widget) for one in uses),
        "bokeh-tables": any(isinstance(one, models.TableWidget) for one in uses),
        "bokeh-gl": any(getattr(one, "output_backend", "") == "webgl" for one in uses),
        "bokeh-mathjax": any(sign in text for sign in _MATH),
    }
    wanted["bokeh-widgets"] |= wanted["bokeh-tables"]
    return [part for part, is_wanted in wanted.items() if is_wanted]
