"""Windows under cells, in a real JupyterLab: the page reaches Python and nothing else, whatever becomes of cell and kernel."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from support.lab import inside

PAGE = """
<title>Calculator</title>
<button id=go>go</button> <output id=out></output> <output id=told></output>
<script>
  const show = (id, value) => { document.getElementById(id).textContent = value };
  document.getElementById("go").onclick = () =>
    kernel.double(21).then((value) => show("out", value), (error) => show("out", error.code));
  kernel.on("tick", (value) => show("told", value));
  kernel.handle("selection", () => ["AAPL", 7n]);
</script>
"""
OPEN = f'''
import jupyterwin as jw

calls = 0
def double(n: int) -> int:
    global calls
    calls += 1
    return 2 * n

win = jw.open("calc", html="""{PAGE}""", expose=[double], width=500, height=160)
'''
# Until the test has seen what it wanted to see.
SLEEP = "import pathlib, time\nwhile not pathlib.Path(FILE).exists(): time.sleep(0.05)"
COMPUTE = "import os\nwhile not os.path.exists(FILE):\n    sum(range(100_000))"


def test_a_click_reaches_python_and_comes_back(notebook):
    one = notebook(OPEN, "print(win.invoke('selection').result(10), win.title, win.status)", "win.send('tick', 3)")
    said = one.run(0)
    assert said.count("windows are drawn under their cells") == 1
    assert "DISPLAY is not set" in said
    page = inside(one.place())
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    assert one.run(1).strip() == "['AAPL', 7] Calculator ready"
    one.run(2)
    expect(page.locator("#told")).to_have_text("3")
    expect(one.place().locator(".jupyterwin-title")).to_have_text("Calculator")


@pytest.mark.parametrize("cell", [SLEEP, COMPUTE], ids=["sleeps", "computes"])
def test_calls_are_served_while_a_cell_runs(notebook, cell, tmp_path):
    end = tmp_path / "end"
    # The cell that opens the window goes on: nothing of what brings the page up may wait for it.
    one = notebook(f"{OPEN}\nwin.send('tick', 1)\nFILE = {str(end)!r}\n{cell}\nprint('calls', calls)")
    one.start(0)
    page = inside(one.place())
    expect(page.locator("#told")).to_have_text("1")
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    assert "calls" not in one.text(0)
    end.touch()
    one.wait_for_end(0)
    assert "calls 1" in one.text(0)


def test_the_page_reaches_nothing_but_its_kernel_functions(notebook):
    hostile = """
<output id=out></output>
<script>
  const found = [];
  const tried = (name, what) => { try { what(); found.push(name) } catch { /* refused */ } };
  tried("parent", () => parent.document.title);
  tried("top", () => top.document.title);
  tried("sibling", () => parent.frames[0].document.title);
  tried("lab", () => top.jupyterapp.commands);
  tried("cookie", () => document.cookie);
  tried("storage", () => localStorage.length);
  const reach = (name, what) => what().then(() => found.push(name), () => undefined);
  Promise.all([
    reach("server", () => fetch("/api/contents", { credentials: "include" })),
    reach("absolute", () => fetch(new URL("/api/kernels", document.baseURI))),
  ]).then(() => { document.getElementById("out").textContent = JSON.stringify(found) });
