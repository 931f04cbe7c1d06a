"""Profile: what windows share that share a host: where they store, and which remote origins they reach. Pure data."""

from __future__ import annotations

import re
from dataclasses import dataclass

PARTITION = re.compile(r"(persist:)?[\w-][\w.-]{0,63}", re.ASCII)
"""A partition's name: it is a folder's, too."""


@dataclass(frozen=True)
class Profile:
    """Windows of one profile live in one host process; another profile is another process, with a sandbox of its own."""

    partition: str = ""
    """Empty: in memory, shared by all windows that name none. ``persist:…``: on disk. Any other name: in memory, apart."""
    network: frozenset[str] = frozenset()
    """Origins (``https://api.example.org``) the windows may reach; empty: no network at all."""

    @property
    def lasting(self) -> bool:
        """Whether what its pages store outlives the host."""
        return self.partition.startswith("persist:")


DEFAULT = Profile()
