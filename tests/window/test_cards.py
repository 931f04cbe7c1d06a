"""Cards in a real kernel: what a window, a dashboard, a panel or a pending value shows as a cell's value, live, then still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from support.kernel import RealKernel

PICTURE = "src='data:image/png;base64,"
PAGE = "<body style='background:teal'>"


@pytest.fixture
def leaves_nothing() -> None:
    """One kernel serves all tests of this file; what is left of it at its end is seen by the next file."""


@pytest.fixture(scope="module")
def one_kernel(display: object, shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run("%load_ext jupyterwin\nimport jupyterwin as jw").ok()
    # A card waits for a picture, but not for as long as a host may take to start on a busy machine.
    shared_kernel.run("jw.app.warm()\nhost = jw.app.host\npid = host.ready.result(60).pid").ok()
    return shared_kernel


@pytest.fixture
def kernel(one_kernel: RealKernel) -> Iterator[RealKernel]:
    yield one_kernel
    one_kernel.run("for one in jw.app.windows:\n    one.destroy().result(10)").ok()


def shown(kernel: RealKernel, code: str, cell: str | None = None) -> tuple[str, dict[str, Any]]:
    """The message id of the only display of a cell, and its data."""
    outcome = kernel.run(code, cell=cell).ok()
    (data,) = outcome.outputs
    (message,) = [one for one in outcome.messages if one["msg_type"] == "display_data"]
    return message["content"]["transient"]["display_id"], data


def until(kernel: RealKernel, display_id: str, words: str) -> str:
    """The HTML of the first update of that display that has these words."""
    while True:
        message = kernel.client.get_iopub_msg(timeout=60)
        if message["msg_type"] != "update_display_data":
            continue
        if message["content"]["transient"]["display_id"] == display_id:
            drawn = message["content"]["data"]["text/html"]
            if words in drawn:
                return drawn


def test_without_a_front_end_that_updates_it_waits_for_a_picture(kernel: RealKernel) -> None:
    _, data = shown(kernel, f"jw.open('w', html={PAGE!r})")
    assert "● ready" in data["text/html"]
    assert "sandbox: full" in data["text/html"]
    assert PICTURE in data["text/html"]
    assert data["text/plain"] == "<Window 'w' ready>"


def test_in_a_front_end_it_is_there_at_once_and_follows_the_window(kernel: RealKernel) -> None:
    # The host is slower than the cell: it is held until the card is there.
    kernel.run("import os, signal\nos.kill(host.process.outer_pid(pid), signal.SIGSTOP)").ok()
    display_id, data = shown(kernel, f"jw.open('w', html={PAGE!r})", cell="a")
    assert "● starting" in data["text/html"]
    kernel.start("os.kill(host.process.outer_pid(pid), signal.SIGCONT)")
    assert PICTURE in until(kernel, display_id, "● ready")
    kernel.start("jw.app.windows['w'].destroy().result(10)", cell="b")
    assert PICTURE in until(kernel, display_id, "● closed"), "the last picture stays"


def test_a_cell_that_runs_again_updates_its_new_card_alone(kernel: RealKernel) -> None:
    first, _ = shown(kernel, f"jw.open('w', html={PAGE!r})", cell="a")
    second, _ = shown(kernel, f"jw.open('w', html={PAGE!r})", cell="a")
    assert first != second
    kernel.start("jw.app.windows['w'].destroy().result(10)", cell="b")
    until(kernel, second, "● closed")
    late = [m for m in kernel.published() if m["msg_type"] == "update_display_data"]
    assert not [m for m in late if m["content"]["transient"]["display_id"] == first]


def test_showing_it_changes_nothing(kernel: RealKernel) -> None:
    kernel.run(f"win = jw.open('w', html={PAGE!r}, show=False)\nwin.ready().result(20)\nheard = []").ok()
    kernel.run(
        "for name in ('show', 'focus', 'resize', 'move'): win.on(name, lambda name=name: heard.append(name))"
    ).ok()
    shown(kernel, "win")
    assert kernel.value("(win.eval('1').result(10), win.visible, heard)") == (1, False, [])


def test_a_dashboard_and_its_panel(kernel: RealKernel) -> None:
    _, data = shown(kernel, "board = jw.dashboard('B', layout='one two')\nboard['one'] = 'text'\nboard")
    assert PICTURE in data["text/html"]
    assert data["text/plain"] == "<Dashboard 'B': one, two>"
    _, data = shown(kernel, "board['one']")
    assert "<b>one</b>" in data["text/html"]
    assert "in B" in data["text/html"]
    kernel.run("board['one'].error = 'no <data>'").ok()
    _, data = shown(kernel, "board['one']")
    assert "● failed" in data["text/html"]
    assert "no &lt;data&gt;" in data["text/html"]


@pytest.mark.parametrize(
    ("ends", "shows"),
    [
        ("pending.settle([1, 2])", "<pre>[1, 2]</pre>"),
        ("pending.settle(None)", "● done"),
        ("pending.fail(jw.WindowClosed('it is <closed>'))", "WindowClosed: it is &lt;closed&gt;"),
        ("from IPython.display import HTML\npending.settle(HTML('<b>rich</b>'))", "<b>rich</b>"),
    ],
)
def test_a_pending_value_fills_in_when_it_is_done(kernel: RealKernel, ends: str, shows: str) -> None:
    display_id, data = shown(kernel, "pending = jw.Pending('an answer')\npending", cell="a")
    assert "● pending" in data["text/html"]
    kernel.start(ends, cell="b")
    assert shows in until(kernel, display_id, "")


def test_a_pending_value_that_is_there_is_shown_as_itself(kernel: RealKernel) -> None:
    kernel.run(f"win = jw.open('w', html={PAGE!r})\nshot = win.capture()\nshot.result(20);").ok()
    _, data = shown(kernel, "shot")
    assert "image/png" in data
