"""What the launcher must know about this machine and environment, gathered as `jupyterwin.security.sandbox.Facts`.

It reads the environment and the file system, starts nothing and decides nothing.
"""

from __future__ import annotations

import os
import re
import site
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.errors import EngineMissing
from jupyterwin.security.sandbox import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MODULES = (
    "webview",
    "PySide6",
    "shiboken6",
    "qtpy",
    "msgspec",
    "proxy_tools",
    "bottle",
    "typing_extensions",
    "packaging",
)
"""Top-level modules the host imports: where they are must be visible to it."""

_LOCAL_DISPLAY = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")
_MAX_LINKS = 40


def gather(environ: Mapping[str, str] | None = None) -> Facts:
    """The facts for a host that runs this interpreter. Raises `EngineMissing` when there is no screen."""
    environ = os.environ if environ is None else environ
    display, display_socket = _display(environ)
    sites = list(_site_directories())
    return Facts(
        python=sys.executable,
        trees=[path for path in _trees(sites) if Path(path).is_dir()],
        links=list(_links(Path(sys.executable))),
        root=_root_names(),
        python_path=[path for path in sites if path not in site.getsitepackages()],
        user_home=str(Path.home()),
        display=display,
        display_socket=display_socket,
        xauthority=_xauthority(environ),
        locale=environ.get("LC_ALL") or environ.get("LANG") or "C.UTF-8",
        timezone=_timezone(environ),
    )


def _display(environ: Mapping[str, str]) -> tuple[str, str]:
    display = environ.get("DISPLAY", "")
    if not display:
        cure = (
            "this is a Wayland session without XWayland: install it, `sudo apt-get install xwayland`"
            if environ.get("WAYLAND_DISPLAY")
            else "start the notebook from a desktop session, or give it a screen in memory: "
            "`sudo apt-get install xvfb`, then `xvfb-run -a jupyter lab`"
        )
        raise EngineMissing(f"no screen: DISPLAY is not set; {cure}")
    local = _LOCAL_DISPLAY.fullmatch(display)
    if local is None:
        return display, ""  # on another machine, or over TCP
    path = Path("/tmp/.X11-unix") / f"X{local[1]}"  # noqa: S108 -- X11's own place
    if path.exists():
        return display, str(path)
    if f"@{path}\n" not in Path("/proc/net/unix").read_text():
        raise EngineMissing(f"no screen: there is no X server behind DISPLAY={display}")
    return display, ""  # it listens, but not where a sandbox without network could reach it


def _xauthority(environ: Mapping[str, str]) -> str:
    path = Path(environ.get("XAUTHORITY") or "~/.Xauthority").expanduser()
    return str(path) if path.is_file() else ""


def _timezone(environ: Mapping[str, str]) -> str:
    """The zone's name: the sandbox has no /etc/localtime, and a page's dates are to be the user's."""
    if environ.get("TZ"):
        return environ["TZ"]
    zone = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    return zone if re.fullmatch(r"[A-Za-z0-9_+/-]+", zone) else ""


def _trees(sites: list[str]) -> Iterator[str]:
    for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix):
        yield prefix
        yield os.path.realpath(prefix)
    yield str(Path(sys.executable).resolve().parent.parent)
    prefixes = (Path(sys.prefix), Path(sys.base_prefix))
    for directory in map(Path, sites):
        # A site directory is shown whole; a checkout (an editable install) shows the package alone.
        if directory.name not in {"site-packages", "dist-packages"}:
            yield from (str(directory / name) for name in ("jupyterwin", *_MODULES))
        elif not any(directory.is_relative_to(prefix) for prefix in prefixes):
            yield str(directory)


def _site_directories() -> Iterator[str]:
    """Where this package and what the host imports live, in search order, none twice."""
    seen: set[str] = set()
    for name in ("jupyterwin", *_MODULES):
        spec = find_spec(name)
        if spec is None or not spec.origin:
            continue
        file = Path(spec.origin)
        directory = str(file.parent.parent if file.name == "__init__.py" else file.parent)
        if directory not in seen:
            seen.add(directory)
            yield directory


def _links(path: Path) -> Iterator[str]:
    """Every name between the interpreter as it is called and its real file."""
    for _ in range(_MAX_LINKS):
        yield str(path)
        if not path.is_symlink():
            return
        path = Path(os.path.normpath(path.parent / path.readlink()))


def _root_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"):
        path = Path(name)
        if path.is_symlink():
            names[name] = str(path.readlink()).lstrip("/")
        elif path.is_dir():
            names[name] = ""
    return names
