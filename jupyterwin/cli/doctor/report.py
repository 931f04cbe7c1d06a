"""Report: what the doctor found, as JSON for programs and as lines for people. It looks at nothing itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from jupyterwin.cli.doctor import installed
from jupyterwin.cli.doctor.problem import Problem, distinct
from jupyterwin.cli.doctor.window import Found
from jupyterwin.cli.levels import MEANING
from jupyterwin.cli.terminal import labelled

_NAMESPACES = (("user_ns", "user"), ("pid_ns", "pid"), ("net_ns", "network"))


@dataclass
class Report:
    """The parts, by the keys that ``--json`` has."""

    engine: dict[str, Any]
    display: dict[str, Any]
    sandbox: dict[str, Any]
    carriers: dict[str, Any]
    problems: list[Problem]

    @classmethod
    def of(cls, found: Found, display: dict[str, Any], problems: list[Problem]) -> Report:
        """From what the window got, the screen it was on, and what was found missing."""
        if found.problem is not None:
            problems = [*problems, found.problem]
        problems = distinct(problems)
        why = found.problem.problem if found.problem else problems[0].problem if problems else "no window opened"
        return cls(
            engine={
                "name": found.engine or ("qtwebengine" if installed.engine_version() else None),
                "version": found.engine_version or installed.engine_version() or None,
                "pywebview": found.webview_version or installed.pywebview_version() or None,
                "works": found.opened,
            },
            display={**display, "screens": found.screens},
            sandbox=_sandbox(found),
            carriers={"pipe": {"available": found.opened, "why_not": "" if found.opened else why}},
            problems=problems,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def text(self) -> str:
        """A few aligned lines."""
        lines = [
            labelled("engine", self._engine()),
            labelled("display", self._display()),
            labelled("sandbox", self._level()),
            labelled("  outer", _outer(self.sandbox["outer"])),
            labelled("  engine", _inner(self.sandbox["engine"])),
            labelled("carriers", self._carriers()),
        ]
        if not self.problems:
            return "\n".join([*lines, labelled("problems", "none")])
        lines += ["", "problems"]
        for problem in self.problems:
            lines.append(labelled("  -", problem.problem, column=4))
            if problem.cure:
                lines.append(labelled("", problem.cure, column=4))
        return "\n".join(lines)

    def _engine(self) -> str:
        if self.engine["name"] is None:
            return "none"
        words = f"{self.engine['name']} {self.engine['version']}, pywebview {self.engine['pywebview'] or 'missing'}"
        return words if self.engine["works"] else f"{words}; it did not open a window"

    def _display(self) -> str:
        if self.display["name"] is None:
            return "none"
        sizes = ", ".join(f"{screen['width']} × {screen['height']}" for screen in self.display["screens"])
        kind = ", a screen in memory, made for this look" if self.display["kind"] == "virtual" else ""
        return f"{self.display['name']}{kind}{f' ({sizes})' if sizes else ''}"

    def _level(self) -> str:
        level = self.sandbox["effective"]
        return f"{level}: {MEANING[level]}" if level else "unknown: no window opened"

    def _carriers(self) -> str:
        return ", ".join(
            name if carrier["available"] else f"{name}: not here ({carrier['why_not']})"
            for name, carrier in self.carriers.items()
        )


def _sandbox(found: Found) -> dict[str, Any]:
    """Layer by layer, as read back. Null is not known: no window opened."""
    state = found.renderer
    return {
        "outer": {
            "tool": "bubblewrap",
            "version": installed.bubblewrap_version(),
            "active": found.launched == "outer" if found.opened else None,
            "network_closed": state.get("host_net_ns"),
        },
        "engine": {
            "seccomp": state.get("seccomp"),
            "no_new_privs": state.get("no_new_privs"),
            "user_ns": state.get("user_ns"),
            "pid_ns": state.get("pid_ns"),
            "net_ns": state.get("net_ns"),
        },
        "effective": state.get("effective"),
    }


def _outer(layer: dict[str, Any]) -> str:
    tool = f"bubblewrap {layer['version']}" if layer["version"] else "bubblewrap is not installed"
    if layer["active"] is None:
        return tool
    if not layer["active"]:
        return f"{tool}; not around this host"
    return f"{tool} around the window host, {'without' if layer['network_closed'] else 'WITH'} network"


def _inner(layer: dict[str, Any]) -> str:
    if layer["seccomp"] is None:
        return "unknown"
    own = [words for name, words in _NAMESPACES if layer[name]]
    parts = [
        f"system-call filter {'on' if layer['seccomp'] == 2 else 'OFF'}",
        f"new privileges {'forbidden' if layer['no_new_privs'] else 'ALLOWED'}",
        f"own {', '.join(own)} namespaces" if own else "no namespaces of its own",
    ]
    return "; ".join(parts)
