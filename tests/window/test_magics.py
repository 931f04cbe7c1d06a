"""The magics, in a real kernel: each does what its Python function does, and says what is wrong in one line."""

from __future__ import annotations

import pytest

from support.kernel import RealKernel


@pytest.fixture
def kernel(real_kernel: RealKernel) -> RealKernel:
    real_kernel.run("%load_ext jupyterwin\nimport jupyterwin as jw\ndef ping() -> str:\n    return 'pong'").ok()
    return real_kernel


def test_a_cell_of_html_opens_a_window_and_running_it_again_updates_it(kernel: RealKernel) -> None:
    kernel.run("%%window hello --width 400 --height 300 --expose ping\n<h1>one</h1>").ok()
    kernel.run("win = jw.app.windows['hello']\nwin.ready().result(10)").ok()
    kernel.run("%%window hello --expose ping\n<h1>two</h1>").ok()
    assert kernel.value("len(jw.app.windows)") == 1
    assert kernel.value("win.eval('document.querySelector(\"h1\").textContent').result(5)") == "two"
    assert kernel.value("win.eval('kernel.ping()').result(5)") == "pong"
    assert kernel.value("win.eval('innerWidth').result(5)") == 400


def test_an_unnamed_cell_is_named_by_itself(kernel: RealKernel) -> None:
    for html in ("one", "two"):
        kernel.run(f"%%window\n<h1>{html}</h1>", cell="abc").ok()
    kernel.run("%%window\n<h1>three</h1>", cell="def").ok()
    assert kernel.value("len(jw.app.windows)") == 2


def test_win_steers_windows(kernel: RealKernel) -> None:
    kernel.run("%%window hello\n<script>console.log('from the page')</script>").ok()
    assert "hello" in kernel.run("%win list").ok().outputs[-1]["text/html"]
    assert "image/png" in kernel.run("%win snap hello").ok().outputs[-1]
    assert "from the page" in (kernel.run("%win log").ok().result or "")
    kernel.run("%win focus hello").ok()
    kernel.run("%win close hello").ok()
    kernel.run("jw.app.wait(10)").ok()
    assert kernel.run("%win").ok().result == "no windows are open"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("%win dance", "there are list, close"),
        ("%win close nobody", "no window 'nobody'; open are: none"),
        ("%win log", "say which window; open are: none"),
        ("%%window a --expose nothing\n<p>", "there is no function 'nothing' in the notebook"),
    ],
)
def test_a_mistake_is_one_line(kernel: RealKernel, line: str, says: str) -> None:
    outcome = kernel.run(line)
    assert says in outcome.stderr + str(outcome.error)
    assert "Traceback" not in outcome.stderr


def test_the_extension_can_be_reloaded_and_unloaded(kernel: RealKernel) -> None:
    kernel.run("%reload_ext jupyterwin\n%win list").ok()
    kernel.run("%unload_ext jupyterwin").ok()
    assert "`%win` not found" in kernel.run("%win list").stderr


@pytest.mark.parametrize("names", [("one", "two"), (None, None)], ids=["cellId", "no cellId"])
def test_without_the_extension_cells_own_what_they_register_the_importing_one_too(
    real_kernel: RealKernel, names: tuple[str | None, str | None]
) -> None:
    first = "import jupyterwin as jw\njw.ipc.handle('x', lambda event: 1)"
    for _ in range(2):
        real_kernel.run(first, cell=names[0]).ok()
        real_kernel.run("jw.ipc.handle('y', lambda event: 1)", cell=names[1]).ok()
    assert real_kernel.value("sorted(jw.ipc.channels())") == ["x", "y"]
