"""Why this system may refuse user namespaces, which every sandbox here is built of. It reads /proc/sys and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jupyterwin.cli.doctor.problem import Problem

_SYSCTL = Path("/proc/sys")

# (setting, the value that refuses, why, cure)
_REFUSALS = (
    (
        "kernel/unprivileged_userns_clone",
        0,
        "this system gives user namespaces to root alone",
        "`sudo sysctl -w kernel.unprivileged_userns_clone=1`",
    ),
    (
        "user/max_user_namespaces",
        0,
        "this system allows no user namespaces",
        "`sudo sysctl -w user.max_user_namespaces=10000`",
    ),
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        1,
        "AppArmor gives user namespaces only to programs with a profile, and bubblewrap has none here",
        "`sudo apt-get install apparmor-profiles`, or `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`",
    ),
)


def problems(sysctl: Path = _SYSCTL) -> list[Problem]:
    """The settings that refuse them; for when a sandbox could not be made. In a container its owner decides, unseen."""
    return list(_refusals(sysctl))


def _refusals(sysctl: Path) -> Iterator[Problem]:
    for setting, refusing, why, cure in _REFUSALS:
        try:
            value = int((sysctl / setting).read_text())
        except (OSError, ValueError):
            continue  # a kernel without that setting
        if value == refusing:
            yield Problem(why, cure)
