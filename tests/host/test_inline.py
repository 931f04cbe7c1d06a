"""The inliner of pages under cells, on its own: which files a page needs, by which name, and why there is no such page."""

from __future__ import annotations

import pytest

from jupyterwin.host.engines.notebook.inline import Gathering

MIMES = {"js": "text/javascript", "css": "text/css", "png": "image/png"}


def gathered(html: str, **files: str):
    """Gather for a page: its text and its files by name, or why not. A file is named `js__main_js` for js/main.js."""
    held = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}
    outcome: list = []

    def fetch(path, fetched):
        fetched(MIMES.get(path.rpartition(".")[2], ""), held.get(path))

    done = lambda text, found: outcome.append((text, {file.name: file for file in found}))  # noqa: E731
    Gathering(fetch, done, outcome.append).begin("", html)
    return outcome[0]


def test_a_module_and_what_it_imports_are_named_wherever_they_lie():
    html, files = gathered(
        '<script type="module" src="js/main.js"></script>',
        js__main_js='import { a } from "../lib/a.js"; await import("./b.js");',
        lib__a_js="export const a = 1;",
        js__b_js="",
    )
    assert html == '<script type="module" src="jw-file:/js/main.js"></script>'
    assert set(files) == {"jw-file:/js/main.js", "jw-file:/lib/a.js", "jw-file:/js/b.js"}
    assert all(file.module for file in files.values())
    assert '"jw-file:/lib/a.js"' in files["jw-file:/js/main.js"].text


def test_styles_bring_what_they_import_and_show_and_leave_other_places_alone():
    html, files = gathered(
        '<link rel="stylesheet" href="a.css"><a href="a.css">x</a><img src="https://elsewhere/x.png">',
        a_css='@import "b.css"; p { background: url(p.png) }',
        b_css="",
        p_png="png",
    )
    assert 'href="jw-file:/a.css"><a href="a.css">x</a><img src="https://elsewhere/x.png">' in html
    assert set(files) == {"jw-file:/a.css", "jw-file:/b.css", "jw-file:/p.png"}
    assert files["jw-file:/p.png"].data == "cG5n"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"main_js": 'import React from "react";'}, "imports 'react', which is no file of it: bundle it first"),
        ({"main_js": 'import "./gone.js";'}, "a module of the page is missing: 'gone.js'"),
    ],
)
def test_what_cannot_be_one_page_is_said(files, why):
    assert why in gathered('<script type="module" src="main.js"></script>', **files)
