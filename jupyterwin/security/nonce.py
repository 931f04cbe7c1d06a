"""Marks the script tags an author wrote in an HTML string with the nonce of its policy. Pure.

It reads HTML as a browser's tokenizer does, so that what is a comment, an attribute's value or raw text for the
browser is not taken for a tag here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = re.compile(r"<(?:!--|[!?]|/[^A-Za-z]|(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*))")
_COMMENT_END = re.compile(r"-?>|--!?>")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>=?[^\s/>=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)?))?"""
)
_TAG_END = re.compile(r"[\s/]*>")
_RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"}


def add_nonce(html: str, nonce: str) -> str:
    """`html` with ``nonce="…"`` on each of its script tags; a nonce that a tag had already is replaced."""
    pieces: list[str] = []
    done = 0
    for start, end in _script_tags(html):
        pieces += [html[done:start], _marked(html[start:end], nonce)]
        done = end
    return "".join([*pieces, html[done:]])


def _marked(tag: str, nonce: str) -> str:
    name_end = len("<script")
    pieces = [tag[:name_end], f' nonce="{nonce}"']
    position = name_end
    # A second nonce attribute would make the browser refuse the whole tag, so the author's own is taken out.
    while found := _ATTRIBUTE.match(tag, position):
        if found["name"].lower() != "nonce":
            pieces.append(found[0])
        position = found.end()
    return "".join([*pieces, tag[position:]])


def _script_tags(html: str) -> Iterator[tuple[int, int]]:
    """Start and end of every script start tag."""
    position = 0
    while found := _MARKUP.search(html, position):
        name = (found["name"] or "").lower()
        if not name:
            position = _after_comment(html, found)
            continue
        end = _tag_end(html, found.end())
        if end is None:
            return  # the last tag is cut off: no browser makes an element of it
        position = end
        if not found["end"]:
            if name == "script":
                yield found.start(), end
            if name == "plaintext":
                return
            if name in _RAW:
                position = _after_raw(html, end, name)


def _after_comment(html: str, found: re.Match[str]) -> int:
    if found[0] != "<!--":
        end = html.find(">", found.start() + 2)
        return len(html) if end < 0 else end + 1
    if early := _COMMENT_END.match(html, found.end()):
        return early.end()  # <!--> and <!---> are whole comments
    late = re.compile(r"--!?>").search(html, found.end())
    return late.end() if late else len(html)


def _tag_end(html: str, position: int) -> int | None:
    while not (end := _TAG_END.match(html, position)):
        attribute = _ATTRIBUTE.match(html, position)
        if attribute is None or attribute.end() == position:
            return None
        position = attribute.end()
    return end.end()


def _after_raw(html: str, position: int, name: str) -> int:
    """Where raw text ends: at its end tag, which is then read as markup."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, position)
    return end.start() if end else len(html)
