"""Hostile pages: what they ask of the desktop, of other windows and of the host is refused, and nothing hangs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyterwin.wire import control, frames
from support.fake_kernel import FakeKernel, html_content

API = control.Preload("api.js", "jupyterwin.ipcRenderer.handle('echo', (_e, x) => x);")
DONE = "console.log('done')"


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def run(kernel: FakeKernel, script: str, window: str = "w", body: str = "") -> list[str]:
    """Console lines of a page that runs an async script; its own lines begin with a hash."""
    page = f"{body}<script>(async () => {{ {script} }})().catch(e => console.log('#', String(e))).then(() => {DONE})</script>"
    kernel.open(window, page, preloads=[API])
    kernel.line(window, "done")
    return [line[2:] for line in kernel.console(window) if line.startswith("# ")]


def refused(kernel: FakeKernel, window: str = "w") -> list[str]:
    """The switches and addresses of what was refused so far."""
    return [
        f"{one.switch} {one.url}" for one in kernel.events if isinstance(one, control.Refused) and one.window == window
    ]


@pytest.mark.parametrize(
    "where",
    [
        "https://example.com/",
        "http://127.0.0.1:1/",
        "file:///etc/hosts",
        "data:text/html,<p>x",
        "jw://ffffffffffffffffffffffffffffffff/",
        "chrome://version",
        "view-source:jw://x/",
        "devtools://devtools/bundled/inspector.html",
    ],
)
def test_a_page_cannot_leave_its_origin(kernel: FakeKernel, where: str) -> None:
    run(kernel, f"setTimeout(() => location = {where!r}); await new Promise(r => setTimeout(r, 300))")
    document = kernel.document("w")
    assert document.open
    assert document.invoke("echo", 1) == 1
    assert all(one.url.startswith("jw://") for one in kernel.events if isinstance(one, control.Loaded))


def test_an_empty_document_inherits_its_origin_and_its_window(kernel: FakeKernel) -> None:
    """The engine asks nobody about about:blank. What comes then is another document of the same window."""
    kernel.open("w", "<script>setTimeout(() => location = 'about:blank', 50)</script>", preloads=[API])
    second = kernel.document("w", after=1)
    assert second.invoke("echo", 1) == 1
    assert not kernel.documents[0].open
    assert not [one for one in kernel.events if isinstance(one, control.Changed) and one.native.url == "about:blank"]


def test_links_forms_and_refreshes_do_not_leave_either(kernel: FakeKernel) -> None:
    body = """<a id=a href="https://example.com" target=_blank>x</a><a id=b href="https://example.com">x</a>
    <form id=f action="https://example.com"></form><meta http-equiv=refresh content="0;url=https://example.com">"""
    run(
        kernel,
        "for (const id of ['a', 'b']) document.getElementById(id).click(); document.getElementById('f').submit();"
        "await new Promise(r => setTimeout(r, 300))",
        body=body,
    )
    assert kernel.document("w").invoke("echo", 1) == 1
    kernel.wait(lambda: "navigation https://example.com/" in refused(kernel))


def test_a_flood_of_popups_is_cut_off(kernel: FakeKernel) -> None:
    """Without a click the engine asks us about each; after some it refuses by itself, and the page is given null."""
    other = kernel.open("other", preloads=[API])
    said = run(kernel, "for (let i = 0; i < 200; i++) last = window.open('/'); console.log('#', last)")
    assert said == ["null"]
    assert 0 < len(refused(kernel)) < 50
    assert other.invoke("echo", 1) == 1


def test_dialogs_answer_at_once_and_stop_nobody(kernel: FakeKernel) -> None:
    other = kernel.open("other", preloads=[API])
    said = run(kernel, "alert('hello'); console.log('#', confirm('sure?'), prompt('name?', 'x'))")
    assert said == ["false null"]
    assert "hello" in kernel.console("w")
    assert len(refused(kernel)) == 2
    assert other.invoke("echo", 1) == 1


def test_a_window_cannot_read_another(kernel: FakeKernel) -> None:
    kernel.files = {"index.html": ("text/html", b"<p>secret"), "data.json": ("application/json", b"1")}
    victim = "b" * 32
    kernel.open("victim", content=control.Content("path"), origin=victim)
    at = len(kernel.events)
    said = run(
        kernel,
        f"""const other = 'jw://{victim}/data.json';
        for (const mode of ['cors', 'no-cors', 'same-origin'])
            console.log('#', await fetch(other, {{mode}}).then(r => 'got ' + r.status, e => e.name));
        for (const tag of ['iframe', 'img', 'script', 'link', 'object', 'embed']) {{
            const one = document.createElement(tag); one.src = one.href = one.data = other; one.rel = 'stylesheet';
            document.documentElement.append(one);
        }}
        await new Promise(r => setTimeout(r, 300));""",
    )
    assert said == ["TypeError"] * 3
    asked = [one.path for one in kernel.events[at:] if isinstance(one, control.Resource)]
    assert "data.json" not in asked


def test_frames_inside_a_page_get_no_api(kernel: FakeKernel) -> None:
    frame = b"<script src=f.js></script>"
    kernel.files = {
        "index.html": ("text/html", b"<iframe src=f.html></iframe><iframe sandbox=allow-scripts src=f.html></iframe>"),
        "f.html": ("text/html", frame),
        "f.js": ("text/javascript", b"console.log('# frame', typeof api, typeof qt, typeof jupyterwin)"),
    }
    preload = control.Preload("p.js", "jupyterwin.contextBridge.exposeInMainWorld('api', {f: () => 1})")
    kernel.open("w", content=control.Content("path"), preloads=[preload])
    kernel.event(control.Loaded, window="w")
    kernel.line("w", "frame")
    assert [line for line in kernel.console("w") if "frame" in line] == ["# frame undefined undefined undefined"]
    assert len(kernel.documents) == 1


def test_a_request_body_does_not_end_the_host(kernel: FakeKernel) -> None:
    said = run(
        kernel,
        """for (const body of ['x'.repeat(1e6), new Blob(['y'.repeat(1e6)]), new FormData()])
            console.log('#', await fetch('/', {method: 'POST', body}).then(r => r.status, e => e.name));
        await fetch('/', {method: 'HEAD'}).catch(() => 0);""",
    )
    assert said == ["403"] * 3
    assert kernel.document("w").invoke("echo", 1) == 1


def test_inline_handlers_and_eval_do_not_run(kernel: FakeKernel) -> None:
    said = run(
        kernel,
        """document.getElementById('b').click();
        try { eval('console.log("# eval")') } catch (e) { console.log('#', e.name) }
        const s = document.createElement('script'); s.textContent = 'console.log("# injected")'; document.body.append(s);""",
        body="""<body><button id=b onclick="console.log('# handler')">b</button>""",
    )
    assert said == ["EvalError"]
    assert [line for line in kernel.console("w") if "Content Security Policy" in line]


HANGS = "<script>setTimeout(() => { console.log('hangs'); for (;;); }, 50)</script>"


def test_a_page_that_hangs_stops_nobody_and_can_be_closed(kernel: FakeKernel) -> None:
    other = kernel.open("other", preloads=[API])
    kernel.open("w", HANGS)
    kernel.line("w", "hangs")
    assert other.invoke("echo", 1) == 1
    kernel.ask(control.CloseWindow, window="w", force=True)
    kernel.event(control.Closed, window="w")
    assert other.invoke("echo", 1) == 1


def test_a_page_that_hangs_is_closed_without_force_too(kernel: FakeKernel) -> None:
    kernel.open("w", HANGS)
    kernel.line("w", "hangs")
    kernel.ask(control.CloseWindow, window="w")
    kernel.event(control.Closed, window="w")


def test_a_console_flood_is_bounded(kernel: FakeKernel) -> None:
    other = kernel.open("other", preloads=[API])
    kernel.open("w", "<script>for (let i = 0; i < 20000; i++) console.log('x'.repeat(100))</script>")
    kernel.event(control.Loaded, window="w")
    assert other.invoke("echo", 1) == 1
    assert len(kernel.console("w")) < 5000


def test_garbage_in_a_channel_costs_only_its_sender(kernel: FakeKernel) -> None:
    """A preload plays the compromised renderer: it speaks to the channel itself."""
    forger = control.Preload(
        "forger.js",
        """const transport = qt.webChannelTransport;
        const ask = (type, more = {}) => transport.send(JSON.stringify({ type, id: 1e6 + type, object: "jupyterwin", ...more }));
        const post = text => ask(6, { method: "post", args: [text, jupyterwinLoad] });
        for (const text of ["", "x", "0123456789abcdefq", "0123456789abcdeff{", "0123456789abcdefp" + "x".repeat(1e6)]) post(text);
        post("0123456789abcdeff" + JSON.stringify({d: {}, comm_id: "host"}));
        for (const method of ["deleteLater", "deleteLater()", "destroyed", "parcel", "setParent", 0, 3, 99, -1, {}])
            ask(6, { method, args: [{}] });
        ask(6, { method: "post", args: [] }); ask(6, { method: "post", args: [{}, jupyterwinLoad] }); ask(6); ask(6, { object: "other", method: "post" });
        ask(7, { signal: 99 }); ask(8, { signal: 0 }); ask(9, { property: 0, value: "x" });
        transport.send("{"); transport.send("[]"); transport.send("");
        transport.onmessage = ({ data }) => {
            const { id, data: there } = JSON.parse(data);
            if (id === 1e6 + 3) console.log("forged", Object.keys(there).join());
        };
        ask(3);""",
    )
    other = kernel.open("other", preloads=[API])
    # Not opened with `open`, which waits for the document: the forger says what it likes at the same time.
    kernel.tell(
        control.CreateWindow(
            0,
            window="w",
            origin="a" * 32,
            boot=frames.Boot("w"),
            content=html_content(""),
            preloads=[forger],
        )
    )
    assert kernel.line("w", "forged") == "forged jupyterwin"
    assert other.invoke("echo", 1) == 1
    assert any(isinstance(one, control.Console) and one.source == "jupyterwin:" for one in kernel.events)
