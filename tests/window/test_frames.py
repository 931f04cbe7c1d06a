"""Frames of opaque origin in a real window: they reach nothing, and what cannot work without a network says so."""

from __future__ import annotations

from typing import Any

import plotly.express as px
import pytest
from IPython import display as shown_by

import jupyterwin.panels  # noqa: F401 -- windows show objects
from jupyterwin.main.app import App
from support.panels import until
from support.pixels import one_window


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def notes(window: Any) -> str:
    return until(window, "document.querySelector('.jw-notes:not([hidden]) span').textContent")


def test_what_cannot_work_without_a_network_says_so(app: App) -> None:
    window = one_window(app, px.choropleth(locations=["FRA"], color=[1]))
    assert "cdn.plot.ly" in notes(window)
    window.content = shown_by.HTML("<script src='https://cdn.example.org/map.js'></script>")
    assert "cdn.example.org" in until(
        window, "document.querySelector('[data-kind=html] .jw-notes:not([hidden]) span').textContent"
    )
    window.content = shown_by.Markdown("![a picture](https://pictures.example.org/a.png)")
    assert "pictures.example.org" in until(
        window, "document.querySelector('[data-kind=markdown] .jw-notes:not([hidden]) span').textContent"
    )
    window.destroy().result(20)


ESCAPE = """<script>
const tried = {};
const attempt = async (name, what) => { try { tried[name] = String(await what()); } catch (error) { tried[name] = error.name; } };
const own = 'OWN';
(async () => {
  await attempt('origin', () => origin);
  await attempt('parent', () => parent.document.title);
  await attempt('top', () => top.kernel);
  await attempt('names', () => ['kernel', 'jupyterwin', 'qt', 'pywebview', 'QWebChannel'].filter((name) => name in globalThis));
  await attempt('storage', () => localStorage.length);
  await attempt('cookie', () => document.cookie);
  await attempt('fetch', () => fetch(own + 'panels.js').then((answer) => answer.text()));
  await attempt('remote', () => fetch('https://example.org/'));
  await attempt('socket', () => new Promise((resolve, reject) => {
    const socket = new WebSocket('wss://example.org/'); socket.onopen = resolve; socket.onerror = () => reject(new Error());
  }));
  await attempt('import', () => import(own + 'panels.js'));
  await attempt('picture', () => new Promise((resolve, reject) => {
    const one = new Image(); one.onload = () => resolve('loaded'); one.onerror = () => reject(new Error()); one.src = own + 'panels.js';
  }));
  await attempt('popup', () => open('https://example.org/'));
  await attempt('go', () => { top.location = 'https://example.org/'; return 'went'; });
  parent.postMessage({ tried }, '*');
  parent.postMessage({ say: 'event', event: 'click', detail: 'forged' }, '*');
  for (let i = 0; i < 100; i++) parent.postMessage('jupyterwin-frame', '*');
  parent.postMessage({ over: true }, '*');
})();
</script>"""


def test_a_frame_reaches_neither_its_page_nor_the_kernel_nor_the_network(app: App) -> None:
    window = one_window(app, "before")
    until(window, "document.querySelector('.jw-text') !== null")
    clicks: list[Any] = []
    window.panel.on("click", clicks.append)
    own = window.eval(
        "globalThis.heard = []; addEventListener('message', (event) => heard.push(event.data)); return location.href"
    )
    window.content = shown_by.HTML(ESCAPE.replace("OWN", own.result(20)))
    until(window, "heard.some((one) => one.over)")
    tried = window.eval("heard.find((one) => one.tried).tried").result(20)
    assert tried == {
        "origin": "null",
        "parent": "SecurityError",
        "top": "SecurityError",
        "names": "",
        "storage": "SecurityError",
        "cookie": "SecurityError",
        "fetch": "TypeError",
        "remote": "TypeError",
        "socket": "Error",
        "import": "TypeError",
        "picture": "Error",
        "popup": "null",
        "go": tried["go"],  # refused later, or at once
    }
    assert window.eval("location.href").result(20) == own.result(20)
    assert window.eval("document.querySelectorAll('iframe').length").result(20) == 1
    window.content = "after"
    until(window, "document.querySelector('.jw-text').textContent === 'after'")
    assert clicks == []
    window.destroy().result(20)
