"""Mimebundles: any object that says how it looks (`_repr_mimebundle_`, `_repr_html_` …), by the richest of its ways.

The order is JupyterLab's. It knows no library: two types of libraries' own are drawn by what draws those libraries.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jupyterwin.panels.content import Content
from jupyterwin.panels.kinds.data import Tree
from jupyterwin.panels.kinds.figures.framed import Html
from jupyterwin.panels.kinds.figures.pictures import Picture
from jupyterwin.panels.kinds.figures.plotly import PlotlyBundle
from jupyterwin.panels.kinds.figures.vega import VegaBundle
from jupyterwin.panels.kinds.text import Text
from jupyterwin.panels.kinds.widgets import VIEW, of_view

_log = logging.getLogger(__name__)

_CANARY = "_ipython_canary_method_should_not_exist_"
"""What an object has that answers to every name."""

_METHODS: Mapping[str, str] = {
    "application/json": "_repr_json_",
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "application/javascript": "_repr_javascript_",
}


class Said(Content):
    """Text of a kind that the page sets: ``text/markdown`` or ``text/latex``."""

    def __init__(self, obj: Any, kind: str, text: str) -> None:
        vars(self)["kind"] = kind
        self._text = text
        super().__init__(obj)

    def snapshot(self) -> str:
        """The text."""
        return self._text


def _script(source: Any) -> Content:
    return Html(f"<script>{source}</script>")


def _picture(mime: str) -> Callable[[Any], Content]:
    return lambda data: Picture((mime, _bytes(data)))


def _svg(text: Any) -> Content:
    return Picture(("image/svg+xml", text.encode() if isinstance(text, str) else bytes(text)))


def _plotly(figure: Any) -> Content | None:
    return PlotlyBundle(figure) if "plotly" in sys.modules else None


def _vega(mode: str) -> Callable[[Any], Content]:
    return lambda spec: VegaBundle((json.loads(spec) if isinstance(spec, str) else spec, mode))


_KINDS: Mapping[str, Callable[[Any], Content | None]] = {
    VIEW: of_view,
    "application/vnd.plotly.v1+json": _plotly,
    **{f"application/vnd.vegalite.v{version}+json": _vega("vega-lite") for version in (6, 5, 4)},
    **{f"application/vnd.vega.v{version}+json": _vega("vega") for version in (6, 5)},
    "application/json": lambda value: Tree(json.loads(value) if isinstance(value, str) else value),
    "text/html": lambda text: Html(_text(text)),
    "text/markdown": lambda text: Said(text, "markdown", _text(text)),
    "text/latex": lambda text: Said(text, "latex", _text(text)),
    "image/svg+xml": _svg,
    **{mime: _picture(mime) for mime in ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")},
    "application/javascript": _script,
    "text/plain": lambda text: Text(_text(text)),
}
"""From the richest to the poorest."""


class Bundled(Content):
    """An object drawn by the richest type of its bundle. `refresh` asks it for another."""

    def __init__(self, obj: Any, inner: Content) -> None:
        super().__init__(obj)
        self._take(inner)

    @property
    def title(self) -> str:
        """The object's class."""
        return type(self.obj).__name__

    def snapshot(self) -> Any:
        """What the inner one draws."""
        return self._inner.snapshot()

    def refresh(self) -> None:
        """Ask the object anew; what it says may be of another type."""
        self._take(_richest(self.obj) or Text(self.obj))

    def _take(self, inner: Content) -> None:
        self._inner = inner
        vars(self).update(kind=inner.kind, asks=inner.asks)

    def __getattr__(self, name: str) -> Any:
        inner = self.__dict__.get("_inner")
        if inner is not None and name in inner.asks:
            return getattr(inner, name)
        raise AttributeError(name)


def content_of(obj: Any) -> Content | None:
    """The content of an object that has more than a ``repr``."""
    if isinstance(obj, type) or _method(obj, _CANARY) is not None:
        return None
    inner = _richest(obj)
    return inner if inner is None or inner.kind == "widget" else Bundled(obj, inner)  # a widget lives by itself


def of_bundle(bundle: Mapping[str, Any]) -> Content | None:
    """The content of the richest type that a mimebundle has; None if it has none that is known."""
    return next((content for mime in _KINDS if mime in bundle and (content := _KINDS[mime](bundle[mime]))), None)


def _richest(obj: Any) -> Content | None:
    return of_bundle(dict(_bundle(obj)))


def _bundle(obj: Any) -> Iterator[tuple[str, Any]]:
    """What the object says; of two answers of one type the one of its bundle, which comes last, holds."""
    for mime, name in _METHODS.items():
        if (value := _call(obj, name)) is not None:
            yield mime, value
    bundle = _call(obj, "_repr_mimebundle_", include=None, exclude=None)
    if isinstance(bundle, Mapping):
        yield from bundle.items()


def _call(obj: Any, name: str, **options: Any) -> Any:
    """What a method says, without its metadata; None if there is none, or it fails, which is logged."""
    method = _method(obj, name)
    if method is None:
        return None
    try:
        said = method(**options)
    except Exception as error:  # noqa: BLE001 -- another way of the same object may do
        if not isinstance(error, NotImplementedError):
            _log.warning("%s of %s raised %s: %s", name, type(obj).__name__, type(error).__name__, error)
        return None
    return said[0] if isinstance(said, tuple) else said


def _method(obj: Any, name: str) -> Any:
    try:
        method = getattr(obj, name, None)
    except Exception:  # noqa: BLE001 -- an attribute of a stranger's
        return None
    return method if callable(method) else None


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _bytes(data: Any) -> bytes:
    if isinstance(data, str):
        try:
            return base64.b64decode(data)
        except binascii.Error:
            return b""
    return bytes(data)
