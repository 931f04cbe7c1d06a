"""The X screen as a test reads it: which windows the X server shows and where, and what a person does to them there.

It asks the X server alone: nothing of what the product believes of its windows is known here. Windows of other tests and
programs come and go all the time, so one that vanishes while it is looked at is passed over.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple, Self

from Xlib import X, display, error
from Xlib.ext import xtest
from Xlib.protocol.event import ClientMessage

PATIENCE = 20.0
_POLL = 0.02
GONE = (error.BadWindow, error.BadDrawable)


def becomes(what: str, holds: Callable[[], bool]) -> None:
    """Wait for X, which nobody can listen to here."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"never came true: {what}"
        time.sleep(_POLL)


class Box(NamedTuple):
    """A place on the screen, in physical pixels."""

    x: int
    y: int
    width: int
    height: int


class Screen:
    """A connection to the screen that DISPLAY names, or to the one given; a context manager."""

    def __init__(self, name: str | None = None) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(error.ConnectionClosedError):  # the server went first
            self._display.close()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        size = self._root.get_geometry()
        return size.width, size.height

    # ------------------------------------------------------------ windows

    def windows(self, title: str) -> list[NativeWindow]:
        """The visible windows whose whole title the pattern matches, the lowest in the stack first."""
        found = []
        for seen in self._seen(self._root):
            window = NativeWindow(self, seen)
            with suppress(*GONE):
                if re.fullmatch(title, window.title):
                    found.append(window)
        return found

    def window(self, title: str, timeout: float = PATIENCE) -> NativeWindow:
        """The one visible window of that title, as soon as it is there."""
        until = time.monotonic() + timeout
        while not (found := self.windows(title)):
            assert time.monotonic() < until, f"no window {title!r} came in {timeout} s; there are {self.titles()}"
            time.sleep(_POLL)
        assert len(found) == 1, f"{len(found)} windows are called {title!r}"
        return found[0]

    def titles(self) -> list[str]:
        """The titles of all visible windows that have one, the lowest in the stack first."""
        return [window.title for window in self.windows(".+")]

    def _seen(self, above: Any) -> Iterator[Any]:
        """All below a window that is seen: each before what is inside it."""
        children = []
        with suppress(*GONE):
            children = above.query_tree().children  # the lowest in the stack first
        for child in children:
            with suppress(*GONE):
                if child.get_attributes().map_state != X.IsViewable:
                    continue
                yield child
                yield from self._seen(child)

    # ------------------------------------------------------------ what the window below needs

    def atom(self, name: str) -> int:
        """X's number for a name."""
        return self._display.get_atom(name)

    def name_of(self, atom: int) -> str:
        """The name that a number of X's stands for."""
        return str(self._display.get_atom_name(atom))

    def tell_manager(self, window: Any, message: str, *data: int) -> None:
        """Send the window manager a message about a window."""
        numbers = [*data, *[0] * (5 - len(data))]
        event = ClientMessage(window=window, client_type=self.atom(message), data=(32, numbers))
        self._root.send_event(event, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.settle()

    def stacking(self) -> list[str]:
        """The titles of the windows that the window manager keeps, the lowest first."""
        return [self._named(one).title for one in self._of_root("_NET_CLIENT_LIST_STACKING")]

    def active(self) -> str:
        """The title of the window that has the keyboard, as the window manager says."""
        return next((self._named(one).title for one in self._of_root("_NET_ACTIVE_WINDOW") if one), "")

    def managed(self) -> bool:
        """Whether a window manager runs."""
        return bool(self._of_root("_NET_SUPPORTING_WM_CHECK"))

    def _of_root(self, name: str) -> list[int]:
        found = self._root.get_full_property(self.atom(name), X.AnyPropertyType)
        return list(found.value) if found is not None else []

    def _named(self, number: int) -> NativeWindow:
        return NativeWindow(self, self._display.create_resource_object("window", number))

    def corner_of(self, window: Any) -> tuple[int, int]:
        """Where a window's upper left corner is on the screen, whatever frame it is in."""
        corner = self._root.translate_coords(window, 0, 0)
        return corner.x, corner.y

    def colour_at(self, x: int, y: int) -> tuple[int, ...]:
        """Red, green, blue of one point of the screen."""
        blue, green, red, _ = self._root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        return red, green, blue

    def settle(self) -> None:
        """Return when the X server has done all that was asked of it."""
        self._display.sync()

    # ------------------------------------------------------------ the mouse

    def press(self, x: int, y: int, button: int = X.Button1) -> None:
        """Move the mouse to a point of the screen, and press and release a button there, the left one if not told."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, button)
        xtest.fake_input(self._display, X.ButtonRelease, button)
        self.settle()

    def drag(self, x: int, y: int, to_x: int, to_y: int, steps: int = 8) -> None:
        """Hold the left button from one point of the screen to another, by way of some between."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, X.Button1)
        for step in range(1, steps + 1):
            at = (x + (to_x - x) * step // steps, y + (to_y - y) * step // steps)
            xtest.fake_input(self._display, X.MotionNotify, x=at[0], y=at[1])
            self.settle()
        xtest.fake_input(self._display, X.ButtonRelease, X.Button1)
        self.settle()


class NativeWindow:
    """A window as X has it. What is asked of one that is gone raises one of `GONE`."""

    def __init__(self, screen: Screen, window: Any) -> None:
        self._screen = screen
        self._window = window

    @property
    def title(self) -> str:
        """What a title bar shows; empty without one."""
        return self._text("_NET_WM_NAME", "utf-8") or self._text("WM_NAME", "latin-1")

    @property
    def box(self) -> Box:
        """Where it is, without the frame that a window manager puts around it."""
        size = self._window.get_geometry()
        return Box(*self._screen.corner_of(self._window), size.width, size.height)

    @property
    def transient_for(self) -> NativeWindow | None:
        """The window that it is a dialog of."""
        owner = self._window.get_wm_transient_for()
        return NativeWindow(self._screen, owner) if owner else None

    @property
    def states(self) -> set[str]:
        """Its `_NET_WM_STATE`, without that prefix."""
        return {self._screen.name_of(atom).removeprefix("_NET_WM_STATE_") for atom in self._numbers("_NET_WM_STATE")}

    @property
    def frame(self) -> tuple[int, ...]:
        """What the window manager put around it: left, right, top, bottom."""
        return self._numbers("_NET_FRAME_EXTENTS")

    @property
    def opacity(self) -> float:
        """1 where nothing is said."""
        found = self._numbers("_NET_WM_WINDOW_OPACITY")
        return found[0] / 0xFFFFFFFF if found else 1.0

    @property
    def functions(self) -> int:
        """What the person may do with it, as Motif's bits: 2 resize, 4 move, 8 minimise, 16 maximise, 32 close."""
        return self._numbers("_MOTIF_WM_HINTS")[1]

    @property
    def has_icon(self) -> bool:
        """Whether it brought a picture of its own."""
        return bool(self._numbers("_NET_WM_ICON"))

    @property
    def icon_size(self) -> tuple[int, ...]:
        """Width and height of the first picture that it brought."""
        return self._numbers("_NET_WM_ICON")[:2]

    @property
    def takes_keyboard(self) -> bool:
        """As it says itself."""
        return bool(self._window.get_wm_hints().input)

    @property
    def limits(self) -> tuple[int, int, int, int]:
        """Smallest width and height, largest width and height; 0 where there is no limit."""
        hints = self._window.get_wm_normal_hints()
        least, most = bool(hints.flags & 16), bool(hints.flags & 32)
        return (
            hints.min_width * least, hints.min_height * least, hints.max_width * most, hints.max_height * most,
        )  # fmt: skip

    def colours(self) -> set[tuple[int, ...]]:
        """Red, green, blue of some points inside it, as they are on the screen now."""
        left, top, width, height = self.box
        points = [(left + width * n // 8, top + height * n // 8) for n in range(1, 8)]
        return {self._screen.colour_at(x, y) for x, y in points}

    def ask_manager(self, message: str, *data: int) -> None:
        """Ask the window manager for something, as a panel or a pager does for a person."""
        self._screen.tell_manager(self._window, message, *data)

    def click(self, x: int, y: int, button: int = X.Button1) -> None:
        """Press a button, the left one if not told, at a point, counted from the window's upper left corner."""
        left, top = self._screen.corner_of(self._window)
        self._screen.press(left + x, top + y, button)

    def click_close_button(self) -> None:
        """Do what a window manager does when a person clicks it; on a screen without a window manager too."""
        data = [self._screen.atom("WM_DELETE_WINDOW"), X.CurrentTime, 0, 0, 0]
        message = ClientMessage(window=self._window, client_type=self._screen.atom("WM_PROTOCOLS"), data=(32, data))
        self._ask(self._window.send_event, message)

    def destroy(self) -> None:
        """Take it off the screen without asking the program that it belongs to."""
        self._ask(self._window.destroy)

    def _ask(self, request: Any, *arguments: Any) -> None:
        """Make a request that has no reply, and raise the X server's refusal here."""
        refused = error.CatchError()
        request(*arguments, onerror=refused)
        self._screen.settle()
        if (problem := refused.get_error()) is not None:
            raise problem

    def _numbers(self, name: str) -> tuple[int, ...]:
        found = self._window.get_full_property(self._screen.atom(name), X.AnyPropertyType)
        return tuple(found.value) if found is not None else ()

    def _text(self, name: str, encoding: str) -> str:
        found = self._window.get_full_property(self._screen.atom(name), X.AnyPropertyType)
        return bytes(found.value).decode(encoding, "replace") if found is not None and found.format == 8 else ""
