"""The keyboard of the X screen: keys pressed by XTEST, into whatever window has the focus. It knows no program."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Self

from Xlib import XK, X, display
from Xlib.ext import xtest

from support.screen import GONE, PATIENCE

_NAMES = {" ": "space", "\n": "Return", "/": "slash", ".": "period", "-": "minus", "_": "underscore", "~": "asciitilde"}


class Keyboard:
    """A connection to the screen; a context manager."""

    def __init__(self, name: str | None = None) -> None:
        self._display = display.Display(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._display.close()

    def press(self, keys: str) -> None:
        """Press a key with its modifiers, and let go: ``"Return"``, ``"Control_L+Shift_L+s"``."""
        codes = [self._code(name) for name in keys.split("+")]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            name = _NAMES.get(letter, letter)
            keysym = XK.string_to_keysym(name)
            shifted = self._display.keycode_to_keysym(self._code(name), 0) != keysym
            self.press(f"Shift_L+{name}" if shifted else name)

    def into(self, title: str) -> Keyboard:
        """Itself, once the window of that title hears the keys."""
        end = time.monotonic() + PATIENCE
        while (heard := self._heard()) != title:
            assert time.monotonic() < end, f"{title!r} has no focus; the keys go to {heard!r}"
            time.sleep(0.02)
        return self

    def _heard(self) -> str:
        focus = self._display.get_input_focus().focus
        while not isinstance(focus, int):  # X.NONE, X.PointerRoot
            with suppress(*GONE):
                name = focus.get_full_property(self._display.get_atom("_NET_WM_NAME"), X.AnyPropertyType)
                if name is not None:
                    return bytes(name.value).decode()
                focus = focus.query_tree().parent or X.NONE
                continue
            break
        return ""

    def _code(self, name: str) -> int:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        assert code, f"this keyboard has no key {name!r}"
        return int(code)
