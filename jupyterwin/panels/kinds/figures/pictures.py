"""Pictures: images of Pillow, arrays of pixels, and what IPython.display shows as bytes."""

from __future__ import annotations

import io
import sys
from typing import Any

from jupyterwin.panels.kinds.figures import png
from jupyterwin.panels.kinds.figures.kept import Kept

_CHANNELS = (3, 4)


class Picture(Kept):
    """A picture as bytes that a page can show: `obj` is ``(mime type, bytes)``. An SVG runs no script there, and loads nothing."""

    kind = "image"

    @property
    def title(self) -> str:
        """What it is."""
        return "Picture"

    def make(self) -> dict[str, Any]:
        """``{"mime": str, "data": bytes, "pixelated": bool}``; `pixelated`: each pixel means something of its own."""
        mime, data = self.obj
        return {"mime": mime, "data": data, "pixelated": False}


class PillowImage(Picture):
    """An image of Pillow's, of any mode; one that moves, moves."""

    def make(self) -> dict[str, Any]:
        """PNG, or GIF for one of several pictures."""
        drawn = io.BytesIO()
        if getattr(self.obj, "n_frames", 1) > 1:
            self.obj.save(drawn, "GIF", save_all=True)
            return {"mime": "image/gif", "data": drawn.getvalue(), "pixelated": False}
        image = self.obj if self.obj.mode in {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"} else self.obj.convert("RGBA")
        image.save(drawn, "PNG", compress_level=1)
        return {"mime": "image/png", "data": drawn.getvalue(), "pixelated": _is_small(*image.size)}


class PixelArray(Picture):
    """An array of height × width × 3 or 4: bytes from 0 to 255, or numbers from 0 to 1."""

    def make(self) -> dict[str, Any]:
        """PNG."""
        numpy = sys.modules["numpy"]
        array = self.obj
        if array.dtype != numpy.uint8:
            # What is no number has no colour: black, as matplotlib has it.
            array = (numpy.nan_to_num(array).clip(0, 1) * 255).round().astype(numpy.uint8)
        height, width, channels = array.shape
        data = png.encode(numpy.ascontiguousarray(array).tobytes(), width, height, channels)
        return {"mime": "image/png", "data": data, "pixelated": _is_small(width, height)}


def content_of(obj: Any) -> Picture | None:
    """The content of an image, or of an array that can be nothing else."""
    pillow = sys.modules.get("PIL.Image")
    if pillow is not None and isinstance(obj, pillow.Image):
        return PillowImage(obj)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(obj, numpy.ndarray) and _is_picture(obj):
        return PixelArray(obj)
    return None


def _is_picture(array: Any) -> bool:
    shaped = array.ndim == 3 and array.shape[2] in _CHANNELS and array.size > 0
    return bool(shaped and (array.dtype.name == "uint8" or array.dtype.kind == "f"))


def _is_small(width: int, height: int) -> bool:
    return max(width, height) <= 64
