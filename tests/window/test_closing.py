"""Who may close a window: the person, the kernel, and a page that would rather stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyterwin.wire import control
from support.fake_kernel import FakeKernel
from support.screen import Screen

STAY = """<title>stay</title><script>
    onbeforeunload = event => event.preventDefault();
    onclick = () => console.log('touched');
</script><body>text"""


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def touch(kernel: FakeKernel, screen: Screen) -> None:
    """Click into the page that stays: without a gesture of the person the engine asks no page before it leaves."""
    window = screen.window("stay")

    def touched() -> bool:
        window.click(50, 50)  # again: the engine drops what comes before the page is painted
        return "touched" in kernel.console("w")

    kernel.wait(touched)


def closed(kernel: FakeKernel) -> list[str]:
    return [one.window for one in kernel.events if isinstance(one, control.Closed)]


def test_the_close_button_closes(kernel: FakeKernel, screen: Screen) -> None:
    kernel.open("w", "<title>plain</title>")
    kernel.event(control.Changed, window="w", title="plain")
    screen.window("plain").click_close_button()
    kernel.event(control.Closed, window="w")
    assert closed(kernel) == ["w"]


def test_a_page_may_stay_and_force_ends_it(kernel: FakeKernel, screen: Screen) -> None:
    kernel.open("w", STAY)
    kernel.event(control.Loaded, window="w")
    touch(kernel, screen)
    screen.window("stay").click_close_button()
    kernel.line("w", "beforeunload kept the window open")

    def kept_again() -> bool:
        # Again and again: the engine takes no second question while it settles the first.
        kernel.ask(control.CloseWindow, window="w")
        return len([line for line in kernel.console("w") if "kept" in line]) > 1

    kernel.wait(kept_again)
    assert closed(kernel) == []
    assert kernel.picture("w")
    kernel.ask(control.CloseWindow, window="w", force=True)
    kernel.event(control.Closed, window="w")


def test_a_kernels_reload_asks_no_page(kernel: FakeKernel, screen: Screen) -> None:
    kernel.open("w", STAY)
    kernel.event(control.Loaded, window="w")
    touch(kernel, screen)
    kernel.ask(control.Reload, window="w")
    assert kernel.document("w", after=1).hello


def test_a_confirm_is_not_taken_for_a_beforeunload(kernel: FakeKernel, screen: Screen) -> None:
    kernel.open("w", "<title>asks</title><script>onbeforeunload = () => undefined; console.log(confirm('x'))</script>")
    kernel.line("w", "false")
    assert not [line for line in kernel.console("w") if "kept" in line]
    screen.window("asks").click_close_button()
    kernel.event(control.Closed, window="w")
