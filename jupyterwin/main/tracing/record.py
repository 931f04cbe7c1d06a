"""Record: one row of a trace: a call with its outcome, a message, a stream, or whatever else passed between two ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyterwin.main.tracing.tap import Direction


@dataclass(slots=True, eq=False)
class Record:
    """One row. It fills in while a call or a stream goes on; `ended` says when no more changes."""

    number: int
    """Counts from 1 in its trace."""
    window: str
    """The window's name."""
    document: int
    """Which document of that window, as this trace has met them; a reload begins another."""
    direction: Direction
    """Where it went: ``to-kernel`` or ``to-page``; of a call, the call itself."""
    kind: str
    """``call``, ``stream``, ``send``, ``port``, ``document`` (a page that connected), or a frame's own name (``fault``)."""
    channel: str
    at: float
    """When it passed the kernel, in seconds since the epoch; for a call the beginning."""
    args: str = ""
    """What was sent, as text: the values if the trace keeps values, else only what kinds of values they are."""
    size: int = 0
    """Bytes of what was sent: the frame's text and its buffers."""
    outcome: str = ""
    """Of calls and streams: ``pending``, ``value``, ``end`` (of a stream), or an error's code; empty for a message.

    Of a port: ``closed``.
    """
    answer: str = ""
    """The value, or the last item of a stream, as `args`; or the error's message."""
    answer_size: int = 0
    """Bytes that came back, those of all items for a stream."""
    items: int = 0
    """Items of a stream so far."""
    missed: int = 0
    """Older messages that a ``latest`` policy folded into this one."""
    seconds: float | None = None
    """How long it took, once it has ended; None for a message."""

    @property
    def time(self) -> datetime:
        """`at`, as local time."""
        return datetime.fromtimestamp(self.at).astimezone()

    @property
    def ended(self) -> bool:
        """Whether nothing of this row changes any more."""
        return self.outcome != "pending"

    @property
    def failed(self) -> bool:
        """Whether it ended in an error, a deadline or a cancellation."""
        return self.outcome not in {"", "pending", "value", "end", "closed"}

    def __str__(self) -> str:
        arrow = "→ kernel" if self.direction == "to-kernel" else "→ page  "
        text = f"{self.time:%H:%M:%S.%f}"[:-3] + f"  {arrow}  {self.kind:<8} {self.channel}({self.args})"
        if self.outcome:
            answer = f" {self.answer}" if self.answer else ""
            count = f", {self.items} items" if self.kind == "stream" else ""
            text += f"  {self.outcome}{answer}{count}"
        return text + (f"  {1000 * self.seconds:.1f} ms" if self.seconds is not None else "")
