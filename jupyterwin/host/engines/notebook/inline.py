"""What a page under a cell needs of its window's files: found in its text, gathered, and named so that the place can fill it in.

A document without an origin loads no file. So each file that the page, a style or a module names is asked for here, and the
place makes a blob of it: a classic script, a module, a style, a picture alike. What a script asks for as it runs
is not known here. It knows requests only by who makes them.
"""

from __future__ import annotations

import base64
import posixpath
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from jupyterwin.wire.place import PlaceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyterwin.wire.messages import Bytes

    Fetched = Callable[[str, Bytes | None], None]
    Fetch = Callable[[str, Fetched], None]

NAME = "jw-file:/"
"""How the place knows a file: this, and its path."""

LARGEST = 64 * 1024 * 1024
"""Bytes of all files of a page together."""

_ATTRIBUTES = {
    **dict.fromkeys(("img", "script", "source", "video", "audio", "track", "embed"), ("src", "poster")),
    "link": ("href",),
    "image": ("href", "xlink:href"),
}
_LINKS = frozenset(("stylesheet", "icon", "preload", "modulepreload"))
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#|$)", re.IGNORECASE)
_CSS_URL = re.compile(r"""(url\(\s*)(["']?)([^"')]+)(\2\s*\))|(@import\s+)(["'])([^"']+)(\6)""")
_IMPORT = re.compile(
    r"""((?:^|[;}\s])(?:import|export)\b(?:[\w$\s{},*]*?\bfrom)?\s*|\bimport\s*\(\s*)(["'])([^"'\n]+)\2""", re.MULTILINE
)
_TEXTS = ("text/", "application/json", "image/svg+xml", "application/javascript")


class CannotInline(Exception):  # noqa: N818 -- it is no failure of ours
    """The page cannot be made self-contained. The message says what stands against it."""


class Gathering:
    """Of one page: `done` gets its text and its files, or why there is no such page."""

    def __init__(
        self, fetch: Fetch, done: Callable[[str, list[PlaceFile]], None], failed: Callable[[str], None]
    ) -> None:
        self._fetch = fetch
        self._done = done
        self._failed = failed
        self._files: dict[str, PlaceFile | None] = {}
        self._under_way = 1
        self._size = 0
        self._html = ""

    def begin(self, path: str, html: str) -> None:
        """Gather for the page at this path of its window."""
        self._html = _in_html(html, lambda url, module: self._name(url, path, module=module))
        self._one_less()

    def _name(self, url: str, path: str, *, module: bool = False) -> str:
        """The name of what is at `url` for the file at `path`; as it is, if it is not of this window."""
        if _ELSEWHERE.match(url):
            return url
        bare, _, rest = url.partition("?")
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), unquote(bare.partition("#")[0])))
        key = target.lstrip("/") + (f"?{rest}" if rest else "")
        if key not in self._files:
            self._files[key] = None
            self._under_way += 1
            self._fetch(key, lambda mime, body: self._fetched(key, mime, body, module=module))
        return NAME + quote(key)

    def _fetched(self, key: str, mime: str, body: Bytes | None, *, module: bool) -> None:
        if body is not None:
            self._size += len(body)
            try:
                self._files[key] = self._file(key, mime.partition(";")[0], bytes(body), module=module)
            except CannotInline as problem:
                self._failed(str(problem))
                return
        elif module:
            self._failed(f"a module of the page is missing: {key!r}")
            return
        self._one_less()

    def _file(self, key: str, mime: str, body: bytes, *, module: bool) -> PlaceFile:
        if self._size > LARGEST:
            raise CannotInline(f"the page's files are over {LARGEST} bytes: they cannot be put into one page")
        if not mime.startswith(_TEXTS):
            return PlaceFile(NAME + quote(key), mime, data=base64.b64encode(body).decode())
        text = body.decode("utf-8", "replace")
        path = key.partition("?")[0]
        if mime == "text/css":
            text = _in_css(text, lambda url: self._name(url, path))
        elif module:
            text = in_module(text, path, lambda url: self._name(url, path, module=True))
        return PlaceFile(NAME + quote(key), mime, text, module=module)

    def _one_less(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._done(self._html, [file for file in self._files.values() if file is not None])


def _in_css(text: str, name: Callable[[str], str]) -> str:
    def named(found: re.Match[str]) -> str:
        if found[3] is not None:
            return f"{found[1]}{found[2]}{name(found[3].strip())}{found[4]}"
        return f"{found[5]}{found[6]}{name(found[7])}{found[8]}"

    return _CSS_URL.sub(named, text)


def in_module(text: str, path: str, name: Callable[[str], str]) -> str:
    """The text of a module, its imports named. Raises `CannotInline` for one that names no file."""

    def named(found: re.Match[str]) -> str:
        url = found[3]
        if not url.startswith(("./", "../", "/")) and not _ELSEWHERE.match(url):
            raise CannotInline(f"{path or 'the page'} imports {url!r}, which is no file of it: bundle it first")
        return f"{found[1]}{found[2]}{name(url)}{found[2]}"

    return _IMPORT.sub(named, text)


def _in_html(html: str, name: Callable[[str, bool], str]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, new in _Places(html, name).found():
        pieces += [html[last:start], new]
        last = end
    return "".join([*pieces, html[last:]])


class _Places(HTMLParser):
    """Where a page names files: start tags, and the texts of styles and module scripts."""

    def __init__(self, html: str, name: Callable[[str, bool], str]) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self._name = name
        self._found: list[tuple[int, int, str]] = []
        self._inside = ""

    def found(self) -> Iterator[tuple[int, int, str]]:
        """From where to where, and what stands there instead."""
        self.feed(self._html)
        self.close()
        return iter(self._found)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        module = tag == "script" and given.get("type", "").strip().lower() == "module"
        self._inside = "style" if tag == "style" else "module" if module and "src" not in given else ""
        if tag == "link" and not _LINKS & set(given.get("rel", "").lower().split()):
            return
        text = self.get_starttag_text() or ""
        new = text
        for attribute in _ATTRIBUTES.get(tag, ()):
            if url := given.get(attribute, "").strip():
                new = _with_value(new, attribute, self._name(url, module))
        if new != text:
            self._found.append((self._here(), self._here() + len(text), new))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            name = lambda url: self._name(url, self._inside == "module")  # noqa: E731 -- one line
            new = _in_css(data, name) if self._inside == "style" else in_module(data, "", name)
            self._found.append((self._here(), self._here() + len(data), new))


def _with_value(tag: str, attribute: str, value: str) -> str:
    pattern = rf"""(?i)(\s{re.escape(attribute)}\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)"""
    return re.sub(pattern, lambda found: f'{found[1]}"{value}"', tag, count=1)
