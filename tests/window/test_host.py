"""A real host with real windows: loading, the preload's place, frames both ways, pictures, titles, files."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from jupyterwin.wire import control, frames
from support.fake_kernel import FakeKernel, html_content
from support.leaks import alive

ECHO = control.Preload(
    "echo.js",
    """const { contextBridge, ipcRenderer } = jupyterwin;
ipcRenderer.handle("echo", (_event, value) => value);
ipcRenderer.handle("text", () => document.body.innerText);
contextBridge.exposeInMainWorld("api", { add: (a, b) => ipcRenderer.invoke("add", a, b) });""",
)
YELLOW = "<body style='background:#ffcc00'><h1>picture</h1>"


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_window_opens_and_its_document_says_hello_first(kernel: FakeKernel) -> None:
    document = kernel.open("w", "<title>page title</title><p>text</p>", preloads=[ECHO])
    assert document.hello is not None
    assert document.hello.first
    assert document.invoke("text") == "text"
    loaded = kernel.event(control.Loaded, window="w")
    assert loaded.ok
    assert loaded.url.startswith("jw://")
    kernel.event(control.Changed, window="w", title="page title")
    ready = kernel.event(control.Ready)
    assert ready.engine == "qtwebengine"
    assert ready.displays


def test_the_first_script_sees_the_api_and_nothing_else(kernel: FakeKernel) -> None:
    kernel.handlers["add"] = lambda a, b: a + b
    names = "jupyterwin qt QWebChannel pywebview external ipcRenderer require process".split()
    script = f"""console.log("types", typeof api.add, {", ".join(f"typeof {name}" for name in names)});
        api.add(2, 3).then(sum => console.log("sum", sum));"""
    kernel.open("w", f"<script>{script}</script>", preloads=[ECHO])
    seen = kernel.line("w", "types").split()[1:]
    assert seen[0] == "function"
    # `external` is Chromium's own leftover of the standard, an empty object.
    assert [kind for name, kind in zip(names, seen[1:], strict=True) if name != "external"] == ["undefined"] * 7
    assert kernel.line("w", "sum") == "sum 5"


@pytest.mark.timeout(300)
def test_ten_thousand_frames_pass_through_the_channel(kernel: FakeKernel) -> None:
    document = kernel.open("w", preloads=[ECHO])
    # Well past the 570 emits after which a PySide6 with a miscounted reference aborts.
    for number in range(10_000):
        assert document.invoke("echo", number) == number


def test_large_values_pass_both_ways(kernel: FakeKernel) -> None:
    document = kernel.open("w", preloads=[ECHO])
    for size in (0, 1, 70_000, 900_000, 5_000_000):
        value = bytes(range(256)) * (size // 256) + bytes(size % 256)
        assert document.invoke("echo", value) == value
    text = "ä€😀" * 700_000
    assert document.invoke("echo", text) == text


def test_two_windows_have_two_renderers_and_keep_their_messages(kernel: FakeKernel) -> None:
    one, two = kernel.open("one", preloads=[ECHO]), kernel.open("two", preloads=[ECHO])
    pids = {kernel.event(control.RendererReady, window=name).pid for name in ("one", "two")}
    assert len(pids) == 2
    assert one.comm_id != two.comm_id
    assert [one.invoke("echo", 1), two.invoke("echo", 2)] == [1, 2]
    outer = {kernel.host.outer_pid(pid) for pid in pids}
    assert None not in outer
    assert len(outer) == 2


def test_a_picture_shows_the_page(kernel: FakeKernel) -> None:
    kernel.open("w", YELLOW)
    picture = pixels(kernel.picture("w"))
    assert picture.size == (400, 300)
    assert picture.getpixel((390, 290)) == (0xFF, 0xCC, 0)
    assert len(picture.getcolors(100_000)) > 2  # letters


def test_a_hidden_window_has_a_picture_too(kernel: FakeKernel) -> None:
    kernel.open("w", YELLOW, visible=False)
    assert pixels(kernel.picture("w")).getpixel((390, 290)) == (0xFF, 0xCC, 0)
    assert not [event for event in kernel.events if isinstance(event, control.Changed) and event.native.visible]


def test_the_background_is_there_before_the_page(kernel: FakeKernel) -> None:
    kernel.open("w", "<p>dark</p>", background="#102030")
    assert pixels(kernel.picture("w")).getpixel((390, 290)) == (0x10, 0x20, 0x30)


def test_a_folder_is_served_file_by_file(kernel: FakeKernel) -> None:
    kernel.files = {
        "index.html": ("text/html", b"<script type=module src=app.js></script><script>console.log('inline')</script>"),
        "app.js": ("text/javascript", (b"import {x} from './lib/x.js'; const r = await fetch('data/d.json');"
                   b"console.log('got', x, (await r.json()).y, (await fetch('none')).status)")),
        "lib/x.js": ("text/javascript", b"export const x = 7"),
        "data/d.json": ("application/json", b'{"y": 8}'),
    }  # fmt: skip
    kernel.open("w", content=control.Content("path"))
    assert kernel.line("w", "got") == "got 7 8 404"
    assert any("inline script" in line for line in kernel.console("w"))
    assert "inline" not in kernel.console("w")


def test_a_missing_entry_is_a_failed_load(kernel: FakeKernel) -> None:
    kernel.ask(
        control.CreateWindow,
        window="w",
        origin="a" * 32,
        title="w",
        boot=frames.Boot("w"),
        content=control.Content("path"),
    )
    loaded = kernel.event(control.Loaded, window="w")
    assert not loaded.ok
    assert loaded.message


def test_new_content_is_a_new_document_in_the_same_window(kernel: FakeKernel) -> None:
    first = kernel.open("w", "<p>one</p>", preloads=[ECHO])
    reply, _ = kernel.ask(
        control.LoadContent, window="w", boot=frames.Boot("w"), content=html_content("<p>two</p>"), preloads=[ECHO]
    )
    assert reply.error is None
    second = kernel.document("w", after=1)
    assert second.invoke("text") == "two"
    kernel.wait(lambda: not first.open)
    kernel.ask(control.Reload, window="w", preloads=[ECHO])
    assert kernel.document("w", after=2).invoke("text") == "two"


def test_console_errors_and_preload_errors_name_their_place(kernel: FakeKernel) -> None:
    broken = control.Preload("broken.js", "let a = 1;\nnull.x;")
    unread = control.Preload("unread.js", "let a = 1;\nlet = ;")
    document = kernel.open("w", "<script>\nundefinedName()</script>", preloads=[broken, unread, ECHO])
    kernel.line("w", "undefinedName")
    kernel.wait(lambda: len(document.faults) == 2)
    assert [(fault.file, fault.line, fault.error.name) for fault in document.faults] == [
        ("broken.js", 2, "TypeError"),
        ("unread.js", 2, "SyntaxError"),
    ]
    errors = [one for one in kernel.events if isinstance(one, control.Console) and one.level == "error"]
    assert [one.line for one in errors] == [2]  # the page's own: the kernel is told of the preloads' by their document
    assert document.invoke("text") == ""


def test_the_window_follows_its_kernel(kernel: FakeKernel) -> None:
    kernel.open("w")
    at = len(kernel.events)
    kernel.ask(control.SetWindow, window="w", bounds=control.Bounds(40, 50, 500, 350), title="new title")
    changed = kernel.event(control.Changed, after=at, window="w", bounds=control.Bounds(40, 50, 500, 350))
    assert changed
    kernel.event(control.Changed, after=at, window="w", title="new title")
    kernel.ask(control.SetWindow, window="w", visible=False)
    kernel.event(control.Changed, after=at, window="w", visible=False)
    kernel.ask(control.SetWindow, window="w", visible=True, zoom=1.5)
    kernel.event(control.Changed, after=at, window="w", visible=True)
    kernel.event(control.Changed, after=at, window="w", zoom=1.5)


def test_closing_ends_the_renderer(kernel: FakeKernel) -> None:
    kernel.open("w")
    pid = kernel.host.outer_pid(kernel.event(control.RendererReady, window="w").pid)
    assert pid is not None
    kernel.ask(control.CloseWindow, window="w")
    kernel.event(control.Closed, window="w")
    kernel.wait(lambda: not alive(pid), 5)
    assert kernel.host.alive
    again = kernel.open("w2", preloads=[ECHO])
    assert again.invoke("echo", 1) == 1


def test_developer_tools_open_without_a_port(kernel: FakeKernel) -> None:
    kernel.open("w", debug=True)
    reply, _ = kernel.ask(control.DevTools, window="w")
    assert reply.error is None
    kernel.open("plain")
    reply, _ = kernel.ask(control.DevTools, window="plain")
    assert reply.error is not None
    assert listening(kernel.host.pid) == []
    kernel.ask(control.CloseWindow, window="w")
    kernel.event(control.Closed, window="w")
    assert kernel.picture("plain")


def test_nothing_listens(kernel: FakeKernel) -> None:
    kernel.open("w")
    assert listening(kernel.host.pid) == []


def listening(pid: int) -> list[str]:
    """Listening TCP and bound UDP sockets in the network namespace of a process."""
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        with open(f"/proc/{pid}/net/{table}") as lines:  # noqa: PTH123
            found += [line for line in list(lines)[1:] if table.startswith("udp") or line.split()[3] == "0A"]
    return found
