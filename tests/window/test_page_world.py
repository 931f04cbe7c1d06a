"""What a page finds in its world, and when: nothing of the engine's, and its own API before its first script."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.kernel import RealKernel

FOREIGN = (
    "pywebview",
    "qt",
    "QWebChannel",
    "external.call",
    "webkit",
    "ipcRenderer",
    "jupyterwin",
    "jupyterwinBoot",
    "require",
)
LOADS = 200


@pytest.fixture
def busy_cores() -> Iterator[None]:
    """Two processes that never rest, one for each core."""
    spinners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for spinner in spinners:
        spinner.kill()
        spinner.wait()


def test_the_main_world_holds_no_foreign_name(real_kernel: RealKernel) -> None:
    real_kernel.run("import jupyterwin as jw\nwin = jw.open('a', expose=[print])\nwin.ready().result(20)").ok()
    for name in FOREIGN:
        path = name.replace(".", "?.")
        assert real_kernel.value(f"win.eval('typeof globalThis.{path}').result(20)") == "undefined", name


def test_a_window_that_was_given_nothing_has_no_kernel_object(real_kernel: RealKernel) -> None:
    real_kernel.run("import jupyterwin as jw\nwin = jw.open('a')\nwin.ready().result(20)").ok()
    assert real_kernel.value("win.eval('typeof kernel').result(20)") == "undefined"


def test_the_page_can_neither_replace_nor_extend_what_it_was_given(real_kernel: RealKernel) -> None:
    real_kernel.run(
        "import jupyterwin as jw\nwin = jw.open('a', expose={'ping': lambda: 'pong'})\nwin.ready().result(20)\n"
        "win.eval('''kernel = 1; delete globalThis.kernel; kernel.ping = 1; kernel.more = 1; return 1''').result(20)"
    ).ok()
    assert real_kernel.value("win.eval('kernel.ping()').result(20)") == "pong"
    assert real_kernel.value("win.eval('typeof kernel.more').result(20)") == "undefined"
    assert real_kernel.value("win.eval('Object.isFrozen(kernel)').result(20)") is True


def test_what_the_page_patches_before_a_call_is_not_used(real_kernel: RealKernel) -> None:
    patches = (
        "Promise.prototype.then = function () { throw new Error('seen') };"
        "Array.prototype.push = Function.prototype.call = Function.prototype.apply = () => { throw new Error('seen') };"
        "JSON.parse = JSON.stringify = structuredClone = () => { throw new Error('seen') };"
        "EventTarget.prototype.dispatchEvent = EventTarget.prototype.addEventListener = () => { throw new Error('seen') };"
    )
    page = f"<script>const ok = kernel.ok; {patches} ok(7)</script>"
    real_kernel.run(
        "import jupyterwin as jw, threading\nheard, got = threading.Event(), []\n"
        "def ok(n: int) -> None:\n    got.append(n)\n    heard.set()\n"
        f"win = jw.open('a', html={page!r}, expose=[ok])\nassert heard.wait(20), win.log"
    ).ok()
    assert real_kernel.value("got") == [7]


@pytest.mark.usefixtures("busy_cores")
def test_the_api_is_there_before_the_first_inline_script_each_time_with_both_cores_busy(
    real_kernel: RealKernel, tmp_path: Path
) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text("jupyterwin.contextBridge.exposeInMainWorld('api', { answer: () => 42 });")
    page = "<script>kernel.saw(typeof api, api.answer())</script>"
    real_kernel.run(
        "import jupyterwin as jw, threading\nseen, came = [], threading.Semaphore(0)\n"
        "def saw(kind: str, answer: int) -> None:\n    seen.append((kind, answer))\n    came.release()\n"
        f"win = jw.open('a', html={page!r}, preload={str(preload)!r}, expose=[saw])\n"
        f"for n in range({LOADS}):\n    assert came.acquire(timeout=20), (n, win.log)\n    win.reload()\n",
        timeout=110,
    ).ok()
    assert real_kernel.value(f"all(s == ('object', 42) for s in seen) and len(seen) >= {LOADS}")


def test_ten_thousand_frames_cross_the_engines_channel_in_order(real_kernel: RealKernel) -> None:
    page = "<script>kernel.on('n', n => kernel.send('back', n))</script>"
    real_kernel.run(
        "import jupyterwin as jw, threading\nback, done = [], threading.Event()\n"
        f"win = jw.open('a', html={page!r}, expose=[print])\n"
        "win.ipc.on('back', lambda event, n: (back.append(n), n == 9999 and done.set()))\n"
        "for n in range(10_000):\n    win.send('n', n)\n"
        "assert done.wait(60), (len(back), win.log)",
        timeout=100,
    ).ok()
    assert real_kernel.value("back == list(range(10_000))")


def test_console_lines_and_errors_with_their_place_are_in_the_log(real_kernel: RealKernel, tmp_path: Path) -> None:
    preload = tmp_path / "broken.js"
    preload.write_text("// one\nthrow new Error('in the preload');\n")
    page = "<script>console.warn('from the page'); undefinedName;</script><p onclick='x()'>p</p>"
    real_kernel.run(
        "import jupyterwin as jw, threading\nlines = threading.Semaphore(0)\n"
        f"win = jw.open('a', html={page!r}, preload={str(preload)!r})\nwin.ready().result(20)\n"
        "for event in ('console-message', 'preload-error'):\n    win.on(event, lambda *_details: lines.release())\n"
        "win.reload().result(10)\n"
        "assert all(lines.acquire(timeout=20) for _ in range(3)), win.log"
    ).ok()
    log = real_kernel.run("print(win.log)").ok().stdout
    assert "from the page" in log
    assert "undefinedName is not defined" in log
    assert "in the preload" in log
    assert f"{preload}:2" in log
    assert real_kernel.value("win.status") == "ready"


def test_devtools_open_for_a_debug_window_alone(real_kernel: RealKernel) -> None:
    real_kernel.run("import jupyterwin as jw\na, b = jw.open('a', debug=True), jw.open('b')").ok()
    assert real_kernel.value("a.devtools().result(10)") is None
    assert "debug=True" in real_kernel.value("str(b.devtools().exception(10))")
