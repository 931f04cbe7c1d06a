"""Why a window host did not start or did not last, in words with a cure: a table from symptoms to packages."""

from __future__ import annotations

import re
import signal
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from jupyterwin.errors import Broken, EngineMissing, HostGone, StartFailed

_INSTALL_QT = "`pip install 'jupyterwin[qt]'`"

_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libXrandr.so.2": "libxrandr2",
    "libXrender.so.1": "libxrender1",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbfile.so.1": "libxkbfile1",
}
"""Libraries the engine needs from the system, and the Debian package of each."""

_MISSING_LIBRARY = re.compile(r"(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object file")
_XCB_CURSOR = re.compile(r"xcb-cursor0 or libxcb-cursor0 is needed")
_NO_DISPLAY = re.compile(r"could not connect to display ?(\S*)")
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_MESSAGE_LINES = 12

_NOISE = re.compile(
    r"QXcbIntegration: Cannot create platform|QRhiGles2:|Failed to create RHI|Failed to connect to the bus|"
    r"GPUInfo not initialized|xcb-cursor0 or libxcb-cursor0 is needed"
)
"""What the engine writes on every start in a sandbox without a graphics device and without D-Bus."""


def require_modules() -> None:
    """Raise `EngineMissing` when the host's Python modules are not there, without importing any."""
    for name, cure in {
        "webview": "`pip install 'pywebview>=6.2.1,<6.3'`",
        "PySide6": _INSTALL_QT,
        "qtpy": _INSTALL_QT,
    }.items():
        if find_spec(name) is None:
            raise EngineMissing(f"no web engine: the module {name!r} is missing; {cure}")
    spec = find_spec("PySide6")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    if not any(True for folder in folders for _ in folder.glob("QtWebEngineCore*")):
        raise EngineMissing(f"no web engine: PySide6 is here without QtWebEngine; {_INSTALL_QT}")
    _require_sound_binding()


def _require_sound_binding() -> None:
    try:
        major, minor = (int(part) for part in version("PySide6_Essentials").split(".")[:2])
    except (PackageNotFoundError, ValueError):
        return  # not from a wheel: the system's own build, which the host reports by version
    if (major, minor) >= (6, 12) and sys.version_info < (3, 12):
        raise EngineMissing(
            f"PySide6 {major}.{minor} aborts on Python 3.11 after some 570 signals; "
            "`pip install 'PySide6-Addons>=6.8,<6.12'`"
        )


def explain(said: str) -> Broken | None:
    """The known cause behind a host's last words; None when they match no row."""
    if found := _MISSING_LIBRARY.search(said):
        package = _LIBRARIES.get(found[1])
        cure = f"`sudo apt-get install {package}`" if package else "install the system package that has it"
        return EngineMissing(f"the web engine needs the library {found[1]}; {cure}")
    if found := _NO_DISPLAY.search(said):
        return EngineMissing(f"the screen {found[1] or '(DISPLAY)'} cannot be opened: is its X server running?")
    if _XCB_CURSOR.search(said):  # Qt says this of every X11 start that fails, so it comes after the other causes
        return EngineMissing("Qt needs the library libxcb-cursor; `sudo apt-get install libxcb-cursor0`")
    if found := _NO_MODULE.search(said):
        return EngineMissing(f"the window host misses the module {found[1]!r}; {_INSTALL_QT}")
    return None


def of_exit(status: int, said: str, *, started: bool) -> Broken:
    """The error for a host that is gone: `status` as subprocess reports it."""
    # Behind bubblewrap a signal arrives as 128 + its number.
    number = -status if status < 0 else status - 128 if status > 128 else 0
    names = {int(known): known.name for known in signal.Signals}
    how = f"was ended by {names.get(number, f'signal {number}')}" if number else f"ended with code {status}"
    if started:
        return HostGone(f"the window host {how}{quote(said) if status else ''}")
    return explain(said) or StartFailed(f"the window host {how} before it was ready{quote(said)}")


def no_sandbox(minimum: str, refused: list[str]) -> str:
    """The message when no permitted level can be reached."""
    reasons = "; ".join(refused)
    return f"min_sandbox={minimum!r} cannot be reached here: {reasons}"


def quote(said: str) -> str:
    """Last words, as the end of a message."""
    lines = [line for line in said.splitlines() if line.strip() and not _NOISE.search(line)][-_MESSAGE_LINES:]
    return "; it said:\n  " + "\n  ".join(lines) if lines else ""
