"""WindowOptions: what `Window` and `open` accept, checked, and as the commands that carry it to the host.

An option is a field of one of the dataclasses here, declared by `option.option`; nothing else needs to know of it but
who uses it.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import Field, dataclass, field, fields
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.main.scenes import NOTHING
from jupyterwin.main.settings import settings
from jupyterwin.main.window.options.content import ContentOptions
from jupyterwin.main.window.options.native import NativeOptions
from jupyterwin.main.window.options.option import check_of
from jupyterwin.main.window.options.policy import PolicyOptions
from jupyterwin.main.window.options.profile import ProfileOptions
from jupyterwin.wire import control


@dataclass(kw_only=True)
class WindowOptions(ProfileOptions, PolicyOptions, ContentOptions, NativeOptions):
    """The checked options of one window."""

    given: dict[str, Any] = field(default_factory=dict)
    """What the user gave, as the user gave it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.check_native()

    def forget_content(self) -> None:
        """Let go of the object that was shown."""
        self.content = NOTHING
        self.given.pop("content", None)

    def create(
        self, number: int, window: str, origin: str, name: str, channels: Sequence[str] = (), **parts: Any
    ) -> control.CreateWindow:
        """The command that makes the window; `parts` of it are not the options': native, preloads, asks, allow."""
        return control.CreateWindow(
            number,
            window,
            origin=origin,
            boot=self.boot(name, channels, debug=self.debug),
            content=self.source.content,
            debug=self.debug,
            **parts,
        )

    def load(
        self,
        number: int,
        window: str,
        name: str,
        preloads: list[control.Preload],
        channels: Sequence[str] = (),
    ) -> control.LoadContent:
        """The command that replaces the content of a window that is there."""
        boot = self.boot(name, channels, debug=self.debug)
        return control.LoadContent(number, window, boot, self.source.content, preloads)


OPTIONS: dict[str, Field[Any]] = {one.name: one for one in fields(WindowOptions) if "check" in one.metadata}
"""Every option by its name."""


def checked(**given: Any) -> WindowOptions:
    """The options from keyword arguments. Raises `UsageError` naming the field and the cure."""
    for name in given:
        if name not in OPTIONS:
            near = difflib.get_close_matches(name, OPTIONS, 1)
            cure = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(OPTIONS))}"
            msg = f"{name}: a window has no such option; {cure}"
            raise UsageError(msg)
    wanted = settings.given(given)
    return WindowOptions(given=given, **{name: check_of(OPTIONS[name])(name, value) for name, value in wanted.items()})
