"""What is sent before the page listens waits for it: nothing is lost, whatever kind of script listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.kernel import RealKernel

LISTEN = "kernel.on('n', n => kernel.heard(n)); kernel.handle('double', n => 2 * n);"
KINDS = {
    "inline": {"index.html": ""},
    "classic": {"index.html": "<script src=listen.js></script>", "listen.js": LISTEN},
    "deferred": {"index.html": "<script defer src=listen.js></script>", "listen.js": LISTEN},
    "module": {
        "index.html": "<script type=module src=main.js></script>",
        "main.js": "import { listen } from './listen.js'; listen();",
        "listen.js": f"export function listen() {{ {LISTEN} }}",
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_sends_and_calls_made_right_after_opening_arrive(real_kernel: RealKernel, tmp_path: Path, kind: str) -> None:
    for name, text in KINDS[kind].items():
        (tmp_path / name).write_text(text)
    page = f"html={f'<script>{LISTEN}</script>'!r}" if kind == "inline" else f"path={str(tmp_path)!r}"
    real_kernel.run(
        "import jupyterwin as jw, threading\ngot, came = [], threading.Semaphore(0)\n"
        "def heard(n: int) -> None:\n    got.append(n)\n    came.release()\n"
        f"win = jw.open('a', {page}, expose=[heard])\n"
        "for n in range(100):\n    win.send('n', n)\n"
        "doubled = win.invoke('double', 21)\n"
        "assert all(came.acquire(timeout=20) for _ in range(100)), win.log"
    ).ok()
    assert real_kernel.value("got == list(range(100))")
    assert real_kernel.value("doubled.result(10)") == 42


def test_what_is_sent_right_after_a_reload_goes_to_the_new_document(real_kernel: RealKernel) -> None:
    real_kernel.run(
        "import jupyterwin as jw, threading\ngot, came = [], threading.Semaphore(0)\n"
        "def heard(n: int) -> None:\n    got.append(n)\n    came.release()\n"
        f"win = jw.open('a', html={f'<script>{LISTEN}</script>'!r}, expose=[heard])\nwin.ready().result(20)\n"
        "for n in range(20):\n    win.reload()\n    win.send('n', n)\n    assert came.acquire(timeout=20), (n, win.log)\n"
    ).ok()
    assert real_kernel.value("got == list(range(20))")
