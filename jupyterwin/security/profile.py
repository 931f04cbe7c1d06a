"""Profile: what windows share that share a host: where they store, and which remote origins they reach. Pure data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from jupyterwin.errors import UsageError
from jupyterwin.security.origins import parse_origin

PERSIST = "persist:"

Where = Literal["native", "notebook"]
"""What draws a window: this machine's engine, or the front end of the notebook, under a cell."""

_LASTING_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST = 128
_SCHEMES = ("https", "http", "wss", "ws")

PARTITION = re.compile(r"(persist:)?[\w-][\w.-]{0,63}", re.ASCII)
"""A partition's name: it is a folder's, too."""


@dataclass(frozen=True)
class Profile:
    """Windows of one profile live in one host process; another profile is another process, with a sandbox of its own."""

    partition: str = ""
    """Empty: in memory, shared by all windows that name none. ``persist:…``: on disk. Any other name: in memory, apart."""
    network: frozenset[str] = frozenset()
    """Origins (``https://api.example.org``) the windows may reach; empty: no network at all."""
    where: Where = "native"
    """What draws them. Under a cell the host is a thread of the kernel, and nothing is stored."""

    @property
    def lasting(self) -> bool:
        """Whether what its pages store outlives the host."""
        return self.partition.startswith(PERSIST) and self.where == "native"

    @property
    def folder_name(self) -> str:
        """The name of a lasting partition, which is safe as a folder's."""
        return self.partition.removeprefix(PERSIST)

    def __str__(self) -> str:
        network = f" with network={sorted(self.network)}" if self.network else ""
        where = " under a cell" if self.where == "notebook" else ""
        return f"partition {self.partition or None!r}{network}{where}"


DEFAULT = Profile()


def parse_partition(given: Any) -> str:
    """A partition's name as a person writes it: None, ``persist:name``, or any other name. Raises `UsageError`."""
    if given is None:
        return ""
    if not isinstance(given, str) or not given.strip() or len(given) > _LONGEST or not given.isprintable():
        msg = f"partition: None, 'persist:name' or a name of at most {_LONGEST} characters is needed, got {given!r}"
        raise UsageError(msg)
    if given.startswith(PERSIST) and not _LASTING_NAME.fullmatch(given.removeprefix(PERSIST)):
        msg = (
            "partition: after 'persist:' up to 64 letters, digits, '.', '_' and '-' are needed, "
            f"a letter or digit first, got {given!r}"
        )
        raise UsageError(msg)
    return given


def parse_where(given: Any) -> Where | None:
    """``"native"``, ``"notebook"``, or None for what this machine can. Raises `UsageError`."""
    if given is not None and given not in get_args(Where):
        msg = f"where: 'native', 'notebook' or None is needed, got {given!r}"
        raise UsageError(msg)
    where: Where | None = given
    return where


def parse_network(given: Any) -> frozenset[str]:
    """Origins as a person writes them: a list of ``scheme://host[:port]``. Raises `UsageError`."""
    if given is None:
        return frozenset()
    if isinstance(given, str) or not isinstance(given, Iterable):
        msg = f"network: a list of origins is needed, such as ['https://api.example.org'], got {given!r}"
        raise UsageError(msg)
    return frozenset(map(_origin, given))


def _origin(text: Any) -> str:
    origin = parse_origin(text) if isinstance(text, str) else None
    if origin is None or origin.partition(":")[0] not in _SCHEMES:
        msg = (
            "network: an origin such as 'https://api.example.org' is needed (https, http, wss or ws; a host; a port if it "
            f"is not the usual one; no path, no wildcard), got {text!r}"
        )
        raise UsageError(msg)
    if "[" in origin:  # as browsers read a content security policy, it has no such address
        msg = f"network: a page's policy cannot name the IPv6 address in {text!r}; give it a host name, as in 'http://localhost:8000'"
        raise UsageError(msg)
    return origin
