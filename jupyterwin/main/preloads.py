"""Preload scripts, as the kernel reads them: the files a window names, and those registered for all windows.

They are read anew for each load. A page, and whatever its errors say, knows a script by its file's name alone; where the
file lies is known here. It runs nothing and sends nothing.
"""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError
from jupyterwin.wire.control import Preload

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_CLASSIC = frozenset((".mjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"))
"""Suffixes of files that no engine takes as a classic script."""

# What must not be taken for code: comments, strings, templates. Of strings the quotes stay.
_TEXT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.DOTALL)
_MODULE = re.compile(
    r"(?m)(?:^|[;}])[ \t]*"
    r"(import[ \t]*(?:\"|[{*])|import[ \t]+[\w$]+[ \t]*(?:,|from\b)"
    r"|export[ \t]*[{*]|export[ \t]+(?:default|const|let|var|class|function|async)\b)"
)


@dataclass(frozen=True, slots=True)
class PreloadScript:
    """A script that every window has: Electron's ``PreloadScript`` of type ``frame``."""

    id: str
    path: Path


class PreloadScripts:
    """The scripts registered for all windows, in the order of their registration: ``jw.app.…_preload_script``."""

    def __init__(self) -> None:
        self._by_id: dict[str, PreloadScript] = {}
        self._lock = threading.Lock()

    def register(self, path: str | Path, id: str | None = None) -> str:  # noqa: A002 -- Electron's name
        """Let every window that is opened or reloaded from now on run this script, before its own preloads. Its id.

        For libraries, which own no window. Scripts run in the order they were registered; the file is read anew for each
        load, and one that cannot be read by then is a ``preload-error`` of that window. It belongs to the application and
        not to the cell: registered again, the same file stays where it is. Raises `UsageError`.
        """
        if id is not None and (not isinstance(id, str) or not id):
            msg = f"id: a name is needed, got {id!r}"
            raise UsageError(msg)
        [file] = own(path)
        with self._lock:
            there = [script for script in self._by_id.values() if script.path == file and id in {None, script.id}]
            if there:
                return there[0].id
            if id in self._by_id:
                msg = f"id: a preload script {id!r} is registered: unregister_preload_script({id!r}) first"
                raise UsageError(msg)
            script = PreloadScript(id or secrets.token_hex(8), file)
            self._by_id[script.id] = script
        return script.id

    def unregister(self, id: str) -> None:  # noqa: A002 -- Electron's name
        """Windows that are opened or reloaded from now on do without it. Raises `UsageError` if there is none."""
        with self._lock:
            if self._by_id.pop(id, None) is None:
                msg = f"id: no preload script {id!r} is registered; there are: {', '.join(self._by_id) or 'none'}"
                raise UsageError(msg)

    def list(self) -> Sequence[PreloadScript]:
        """The scripts (``id``, ``path``), in the order they run."""
        with self._lock:
            return [*self._by_id.values()]


@dataclass(slots=True)
class Loaded:
    """What one load brings along."""

    scripts: list[Preload] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    """The file of each script by the name that the page knows it by."""
    problems: list[tuple[Path, UsageError]] = field(default_factory=list)
    """Scripts that are left out, and why."""


def own(given: str | Path | Iterable[str | Path]) -> list[Path]:
    """The files that a window names, each checked by reading it. Raises `UsageError`."""
    paths = [Path(item).expanduser().absolute() for item in ([given] if isinstance(given, str | Path) else given)]
    for path in paths:
        _read(path)
    return paths


def load(paths: Iterable[Path]) -> Loaded:
    """Read them anew. One that cannot be had is left out, and the others are there all the same."""
    loaded = Loaded()
    for path in paths:
        try:
            source = _read(path)
        except UsageError as problem:
            loaded.problems.append((path, problem))
            continue
        name = _name(path, loaded.files)
        loaded.files[name] = path
        loaded.scripts.append(Preload(name, source))
    return loaded


def _name(path: Path, taken: Iterable[str]) -> str:
    """The file's name, as far as an engine takes it for one; of two files of one name the second is told apart."""
    stem = re.sub(r"[^\w.~+@-]", "_", path.stem) or "preload"
    suffix = re.sub(r"[^\w.]", "_", path.suffix)
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{suffix}" for number in range(1, 10**6))
    return next(name for name in names if name not in taken)


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        msg = f"preload: {path} cannot be read: {problem}"
        raise UsageError(msg) from problem
    if path.suffix.lower() in _NOT_CLASSIC:
        raise _needs_bundling(path, 1, f"a {path.suffix} file is none")
    found = _MODULE.search(_TEXT.sub(_blanked, text))
    if found is not None:
        line = text.count("\n", 0, found.start(1)) + 1
        raise _needs_bundling(path, line, f"{found[1].split()[0].rstrip('{*')!r} is refused")
    return text


def _blanked(found: re.Match[str]) -> str:
    """As long as it was, with as many lines."""
    inner = re.sub(r"[^\n]", " ", found[0])
    return f'"{inner[1:-1]}"' if found[0][0] in "\"'" else inner


def _needs_bundling(path: Path, line: int, why: str) -> UsageError:
    return UsageError(
        f"preload: {path}:{line}: a preload is one classic script, and {why}; bundle it first, for example by "
        f"`npx esbuild {path.name} --bundle --format=iife --outfile={path.stem}.bundle.js`"
    )
