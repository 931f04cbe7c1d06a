"""What Qt does not say to an X11 window manager: a few states of windows, and who has the keyboard.

It uses Qt's own connection, by libxcb; on another platform it does nothing. It knows no window of ours.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

from PySide6.QtGui import QGuiApplication

_ROOT_MASK = 0x80000 | 0x100000  # SubstructureNotify and SubstructureRedirect
_CLIENT_MESSAGE = 33
_ATOM = 4  # the type ATOM
_APPEND, _REMOVE, _ADD = 2, 0, 1
_APPLICATION = 1  # EWMH: the request comes from a program, not from a pager
_POINTER_ROOT = 1
_BACK_PIXEL = 2


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("atom", ctypes.c_uint32),
    )


def here() -> bool:
    """Whether windows are X11's."""
    return QGuiApplication.platformName() == "xcb"


def set_background(window: int, pixel: int) -> None:
    """What the X server paints in a window that comes up or grows, until its program does: else what was there before."""
    if here():
        _xcb().xcb_change_window_attributes(_connection(), window, _BACK_PIXEL, struct.pack("=I", pixel))
        _xcb().xcb_flush(_connection())


def set_state(window: int, name: str, *, on: bool, mapped: bool) -> None:
    """Add a `_NET_WM_STATE` to a window or take it away; before it is first mapped, it can only be added."""
    if not here():
        return
    if mapped:
        state, action = _atom("_NET_WM_STATE"), _ADD if on else _REMOVE
        _tell_root(window, state, action, _atom(f"_NET_WM_STATE_{name}"), 0, _APPLICATION)
    elif on:
        data = struct.pack("=I", _atom(f"_NET_WM_STATE_{name}"))
        _xcb().xcb_change_property(_connection(), _APPEND, window, _atom("_NET_WM_STATE"), _ATOM, 32, 1, data)
        _xcb().xcb_flush(_connection())


def give_keyboard_to(window: int) -> None:
    """Past the window manager."""
    if here():
        _xcb().xcb_set_input_focus(_connection(), _POINTER_ROOT, window, 0)
        _xcb().xcb_flush(_connection())


def _tell_root(window: int, kind: int, *data: int) -> None:
    event = struct.pack("=BBHII5I", _CLIENT_MESSAGE, 32, 0, window, kind, *data, *[0] * (5 - len(data)))
    _xcb().xcb_send_event(_connection(), 0, _root(), _ROOT_MASK, event)
    _xcb().xcb_flush(_connection())


@cache
def _atom(name: str) -> int:
    data = name.encode()
    cookie = _xcb().xcb_intern_atom(_connection(), 0, len(data), data)
    reply = _xcb().xcb_intern_atom_reply(_connection(), cookie, None)
    atom = int(reply.contents.atom)
    _free(reply)
    return atom


@cache
def _root() -> int:
    """The root window of the only screen that there is in practice: the first of the setup's roots."""
    setup = _xcb().xcb_get_setup(_connection())
    iterator = _xcb().xcb_setup_roots_iterator(setup)
    return int(iterator.data.contents.value)  # the first field of a screen


def _connection() -> ctypes.c_void_p:
    application: Any = QGuiApplication.instance()
    return ctypes.c_void_p(application.nativeInterface().connection())


class _Roots(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


def _free(pointer: Any) -> None:
    ctypes.CDLL(None).free(pointer)


@cache
def _xcb() -> Any:
    """libxcb, which Qt has loaded already."""
    xcb = ctypes.CDLL("libxcb.so.1")
    pointer, u8, u16, u32 = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
    signatures: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "xcb_intern_atom": (_Cookie, (pointer, u8, u16, ctypes.c_char_p)),
        "xcb_intern_atom_reply": (ctypes.POINTER(_AtomReply), (pointer, _Cookie, pointer)),
        "xcb_change_property": (_Cookie, (pointer, u8, u32, u32, u32, u8, u32, ctypes.c_char_p)),
        "xcb_change_window_attributes": (_Cookie, (pointer, u32, u32, ctypes.c_char_p)),
        "xcb_send_event": (_Cookie, (pointer, u8, u32, u32, ctypes.c_char_p)),
        "xcb_set_input_focus": (_Cookie, (pointer, u8, u32, u32)),
        "xcb_get_setup": (pointer, (pointer,)),
        "xcb_setup_roots_iterator": (_Roots, (pointer,)),
        "xcb_flush": (ctypes.c_int, (pointer,)),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, arguments
    return xcb
