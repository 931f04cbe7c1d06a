"""Figures of matplotlib: a copy that pyplot does not know, drawn at the size of each panel and for its screen.

All drawing here is under one lock. A figure that cannot be copied is drawn once, when it is assigned.
"""

from __future__ import annotations

import io
import pickle
import sys
import threading
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.panels.content import Content

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_drawing = threading.RLock()
"""matplotlib's own state is one for the whole process."""

_PER_INCH = 100
"""CSS pixels of an inch when a figure has its own size: what notebooks show at matplotlib's default resolution."""
_SMALLEST, _LARGEST = 0.75, 1.6
"""How far text grows and shrinks with the panel; beyond that the figure is laid out anew."""
_PIXELS = 16, 8192
_RATIO = 0.5, 4.0
_LONGEST_SVG = 4_000_000
_FAST = {"compress_level": 1}


class MatplotlibFigure(Content):
    """A figure as it is when it is assigned, and again at `refresh`. It is closed in pyplot, so that no cell shows it too."""

    kind = "matplotlib"
    asks: ClassVar[frozenset[str]] = frozenset({"draw"})

    def __init__(self, obj: Any, figure: Figure) -> None:
        super().__init__(obj)
        self._figure = figure
        self._copy: bytes | None = None
        self._still: tuple[str, bytes] | None = None
        self.refresh()

    @property
    def title(self) -> str:
        """The figure's own title."""
        return _words(self._figure)[0] if _words(self._figure) else "Figure"

    def snapshot(self) -> dict[str, Any]:
        """``{"alt": text, "still": None | {"mime", "data"}}``: without a still one the page asks to `draw`."""
        still = self._still and {"mime": self._still[0], "data": self._still[1]}
        return {"alt": ". ".join(_words(self._figure)), "still": still}

    def draw(self, width: float, height: float, ratio: float) -> bytes | None:
        """A PNG for a panel of so many CSS pixels, `ratio` pixels of the screen each; None for what is drawn already."""
        with _drawing:
            if self._copy is None:
                return None
            # Each picture begins with the figure as it was: what lays it out for one size leaves its marks.
            figure: Figure = pickle.loads(self._copy)  # noqa: S301 -- our own words, from below
            width, height = _within(width, _PIXELS), _within(height, _PIXELS)
            return _png(figure, width, height, min(_within(ratio, _RATIO), _PIXELS[1] / max(width, height)))

    def refresh(self) -> None:
        """Copy it as it is now."""
        with _drawing:
            _close_in_pyplot(self._figure)
            self._copy, self._still = None, None
            try:
                copy = pickle.dumps(self._figure)
                pickle.loads(copy)  # noqa: S301 -- some parts refuse only then
                self._copy = copy
            except Exception:  # noqa: BLE001 -- a formatter that is a lambda, a callback: any of its parts may refuse
                self._still = _picture(self._figure)


def content_of(obj: Any) -> MatplotlibFigure | None:
    """The content of a figure, of axes or another artist, of several of one figure, and of seaborn's grids."""
    if "matplotlib.figure" not in sys.modules:
        return None
    figure = _figure_of(obj)
    return None if figure is None else MatplotlibFigure(obj, figure)


def _figure_of(obj: Any) -> Any:
    artist = sys.modules["matplotlib.artist"].Artist
    if type(obj).__module__.partition(".")[0] == "seaborn":
        obj = getattr(obj, "figure", None)
    elif type(obj).__name__ == "ndarray" and obj.dtype.kind == "O" and obj.size:
        obj = obj.flat[0]
    elif isinstance(obj, list | tuple) and obj and all(isinstance(one, artist) for one in obj):
        obj = obj[0]
    if not isinstance(obj, artist):
        return None
    # Before matplotlib 3.10 a subfigure's own figure is the one it is part of, and `figure` is the root.
    root = obj.get_figure(root=True) if hasattr(obj, "get_figure") else None
    return root if isinstance(root, sys.modules["matplotlib.figure"].Figure) else None


def _close_in_pyplot(figure: Figure) -> None:
    """Only then does a copy stay out of pyplot, and nothing shows the figure at the end of the cell."""
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close(figure)


def _png(figure: Figure, width: float, height: float, ratio: float) -> bytes:
    """Draw it to fill so many CSS pixels: as a whole a little larger or smaller, then laid out anew."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    inches = figure.get_size_inches()
    scale = _within(min(width / inches[0], height / inches[1]) / _PER_INCH, (_SMALLEST, _LARGEST))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fonts and layouts: the person heard them when the figure was made
        canvas: Any = FigureCanvasAgg(figure)
        figure.set_size_inches(width / _PER_INCH / scale, height / _PER_INCH / scale)
        figure.dpi = _PER_INCH * scale * ratio
        canvas.draw()
        if figure.get_layout_engine() is None and _is_cut_off(figure, canvas):
            figure.set_layout_engine("tight")
        picture = io.BytesIO()
        canvas.print_png(picture, pil_kwargs=_FAST)
    return picture.getvalue()


def _is_cut_off(figure: Figure, canvas: Any) -> bool:
    """Whether a label or a legend hangs over the edge."""
    box, (width, height) = figure.get_tightbbox(canvas.get_renderer()), figure.get_size_inches()
    return bool(box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height)


def _picture(figure: Figure) -> tuple[str, bytes]:
    """The figure in its own size: as SVG, which is sharp at any size, unless that is too long."""
    for mime, options in (("image/svg+xml", {"format": "svg"}), ("image/png", {"format": "png", "dpi": 2 * _PER_INCH})):
        drawn = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            figure.savefig(drawn, bbox_inches="tight", **options)
        if len(drawn.getvalue()) <= _LONGEST_SVG or mime == "image/png":
            return mime, drawn.getvalue()
    raise AssertionError("the last one is taken as it is")


def _words(figure: Figure) -> list[str]:
    """What a person who does not see it is told: its titles, and what its axes say."""
    words: list[str] = []
    with suppress(AttributeError):  # of a figure that is being changed by another thread
        words.append(figure.get_suptitle())
        for axes in figure.axes:
            words += [axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
    return list(dict.fromkeys(word for word in words if word))


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(bounds[1], max(bounds[0], float(value)))
