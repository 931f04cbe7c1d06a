"""Frames between the kernel and a window's place under a cell: what is drawn there, and what its frames say. Pure.

`doc` numbers the documents of a window from 1; what is said of another than the last one is dropped. Text is as in
docs/protocol.md, section 3: what the preload and the host say to each other.
"""

from __future__ import annotations

from typing import Literal

import msgspec

PLACE_TARGET = "jupyterwin.place"
"""Comm target of a place; the front end opens it, with the window's id as ``window``."""


class _PlaceMessage(msgspec.Struct, tag_field="op", rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """Base of what is said to a place, and by it."""


class PlaceScript(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """A script that runs before the page's first, in the frame of `world`."""

    name: str
    source: str
    world: Literal["page", "preload"]


class PlaceFile(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """A file of the page, known to it under `name`: text, or `data` in base64. A `module` is imported by that name."""

    name: str
    mime: str
    text: str = ""
    data: str = ""
    module: bool = False


# ---------------------------------------------------------------- kernel → place


class Draw(_PlaceMessage, tag="draw"):
    """Begin a document: two new frames. `nonce` is that of the scripts which `policy` lets run in the page."""

    doc: int
    html: str
    policy: str
    nonce: str
    scripts: list[PlaceScript]
    files: list[PlaceFile] = []


class Told(_PlaceMessage, tag="told"):
    """A parcel for the preload."""

    doc: int
    text: str


class Given(_PlaceMessage, tag="given"):
    """The answer to `Want`: one buffer of the message, by its number; -1: there is none."""

    doc: int
    id: int
    buffer: int = -1


class Run(_PlaceMessage, tag="run"):
    """Run a script in a frame. Events named `tells` on its document are told as `Line` of level debug."""

    doc: int
    id: int
    world: Literal["page", "preload"]
    source: str
    tells: str = ""


class Look(_PlaceMessage, tag="look"):
    """How the window looks, all of it."""

    title: str
    width: int
    height: int
    background: str
    visible: bool = True
    closable: bool = True


class Focus(_PlaceMessage, tag="focus"):
    """Bring it into view, and give the page the keyboard."""


class Elsewhere(_PlaceMessage, tag="elsewhere"):
    """The window is drawn in another tab of the browser now."""


class Over(_PlaceMessage, tag="over"):
    """The window is closed, or was never there."""


ToPlace = Draw | Told | Given | Run | Look | Focus | Elsewhere | Over

# ---------------------------------------------------------------- place → kernel


class Drawn(_PlaceMessage, tag="drawn"):
    """There is an empty place: a document may begin. What was there is gone."""


class Undrawn(_PlaceMessage, tag="undrawn"):
    """There is no place any more: the output was cleared, or the notebook closed."""


class Say(_PlaceMessage, tag="say"):
    """A parcel of the preload."""

    doc: int
    text: str


class Want(_PlaceMessage, tag="want"):
    """The preload asks for a path of its window; answered by `Given`."""

    doc: int
    id: int
    path: str


class Ran(_PlaceMessage, tag="ran"):
    """A script of `Run` has run, or could not be parsed."""

    doc: int
    id: int


class PageRead(_PlaceMessage, tag="read"):
    """The page is loaded."""

    doc: int


class Titled(_PlaceMessage, tag="titled"):
    """The page wants this title."""

    doc: int
    title: str


class Line(_PlaceMessage, tag="line"):
    """A line of a frame's console, or an error that nobody caught."""

    doc: int
    level: Literal["debug", "info", "warning", "error"]
    message: str
    source: str = ""
    line: int = 0


class Closing(_PlaceMessage, tag="closing"):
    """The person wants the window closed."""


class Seen(_PlaceMessage, tag="seen"):
    """The page has the keyboard, or has it no longer."""

    focused: bool


FromPlace = Drawn | Undrawn | Say | Want | Ran | PageRead | Titled | Line | Closing | Seen
