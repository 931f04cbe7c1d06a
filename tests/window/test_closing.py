"""Who may close a window: the person, the kernel, and a page that would rather stay."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import pytest

from jupyterwin.wire import control
from support.close_button import click_close_button
from support.fake_kernel import FakeKernel

STAY = "<title>stay</title><script>onbeforeunload = event => event.preventDefault()</script><body>text"


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def touch(title: str) -> None:
    """Click into a page: without a gesture of the person the engine asks no page before it leaves."""
    search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$"]
    number = subprocess.run(search, capture_output=True, text=True, check=True, timeout=20).stdout.split()[0]
    for arguments in (["mousemove", "--window", number, "50", "50"], ["click", "1"], ["click", "1"]):
        subprocess.run(["xdotool", *arguments], check=True, timeout=20)
        time.sleep(0.1)


def closed(kernel: FakeKernel) -> list[str]:
    return [one.window for one in kernel.events if isinstance(one, control.Closed)]


def test_the_close_button_closes(kernel: FakeKernel) -> None:
    kernel.open("w", "<title>plain</title>")
    kernel.event(control.Changed, window="w", title="plain")
    click_close_button("plain")
    kernel.event(control.Closed, 5, window="w")
    assert closed(kernel) == ["w"]


def test_a_page_may_stay_and_force_ends_it(kernel: FakeKernel) -> None:
    kernel.open("w", STAY)
    kernel.event(control.Loaded, window="w")
    touch("stay")
    click_close_button("stay")
    kernel.line("w", "beforeunload kept the window open")
    time.sleep(0.3)  # the engine takes no second question while it settles the first
    kernel.ask(control.CloseWindow, window="w")
    kernel.wait(lambda: [line for line in kernel.console("w") if "kept" in line][1:])
    assert closed(kernel) == []
    assert kernel.picture("w")
    kernel.ask(control.CloseWindow, window="w", force=True)
    kernel.event(control.Closed, 2, window="w")


def test_a_kernels_reload_asks_no_page(kernel: FakeKernel) -> None:
    kernel.open("w", STAY)
    kernel.event(control.Loaded, window="w")
    touch("stay")
    kernel.ask(control.Reload, window="w")
    assert kernel.document("w", after=1).hello


def test_a_confirm_is_not_taken_for_a_beforeunload(kernel: FakeKernel) -> None:
    kernel.open("w", "<title>asks</title><script>onbeforeunload = () => undefined; console.log(confirm('x'))</script>")
    kernel.line("w", "false")
    click_close_button("asks")
    kernel.event(control.Closed, 5, window="w")
