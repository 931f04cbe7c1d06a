"""What a page may do besides showing itself: one table of switches, all off, and the one check that refusals go through.

Pure data and functions: it knows neither engine nor window. The kernel parses what the user wrote, it travels as data,
and the host asks `Policy.allows` at each attempt. What is refused is told with the switch that would allow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.security.origins import SCHEME, origin_of, parse_origin

SELF = "self"
"""Stands in a list for the window's own page, whose origin nobody knows beforehand."""

Kind = Literal["asker", "target", "never"]
Allow = Mapping[str, bool | str | Iterable[str]]
"""As the user writes it: ``{"camera": True, "popups": ["self", "https://docs.example.org"]}``."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One row. ``asker``: a list of origins that may do it; ``target``: of origins it may be done to.

    True is short for ``["self"]``, False for nothing. ``never``: there is nothing to switch; `instead` says why.
    """

    kind: Kind
    doing: str
    """What was refused, as a message begins."""
    instead: str = ""
    schemes: tuple[str, ...] = ("https", "http")
    """Of origins that may stand in its list, besides "self"."""


SWITCHES: Mapping[str, Switch] = {
    # what the engine asks about by itself
    "geolocation": Switch("asker", "the person's position"),
    "camera": Switch("asker", "the camera"),
    "microphone": Switch("asker", "the microphone"),
    "screen_capture": Switch("asker", "a picture of the screen"),
    "notifications": Switch("asker", "notifications of the desktop"),
    "clipboard": Switch("asker", "the clipboard"),
    "pointer_lock": Switch("asker", "holding the mouse pointer"),
    "local_fonts": Switch("asker", "the list of installed fonts"),
    "fullscreen": Switch("asker", "filling the screen"),
    "service_workers": Switch("asker", "a service worker"),
    "downloads": Switch("asker", "a download"),
    "webgl": Switch("asker", "drawing by WebGL"),
    # where it goes
    "navigation": Switch("target", "leaving the window's own origin"),
    "popups": Switch("target", "opening another window"),
    "drops": Switch("target", "going to what was dropped on the window"),
    "external_links": Switch("target", "opening a link outside", schemes=("https", "mailto")),
    "certificates": Switch("target", "a connection whose certificate is not valid", schemes=("https",)),
    # what cannot be had
    "file_urls": Switch(
        "never", "a file: address", "no window reads files by itself: give it path= or an exposed function"
    ),
    "file_chooser": Switch(
        "never", "a file chooser", "the window host sees no file of the user: expose a function that calls jw.dialog"
    ),
    "dialogs": Switch(
        "never", "a dialog of the page", "dialogs are the kernel's: expose a function that calls jw.dialog"
    ),
    "network": Switch(
        "never", "reaching another origin", "network=[…] of a window names the origins that its pages may reach"
    ),
    "devices": Switch("never", "a device", "expose a function that speaks to it"),
    "protocol_handlers": Switch("never", "taking over a protocol", "no link of another program would find the window"),
    "credentials": Switch("never", "a key, a password or a certificate of the person", "no window has any"),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What one window allows: for each switch that is on, the parsed origins (and "self")."""

    allow: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def allows(self, switch: str, url: str, own: str) -> bool:
        """Whether this switch is on for the origin of `url`; `own` is the window's own (the host part of its address)."""
        origin = origin_of(url)
        listed = self.allow.get(switch, ())
        return origin in listed or (SELF in listed and origin == f"{SCHEME}://{own}")

    def any_for(self, switch: str) -> bool:
        """Whether this switch is on for anybody at all."""
        return bool(self.allow.get(switch))

    def and_also(self, other: Policy) -> Policy:
        """What either allows."""
        names = dict.fromkeys([*self.allow, *other.allow])
        return Policy(
            {name: tuple(dict.fromkeys([*self.allow.get(name, ()), *other.allow.get(name, ())])) for name in names}
        )

    def plain(self) -> dict[str, list[str]]:
        """As it travels; `Policy.of_plain` reads it."""
        return {name: list(origins) for name, origins in self.allow.items()}

    @classmethod
    def of_plain(cls, allow: Mapping[str, Iterable[str]]) -> Policy:
        """From `plain`."""
        return cls({name: tuple(origins) for name, origins in allow.items()})


NOTHING = Policy()
"""The default of every window."""

OF_CONTENT: Mapping[str, Policy] = {
    # Figures of libraries draw by it, in frames of our own page.
    "panels": Policy({"webgl": (SELF,)}),
}
"""What a kind of content needs whatever its window allows."""


def parse(allow: Allow | Policy | None) -> Policy:
    """A policy from what the user wrote. Raises `UsageError` naming the switch and the cure."""
    if isinstance(allow, Policy):
        return allow
    if allow is None:
        return NOTHING
    if not isinstance(allow, Mapping):
        msg = f"allow: a dict from switch to origins is needed, such as {{'downloads': True}}, got {allow!r}"
        raise UsageError(msg)
    parsed = {name: _origins(name, value) for name, value in allow.items()}
    return Policy({name: origins for name, origins in parsed.items() if origins})


def refusal(switch: str, url: str, own: str, detail: str = "") -> str:
    """The line of `win.log` for one refusal: what, for whom, and where to write what would allow it."""
    row = SWITCHES[switch]
    told = f"{row.doing}{f' ({detail})' if detail else ''} was refused"
    if row.kind == "never":
        return f"{told}: {row.instead}"
    origin = origin_of(url)
    if origin == f"{SCHEME}://{own}":
        return f"{told}: allow={{{switch!r}: True}} of this window, or jw.app.policy, would allow it"
    if not _may_stand(row, origin):
        return f"{told}: no switch allows {url[:200]!r}"
    return f"{told} for {origin}: allow={{{switch!r}: [{origin!r}]}} of this window, or jw.app.policy, would allow it"


def _origins(name: str, value: Any) -> tuple[str, ...]:
    row = SWITCHES.get(name)
    if row is None:
        msg = f"allow: there is no switch {name!r}; the switches are: {', '.join(_settable())}"
        raise UsageError(msg)
    if value is False or value is None:
        return ()
    if row.kind == "never":
        msg = f"allow[{name!r}]: cannot be switched on: {row.instead}"
        raise UsageError(msg)
    if value is True:
        return (SELF,)
    listed: list[Any] = [value] if isinstance(value, str) else list(value) if isinstance(value, Iterable) else [None]
    if not all(isinstance(one, str) for one in listed):
        msg = f"allow[{name!r}]: True, False, or a list of origins is needed, got {value!r}"
        raise UsageError(msg)
    return tuple(dict.fromkeys(_origin(name, row, one) for one in listed))


def _origin(name: str, row: Switch, text: str) -> str:
    if text == SELF:
        return SELF
    origin = parse_origin(text)
    if origin is None or not _may_stand(row, origin):
        form = " or ".join(f"'{scheme}:'" if scheme == "mailto" else f"'{scheme}://host'" for scheme in row.schemes)
        msg = f"allow[{name!r}]: 'self' or an origin such as {form} is needed, without a path, got {text!r}"
        raise UsageError(msg)
    return origin


def _may_stand(row: Switch, origin: str) -> bool:
    return origin.partition(":")[0] in row.schemes


def _settable() -> list[str]:
    return [name for name, row in SWITCHES.items() if row.kind != "never"]