</script>
<script id=late>document.getElementById("out").title = "an author's script"</script>
"""
    one = notebook(f'import jupyterwin as jw\nwin = jw.open("w", html="""{hostile}""")')
    requests = []
    one.page.on("response", lambda response: requests.append(response.url))
    one.run(0)
    page = inside(one.place())
    expect(page.locator("#out")).to_have_text("[]")
    page.locator("body").evaluate("() => { const a = document.createElement('img'); a.src = '/api/me?secret=2'; }")
    page.locator("#out").evaluate("() => { location.href = '/api/me?secret=1' }")
    # What went somewhere is seen there before the answer to what is asked now.
    one.page.evaluate("fetch('/api/status').then((answer) => answer.text())")
    assert [url for url in requests if "secret" in url] == []


def test_the_whole_of_jupyterlab_is_loaded_again(notebook):
    one = notebook(OPEN, "print(calls, win.status)")
    one.run(0)
    page = inside(one.place())
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    one.save()
    one.load_again()
    page = inside(one.place())
    expect(page.locator("#out")).to_have_text("")
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    assert one.run(1).strip() == "2 ready"


def test_after_a_restart_of_the_kernel_calls_end_and_the_page_says_so(notebook):
    hanging = OPEN.replace("return 2 * n", "import time; time.sleep(60)")
    one = notebook(hanging)
    one.run(0)
    page = inside(one.place())
    page.locator("#go").click()
    one.restart_kernel()
    expect(page.locator("#out")).to_have_text("kernel-gone", timeout=5_000)
    expect(one.place().locator(".jupyterwin-note")).to_contain_text("kernel")
    one.run(0)
    expect(inside(one.place()).locator("#go")).to_be_visible()


def test_a_cell_that_is_moved_begins_a_new_document(notebook):
    one = notebook(OPEN, "other = 1", "print(calls, win.invoke('selection').result(10))")
    one.run(0)
    page = inside(one.place())
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    one.choose(0)
    one.do("notebook:move-cell-down")
    page = inside(one.place())
    expect(page.locator("#out")).to_have_text("")
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    assert one.run(2).strip() == "2 ['AAPL', 7]"


def test_another_view_says_where_the_window_is_and_can_have_it(notebook):
    one = notebook(OPEN)
    one.run(0)
    inside(one.place()).locator("#go").click()
    expect(inside(one.place()).locator("#out")).to_have_text("42")
    one.choose(0)
    one.do("notebook:create-output-view")
    second = one.place(1)
    expect(second).to_contain_text("another view")
    expect(second.locator("iframe")).to_have_count(0)
    second.get_by_role("button", name="Draw it here").click()
    inside(second).locator("#go").click()
    expect(inside(second).locator("#out")).to_have_text("42")
    expect(one.place(0).locator("iframe")).to_have_count(0)


def test_a_window_opened_again_is_drawn_where_it_was_opened_last(notebook):
    one = notebook(
        OPEN,
        "jw.open('calc', html='<p id=new>new</p>')",
        "print(win.status); gone = win.next('closed'); win.close(); gone.result(5); print(win.status)",
    )
    one.run(0)
    expect(inside(one.place()).locator("#go")).to_be_visible()
    one.run(1)
    place = one.cell(1).locator(".jupyterwin-place")
    expect(inside(place).locator("#new")).to_be_visible()
    assert one.run(2).split() == ["ready", "closed"]
    expect(one.page.locator(".jupyterwin-place iframe")).to_have_count(0)


def test_what_only_a_native_window_has_is_refused_by_name(notebook):
    code = """
for name, what in {"capture": win.capture, "maximize": win.maximize, "pdf": win.pdf}.items():
    try:
        what().result(10)
    except jw.UsageError as error:
        print(name, "|", error)
"""
    one = notebook(OPEN, code)
    one.run(0)
    expect(inside(one.place()).locator("#go")).to_be_visible()
    lines = one.run(1).strip().splitlines()
    assert [line.split(" | ")[0] for line in lines] == ["capture", "maximize", "pdf"]
    assert all("where='native'" in line for line in lines)


@contextmanager
def losing_what_it_says(tab):
    """What JupyterLab says inside goes nowhere: its connection is dead, as it learns at the end. Something must be said."""
    tab.evaluate("""() => {
      const { sessionContext } = [...jupyterapp.shell.widgets("main")].find((one) => one.sessionContext?.session);
      const socket = sessionContext.session.kernel._ws;
      window.lost = new Promise((resolve) => { socket.send = () => resolve(socket); });
    }""")
    yield
    tab.evaluate("lost.then((socket) => socket.close())")


def test_what_a_lost_connection_takes_along_is_said_again(notebook):
    one = notebook(OPEN, "print(calls, win.status)")
    one.run(0)
    page = inside(one.place())
    page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    page.locator("#out").evaluate("(out) => { out.textContent = '' }")
    with losing_what_it_says(one.page):
        page.locator("#go").click()
    expect(page.locator("#out")).to_have_text("42")
    assert one.run(1).strip() == "2 ready", "each call was made once"
