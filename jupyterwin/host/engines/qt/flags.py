"""How Chromium is started: switches as data. They are set before the engine is imported, and nothing is added later."""

from __future__ import annotations

import os

_SWITCHES = (
    "--disable-gpu",  # software drawing: the sandbox has no graphics device
    # WebGL is drawn by software, too, for those who cannot do without it: plotly, say.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    # Below the level `outer` nothing else keeps a page's real-time connections off the network: none but by the proxy.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--enable-blink-features=MessagePortCloseEvent",  # the standard's `close` of message ports
    "--disable-features=DialMediaRouteProvider,MediaRouter,Translate,OptimizationHints",
)

_PLAIN_LANGUAGE = "--lang=en-US"
"""For the locale C, which would be en-US-posix to a page: numbers without thousands, an odd `navigator.language`."""

_ENVIRONMENT = {
    "QT_QUICK_BACKEND": "software",
    "QT_XCB_GL_INTEGRATION": "none",
    "QT_ACCESSIBILITY": "0",
    "QT_LOGGING_RULES": "qt.webenginecontext.info=false;qt.qpa.theme.*=false",
    "QT_QPA_PLATFORMTHEME": "gnome",  # without a desktop's theme Qt cannot be told to be dark
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # there is none in the sandbox, and none is to be started
}

_REFUSED = ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_DICTIONARIES_PATH")


def add_proxy(port: int) -> None:
    """Send every connection to this SOCKS proxy, which looks names up too; those to a loopback as well."""
    switches = f" --proxy-server=socks5://127.0.0.1:{port} --proxy-bypass-list=<-loopback>"
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] += switches


def apply() -> None:
    """Put the switches into this process's environment."""
    plain = os.environ.get("LANG", "C").partition(".")[0] in {"", "C", "POSIX"}
    switches = [*_SWITCHES, _PLAIN_LANGUAGE] if plain else _SWITCHES
    os.environ.update(_ENVIRONMENT, QTWEBENGINE_CHROMIUM_FLAGS=" ".join(switches))
    for name in _REFUSED:
        os.environ.pop(name, None)
