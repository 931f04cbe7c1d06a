"""The outcome of a cell: what the kernel said about one execute request, gathered. Plain data; knows no socket."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Outcome:
    """All that was published for one cell until it was both idle and answered."""

    status: str = ""  # ok, error or aborted, as the reply says it
    stdout: str = ""
    stderr: str = ""
    result: str | None = None  # the text/plain of the cell's value
    error: tuple[str, str] | None = None  # (class, message)
    traceback: str = ""
    outputs: list[dict[str, Any]] = field(default_factory=list)  # each rich output's data, values included
    updates: list[dict[str, Any]] = field(default_factory=list)  # of what was displayed before, by any cell
    messages: list[dict[str, Any]] = field(default_factory=list)  # everything, whole

    def take(self, message: dict[str, Any]) -> None:
        """Sort one message of the cell into its place."""
        self.messages.append(message)
        content = message["content"]
        match message["msg_type"]:
            case "execute_reply":
                self.status = content["status"]
            case "stream" if content["name"] == "stdout":
                self.stdout += content["text"]
            case "stream":
                self.stderr += content["text"]
            case "execute_result":
                self.result = content["data"].get("text/plain")
                self.outputs.append(content["data"])
            case "display_data":
                self.outputs.append(content["data"])
            case "update_display_data":
                self.updates.append(content["data"])
            case "error":
                self.error = (content["ename"], content["evalue"])
                self.traceback = "\n".join(content["traceback"])

    def ok(self) -> Outcome:
        """Return itself, or fail with what the cell said."""
        assert self.status == "ok", f"the cell ended in {self.status!r}\n{self.traceback}\n{self.stdout}{self.stderr}"
        return self
