"""Completion of our magics: commands, options, names of windows, panels, functions and channels. It changes nothing.

One matcher of IPython's second kind, which says that its answers are all there is: others would mix in names of Python.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.completer import CompletionContext, SimpleCompletion, context_matcher

from jupyterwin.main.app import app
from jupyterwin.notebook.magics import COMMANDS
from jupyterwin.panels.dashboard import Dashboard

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_LINE = re.compile(r"\s*(?:[\w.,\s]+=\s*)?(%win|%%window|%%panel)\s+(.*)", re.DOTALL)
_LAST = re.compile(r"[^\s,]*\Z")


_IDENTIFIER = "jupyterwin"


def attach(ip: InteractiveShell) -> None:
    """Complete in `ip`. Again: nothing changes."""
    if ip.Completer is not None:
        detach(ip)
        completion = Completion(ip)

        @context_matcher(identifier=_IDENTIFIER)
        def match(context: CompletionContext) -> Any:  # a method cannot be marked
            return completion.match(context)

        ip.Completer.custom_matchers.append(match)


def detach(ip: InteractiveShell) -> None:
    """Complete no more."""
    if ip.Completer is not None:
        matchers = ip.Completer.custom_matchers
        matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", None) != _IDENTIFIER]


class Completion:
    """What is proposed in one shell."""

    def __init__(self, ip: InteractiveShell) -> None:
        self._ip = ip

    def match(self, context: CompletionContext) -> Any:
        """What may follow the cursor; nothing, and everybody else's proposals, where no magic of ours is typed."""
        found = _LINE.fullmatch(context.text_until_cursor)
        if found is None:
            return {"completions": []}
        last = _LAST.search(found[2])
        fragment = last[0] if last else ""
        fitting = [one for one in self._candidates(found[1], found[2]) if one.startswith(fragment)]
        return {
            "completions": [SimpleCompletion(one, type="magic") for one in fitting],
            "matched_fragment": fragment,
            "ordered": True,
            "suppress": True,
        }

    def _candidates(self, magic: str, typed: str) -> Iterable[str]:
        words = typed.split()
        last = words.pop() if words and not typed[-1].isspace() else ""
        before = words[-1] if words else ""
        if before in self._of_option:
            return self._of_option[before](self)
        places = [
            word for number, word in enumerate(words) if not word.startswith("-") and not _is_value(words, number)
        ]
        command = COMMANDS.get(places[0]) if magic == "%win" and places else None
        options = [f"--{name}" for name in command.options] if command else self._options(magic)
        if last.startswith("-"):
            return [one for one in options if one not in words]
        kinds = (*_PLACES[magic], *(command.arguments if command else ()))
        if len(places) >= len(kinds):
            return options
        return _KINDS[kinds[len(places)]](last)

    def _options(self, magic: str) -> list[str]:
        fn = self._ip.find_line_magic(magic.strip("%")) or self._ip.find_cell_magic(magic.strip("%"))
        parser = getattr(fn, "parser", None)
        actions = getattr(parser, "_option_string_actions", {})
        return [name for name in actions if name.startswith("-")]

    def _functions(self) -> list[str]:
        hidden = self._ip.user_ns_hidden
        return sorted(
            name
            for name, value in self._ip.user_ns.items()
            if not name.startswith("_") and name not in hidden and callable(value) and not isinstance(value, type)
        )

    _of_option: dict[str, Callable[[Completion], Iterable[str]]] = {  # noqa: RUF012 -- a table
        "--expose": lambda self: self._functions(),
        "--grant": lambda _self: sorted(app.ipc.channels()),
        "-w": lambda _self: _boards(),
        "--window": lambda _self: _boards(),
    }


def _is_value(words: list[str], number: int) -> bool:
    """Whether a word is what the option before it takes."""
    return number > 0 and words[number - 1].startswith("-") and words[number - 1] not in {"--debug", "--values"}


def _windows(_typed: str = "") -> list[str]:
    return [shlex.quote(window.name) for window in app.windows]


def _panels() -> list[str]:
    boards = [window.content for window in app.windows if isinstance(window.content, Dashboard)]
    return list(dict.fromkeys(shlex.quote(name) for board in boards for name in board))


def _boards() -> list[str]:
    return [shlex.quote(window.name) for window in app.windows if isinstance(window.content, Dashboard)]


def _paths(typed: str) -> list[str]:
    """Folders, and the files that a window can show."""
    folder, _, _name = typed.rpartition("/")
    try:
        found = sorted(Path(folder or ("/" if typed.startswith("/") else ".")).iterdir())
    except OSError:
        return []
    head = f"{folder}/" if "/" in typed else ""
    return [
        f"{head}{one.name}{'/' if one.is_dir() else ''}"
        for one in found
        if not one.name.startswith(".") and (one.is_dir() or one.suffix in {".html", ".htm", ".svg"})
    ]


_PLACES: dict[str, tuple[str, ...]] = {"%win": ("command",), "%%window": ("window",), "%%panel": ("panel",)}
"""What stands where, of the words that are no options."""
_KINDS: dict[str, Callable[[str], Iterable[str]]] = {
    "command": lambda _typed: list(COMMANDS),
    "window": _windows,
    "traced": lambda typed: [*_windows(typed), "off"],
    "switch": lambda _typed: ["on", "off"],
    "path": _paths,
    "panel": lambda _typed: _panels(),
}
