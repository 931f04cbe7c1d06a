"""Scenes: what fills a page of our own, as windows see it. What a scene shows, and how, is the business of `panels`.

`main` knows no kind of content: `panels` says here how a scene is made of an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.ipc import Handler
    from jupyterwin.main.pending import Pending
    from jupyterwin.main.window import Window

OURS = "jw:"
"""Channels that begin so are between a scene and its page, and never the user's."""


class _Nothing:
    """No content was given; None is an object like others."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING = _Nothing()


class Scene(Protocol):
    """What fills the page of one window. Its methods may be called from any thread."""

    channels: tuple[str, ...]
    """What the page may invoke."""

    @property
    def content(self) -> Any:
        """What it was made of, or was given since."""

    def take(self, content: Any) -> bool:
        """Show this instead, in place; False, if that needs another scene. Raises `UsageError`."""

    def handler(self, channel: str) -> Handler | None:
        """Who answers this channel of ours."""

    def settled(self) -> Pending[Any]:
        """Ends when the page has drawn all that it was given until now; by an error if it does not within some seconds.

        Its value says where each panel that can be seen is, by its id: x, y, width and height as shares of the page.
        """

    def attach(self, window: Window) -> None:
        """This window shows it from now on: once, before its page is there."""

    def detach(self, window: Window) -> None:
        """This window does not show it any more; another one may, by now."""


class Scenes:
    """How scenes are made."""

    def __init__(self) -> None:
        self._make: Callable[[Any], Scene] | None = None

    def made_by(self, make: Callable[[Any], Scene]) -> None:
        """From now on `make` makes them."""
        self._make = make

    def of(self, content: Any) -> Scene:
        """The scene of an object. Raises `UsageError`."""
        if self._make is None:
            msg = "content: nothing here can draw objects: import jupyterwin.panels first"
            raise UsageError(msg)
        return self._make(content)


scenes = Scenes()
"""The one of this process."""
