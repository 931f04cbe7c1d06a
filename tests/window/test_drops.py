"""What a person drops on a window, by a real drag of another program: refused without its switch, unless the page takes it."""

from __future__ import annotations

from jupyterwin.main.app import App
from support.drag import drop
from support.real_app import open_ready

PAGE = "<title>drops</title><body style='height:100vh'>"
TAKES = """<script>
addEventListener('dragover', e => e.preventDefault());
addEventListener('drop', e => { e.preventDefault(); console.log('took ' + e.dataTransfer.getData('text/uri-list')) });
</script>"""


def test_what_is_dropped_leads_nowhere(app: App) -> None:
    window = open_ready(app, "drops", html=PAGE, x=100, y=100, width=500, height=400)
    for url in ("https://example.com/dropped", "file:///etc/hosts"):
        refused = window.next("refused")
        drop(url, 300, 300)
        assert (refused.result(20).switch, refused.result(20).url) == ("drops", url)
    assert window.eval("location.pathname").result(10) == "/"


def test_with_its_switch_the_window_goes_there(app: App) -> None:
    page = PAGE + "<script>location.search && console.log(location.search)</script>"
    window = open_ready(app, "drops", html=page, x=100, y=100, width=500, height=400, allow={"drops": True})
    said = window.next("console-message")
    drop(f"jw://{window.id}/?dropped", 300, 300)
    assert said.result(20).message == "?dropped"


def test_a_page_may_take_it_itself(app: App) -> None:
    window = open_ready(app, "drops", html=PAGE + TAKES, x=100, y=100, width=500, height=400)
    said = window.next("console-message")
    drop("https://example.com/dropped", 300, 300)
    assert said.result(20).message == "took https://example.com/dropped"
