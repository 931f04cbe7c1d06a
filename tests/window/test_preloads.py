"""Preload scripts in a real window: several, those of all windows, ones that fail, what is sent early, and reloads."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from jupyterwin.main.app import App
from support.real_app import open_ready

PATIENCE = 20


@pytest.fixture
def files(tmp_path: Path) -> Any:
    """Write a script; its path."""

    def write(name: str, text: str) -> Path:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


@pytest.fixture
def app(app_of_each_carrier: App) -> App:
    """Native windows, and those under cells."""
    return app_of_each_carrier


NAMED = "jupyterwin.contextBridge.exposeInMainWorld('{0}', {{ at: performance.now() }});"
ORDER = "const { ipcRenderer } = jupyterwin; ipcRenderer.send('ran', 'NAME');"


def test_all_run_in_order_before_the_page_each_in_a_scope_of_its_own(app: App, files: Any) -> None:
    for name in ("first", "second"):
        app.register_preload_script(files(f"lib/{name}.js", ORDER.replace("NAME", name)))
    ran: list[str] = []
    came = threading.Semaphore(0)
    own = [files(f"{name}.js", ORDER.replace("NAME", name)) for name in ("third", "fourth")]
    page = "<script>kernel.send('ran', 'page')</script>"
    app.ipc.on("ran", lambda _event, name: (ran.append(name), came.release()))
    open_ready(app, "a", html=page, preload=own, grant=["ran"])
    assert all(came.acquire(timeout=PATIENCE) for _ in range(5))
    assert ran == ["first", "second", "third", "fourth", "page"]


BROKEN = {
    "throws.js": ("// one\n// two\nthrow new TypeError('on purpose');", 3, "TypeError: on purpose"),
    "unreadable.js": ("let a = 1;\nlet b = ;", 2, "SyntaxError: Unexpected token ';'"),
    "later.js": ("setTimeout(() => {\n  null.x;\n}, 0)", 2, "TypeError: Cannot read properties of null"),
    "promise.js": ("(async () => {\n\n  throw new Error('nobody awaits');\n})()", 3, "nobody awaits"),
}


def test_one_that_fails_is_told_and_the_page_the_others_and_kernel_work(
    app: App, files: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    scripts = [files(name, text) for name, (text, _, _) in BROKEN.items()]
    good = files("good.js", "jupyterwin.contextBridge.exposeInMainWorld('good', { answer: () => 42 });")
    told: dict[str, Any] = {}
    all_came = threading.Event()

    def tell(path: str, error: Any) -> None:
        told[path] = error
        if len(told) == len(BROKEN):
            all_came.set()

    window = app.open("a", html="<p>page", preload=[*scripts, good], expose=[len])
    window.on("preload-error", tell)
    window.reload().result(PATIENCE)  # the listener was there before this one; it may have heard of the first, too
    assert all_came.wait(PATIENCE), told
    assert window.eval("good.answer()").result(PATIENCE) == 42
    assert window.eval("kernel.len([1, 2])").result(PATIENCE) == 2
    errors = {(entry.source, entry.line): entry.message for entry in window.log if entry.level == "error"}
    printed = capsys.readouterr().err
    for path, (_, line, says) in zip(map(str, scripts), BROKEN.values(), strict=True):
        assert says in str(told[path])
        assert says in errors[path, line]
        assert f"{path}:{line}: a preload failed: {says}" in printed
    assert {path for path, _ in errors} == set(map(str, scripts))


def test_a_page_learns_the_name_of_a_script_and_not_where_it_lies(app: App, files: Any, tmp_path: Path) -> None:
    source = "jupyterwin.contextBridge.exposeInMainWorld('api', { fail: () => { throw new Error('no') } });"
    window = open_ready(app, "a", preload=files("secret place/p.js", source))
    script = "try { await api.fail() } catch (error) { return String(error.stack) }"
    assert str(tmp_path) not in window.eval(script).result(PATIENCE)
    stack = window.eval("new Error().stack", world="preload").result(PATIENCE)
    assert str(tmp_path) not in stack


def test_a_page_cannot_tell_a_fault_in_a_preloads_name(app: App, files: Any) -> None:
    page = "<script>\nthrow new Error('of the page')\n//# sourceURL=p.js\n</script>"
    window = app.open("a", html=page, preload=files("p.js", "1"))
    told: list[Any] = []
    heard = window.next("console-message")
    window.on("preload-error", lambda *details: told.append(details))
    window.ready().result(PATIENCE)
    assert "of the page" in heard.result(PATIENCE).message
    assert told == []
    assert "a preload failed" not in window.log


@pytest.mark.parametrize("app_of_each_carrier", ["native"], indirect=True)
def test_with_debug_developer_tools_see_the_error_too(app: App, files: Any) -> None:
    preload = files("p.js", "setTimeout(() => { throw new Error('seen') }, 50)")
    window = open_ready(app, "a", debug=True, preload=preload)
    heard = window.next("console-message")
    window.reload()
    line = heard.result(PATIENCE)
    assert (line.source, "seen" in line.message) == ("p.js", True)


@pytest.mark.parametrize("broken", ["", "throw new Error('one of them fails')"])
def test_what_is_sent_before_several_preloads_are_ready_reaches_each_in_order(
    app: App, files: Any, broken: str
) -> None:
    listen = "jupyterwin.ipcRenderer.on('n', (_event, n) => jupyterwin.ipcRenderer.send('heard', 'NAME', n));"
    answer = "jupyterwin.ipcRenderer.handle('double', (_event, n) => 2 * n);"
    scripts = [
        files("one.js", listen.replace("NAME", "one")),
        files("broken.js", broken),
        files("two.js", listen.replace("NAME", "two") + answer),
    ]
    heard: dict[str, list[int]] = {"one": [], "two": [], "page": []}
    came = threading.Semaphore(0)
    page = "<script>kernel.on('n', n => kernel.send('heard', 'page', n))</script>"
    window = app.open("a", html=page, preload=scripts, grant=["heard"])
    window.ipc.on("heard", lambda _event, who, n: (heard[who].append(n), came.release()))
    for round_ in range(3):
        for n in range(50):
            window.send("n", n)
        assert window.invoke("double", 21).result(PATIENCE) == 42
        assert all(came.acquire(timeout=PATIENCE) for _ in range(150)), (round_, heard)
        assert heard == {who: list(range(50)) for who in heard}
        for numbers in heard.values():
            numbers.clear()
        window.reload()


def test_a_reload_is_a_clean_epoch_on_both_sides(app: App, files: Any) -> None:
    source = """
        const { ipcRenderer, contextBridge } = jupyterwin;
        const epoch = Math.random();
        ipcRenderer.on('who', () => ipcRenderer.send('here', epoch));
        ipcRenderer.handle('who', () => epoch);
        setInterval(() => ipcRenderer.send('alive', epoch), 10);
        contextBridge.exposeInMainWorld('epoch', { number: epoch });
    """
    window = open_ready(app, "a", preload=files("p.js", source), html="<p>")
    here: list[float] = []
    alive: list[float] = []
    ticked = threading.Condition()

    def tick(_event: Any, number: float) -> None:
        with ticked:
            alive.append(number)
            ticked.notify_all()

    window.ipc.on("alive", tick)
    came = threading.Semaphore(0)
    for epoch in range(1, 6):
        number = window.eval("epoch.number").result(PATIENCE)
        dispose = window.ipc.on("here", lambda _event, n: (here.append(n), came.release()))
        window.send("who")
        assert came.acquire(timeout=PATIENCE), epoch
        assert window.invoke("who").result(PATIENCE) == number
        assert here == [number], "one listener, of this document alone"
        with ticked:
            assert ticked.wait_for(lambda number=number: alive.count(number) > 3, PATIENCE)
        assert set(alive[alive.index(number) :]) == {number}, "no timer of an older document goes on"
        dispose()
        here.clear()
        window.reload().result(PATIENCE)
