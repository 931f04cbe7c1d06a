"""A handler that takes its time delays nobody but who calls on its own channel."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready

DEADLINE = 20
SLOW = {
    "a function": "kernel.slow()",
    "a generator": "kernel.items().next().then(({ value }) => value)",
    "a listener": "kernel.send('slow')",
}
OTHERS = """<script>
    const others = async () => {
        const got = [await kernel.quick(1), await kernel.coro(2)];
        for await (const n of kernel.ticks(2)) got.push(n);
        kernel.send("heard", got);
        return got;
    };
    kernel.handle("others", others);
</script>"""


def quick(n: int) -> int:
    return n


async def coro(n: int) -> int:
    return n


def ticks(count: int) -> Iterator[int]:
    yield from range(count)


@pytest.mark.parametrize("ask", SLOW.values(), ids=SLOW)
def test_it_delays_no_call_on_another_channel_of_its_window_or_of_another(app_of_each_kind: App, ask: str) -> None:
    """The slow one goes on only when all the others were answered: had they waited for it, all would wait for ever."""
    entered, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def slow() -> str:
        entered.set()
        in_time = may_end.wait(3 * DEADLINE)
        ended.set()
        return "slow" if in_time else "nobody came past it"

    def items() -> Iterator[str]:
        yield slow()

    heard: list[list[int]] = []
    all_heard = threading.Event()

    def hear(_event: object, got: list[int]) -> None:
        heard.append(got)
        if len(heard) == 4:
            all_heard.set()

    def opened(name: str) -> Window:
        window = open_ready(app_of_each_kind, name, html=OTHERS, expose=[quick, coro, ticks, slow, items])
        window.ipc.on("slow", lambda _event: slow())
        window.ipc.on("heard", hear)
        return window

    window, other = opened("a"), opened("b")
    answer = window.eval(ask, timeout=60)
    assert entered.wait(DEADLINE)
    for one in (window, other):
        assert one.eval("others()").result(DEADLINE) == [1, 2, 0, 1]
        assert one.invoke("others").result(DEADLINE) == [1, 2, 0, 1]
    assert not ended.is_set()
    may_end.set()
    assert answer.result(DEADLINE) in ("slow", None)
    assert ended.wait(DEADLINE)
    assert all_heard.wait(DEADLINE)
    assert heard == [[1, 2, 0, 1]] * 4
