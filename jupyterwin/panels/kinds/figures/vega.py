"""Charts of altair, and Vega or Vega-Lite in a mimebundle: drawn by the Vega that comes with this package, without eval."""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from jupyterwin.panels.kinds.figures.framed import Framed

_VEGAFUSION = "vegafusion"
_transforming = threading.Lock()
"""Held while altair's registry of data transformers is another: it is one for the whole process."""


class AltairChart(Framed):
    """A chart. `Panel.on` hears "select" as ``{"name": of the parameter, "value": what it selects}``, "click" as ``{"datum": {…}}``."""

    kind = "vega"

    @property
    def title(self) -> str:
        """The chart's own title."""
        title = getattr(self.obj, "title", None)
        return title if isinstance(title, str) else "Chart"

    def make(self) -> bytes:
        """The specification with all its data, however many rows: the data go to this window, not into the notebook."""
        registry = sys.modules["altair"].data_transformers
        if registry.active == _VEGAFUSION:
            return _json(self.obj.to_dict(format="vega"), "vega")
        with _transforming, registry.enable("default", max_rows=None):
            return _json(self.obj.to_dict(), "vega-lite")


class VegaBundle(Framed):
    """The same from the mimebundle of another library: ``(specification, "vega" | "vega-lite")``."""

    kind = "vega"

    def make(self) -> bytes:
        """The specification."""
        spec, mode = self.obj
        return _json(spec, mode)


def content_of(obj: Any) -> AltairChart | None:
    """The content of a chart of altair's."""
    altair = sys.modules.get("altair")
    base = getattr(altair, "TopLevelMixin", None)
    return AltairChart(obj) if base is not None and isinstance(obj, base) else None


def _json(spec: Any, mode: str) -> bytes:
    return json.dumps({"spec": spec, "mode": mode}).encode()
