"""Preventable: what listeners get of something that they may prevent, as Electron's event with `preventDefault`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Preventable:
    """An event that has not happened yet; its details are attributes. A listener that has returned prevents nothing more."""

    def __init__(self, name: str, window: Any, details: Mapping[str, Any]) -> None:
        self.name = name
        self.window = window
        self.prevented = False
        self._details = dict(details)

    def prevent_default(self) -> None:
        """Keep it from happening."""
        self.prevented = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._details:
            msg = f"an event {self.name!r} has no {name!r}; it has {', '.join(self._details) or 'no details'}"
            raise AttributeError(msg)
        return self._details[name]

    def __dir__(self) -> list[str]:
        return ["name", "window", "prevented", "prevent_default", *self._details]

    def __repr__(self) -> str:
        details = "".join(f" {name}={value!r}" for name, value in self._details.items())
        return f"<event {self.name!r}{details}{' prevented' if self.prevented else ''}>"
