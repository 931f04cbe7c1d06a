"""A renderer that was taken over forges whatever its channel carries. It harms its own document, and nobody else's.

A preload plays it: it speaks to the engine's channel itself, as a document of its own.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.ports.port import MessagePort
from jupyterwin.main.window import Window
from support.real_app import open_ready

DEADLINE = 40
FORGER = """{
    const nonce = "F".repeat(16), call = { type: 6, id: 1e6, object: "jupyterwin", method: "post" };
    const parcel = (kind, text) => qt.webChannelTransport.send(JSON.stringify({ ...call, args: [nonce + kind + text, jupyterwinLoad] }));
    const hello = { op: "hello", protocol: 1, first: true };
    let seq = 1;
    const batch = (frames, more = {}) => {
        let text = JSON.stringify({ d: { seq, ack: 0, frames, ...more } });
        for (; text.length > 700_000; text = text.slice(700_000)) parcel("p", text.slice(0, 700_000));
        parcel("f", text);
        seq += frames.length;
    };
    const send = (channel, ...args) => ({ op: "send", channel, args });
    const invoke = (id, channel, ...args) => ({ op: "invoke", id, channel, args });
    setTimeout(() => {
        parcel("h", JSON.stringify({ protocol: 1, first: true }));
        batch([hello]);
        FORGED;
        console.log("forged");
    }, 300);
}"""

FORGERIES = {
    "a gap": "seq += 5; batch([send('x')])",
    "a number below one": "seq = -3; batch([send('x')])",
    "a number beyond all": "seq = 2 ** 53; batch([send('x')])",
    "numbers seen before": "for (let n = 0; n < 1000; n++) { seq = 1; batch([hello]); }",
    "an acknowledgement of what was never sent": "batch([], { ack: 1e6 })",
    "a negative acknowledgement": "batch([], { ack: -1 })",
    "one id twice": "batch([invoke(1, 'wait'), invoke(1, 'wait')])",
    "answers to calls of others": "for (let id = 0; id < 1000; id++) batch([{ op: 'result', id, value: 1 }])",
    "cancels of calls of others": "for (let id = 0; id < 1000; id++) batch([{ op: 'cancel', id }])",
    "credit for nothing": "batch([{ op: 'credit', id: 1, count: 2 ** 40 }])",
    "negative credit": "batch([{ op: 'credit', id: 1, count: -1 }])",
    "an unknown frame": "batch([{ op: 'exec', code: '1' }])",
    "another hello": "batch([{ ...hello, protocol: 99 }])",
    "buffers that are not there": "batch([{ ...send('x'), buffers: 3 }])",
    "a negative number of buffers": "batch([{ ...send('x'), buffers: -1 }])",
    "no JSON": "parcel('f', '{')",
    "deep JSON": """parcel('f', '{"d":' + '['.repeat(300000) + ']'.repeat(300000) + '}')""",
    "a comm of another": "parcel('f', JSON.stringify({ d: { seq: 2, ack: 0 }, comm_id: 'host' }))",
    "a channel with a giant name": "batch([send('x'.repeat(5e6)), invoke(1, 'y'.repeat(5e6))])",
    "a string of many bytes": "batch([send('x', '\\u20ac'.repeat(60e6))])",
    "forged values": "for (const v of [{$: 'buf', i: 9, t: 'Int8Array'}, {$: 'ref', n: 1}, {$: 'def', n: [], v: []}, {$: 're', v: '('}, {$: 'date', v: 1e300}, {$: 'int', v: '1'.repeat(1e6)}, {$: 'no'}, {$: {}}]) batch([send('x', v)])",
    "many tiny frames": "for (let n = 0; n < 400; n++) batch(Array.from({ length: 500 }, () => send('x')))",
    "many calls that never end": "for (let n = 0; n < 60; n++) batch(Array.from({ length: 500 }, (_, k) => invoke(1 + 500 * n + k, 'wait')))",
    "many streams": "for (let n = 0; n < 60; n++) batch(Array.from({ length: 500 }, (_, k) => ({ ...invoke(1 + 500 * n + k, 'ticks'), stream: true })))",
    "a port that never was": "batch([{ op: 'port', port: 1, value: 1 }])",
    "a port of the kernel's that never was": "batch([{ op: 'port-close', port: 2 }])",
    "new ports downwards": "batch([{ ...send('x'), ports: [3, 1] }])",
    "a port under a number of the kernel's": "batch([{ ...send('x'), ports: [2] }])",
    "more ports than may be": "for (let n = 0; n < 30; n++) batch([{ ...send('keep'), ports: Array.from({ length: 100 }, (_, k) => 200 * n + 2 * k + 1) }])",
    "more on a port than there is credit for": "batch([{ ...send('keep'), ports: [1] }]); for (let n = 0; n < 400; n++) batch([{ op: 'port', port: 1, value: 'x'.repeat(1e5) }])",
    "credit for a port": "batch([{ op: 'port-credit', port: 1, count: 1 }])",
    "many answers to stand still for": "batch(Array.from({ length: 200 }, (_, k) => ({ ...invoke(k + 1, 'wait'), sync: String(k).padStart(32, '0') })))",
    "an announcement of what is no id": "parcel('s', 'x')",
    "one announcement twice": "parcel('s', 'x'.repeat(32)); parcel('s', 'x'.repeat(32))",
    "many announcements": "for (let n = 0; n < 100; n++) parcel('s', String(n).padStart(32, '0'))",
    "pieces without end": "for (let n = 0; n < 400; n++) parcel('p', 'x'.repeat(768 * 1024))",
}


REFUSED = {
    "a gap": "came where 2 was expected",
    "a number below one": "came where 2 was expected",
    "a number beyond all": "came where 2 was expected",
    "an acknowledgement of what was never sent": "acknowledged, but only",
    "a negative acknowledgement": "acknowledged, but only",
    "one id twice": "was made twice",
    "credit for nothing": "credit for",
    "negative credit": "credit for",
    "an unknown frame": "malformed batch",
    "another hello": "speaks protocol 99",
    "buffers that are not there": "claims buffers",
    "a negative number of buffers": "claims buffers",
    "no JSON": "malformed parcel",
    "deep JSON": "malformed parcel",
    "a comm of another": "unknown field `comm_id`",
    "a channel with a giant name": "no handler for 'yyy",
    "forged values": "malformed 'buf'",
    "a port that never was": "none of this document's",
    "a port of the kernel's that never was": "none of this document's",
    "new ports downwards": "no new port",
    "a port under a number of the kernel's": "no new port",
    "more ports than may be": "ports of this document are open",
    "more on a port than there is credit for": "more was sent than there was credit for",
    "credit for a port": "the kernel's to give",
    "many answers to stand still for": "stand still for one call alone",
    "an announcement of what is no id": "a synchronous call that no preload makes",
    "one announcement twice": "a synchronous call that no preload makes",
    "many announcements": "a synchronous call that no preload makes",
    "pieces without end": "over the limit",
}
"""What the window's log says of it. Of the others some harm nobody, and how the rest are refused depends on who is faster."""


