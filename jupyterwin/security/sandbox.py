"""The sandbox around the window host, as data: facts about this machine in, a bubblewrap command line out.

It touches nothing: no file, no process. Who gathers the facts and runs the command is `jupyterwin.main.launch.launcher`.

Levels, strongest first, and what each gives:

* ``full``    bubblewrap around the host, and inside it the engine's own namespaces and seccomp around each renderer
* ``outer``   bubblewrap around the host, seccomp around each renderer (nested user namespaces are forbidden here)
* ``engine``  no bubblewrap; the engine's namespaces and seccomp around each renderer. The host itself is not confined
* ``none``    nothing
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Level = Literal["full", "outer", "engine", "none"]

LEVELS: tuple[Level, ...] = ("full", "outer", "engine", "none")
"""Strongest first."""

HOME = "/home/window"
"""The host's home inside the sandbox: empty, in memory."""

XAUTHORITY = "/run/xauthority"

STORAGE = "/run/storage"
"""Where a host sees the folder of its lasting partition: the one place on disk that it may write to."""

UID = 1000
"""The host's user inside the sandbox; never 0, because the engine refuses its own sandbox to root."""

_SYSTEM_FILES = (
    "/etc/fonts",
    "/var/cache/fontconfig",  # without it the first window scans every font: 200 ms
    "/etc/ssl",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/hosts",  # without it a lookup of "localhost" retries for ever
    "/etc/nsswitch.conf",
    "/etc/mime.types",
    "/nix/store",
    "/gnu/store",
)
"""Read-only and only where they exist; none of them belongs to a user."""


@dataclass(frozen=True)
class Facts:
    """What the command line depends on. All paths are absolute."""

    python: str
    """The interpreter to run, as the user's environment names it."""
    trees: Sequence[str]
    """Read-only directories the interpreter and the package need: prefixes, site directories, the package's folder."""
    links: Sequence[str] = ()
    """Single files to show under their own name: links between the interpreter's name and its file."""
    root: Mapping[str, str] = field(default_factory=dict)
    """Top-level names beside /usr: ``{"/bin": "usr/bin"}`` for a link, ``{"/lib": ""}`` for a directory."""
    python_path: Sequence[str] = ()
    """Directories to add to the module search path."""
    user_home: str = ""
    """The user's home; it is never shown, and no tree that contains it is."""
    display: str = ""
    display_socket: str = ""
    xauthority: str = ""
    locale: str = "C.UTF-8"
    timezone: str = ""


def environment(facts: Facts, *, confined: bool) -> dict[str, str]:
    """The host's whole environment: nothing of the kernel's own gets through."""
    variables = {
        "PATH": "/usr/bin:/bin",
        "HOME": HOME if confined else "/nonexistent",
        "LANG": facts.locale,
        "DISPLAY": facts.display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_API": "pyside6",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if confined:
        variables["XDG_RUNTIME_DIR"] = "/run"
    if facts.timezone:
        variables["TZ"] = facts.timezone
    if facts.xauthority:
        variables["XAUTHORITY"] = XAUTHORITY if confined else facts.xauthority
    if facts.python_path:
        variables["PYTHONPATH"] = ":".join(facts.python_path)
    return variables


def bubblewrap(
    facts: Facts,
    command: Sequence[str],
    *,
    info_fd: int,
    program: str = "bwrap",
    nested_namespaces: bool = True,
    storage: str = "",
) -> list[str]:
    """The command line that runs `command` inside the outer sandbox.

    No ``--die-with-parent``: it follows the spawning *thread*, and killing bubblewrap's outer process would not end the
    host anyway. The host watches the kernel's pidfd instead, and the launcher kills by the pid from `info_fd`.
    """
    argv = [program]
    argv += ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-net"]
    argv += ["--uid", str(UID), "--gid", str(UID), "--new-session", "--info-fd", str(info_fd)]
    if not nested_namespaces:
        argv += ["--disable-userns"]
    argv += ["--clearenv"]
    for name, value in environment(facts, confined=True).items():
        argv += ["--setenv", name, value]
    argv += _file_system(facts, storage)
    argv += ["--chdir", "/", "--", *command]
    return argv


def _file_system(facts: Facts, storage: str) -> list[str]:
    argv = ["--ro-bind", "/usr", "/usr"]
    for name, target in facts.root.items():
        argv += ["--symlink", target, name] if target else ["--ro-bind", name, name]
    for path in _SYSTEM_FILES:
        argv += ["--ro-bind-try", path, path]
    # In-memory directories come before what is shown below them: an environment may live under /tmp.
    argv += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--dir", HOME, "--dir", "/run"]  # noqa: S108
    for path in visible_trees(facts):
        argv += ["--ro-bind", path, path]
    for path in facts.links:
        if not any(_within(path, tree) for tree in ("/usr", *visible_trees(facts))):
            argv += ["--ro-bind", path, path]
    if facts.display_socket:
        argv += ["--ro-bind", facts.display_socket, facts.display_socket]
    if facts.xauthority:
        argv += ["--ro-bind", facts.xauthority, XAUTHORITY]
    if storage:
        argv += ["--bind", storage, STORAGE]
    return [*argv, "--remount-ro", "/"]


def visible_trees(facts: Facts) -> list[str]:
    """The read-only trees to bind: none twice, none inside another, none that would show the user's home."""
    narrowed: list[str] = []
    for tree in facts.trees:
        if facts.user_home and _within(facts.user_home, tree):
            narrowed += [f"{tree.rstrip('/')}/{part}" for part in ("bin", "lib")]
        else:
            narrowed.append(tree)
    return _outermost(path for path in narrowed if not _within(path, "/usr"))


def _outermost(paths: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(set(paths), key=len):
        if not any(_within(path, outer) for outer in kept):
            kept.append(path)
    return kept


def _within(path: str, tree: str) -> bool:
    return PurePosixPath(path).is_relative_to(PurePosixPath(tree))


def at_least(level: Level, minimum: Level) -> bool:
    """Whether `level` is `minimum` or stronger."""
    return LEVELS.index(level) <= LEVELS.index(minimum)
