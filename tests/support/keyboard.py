"""The keyboard of the X screen: keys pressed by XTEST, into whatever window has the focus. It knows no program."""

from __future__ import annotations

from typing import Any, Self

from Xlib import XK, X, display
from Xlib.ext import xtest

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

    @property
    def focus(self) -> Any:
        """The X window that hears the keys."""
        return self._display.get_input_focus().focus

    def _code(self, name: str) -> int:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        assert code, f"this keyboard has no key {name!r}"
        return int(code)
