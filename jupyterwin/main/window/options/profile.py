"""Options of the window's profile: with whom it shares a host. They hold from its first opening on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.main.window.options.option import option
from jupyterwin.security.profile import Profile, parse_network, parse_partition


def _partition(_name: str, given: Any) -> str:
    return parse_partition(given)


def _network(_name: str, given: Any) -> frozenset[str]:
    return parse_network(given)


@dataclass(kw_only=True)
class ProfileOptions:
    """Where the window's pages store, and what they reach. Without: in memory, and no network."""

    partition: str = option(
        "", _partition, "where its pages store: None in memory, 'persist:name' on disk, any other name in memory, apart"
    )
    network: frozenset[str] = option(
        frozenset, _network, "origins that its pages may reach, such as ['https://api.example.org']; none without"
    )

    @property
    def profile(self) -> Profile:
        """Which host it lives in."""
        return Profile(self.partition, self.network)

    def check_profile(self, open_in: Profile, given: dict[str, Any]) -> None:
        """Raise `UsageError` if what was given is another profile than that of the window which is open."""
        for name in ("partition", "network"):
            if name in given and getattr(self, name) != getattr(open_in, name):
                msg = f"{name}: the open window has {open_in}, and cannot move to another host: close it first"
                raise UsageError(msg)
