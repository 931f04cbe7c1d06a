"""The inspector in a real kernel with a real window: a live table under its cell, and a trace to test with."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from jupyterwin.notebook.cards import TraceTable
from support.kernel import DEADLINE, RealKernel

BUSY = "<script>setInterval(() => kernel.quote('MSFT', 3), 20)</script>"


@pytest.fixture
def kernel(real_kernel: RealKernel) -> RealKernel:
    real_kernel.run(
        "%load_ext jupyterwin\nimport jupyterwin as jw\n"
        "def quote(symbol: str, days: int) -> list[float]:\n    return [1.5] * days\n"
        f"win = jw.open('prices', html={BUSY!r}, expose=[quote])\nwin.ready().result(20)"
    ).ok()
    return real_kernel


def show(kernel: RealKernel, code: str, cell: str) -> str:
    """Run a cell that shows a trace; the id of its display."""
    messages = kernel.run(code, cell=cell).ok().messages
    [shown] = [message for message in messages if message["msg_type"] == "display_data"]
    return str(shown["content"]["transient"]["display_id"])


def updates(kernel: RealKernel, count: int) -> list[dict[str, Any]]:
    """The next updates of displays, of whatever cell."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        message = kernel.client.get_iopub_msg(timeout=DEADLINE)
        if message["msg_type"] == "update_display_data":
            found.append(message)
    return found


def shown_in(message: dict[str, Any]) -> str:
    return str(message["content"]["data"]["text/html"])


def display_of(message: dict[str, Any]) -> str:
    return str(message["content"]["transient"]["display_id"])


def test_the_table_is_live_at_a_bounded_rate_and_belongs_to_its_cell(kernel: RealKernel) -> None:
    first = show(kernel, "%win ipc prices", "one")
    seen = updates(kernel, 6)
    assert {display_of(message) for message in seen} == {first}
    assert "quote" in shown_in(seen[-1])
    assert "● live" in shown_in(seen[-1])
    assert "MSFT" not in shown_in(seen[-1])
    times = [message["header"]["date"] for message in seen]
    assert all(late - early >= timedelta(seconds=TraceTable.interval * 0.9) for early, late in pairwise(times))
    second = show(kernel, "%win ipc prices --values", "one")
    seen = updates(kernel, 3)
    assert {display_of(message) for message in seen} == {second}
    assert "&quot;MSFT&quot;, 3" in shown_in(seen[-1])


def test_off_ends_it_and_what_was_drawn_last_stays(kernel: RealKernel) -> None:
    display = show(kernel, "%win ipc prices", "one")
    updates(kernel, 1)
    off = kernel.run("%win ipc prices off", cell="two").ok()
    rest = [*off.messages, *kernel.published()]
    told = [message for message in rest if message["msg_type"] == "update_display_data"]
    while not told or "■ stopped" not in shown_in(told[-1]):
        told = updates(kernel, 1)
    assert display_of(told[-1]) == display
    assert kernel.value("win.ipc.tap.watchers") == ()
    assert not [one for one in kernel.published() if one["msg_type"] == "update_display_data"]


def test_without_a_name_all_windows_are_watched_those_opened_later_too(kernel: RealKernel) -> None:
    show(kernel, "everything = %win ipc\neverything", "one")
    kernel.run("other = jw.open('other', html='<script>kernel.send(\"hello\")</script>', grant=['hello'])").ok()
    kernel.run("everything.wait_for('hello').result(20)").ok()
    assert kernel.value("sorted({row.window for row in everything})") == ["other", "prices"]
    kernel.run("%win ipc off").ok()
    assert kernel.value("everything.active") is False


def test_the_trace_ends_with_the_window(kernel: RealKernel) -> None:
    show(kernel, "trace = win.ipc.trace()\ntrace", "one")
    kernel.run("trace.wait_for('quote').result(20)\nwin.close().result(20)\njw.app.wait(20)").ok()
    assert kernel.value("trace.active") is False
    assert kernel.value("len(trace.calls) > 0 and 'quote' in repr(trace)") is True


def test_every_pattern_is_a_row_of_a_real_page(kernel: RealKernel) -> None:
    page = (
        "<script>kernel.on('tick', t => kernel.send('heard', t));"
        "kernel.handle('double', async n => 2 * n);"
        "async function all() { let sum = 0; for await (const n of kernel.count(5)) sum += n;"
        "  for await (const n of kernel.count(1000)) break;"
        "  await kernel.nothing().catch(() => 0); return sum }</script>"
    )
    kernel.run(
        "import numpy as np\nfrom jupyterwin import NoHandler\n"
        "def count(n: int):\n    yield from range(n)\n"
        "def nothing() -> None:\n    raise NoHandler('of this test')\n"
        "heard = []\n"
        f"win = jw.open('all', html={page!r}, expose=[count, nothing])\n"
        "win.ipc.on('heard', lambda event, t: heard.append(t))\n"
        "win.ready().result(20)\n"
        "with win.ipc.trace(values=True) as t:\n"
        "    win.send('tick', np.zeros(1000))\n"
        "    assert win.invoke('double', 21).result(20) == 42\n"
        "    assert win.eval('all()').result(20) == 10\n"
        "    t.wait_for('heard').result(20)\n"
    ).ok()
    assert kernel.value("[(r.kind, r.direction, r.outcome, r.items) for r in t.filter(channel='count')]") == [
        ("stream", "to-kernel", "end", 5),
        ("stream", "to-kernel", "end", kernel.value("t.streams[1].items")),
    ]
    assert kernel.value("t.streams[0].answer") == "4"
    assert kernel.value("[(r.outcome, r.failed) for r in t.filter(channel='nothing')]") == [("no-handler", True)]
    assert kernel.value("[(r.direction, r.answer) for r in t.filter(channel='double')]") == [("to-page", "42")]
    assert kernel.value("[(r.direction, r.args, r.size // 8000) for r in t.sends]") == [
        ("to-page", "Float64Array 8.0 kB", 1),
        ("to-kernel", "Float64Array 8.0 kB", 1),
    ]
