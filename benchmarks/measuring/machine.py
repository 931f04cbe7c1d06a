"""Facts about the machine and the versions measured, for the head of a result."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = (
    "jupyterwin",
    "PySide6_Addons",
    "pywebview",
    "ipykernel",
    "jupyter_client",
    "pyzmq",
    "msgspec",
    "numpy",
)


def facts(screen: str) -> dict[str, object]:
    """All that a reader needs to judge the figures; nothing that names the machine or its user."""
    root = os.geteuid() == 0
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": len(os.sched_getaffinity(0)),
        "cpu": _cpu(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}, {_distribution()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "screen": screen,
        "root": root,
        "load_average": round(os.getloadavg()[0], 2),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