@dataclass
class Seen:
    """What one forgery did, as its neighbour and the kernel saw it."""

    told: bool
    refused: bool
    grown: int
    longest_entry: int
    host_lives: bool


def memory() -> int:
    """Bytes that this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def wait() -> None:
    await asyncio.sleep(1000)


def ticks() -> Iterator[int]:
    yield 1


@pytest.fixture
def neighbour(shared_app: App) -> Window:
    """One window that must not notice anything."""
    return open_ready(shared_app, "neighbour", html="<script>kernel.handle('echo', x => x)</script>", expose=[print])


def forge(app: App, neighbour: Window, preload: Path, name: str) -> Seen:
    preload.write_text(FORGER.replace("FORGED", FORGERIES[name]))
    before = memory()
    window = app.open("forger", preload=preload, expose=[wait, ticks])
    window.ipc.on("x", lambda _event, *_args: None)
    kept: list[MessagePort] = []
    window.ipc.on("keep", lambda event: kept.extend(event.ports))
    end = time.monotonic() + DEADLINE
    while "forged" not in window.log and time.monotonic() < end:
        echo(neighbour)
    told = "forged" in window.log
    for _ in range(100):
        echo(neighbour)
    grown = memory() - before
    window.destroy().result(20)
    window.next("closed").result(20)
    longest = max((len(str(entry)) for entry in window.log), default=0)
    refused = REFUSED.get(name, "") in window.log
    return Seen(told, refused, grown, longest, app.host is not None and app.host.alive)


def echo(window: Window) -> None:
    """The neighbour is answered; a renderer can stall the host it shares for as long as its largest message takes, no longer."""
    assert window.invoke("echo", 1, timeout=DEADLINE).result(DEADLINE) == 1


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forger_harms_itself(shared_app: App, neighbour: Window, tmp_path: Path, name: str) -> None:
    one = forge(shared_app, neighbour, tmp_path / "forger.js", name)
    assert one.told
    assert one.refused
    assert one.host_lives
    assert one.grown < 300_000_000
    assert one.longest_entry < 50_000
