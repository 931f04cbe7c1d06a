"""Framed: what is drawn in a frame of opaque origin, by scripts that the page asks the kernel for and hands over.

It knows the frames' documents (`security.frames`) and where our own built scripts are, and no library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.errors import UsageError
from jupyterwin.panels.framing import built, document
from jupyterwin.panels.kinds.figures.kept import Kept

if TYPE_CHECKING:
    from pathlib import Path


class Framed(Kept):
    """The base of what a library draws. `kind` names the frame, too."""

    asks: ClassVar[frozenset[str]] = frozenset({"script", "frame"})

    @property
    def scripts(self) -> dict[str, Path]:
        """The library's scripts by a name that another version of it has not, in their order."""
        return {}

    def snapshot(self) -> dict[str, Any]:
        """``{"scripts": names, "content": what the driver draws}``."""
        return {"scripts": [*self.scripts, *self._own()], "content": self.value}

    def script(self, name: str) -> bytes:
        """One of the scripts that `snapshot` names."""
        if name in self._own():
            return built(f"{name}.js").encode()
        path = self.scripts.get(name)
        if path is None:
            msg = f"script: a {self.kind!r} has none called {name!r}"
            raise UsageError(msg)
        return path.read_bytes()

    def frame(self, nonce: str = "") -> str:
        """The frame's document, for a page that has no address of its own to load it from; `nonce` is the page's."""
        return document(self.kind, nonce)

    def _own(self) -> list[str]:
        return [] if self.kind == "html" else [f"frame-{self.kind}"]


class Html(Framed):
    """HTML that somebody wrote: a document or a piece of one."""

    kind = "html"

    def make(self) -> str:
        """The text itself."""
        return str(self.obj)
