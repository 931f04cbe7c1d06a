"""The close button of a native window: what a window manager sends when a person clicks it. Knows X11 alone."""

from __future__ import annotations

import ctypes
import os
import subprocess


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, padded to the size of XEvent: long[24]."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


def click_close_button(title: str) -> None:
    """Ask the visible window of that title to close, by WM_DELETE_WINDOW; on a screen without a window manager too."""
    search = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
    (window,) = subprocess.run(search, capture_output=True, text=True, check=True, timeout=20).stdout.split()
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(os.environ["DISPLAY"].encode()))
    assert display.value, "the screen cannot be opened"
    try:
        protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
        delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
        client_message = 33
        event = _ClientMessage(type=client_message, window=int(window), message_type=protocols, format=32)
        event.data[0] = delete
        assert x11.XSendEvent(display, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XSync(display, 0)
    finally:
        x11.XCloseDisplay(display)
