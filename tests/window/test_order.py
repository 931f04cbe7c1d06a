"""Order: what one side says in a row, messages, calls and items of streams, the other hears in that row."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from jupyterwin.main.app import App
from support.real_app import open_ready

MIXED = """<script type=module>
const N = 10_000, got = [];
let reading;
async function go() {
    const stream = kernel.ticks(N / 4);
    const calls = [];
    for (let n = 0; n < N; n++) {
        if (n % 2) kernel.send("n", n); else calls.push(kernel.call(n).then(x => x === n || console.error("wrong answer", x, n)));
        if (n % 4 === 0) calls.push(stream.next().then(({ value }) => got.push(value)));
    }
    await Promise.all(calls);
    kernel.send("done", got.every((value, index) => value === index), got.length);
}
kernel.on("go", go);
</script>"""


def test_ten_thousand_mixed_frames_of_a_page_are_heard_in_the_order_of_the_calls(app_of_each_kind: App) -> None:
    order: list[int] = []
    done: list[object] = []
    finished = threading.Event()

    async def call(n: int) -> int:
        order.append(n)
        return n

    def ticks(count: int) -> Iterator[int]:
        yield from range(count)

    window = open_ready(app_of_each_kind, "w", html=MIXED, expose=[call, ticks])
    heard: list[int] = []
    window.ipc.on("n", lambda _event, n: heard.append(n))
    window.ipc.on("done", lambda _event, *args: (done.extend(args), finished.set()))
    window.send("go")
    assert finished.wait(60), (len(order), len(heard), window.log)
    assert order == list(range(0, 10_000, 2))
    assert heard == list(range(1, 10_000, 2))
    assert done == [True, 2500]


def test_calls_and_messages_of_a_page_share_one_order(app_of_each_kind: App) -> None:
    """Both are heard in the loop, so they start in the order in which they were made."""
    order: list[int] = []

    async def hear(_event: object, n: int) -> None:
        order.append(n)

    page = """<script>kernel.on("go", async () => {
        const calls = [];
        for (let n = 0; n < 10_000; n++) if (n % 3) kernel.send("n", n); else calls.push(kernel.call(n));
        await Promise.all(calls); kernel.send("n", -1);
    })</script>"""
    finished = threading.Event()

    async def call(n: int) -> None:
        order.append(n)

    async def last(event: object, n: int) -> None:
        await hear(event, n)
        if n == -1:
            finished.set()

    window = open_ready(app_of_each_kind, "w", html=page, expose=[call])
    window.ipc.on("n", last)
    window.send("go")
    assert finished.wait(60), (len(order), window.log)
    assert order == [*range(10_000), -1]


def test_ten_thousand_mixed_frames_to_a_page_are_heard_in_the_order_of_the_calls(app_of_each_kind: App) -> None:
    """One thread sends, calls, and gives the items of a stream that the page reads; messages and calls share one order."""
    page = """<script>
        const order = [], items = [];
        kernel.on("n", n => order.push(n));
        kernel.handle("call", n => (order.push(n), n));
        kernel.on("go", async () => { for await (const item of kernel.numbers()) items.push(item); kernel.send("done"); });
    </script>"""
    calls = []

    def numbers() -> Iterator[int]:
        for n in range(10_000):
            if n % 4 == 0:
                yield n
            elif n % 4 == 1:
                calls.append((n, window.invoke("call", n, timeout=60)))
            else:
                window.send("n", n)

    window = open_ready(app_of_each_kind, "w", html=page, expose=[numbers])
    finished = threading.Event()
    window.ipc.once("done", lambda _event: finished.set())
    window.send("go")
    assert finished.wait(60), (len(calls), window.log)
    assert all(call.result(60) == n for n, call in calls)
    assert len(calls) == 2500
    assert window.eval("order").result(20) == [n for n in range(10_000) if n % 4]
    assert window.eval("items").result(20) == list(range(0, 10_000, 4))
