"""Evaluation: one `Window.eval`: its scripts, its deadline, its one outcome.

The script runs in the world asked for and tells its outcome by an event on the document; a relay in the isolated world
says it as a console line that starts with this evaluation's id, and the host takes that line out of the log. Nothing is
decided on what an evaluation says.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.host import scripts
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyterwin.host.engines import Window, World

Done = Callable[[ErrorRecord | None, msgspec.Raw, list[bytes]], None]

_ID = "__JUPYTERWIN_ID__"
_CODE = "__JUPYTERWIN_CODE__"
_UNPARSED = "Uncaught SyntaxError: "
_RETURN = re.compile(r"\breturn\b")


class _Outcome(msgspec.Struct):
    started: bool = False
    d: msgspec.Raw = msgspec.Raw(b"null")
    b: list[str] = []
    e: ErrorRecord | None = None


class Evaluation:
    """Runs `source`, an expression or a body with ``return``; calls `done` once: error record, or value and buffers."""

    def __init__(
        self,
        native: Window,
        source: str,
        world: World,
        done: Done,
    ) -> None:
        self.id = f"jupyterwin-{secrets.token_hex(16)}"
        self._native = native
        self._world = world
        self._done: Done | None = done
        self._running = False
        self._started = False
        self._parse_error = ""
        self._source = source
        self._forms = _forms(source)

    def start(self) -> None:
        """Run it now."""
        self._running = True
        self._next_form()

    def hears(self, line: str) -> bool:
        """Whether a console line is this evaluation's; it is then taken in."""
        if not line.startswith(self.id):
            return self._is_parse_error(line)
        try:
            outcome = msgspec.json.decode(line[len(self.id) :], type=_Outcome)
            buffers = [base64.b64decode(text) for text in outcome.b]
        except (msgspec.MsgspecError, ValueError, RecursionError) as problem:
            self.end("peer", f"the page's answer is malformed: {problem}")
            return True
        if outcome.started:
            self._started = True
        else:
            self._finish(outcome.e, outcome.d, buffers)
        return True

    def _is_parse_error(self, line: str) -> bool:
        """The engine's word on a form it could not parse: ours to tell, once no form is left."""
        if not self._running or self._started or self.ended or not line.startswith(_UNPARSED):
            return False
        self._parse_error = self._parse_error or line.removeprefix(_UNPARSED)
        return True

    def end(self, code: str, message: str, name: str = "Error") -> None:
        """End it in an error, if it has not ended."""
        self._finish(ErrorRecord(code, message, name), msgspec.Raw(b"null"), [])

    @property
    def ended(self) -> bool:
        """Whether it has its outcome."""
        return self._done is None

    def _next_form(self) -> None:
        form = next(self._forms, None)
        if form is None:
            self.end("handler-raised", self._parse_error or "it cannot be parsed", "SyntaxError")
            return
        name = msgspec.json.encode(self.id).decode()
        script = scripts.built(form).replace(_ID, name).replace(_CODE, self._source)
        self._native.run(script, self._world, self._ran, tells=self.id)

    def _ran(self, _value: Any) -> None:
        """The script was run, or could not be parsed: then its first line was never said."""
        if not self._started and not self.ended:
            self._next_form()

    def _finish(self, error: ErrorRecord | None, value: msgspec.Raw, buffers: list[bytes]) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(error, value, buffers)


def _forms(source: str) -> Iterator[str]:
    """The built scripts to try, the likelier first; the other is tried when the engine cannot parse it."""
    names = ("evaluate-body.js", "evaluate-expression.js")
    yield from names if _outermost_return(source) else reversed(names)


def _outermost_return(source: str) -> bool:
    """Whether a ``return`` stands outside of all brackets (strings are not looked into: the other form is tried then)."""
    for found in _RETURN.finditer(source):
        before = source[: found.start()]
        if all(before.count(left) <= before.count(right) for left, right in ("{}", "()", "[]")):
            return True
    return False
