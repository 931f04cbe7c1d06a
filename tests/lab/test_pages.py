"""Folders and objects of the kernel in windows under cells: pages that are made self-contained on the way."""

from __future__ import annotations

import base64

from playwright.sync_api import expect

from support.lab import inside

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
FILES = {
    "index.html": """<!doctype html><title>Folder</title>
<link rel="stylesheet" href="style/main.css">
<img id="direct" src="pixel.png"><p id="styled">styled</p><output id="out"></output><output id="plain"></output>
<script defer src="js/plain.js"></script>
<script type="module" src="js/main.js"></script>
<script>document.getElementById("plain").title = "an inline script of a folder ran"</script>""",
    "style/main.css": '@import "more.css"; #styled { background: url(../pixel.png) }',
    "style/more.css": "#styled { color: rgb(1, 2, 3) }",
    "js/plain.js": 'document.getElementById("plain").textContent = document.querySelectorAll("output").length;',
    "js/main.js": """import { twice } from "./lib/twice.js";
const { default: word } = await import("./lib/word.js");
document.getElementById("out").textContent = `${word} ${await kernel.add(twice(20), 2)}`;""",
    "js/lib/twice.js": 'import word from "./word.js"; export const twice = (n) => (word ? 2 * n : 0);',
    "js/lib/word.js": 'export default "sum:";',
    "bare/index.html": '<script type="module" src="main.js"></script>',
    "bare/main.js": 'import React from "react";',
}


def test_a_folder_becomes_one_page(notebook, tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "pixel.png").write_bytes(PIXEL)
    opening = f"""
import jupyterwin as jw
def add(a: int, b: int) -> int: return a + b
win = jw.open("folder", path={str(tmp_path)!r}, expose=[add], width=400, height=120)
"""
    bare = f"""
try:
    jw.open("folder", path={str(tmp_path / "bare")!r}).reload().result(10)
except jw.LoadFailed as error:
    print(error)
"""
    one = notebook(opening, bare)
    one.run(0)
    page = inside(one.place())
    expect(page.locator("#out")).to_have_text("sum: 42")
    expect(page.locator("#plain")).to_have_text("2")
    assert page.locator("#plain").get_attribute("title") is None
    assert page.locator("#direct").evaluate("(image) => image.naturalWidth") == 1
    styled = page.locator("#styled").evaluate("(p) => [getComputedStyle(p).color, getComputedStyle(p).backgroundImage]")
    assert styled[0] == "rgb(1, 2, 3)"
    assert styled[1].startswith('url("blob:')
    assert "'react'" in one.run(1)


def test_objects_are_shown(notebook):
    one = notebook(
        "import jupyterwin as jw\nboard = jw.dashboard('Board', layout='left right')\nboard['left'] = 'a text'\nboard['right'] = {'a': [1, 2, 3]}",
        "board['left'] = 'another text'",
    )
    one.run(0)
    page = inside(one.place())
    expect(page.get_by_text("a text", exact=True)).to_be_visible()
    one.run(1)
    expect(page.get_by_text("another text", exact=True)).to_be_visible()


def test_panels_are_as_dark_as_jupyterlab_and_follow_it(notebook):
    one = notebook("import jupyterwin as jw\nboard = jw.dashboard('Looks')\nboard['text'] = range(2)")
    one.do("apputils:change-theme", theme="JupyterLab Dark")
    one.run(0)
    root = inside(one.place()).locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root.locator("body")).to_have_css("color-scheme", "dark")
    one.do("apputils:change-theme", theme="JupyterLab Light")
    expect(root).to_have_attribute("data-theme", "light")


FRAMED = {
    "html": ("IPython.display.HTML('<b id=bold>bold</b>')", "#bold"),
    "plotly": ("plotly.express.line(y=[1, 3, 2])", ".js-plotly-plot .scatterlayer path.js-line"),
    "altair": (
        "altair.Chart(pandas.DataFrame({'x': [1, 2], 'y': [3, 4]})).mark_bar().encode(x='x', y='y')",
        "canvas.marks",
    ),
    "bokeh": ("plot", "canvas"),
    "widget": ("ipywidgets.IntSlider(description='a slider')", ".widget-slider .noUi-handle"),
}
"""What is drawn in a frame of its own inside the page, and what is to be found there."""


def test_what_has_a_frame_of_its_own_is_drawn(notebook):
    one = notebook(
        "import altair, IPython, ipywidgets, pandas, plotly.express\nfrom bokeh.plotting import figure\n"
        "plot = figure(width=200, height=100)\nplot.line([1, 2], [3, 4])\n"
        "import jupyterwin as jw\nboard = jw.dashboard('Framed', layout='html plotly\\naltair bokeh\\nwidget widget')",
        "\n".join(f"board[{name!r}] = {made}" for name, (made, _found) in FRAMED.items()),
    )
    one.run(0)
    one.run(1)
    page = inside(one.place())
    one.place().scroll_into_view_if_needed()
    for name, (_made, found) in FRAMED.items():
        panel = page.get_by_role("region", name=name, exact=True)
        expect(panel.frame_locator("iframe").locator(found).first, name).to_be_visible()
