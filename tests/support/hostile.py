"""What a page that means harm may put into its messages: the same things for the same seed."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = [0, 1, 2, 3, -1, -(2**63), 2**31, 2**53, 2**63, 2**64, 10**30, 0.5, -0.5, 1e300, -1e300]
TEXTS = [
    "",
    "x",
    "echo",
    "wait",
    "ticks",
    "$",
    "__proto__",
    "\0",
    "\u2028",
    "é",
    "\U0001f600",
    "a" * 300,
    "../..",
    "host",
]
CHANNELS = ["echo", "wait", "ticks", "x"]
PATTERNS = [
    "(",
    "[[a]",
    "[a--b]",
    "(?P<n>",
    "(?<=a*)b",
    "a{99999999999}",
    "(" * 200,
    "\\",
    "(?i)a",
    "a|b",
    "[z-a]",
    "\\p{L}",
]
TAGS = ["undef", "num", "int", "date", "map", "set", "re", "obj", "buf", "arrow", "err", "def", "ref"]
TYPES = ["ArrayBuffer", "DataView", "Int8Array", "Uint8ClampedArray", "Float64Array", "BigInt64Array", "object", "|O"]
CODES = ["peer", "load-failed", "bad-arguments", "usage", "cancelled", "mine", ""]
OPS = {
    "hello": {"protocol": "number", "first": "flag"},
    "fault": {"error": "error", "file": "text", "line": "number"},
    "send": {"channel": "channel", "args": "args", "buffers": "count", "missed": "number", "ports": "ports"},
    "invoke": {
        "id": "new",
        "channel": "channel",
        "args": "args",
        "buffers": "count",
        "timeout": "number",
        "stream": "flag",
        "sync": "text",
    },
    "result": {"id": "id", "value": "value", "buffers": "count"},
    "error": {"id": "id", "error": "error"},
    "cancel": {"id": "id", "reason": "text"},
    "item": {"id": "id", "value": "value", "buffers": "count"},
    "end": {"id": "id"},
    "credit": {"id": "id", "count": "credit"},
    "port": {"port": "port", "value": "value", "buffers": "count", "ports": "ports"},
    "port-close": {"port": "port"},
    "port-credit": {"port": "port", "count": "count"},
}
NEEDED = {"channel", "args", "id", "value", "error", "count", "port", "protocol", "first"}


class Hostile:
    """Values, frames and batches. `wrong`: of a thousand fields, how many are not what the frame wants there."""

    def __init__(self, seed: object, wrong: int = 8) -> None:
        self.random = random.Random(f"{seed}")
        self._wrong = wrong
        self._fields = {
            "number": self._number,
            "count": self._count,
            "credit": lambda: self._count() or 1,
            "new": self._new,
            "id": self._identity,
            "port": self._port,
            "ports": self._ports,
            "text": self._text,
            "channel": lambda: self.random.choice(TEXTS if self.now(300) else CHANNELS),
            "flag": self._flag,
            "args": self._args,
            "value": self.value,
            "error": self.error,
        }
        self.renew()

    def now(self, of_a_thousand: int) -> bool:
        return self.random.randrange(1000) < of_a_thousand

    # -------------------------------------------------- values

    def scalar(self) -> Any:
        return self.random.choice([None, True, False, self.random.choice(NUMBERS), self.random.choice(TEXTS)])

    def value(self, depth: int = 0) -> Any:
        kind = self.random.randrange(10 if depth < 6 else 4)
        if kind < 4:
            return self.scalar()
        if kind == 4:
            return [self.value(depth + 1) for _ in range(self.random.randrange(4))]
        if kind == 5:
            return {self.random.choice(TEXTS): self.value(depth + 1) for _ in range(self.random.randrange(4))}
        return self.tagged(depth + 1)

    def tagged(self, depth: int) -> dict[str, Any]:
        """A value with a tag; some of its fields are those of another tag, or none."""
        tag = self.random.choice(TAGS)
        value: dict[str, Any] = {"$": tag}
        inner = self.random.choice(TAGS) if self.now(200) else tag
        if inner in {"map", "obj"}:
            value["v"] = [[self.value(depth), self.value(depth)] for _ in range(self.random.randrange(4))]
        elif inner == "set":
            value["v"] = [self.value(depth) for _ in range(self.random.randrange(4))]
        elif inner in {"buf", "arrow"}:
            value |= {"i": self.random.choice([0, 1, 2, *NUMBERS]), "t": self.random.choice(TYPES)}
            if self.now(300):
                value["s"] = self.random.choice(
                    [[], [0], [2, 2], [-1], [2**62, 4], None, "2", [[1]], [0.5], self.value(depth)]
                )
        elif inner in {"def", "ref"}:
            value |= {"n": self.random.randrange(3), "v": self.value(depth)}
        elif inner == "err":
            value["v"] = self.error()
        elif inner == "re":
            value |= {"v": self.random.choice(PATTERNS), "f": self.random.choice(["", "g", "imsu", "v", "zz"])}
        elif inner == "num":
            value["v"] = self.random.choice(["nan", "inf", "-inf", "-0", "0"])
        elif inner == "int":
            value["v"] = self.random.choice(["0", "-1", "9" * 4300, "9" * 4301, "1e5", "٣", " 1", "0x1"])
        else:
            value["v"] = self.random.choice(NUMBERS)
        return self._spoilt(value, 60)

    def error(self) -> Any:
        record = {"code": self.random.choice(CODES), "message": self.random.choice(TEXTS), "data": self.scalar()}
        return self._spoilt(record, self._wrong)

    def _spoilt(self, fields: dict[str, Any], of_a_thousand: int) -> dict[str, Any]:
        """With a field left out, too many, or of another type, now and then."""
        if self.now(of_a_thousand):
            name = self.random.choice(list(fields))
            what = self.random.randrange(3)
            if what == 0:
                del fields[name]
            elif what == 1:
                fields[name] = self.value(5)
            else:
                fields[self.random.choice(TEXTS)] = self.scalar()
        return fields

    # -------------------------------------------------- frames

    def frame(self, op: str) -> dict[str, Any]:
        fields = {name: self._fields[kind]() for name, kind in OPS[op].items() if name in NEEDED or self.now(200)}
        if self.now(self._wrong):
            op = self.random.choice(["eval", "", "Send", "__class__", "port_credit"])
        return self._spoilt({"op": op, **fields}, self._wrong)

    def _number(self) -> int:
        return self.random.choice([0, 1, 2, 1000, -1, 2**31, 2**53, 2**63, 10**30])

    def _count(self) -> Any:
        return self.random.choice(NUMBERS) if self.now(self._wrong) else self.random.choice([0, 1, 1, 2])

    def _new(self) -> Any:
        if not self.now(self._wrong):
            self._last_id += 1
        return self.random.choice(NUMBERS) if self.now(self._wrong) else self._last_id

    def _identity(self) -> Any:
        return self._number() if self.now(100) else self.random.randrange(self._last_id + 2)

    def _port(self) -> Any:
        """One that was given, seldom another."""
        if self._last_port < 0:
            return self._ports()[0]
        return (
            self.random.choice(NUMBERS) if self.now(self._wrong) else self.random.randrange(1, self._last_port + 1, 2)
        )

    def _ports(self) -> list[Any]:
        if self.now(self._wrong):
            return [self.random.choice(NUMBERS)]
        self._last_port += 2
        return [self._last_port]

    def _text(self) -> str:
        return self.random.choice(TEXTS)

    def _flag(self) -> bool:
        return self.now(500)

    def _args(self) -> list[Any]:
        return [self.value() for _ in range(self.random.randrange(3))]

    # -------------------------------------------------- batches

    def renew(self) -> None:
        """A new document: ids and ports count from the start again."""
        self._last_id, self._last_port = 0, -1

    def batch(self, seq: int, ops: Sequence[str] = tuple(OPS), frames: int = 20) -> tuple[bytes, list[bytes]]:
        """Text and buffers of a batch, its first frame number `seq`; seldom it is nothing of that kind."""
        made = [self.frame(self.random.choice(ops)) for _ in range(self.random.randrange(1, frames))]
        data: Any = {"seq": seq, "ack": 0, "frames": made}
        if self.now(10):
            data[self.random.choice(["seq", "ack", "frames", "comm_id"])] = self.value()
        text = json.dumps(data, ensure_ascii=self.now(500)).encode(errors="surrogatepass")
        return self.mutated(text) if self.now(30) else text, [self.random.randbytes(8) for _ in range(40)]

    def mutated(self, text: bytes) -> bytes:
        """With bytes of it changed, cut off, doubled, or nested without end."""
        at, end = sorted(self.random.choices(range(len(text)), k=2))
        piece = self.random.choice(
            [b"", bytes([text[at] ^ 1 << self.random.randrange(8)]), b"[" * 5000, b"\\ud800", b"\xff", b"1e999"]
        )
        end = self.random.choice([at, at + 1, end])
        return self.random.choice([text[:at], text[:at] + piece + text[end:], text[:end] + text[at:]])
