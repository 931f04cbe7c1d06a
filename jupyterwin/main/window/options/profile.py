"""Options of the window's profile: with whom it shares a host. They hold from its first opening on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jupyterwin.errors import EngineMissing, SandboxUnavailable, UsageError
from jupyterwin.main.window.options.option import option
from jupyterwin.security.profile import Profile, Where, parse_network, parse_partition, parse_where


def _partition(_name: str, given: Any) -> str:
    return parse_partition(given)


def _network(_name: str, given: Any) -> frozenset[str]:
    return parse_network(given)


def _where(_name: str, given: Any) -> Where | None:
    return parse_where(given)


@dataclass(kw_only=True)
class ProfileOptions:
    """Where the window's pages store, and what they reach. Without: in memory, and no network."""

    partition: str = option(
        "", _partition, "where its pages store: None in memory, 'persist:name' on disk, any other name in memory, apart"
    )
    network: frozenset[str] = option(
        frozenset, _network, "origins that its pages may reach, such as ['https://api.example.org']; none without"
    )

    where: Where | None = option(
        None,
        _where,
        "'native': a window of this machine; 'notebook': under the cell; None: native where that is possible",
    )

    def profile(self, where: Where = "native") -> Profile:
        """Which host it lives in."""
        return Profile(self.partition, self.network, self.where or where)

    def may_move(self, why: Exception) -> bool:
        """Whether the window may be drawn under its cell, as it cannot be native for this reason."""
        return self.where is None and isinstance(why, EngineMissing | SandboxUnavailable)

    def check_profile(self, open_in: Profile, given: dict[str, Any]) -> None:
        """Raise `UsageError` if what was given is another profile than that of the window which is open."""
        for name in ("partition", "network", *(("where",) if self.where else ())):
            if name in given and getattr(self, name) != getattr(open_in, name):
                msg = f"{name}: the open window has {open_in}, and cannot move to another host: close it first"
                raise UsageError(msg)
