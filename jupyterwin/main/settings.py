"""Settings: what windows are like where nobody says otherwise, for a whole process. One table; it reads no file and no IPython.

What a call gives comes first; then what was set in this process; then the environment (``JUPYTERWIN_WARM=1``), as CI has it;
then what a configuration file says; then the default.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.main.checks import flag, number, one_of, optional, pixels

Source = Literal["default", "file", "environment", "set"]
_RANK: Mapping[Source, int] = {"default": 0, "file": 1, "environment": 2, "set": 3}
PREFIX = "JUPYTERWIN_"

_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default, its check, what it is for. `option`: the option of `Window` it is the default of."""

    default: Any
    check: Callable[[str, Any], Any]
    help: str
    option: bool = False

    def read(self, name: str, text: str) -> Any:
        """From the environment. Raises `UsageError`."""
        value: Any = text
        if isinstance(self.default, bool):
            if text.lower() not in _YES | _NO:
                msg = f"{PREFIX}{name.upper()}: 1 or 0 is needed, got {text!r}"
                raise UsageError(msg)
            value = text.lower() in _YES
        elif isinstance(self.default, int | float):
            try:
                value = type(self.default)(text)
            except ValueError:
                msg = f"{PREFIX}{name.upper()}: a number is needed, got {text!r}"
                raise UsageError(msg) from None
        return self.check(f"{PREFIX}{name.upper()}", value or None if self.default is None else value)


SETTINGS: dict[str, Setting] = {
    "warm": Setting(
        default=False,
        check=flag,
        help="Start the window host when the extension is loaded, so that the first window opens as fast as the next.",
    ),
    "where": Setting(
        default=None,
        check=optional(one_of("native", "notebook")),
        help="Where windows open: 'native', 'notebook' (under the cell); None: native where that is possible.",
        option=True,
    ),
    "min_sandbox": Setting(
        default="outer",
        check=one_of("full", "outer", "engine", "none"),
        help="Refuse to open a window in a sandbox below this level: full, outer, engine or none.",
        option=True,
    ),
    "hot_reload": Setting(
        default=True,
        check=flag,
        help="Load windows of path= again when a file that they are made of changes.",
        option=True,
    ),
    "on_closed": Setting(
        default="drop",
        check=one_of("drop", "raise"),
        help="What sending to a closed window does: drop (counted, logged once) or raise.",
        option=True,
    ),
    "on_crash": Setting(
        default="reload",
        check=one_of("reload", "close", "show-error"),
        help="What follows the end of a window's renderer or host: reload, close or show-error.",
        option=True,
    ),
    "debug": Setting(
        default=False,
        check=flag,
        help="Allow developer tools in every window; errors that reach pages carry tracebacks.",
        option=True,
    ),
    "timeout": Setting(
        default=30.0,
        check=number(0.001, 1_000_000),
        help="Seconds that win.invoke waits for its answer.",
    ),
    "start_timeout": Setting(
        default=20.0,
        check=number(1, 3600),
        help="Seconds that the window host may take to start: more, where a machine is slow.",
    ),
    "log_size": Setting(
        default=2000,
        check=pixels(10, 1_000_000),
        help="Entries that the log of a window keeps.",
    ),
    "pictures": Setting(
        default=True,
        check=flag,
        help="Cards of windows have a picture; the notebook saves it.",
    ),
}
"""Every setting by its name."""


class Settings:
    """The settings of this process, and where each comes from."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._values: dict[str, Any] = {name: one.default for name, one in SETTINGS.items()}
        self._sources: dict[str, Source] = dict.fromkeys(SETTINGS, "default")
        self._environment = environment
        self._read = False

    def __getitem__(self, name: str) -> Any:
        self._read_environment()
        return self._values[name]

    def source(self, name: str) -> Source:
        """Where its value comes from."""
        self._read_environment()
        return self._sources[name]

    def put(self, name: str, value: Any, source: Source) -> bool:
        """Set it, unless it was set by what comes before this source. Raises `UsageError`, and nothing is changed then."""
        self._read_environment()
        checked = SETTINGS[name].check(name, value)
        if _RANK[source] < _RANK[self._sources[name]]:
            return False
        self._values[name], self._sources[name] = checked, source
        return True

    def given(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The options of a window, with those that are set for all."""
        ours = {n: self[n] for n, one in SETTINGS.items() if one.option and self.source(n) != "default"}
        return {**ours, **options}

    def _read_environment(self) -> None:
        """Once, when somebody asks: a bad one is told there."""
        if self._read:
            return
        for name, one in SETTINGS.items():
            if (text := self._environment.get(f"{PREFIX}{name.upper()}")) is not None:
                self._values[name], self._sources[name] = one.read(name, text), "environment"
        self._read = True


settings = Settings(os.environ)
"""Of this process."""
