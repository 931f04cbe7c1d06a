"""Players: sound and film of IPython.display, as their bytes. Known by their names and attributes; IPython is not imported."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from pathlib import Path
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.kinds.figures.kept import Kept

_MODULES = {"IPython.lib.display", "IPython.core.display", "IPython.display"}
_KINDS = {"Audio": ("audio", "audio/wav"), "Video": ("video", "video/mp4")}


class Player(Kept):
    """Sound or film with the controls of the engine: play, seek, volume."""

    def __init__(self, obj: Any) -> None:
        name = next(one.__name__ for one in type(obj).__mro__ if one.__name__ in _KINDS)
        kind, self._mime = _KINDS[name]
        vars(self)["kind"] = kind
        super().__init__(obj)

    @property
    def title(self) -> str:
        """Sound or film."""
        return self.kind.title()

    def make(self) -> dict[str, Any]:
        """``{"mime": str, "data": bytes, "autoplay": bool}``. Raises `UsageError` for what lies elsewhere."""
        path = Path(str(self.obj.filename or "")) if getattr(self.obj, "filename", None) else None
        data = self.obj.data
        if data is None and path is None:
            msg = (
                f"{self.kind}: {getattr(self.obj, 'url', None)!r} lies elsewhere; give its bytes, or the name of a file"
            )
            raise UsageError(msg)
        mime = getattr(self.obj, "mimetype", None) or mimetypes.guess_type(path or "")[0] or self._mime
        autoplay = bool(getattr(self.obj, "autoplay", False))
        return {
            "mime": mime,
            "data": path.read_bytes() if data is None and path else _bytes(data),
            "autoplay": autoplay,
        }


def content_of(obj: Any) -> Player | None:
    """The content of what IPython.display plays from bytes or a file."""
    mro = type(obj).__mro__
    if not any(one.__name__ in _KINDS and one.__module__ in _MODULES for one in mro):
        return None
    return Player(obj)


def _bytes(data: Any) -> bytes:
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as problem:
        msg = f"data: bytes are needed, or base64 of them: {problem}"
        raise UsageError(msg) from problem
