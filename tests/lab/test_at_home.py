"""At home in a real JupyterLab: Tab completes our magics, cells of one source are two cells, errors are folded, cards have buttons."""

from __future__ import annotations

from playwright.sync_api import expect

from support.lab import inside

LOAD = "%load_ext jupyterwin\nimport jupyterwin as jw"


def test_tab_completes_win_by_its_commands_alone(notebook):
    one = notebook(LOAD, "", "")
    one.run(0)
    one.choose(1)
    one.cell(1).locator(".cm-content").click()
    one.page.keyboard.type("%win ")
    one.page.keyboard.press("Tab")
    items = one.page.locator(".jp-Completer-item .jp-Completer-match")
    expect(items.get_by_text("doctor", exact=True)).to_be_visible()
    commands = ["list", "open", "close", "focus", "reload", "snap", "js", "ipc", "log", "devtools", "doctor"]
    # JupyterLab itself adds the words that are in the cell.
    assert set(commands) <= set(items.all_inner_texts()) <= {*commands, "%", "win", "%win"}


def test_a_cell_that_runs_again_is_known_by_its_cell(notebook):
    one = notebook(
        LOAD,
        "jw.ipc.on('x', lambda event: None);",
        "jw.ipc.on('x', lambda event: None);",
        "print(len(jw.ipc._listeners['x']))",
    )
    for cell in (0, 1, 2, 1, 2, 1):
        one.run(cell)
    assert one.run(3).strip() == "2", "two cells of the same source are two cells"


def test_an_error_is_folded_under_the_cell(notebook):
    one = notebook(
        f"{LOAD}\nimport threading\nstop = jw.every(0.05, lambda: wrong())\ndef wrong():\n    stop()\n    1 / 0"
    )
    one.run(0)
    notice = one.cell(0).locator("details")
    expect(notice).to_have_count(1)
    expect(notice.locator("summary")).to_contain_text("raised ZeroDivisionError: division by zero")
    expect(notice.locator("pre")).to_be_hidden()
    notice.locator("summary").click()
    expect(notice.locator("pre")).to_contain_text("1 / 0")


def test_the_buttons_of_a_card_are_there_while_the_kernel_lives(notebook):
    one = notebook(
        f"{LOAD}\nboard = jw.dashboard('B', layout='one')\ndata = ['first']\nboard['one'] = data",
        "board['one']",
        "data[0] = 'second'",
    )
    one.run(0)
    page = inside(one.place())
    expect(page.get_by_text("first")).to_be_visible()
    one.run(1)
    buttons = one.cell(1).locator("button[data-jupyterwin-act]")
    expect(buttons).to_have_text(["Focus", "Reload"])
    expect(buttons.last).to_be_visible()
    one.run(2)
    expect(page.get_by_text("first")).to_be_visible()
    buttons.last.click()
    expect(page.get_by_text("second")).to_be_visible()
    one.restart_kernel()
    expect(buttons.last).to_be_hidden()


def test_a_window_under_a_cell_as_the_value_of_a_cell_says_where_it_is(notebook):
    opens = "win = jw.open('w', html='<input id=field>')"
    one = notebook(f"{LOAD}\n{opens}\nwin", "win")
    one.run(0)
    field = inside(one.place()).locator("#field")
    field.fill("typed")
    expect(one.cell(0).locator(".jupyterwin-place")).to_have_count(1)
    expect(one.cell(0).get_by_text("sandbox:")).to_have_count(0)
    one.run(1)
    expect(one.cell(1).get_by_text("drawn in another view")).to_be_visible()
    expect(field).to_have_value("typed")
    one.cell(1).get_by_role("button", name="Draw it here").click()
    expect(inside(one.cell(1).locator(".jupyterwin-place")).locator("#field")).to_have_value("")
    expect(one.cell(0).get_by_text("drawn in another view")).to_be_visible()
