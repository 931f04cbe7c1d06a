"""Widgets: ipywidgets, anywidget, and objects with anywidget's descriptor. It says which objects those are."""

from __future__ import annotations

import sys
from typing import Any

from jupyterwin.panels.widgets.content import WidgetContent
from jupyterwin.panels.widgets.tree import comm_of, owner_of

VIEW = "application/vnd.jupyter.widget-view+json"
"""The type by which a mimebundle says that it is a widget's."""


def content_of(obj: Any) -> WidgetContent | None:
    """The content of a widget that can be shown; None for anything else."""
    if _is(obj, "DOMWidget"):
        shown = obj.comm is not None and obj._view_name is not None  # noqa: SLF001 -- as ipywidgets itself asks
        return WidgetContent(obj, obj.comm.comm_id) if shown else None
    data = _described(obj)
    if not data or VIEW not in data:
        return None
    model_id = str(data[VIEW]["model_id"])
    comm: Any = comm_of(model_id)
    if comm is not None and not hasattr(comm, "kernel"):
        comm.kernel = __name__  # without any, in a plain script, the descriptor does not tell its state
    return WidgetContent(obj, model_id)


def of_view(view: Any) -> WidgetContent | None:
    """The content of a widget as a mimebundle names it; None where it is not there any more."""
    model_id = str(view.get("model_id")) if isinstance(view, dict) else ""
    owner = owner_of(comm_of(model_id))
    if _is(owner, "Widget"):
        return content_of(owner)
    return None if owner is None else WidgetContent(owner, model_id)


def _is(obj: Any, name: str) -> bool:
    """Whether it is an object of this class of ipywidgets, if there is any."""
    kind = getattr(sys.modules.get("ipywidgets"), name, None)
    return kind is not None and isinstance(obj, kind)


def _described(obj: Any) -> dict[str, Any] | None:
    """The mimebundle of an object with anywidget's descriptor, which makes its comm."""
    if "anywidget" not in sys.modules:
        return None
    from anywidget.experimental import MimeBundleDescriptor

    if not any(isinstance(vars(cls).get("_repr_mimebundle_"), MimeBundleDescriptor) for cls in type(obj).__mro__):
        return None
    bundle = obj._repr_mimebundle_()
    return bundle[0] if bundle else None
