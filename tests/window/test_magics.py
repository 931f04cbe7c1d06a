"""The magics, in a real kernel: each does what its Python function does, and says what is wrong in one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.kernel import RealKernel

SETUP = "%load_ext jupyterwin\nimport jupyterwin as jw\ndef ping() -> str:\n    return 'pong'"


@pytest.fixture(scope="module")
def one_kernel(display: object, shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run(SETUP).ok()
    return shared_kernel


@pytest.fixture
def kernel(one_kernel: RealKernel) -> Iterator[RealKernel]:
    yield one_kernel
    one_kernel.run("for one in jw.app.windows:\n    one.destroy()\n    one.next('closed').result(20)").ok()


def completions(kernel: RealKernel, code: str) -> list[str]:
    reply = kernel.client.complete(code, reply=True, timeout=10)["content"]
    start = reply["cursor_start"]
    return [code[:start] + match for match in reply["matches"]]


def test_a_cell_of_html_opens_a_window_and_running_it_again_updates_it(kernel: RealKernel) -> None:
    kernel.run("%%window hello --width 400 --height 300 --expose ping\n<h1>one</h1>").ok()
    kernel.run("win = jw.app.windows['hello']\nwin.ready().result(10)").ok()
    kernel.run("%%window hello --expose ping\n<h1>two</h1>").ok()
    assert kernel.value("len(jw.app.windows)") == 1
    assert kernel.value("win.eval('document.querySelector(\"h1\").textContent').result(20)") == "two"
    assert kernel.value("win.eval('kernel.ping()').result(20)") == "pong"
    assert kernel.value("win.eval('innerWidth').result(20)") == 400


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


def test_win_open_takes_a_page_and_the_options_of_a_window(kernel: RealKernel, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>from a file</h1>")
    kernel.run(f"folder = {str(tmp_path)!r}").ok()
    kernel.run("%win open files $folder/page.html --width 320 --expose ping").ok()
    assert kernel.value("jw.app.windows['files'].eval('[innerWidth, typeof kernel.ping]').result(10)") == [
        320,
        "function",
    ]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('%win js hello document.querySelector("h1").textContent', "'Hi {you}'"),
        ("%win js ({a: [1, `${1 + 1}`]})", "{'a': [1, '2']}"),
        ("%win js hello const x = 2; return x * 21", "42"),
    ],
)
def test_win_js_is_javascript_as_it_is_typed(kernel: RealKernel, line: str, value: str) -> None:
    kernel.run("%%window hello\n<h1>Hi {you}</h1>").ok()
    assert kernel.run(line).ok().result == value


def test_win_doctor_tells_what_windows_get_here(kernel: RealKernel) -> None:
    assert "sandbox     full" in kernel.run("%win doctor").ok().stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("%win dance", "there are list, open, close"),
        ("%win close nobody", "no window 'nobody'; open are: none"),
        ("%win log", "say which window; open are: none"),
        ("%win js", "say which window"),
        ("%win open a", "a name and a page are needed"),
        ("%win ipc on perhaps", "on or off is needed"),
        ("%%window a --expose nothing\n<p>", "there is no function 'nothing' in the notebook"),
        ("%%window a --breadth 3\n<p>", "unrecognized arguments: --breadth 3"),
    ],
)
def test_a_mistake_is_one_line(kernel: RealKernel, line: str, says: str) -> None:
    outcome = kernel.run(line)
    assert outcome.status == "error"
    assert says in outcome.stderr + str(outcome.error)
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("%win c", ["%win close"]),
        ("x = 1\n%win de", ["x = 1\n%win devtools"]),
        ("shot = %win snap ", ["shot = %win snap hello", "shot = %win snap 'two words'"]),
        ("%win close h", ["%win close hello"]),
        ("%win ipc hello ", ["%win ipc hello on", "%win ipc hello off"]),
        ("%win ipc --", ["%win ipc --values"]),
        ("%win open new --ti", ["%win open new --title"]),
        ("%%window new --wi", ["%%window new --width"]),
        ("%%window new --expose pi", ["%%window new --expose ping"]),
        ("%%window new --expose ping,pi", ["%%window new --expose ping,ping"]),
        ("%%window new --grant t", ["%%window new --grant tick"]),
    ],
)
def test_what_is_typed_is_completed_by_what_fits_alone(kernel: RealKernel, typed: str, proposed: list[str]) -> None:
    kernel.run("jw.ipc.on('tick', print)\nfor name in ('hello', 'two words'):\n    jw.open(name, html='')").ok()
    assert completions(kernel, typed) == proposed


def test_a_file_is_completed_where_a_page_is_wanted(kernel: RealKernel, tmp_path: Path) -> None:
    (tmp_path / "page.html").touch()
    (tmp_path / "data.csv").touch()
    (tmp_path / "app").mkdir()
    typed = f"%win open new {tmp_path}/"
    assert completions(kernel, typed) == [f"{typed}app/", f"{typed}page.html"]


def test_help_is_the_docstring_and_every_argument(kernel: RealKernel) -> None:
    for name in ("%win?", "%%window?"):
        reply = [m["content"] for m in kernel.run(name).ok().messages if m["msg_type"] == "execute_reply"][-1]
        shown = reply["payload"][0]["data"]["text/plain"]
        assert "--expose EXPOSE" in shown
        assert "comma-separated names of functions of the notebook" in shown


def test_the_extension_can_be_reloaded_and_unloaded_and_leaves_nothing(kernel: RealKernel) -> None:
    taken = (
        "ip = get_ipython()\n"
        "def taken():\n"
        "    return (sorted((e, len(c)) for e, c in ip.events.callbacks.items()), len(ip.Completer.custom_matchers),\n"
        "        sorted(type(c).__name__ for c in ip.configurables), len(ip.input_transformers_cleanup),\n"
        "        len(ip.display_formatter.ipython_display_formatter.type_printers), hasattr(jw.UsageError, '_render_traceback_'))"
    )
    kernel.run("%unload_ext jupyterwin").ok()
    kernel.run(taken).ok()
    before = kernel.value("taken()")
    assert "`%win` not found" in kernel.run("%win list").stderr
    kernel.run("%load_ext jupyterwin").ok()
    loaded = kernel.value("taken()")
    kernel.run("%reload_ext jupyterwin\n%win list").ok()
    assert kernel.value("taken()") == loaded
    kernel.run("%unload_ext jupyterwin").ok()
    assert kernel.value("taken()") == before
    kernel.run("%load_ext jupyterwin").ok()


@pytest.mark.parametrize("names", [("one", "two"), (None, None)], ids=["cellId", "no cellId"])
def test_without_the_extension_cells_own_what_they_register_the_importing_one_too(
    real_kernel: RealKernel, names: tuple[str | None, str | None]
) -> None:
    first = "import jupyterwin as jw\njw.ipc.handle('x', lambda event: 1)"
    for _ in range(2):
        real_kernel.run(first, cell=names[0]).ok()
        real_kernel.run("jw.ipc.handle('y', lambda event: 1)", cell=names[1]).ok()
    assert real_kernel.value("sorted(jw.ipc.channels())") == ["x", "y"]
