"""The scripts of a document, in the order they run: bridge stub, channel, preload runtime, the user's own preloads.

It reads the package's built files once, and writes no JavaScript beyond one call.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from jupyterwin.host.engines import RUNTIMES, EngineProblem, Script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jupyterwin.wire.control import Preload
    from jupyterwin.wire.frames import Boot


def for_document(boot: Boot, preloads: Sequence[Preload], runtimes: tuple[str, str] = RUNTIMES) -> list[Script]:
    """All scripts that run before the page's first; `runtimes` as of the engine."""
    stub, preload = runtimes
    return [
        Script("jupyterwin-stub", built(stub), "page"),
        Script("jupyterwin-preload", built(preload), "preload"),
        Script("jupyterwin-boot", f"jupyterwinBoot({msgspec.json.encode(boot).decode()})", "preload"),
        *_of_user(preloads),
    ]


def _of_user(preloads: Sequence[Preload]) -> Iterator[Script]:
    for preload in preloads:
        # The name makes the engine report errors, syntax errors too, under the user's own file and line.
        name = "".join(char for char in preload.name if char.isprintable() and char != " ") or "preload.js"
        source = built("user-preload.js").replace("__JUPYTERWIN_CODE__", preload.source)
        yield Script(name, f"{source}//# sourceURL={name}", "preload")


@cache
def built(name: str) -> str:
    """A file of ``static/``, made by the build of ``js/``."""
    file = files("jupyterwin") / "static" / name
    try:
        return file.read_text(encoding="utf-8")
    except OSError as problem:
        raise EngineProblem(f"the built file static/{name} is missing: run `npm --prefix js run build`") from problem
