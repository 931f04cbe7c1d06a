"""Cards in a real kernel: what a window, a dashboard, a panel or a pending value shows as a cell's value, live, then still."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from support.kernel import RealKernel

PICTURE = "src='data:image/png;base64,"
PAGE = "<body style='background:teal'>"


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


def until(kernel: RealKernel, display_id: str, *words: str) -> str:
    """The HTML of the first update of that display that has all these words."""
    while True:
        message = kernel.client.get_iopub_msg(timeout=60)
        if message["msg_type"] != "update_display_data":
            continue
        if message["content"]["transient"]["display_id"] == display_id:
            drawn = message["content"]["data"]["text/html"]
            if all(one in drawn for one in words):
                return drawn


def ready(kernel: RealKernel) -> None:
    """The first window waits for its host; what is tested does not."""
    kernel.run(f"win = jw.open('w', html={PAGE!r})\nwin.ready().result(50);").ok()


def image_of(data: dict[str, Any]) -> Image.Image:
    """The picture of a card; it is the same in the HTML and by itself."""
    assert data["image/png"] in data["text/html"]
    return Image.open(BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")


def test_without_a_front_end_that_updates_it_waits_for_a_picture(kernel: RealKernel) -> None:
    ready(kernel)
    _, data = shown(kernel, "win.load(html='<body style=\"background:#c00\">')\nwin")
    assert "● ready" in data["text/html"]
    assert "sandbox: full" in data["text/html"]
    assert image_of(data).getpixel((1, 1)) == (204, 0, 0)
    assert "<button" not in data["text/html"], "nobody would hear it"
    assert data["text/plain"] == "<Window 'w' ready>"


NOISE = """<canvas id=c width=1400 height=800></canvas><script>
const c = document.getElementById("c").getContext("2d"), d = c.createImageData(1400, 800);
for (let i = 0; i < d.data.length; i += 65536)
  crypto.getRandomValues(new Uint8Array(d.data.buffer, i, Math.min(65536, d.data.length - i)));
c.putImageData(d, 0, 0);
</script>"""


def test_the_picture_has_a_bound_in_bytes(kernel: RealKernel) -> None:
    kernel.run(f"big = jw.open('big', html={NOISE!r}, width=1400, height=800)\nbig.ready().result(50);").ok()
    _, data = shown(kernel, "big")
    image = image_of(data)
    assert kernel.value("len(big.capture().result(20).png)") > 1_000_000
    assert len(base64.b64decode(data["image/png"])) <= 120_000
    assert image.width > 100
    assert abs(image.width / image.height - 1400 / 800) < 0.05


def brought(kernel: RealKernel, code: str, words: str) -> dict[str, Any]:
    """What the cell brings of a display that has these words; a later one does, if it is being drawn just then."""
    updates = kernel.run(code).ok().updates
    while not (found := [one for one in updates if words in one["text/html"]]):
        updates = kernel.run("None").ok().updates
    return found[0]


def test_a_cell_that_ends_brings_what_has_changed_to_a_client_that_hears_no_other(kernel: RealKernel) -> None:
    shown(kernel, "pending = jw.Pending('an answer')\npending")
    assert brought(kernel, "pending.settle([1, 2])", "[1, 2]")["text/plain"] == "[1, 2]"
    ready(kernel)
    shown(kernel, "win")
    assert image_of(brought(kernel, "win.destroy().result(10)", "● closed"))


def test_in_a_front_end_it_is_there_at_once_and_follows_the_window(kernel: RealKernel) -> None:
    # The host is slower than the cell: it is held until the card is there.
    kernel.run("import os, signal\nos.kill(host.process.outer_pid(pid), signal.SIGSTOP)").ok()
    display_id, data = shown(kernel, f"jw.open('w', html={PAGE!r})", cell="a")
    assert "● starting" in data["text/html"]
    kernel.start("os.kill(host.process.outer_pid(pid), signal.SIGCONT)")
    until(kernel, display_id, "● ready", PICTURE)
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
    assert data["text/plain"] == "<Dashboard 'B': one, two>"
    whole = image_of(data)
    _, data = shown(kernel, "board['one']")
    assert "<b>one</b>" in data["text/html"]
    assert "in B" in data["text/html"]
    part = image_of(data)
    assert 0.4 < part.width / whole.width < 0.6
    assert part.height > 0.9 * whole.height


def test_the_card_of_a_panel_follows_it(kernel: RealKernel) -> None:
    kernel.run("board = jw.dashboard('C', layout='one two')\nboard.window.ready().result(50);").ok()
    display_id, data = shown(kernel, "board['one']", cell="a")
    assert "empty" in data["text/html"]
    kernel.start("from IPython.display import HTML\nboard['one'] = HTML('<b>x</b>')", cell="b")
    until(kernel, display_id, "HTML", PICTURE)
    kernel.start("board['one'].error = 'no <data>'", cell="b")
    assert "no &lt;data&gt;" in until(kernel, display_id, "● failed")
    kernel.start("board.window.destroy().result(10)", cell="b")
    assert PICTURE in until(kernel, display_id, "● closed"), "the last picture stays"


def click(kernel: RealKernel, card: str, act: str) -> None:
    """What the front end's part of a card says to the kernel."""
    comm = kernel.value("__import__('jupyterwin.notebook.buttons').notebook.buttons.of_kernel(GROUP).comm.comm_id")
    data = {"method": "custom", "content": {"card": card, "act": act}}
    kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", {"comm_id": comm, "data": data}))


@pytest.mark.parametrize(
    ("value", "act", "does"),
    [
        ("win", "focus", "win.next('show')"),
        ("win", "reload", "win.next('ready')"),
        ("win", "close", "win.next('closed')"),
        ("board", "close", "board.window.next('closed')"),
        ("board['one']", "focus", "board.window.next('show')"),
        ("board['one']", "reload", "drawn"),
    ],
)
def test_a_button_does_what_it_says(kernel: RealKernel, value: str, act: str, does: str) -> None:
    kernel.run(
        "from jupyterwin.notebook.cards import GROUP\ndrawn = jw.Pending('drawn')\n"
        "class Drawn:\n    def _repr_html_(self):\n"
        "        if again: drawn.settle(None)\n        return '<p>drawn</p>'\n"
        f"again = False\nwin = jw.open('w', html={PAGE!r}, show=False)\n"
        "board = jw.dashboard('D', layout='one', show=False)\nboard['one'] = Drawn()\n"
        "win.ready().result(50); board.capture().result(50); again = True;"
    ).ok()
    _, data = shown(kernel, value, cell="a")
    assert f"data-jupyterwin-act='{act}'" in data["text/html"]
    (card,) = re.findall("data-jupyterwin-card='([^']+)'", data["text/html"])
    kernel.run(f"what = {does}").ok()
    click(kernel, card, act)
    kernel.run("what.result(20)").ok()


def test_only_buttons_of_cards_that_live_do_anything(kernel: RealKernel) -> None:
    ready(kernel)
    _, data = shown(kernel, "win", cell="a")
    assert data["text/html"].count("style='display:none'") == 3, "as they are saved, nobody sees them"
    (card,) = re.findall("data-jupyterwin-card='([^']+)'", data["text/html"])
    shown(kernel, "win", cell="a")  # its output is gone
    click(kernel, card, "close")
    click(kernel, "another", "close")
    click(kernel, card, "destroy")
    assert kernel.value("win.eval('1').result(10), win.status") == (1, "ready")


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
