"""jw.clipboard: the desktop's clipboard, for the kernel alone. It knows no window; pages read it by a switch of their own."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.main.desktop import helper
from jupyterwin.main.pending import Pending
from jupyterwin.wire import desktop as wire

_PNG = b"\x89PNG\r\n\x1a\n"


class Clipboard:
    """What was copied, by whatever program. Each method returns a `Pending`: ``await`` it, or ``.result()``.

    What is written stays until something else is copied or the kernel ends; a clipboard manager, where there is one,
    keeps it longer. All raise `EngineMissing` without a screen.
    """

    def read_text(self) -> Pending[str | None]:
        """The text, or None when what was copied has none."""
        return self._ask("text")

    def read_html(self) -> Pending[str | None]:
        """The HTML, or None."""
        return self._ask("html")

    def read_image(self) -> Pending[bytes | None]:
        """The picture as a PNG, or None."""
        return helper.ask(
            "clipboard.read_image",
            wire.ReadClipboard("image"),
            lambda value: None if value is None else base64.b64decode(value),
        )

    def available_formats(self) -> Pending[list[str]]:
        """The MIME types of what was copied."""
        return self._ask("formats")

    def write_text(self, text: str) -> Pending[None]:
        """Copy a text."""
        return self.write(text=text)

    def write_html(self, html: str, *, text: str | None = None) -> Pending[None]:
        """Copy HTML; `text` is for programs that take no HTML."""
        return self.write(html=html, text=text)

    def write_image(self, image: Any) -> Pending[None]:
        """Copy a picture: PNG bytes, the path of a PNG, or what draws itself as one (``win.capture().result()``)."""
        return self.write(image=image)

    def write(self, *, text: str | None = None, html: str | None = None, image: Any = None) -> Pending[None]:
        """Copy one thing in several forms; who pastes takes the one it knows."""
        for name, value in (("text", text), ("html", html)):
            if value is not None and not isinstance(value, str):
                msg = f"{name}: a string is needed, got {type(value).__name__}"
                raise UsageError(msg)
        if text is html is image is None:
            msg = "text, html or image: one of them is needed; clear() empties the clipboard"
            raise UsageError(msg)
        picture = None if image is None else _png(image)
        return helper.ask("clipboard.write", wire.WriteClipboard(text, html, picture))

    def clear(self) -> Pending[None]:
        """Empty it."""
        return helper.ask("clipboard.clear", wire.WriteClipboard())

    def _ask(self, what: Any) -> Pending[Any]:
        return helper.ask(f"clipboard: {what}", wire.ReadClipboard(what))

    def __repr__(self) -> str:
        return "<jupyterwin.clipboard: read_text, write_text, read_html, …>"


def _png(image: Any) -> bytes:
    if isinstance(image, str | Path):
        image = Path(image).expanduser().read_bytes()
    elif hasattr(image, "_repr_png_"):
        image = image._repr_png_()
    if not isinstance(image, bytes | bytearray | memoryview) or bytes(image[:8]) != _PNG:
        msg = f"image: a PNG is needed, as bytes, a path or an object that draws itself as one, got {type(image).__name__}"
        raise UsageError(msg)
    return bytes(image)


clipboard = Clipboard()
"""The clipboard of this desktop."""
