"""Pages and widgets: state at once, callbacks in one lane, echoes to all views, and what a page may not write."""

from __future__ import annotations

import itertools
import threading

import ipywidgets
import pytest
import traitlets

from jupyterwin.errors import UsageError
from jupyterwin.panels.kinds import content_of
from jupyterwin.panels.widgets.lane import callbacks
from jupyterwin.panels.widgets.tap import tap
from support.front import Front, shown


def test_what_a_view_sets_is_set_and_told_to_all_views() -> None:
    slider = ipywidgets.IntSlider(3)
    with shown(slider, "one") as one, shown(ipywidgets.VBox([slider]), "two") as two:
        number = one.write(slider, value=40)
        assert slider.value == 40
        echo = next(entry for entry in one.entries if entry["kind"] == "state")
        assert echo["echoes"] == {"one": number}
        assert one.done_with(number)
        assert not two.done_with(number)
        assert two.models[slider.model_id]["value"] == 40


def test_a_value_that_the_kernel_corrects_is_told_after_the_echo() -> None:
    slider = ipywidgets.IntSlider(3, max=50)
    with shown(slider) as front:
        front.write(slider, value=500)
        assert slider.value == 50
        assert front.models[slider.model_id]["value"] == 50


def test_state_does_not_wait_for_observers_which_see_the_newest() -> None:
    slider, label = ipywidgets.IntSlider(0), ipywidgets.Label()
    traitlets.dlink((slider, "value"), (label, "value"), str)
    go, seen = threading.Event(), []

    def slow(change: traitlets.Bunch) -> None:
        seen.append((change.old, change.new, threading.current_thread().name))
        assert go.wait(20)

    slider.observe(slow, "value")
    with shown(ipywidgets.VBox([slider, label])) as front:
        front.write(slider, value=1)
        numbers = [front.write(slider, value=value) for value in range(2, 12)]
        assert slider.value == 11
        assert label.value == "11"  # a link keeps widgets consistent: at once
        assert all(map(front.done_with, numbers))
        go.set()
    assert {name for _, _, name in seen} == {"jupyterwin-widgets"}
    assert seen[-1][1] == 11
    assert len(seen) <= 3  # what waited is one call
    assert all(before == after for (_, before, _), (after, _, _) in itertools.pairwise(seen))


def test_observers_of_the_kernels_own_changes_are_called_where_they_are_made() -> None:
    slider, seen = ipywidgets.IntSlider(), []
    slider.observe(lambda change: seen.append(threading.current_thread()), "value")
    with shown(slider):
        slider.value = 5
        assert seen == [threading.current_thread()]


def test_selections_stay_consistent_and_their_observers_are_told() -> None:
    choice, seen = ipywidgets.Dropdown(options=["a", "b", "c"]), []
    choice.observe(lambda change: seen.append(change.new), "value")
    with shown(choice) as front:
        front.write(choice, index=2)
        assert (choice.value, choice.label) == ("c", "c")
        assert callbacks.finish(20)
        assert seen == ["c"]


def test_each_click_is_a_call_one_after_another() -> None:
    button, running, seen = ipywidgets.Button(), threading.Lock(), []

    def clicked(_button: object) -> None:
        assert running.acquire(blocking=False)
        seen.append(len(seen))
        running.release()

    button.on_click(clicked)
    with shown(button) as front:
        numbers = [front.click(button) for _ in range(20)]
        assert callbacks.finish(20)
        assert seen == list(range(20))
        assert all(map(front.done_with, numbers))


def test_a_callback_that_raises_is_told_and_the_next_one_runs(capsys: pytest.CaptureFixture[str]) -> None:
    button, seen = ipywidgets.Button(), []

    def clicked(_button: object) -> None:
        seen.append(1)
        raise ZeroDivisionError

    slider = ipywidgets.IntSlider()
    slider.observe(clicked, "value")
    button.on_click(lambda _: seen.append(2))
    with shown(ipywidgets.VBox([button, slider])) as front:
        front.write(slider, value=1)
        front.click(button)
    assert seen == [1, 2]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_page_writes_no_code_no_style_and_nothing_that_others_draw(caplog: pytest.LogCaptureFixture) -> None:
    import anywidget

    class Counter(anywidget.AnyWidget):
        _esm = "export default { render() {} }"
        _css = ""
        value = traitlets.Int(0).tag(sync=True)

    counter, html = Counter(), ipywidgets.HTML("<b>mine</b>")
    with shown(ipywidgets.VBox([counter, html])) as front:
        front.write(counter, _esm="evil", _css="evil", _anywidget_id="evil", _view_module="evil", value=4)
        number = front.write(html, value="<b>theirs</b>", description="theirs")
        assert (counter.value, counter._esm, counter._css) == (4, "export default { render() {} }", "")
        assert counter._view_module == "anywidget"
        assert (html.value, html.description) == ("<b>mine</b>", "")
        assert front.done_with(number)
        assert "'_esm'" in caplog.text


def test_a_page_reaches_only_what_it_was_shown() -> None:
    mine, theirs, text = ipywidgets.IntSlider(), ipywidgets.IntSlider(), ipywidgets.Text("mine")
    box = ipywidgets.VBox([mine, text])
    with shown(box) as front:
        front.write(theirs, value=9)
        front.click(theirs)
        front.write(box, children=[f"IPY_MODEL_{theirs.model_id}"])
        front.write(text, value=f"IPY_MODEL_{theirs.model_id}")  # … which a tree would follow
        assert theirs.value == 0
        assert box.children == (mine, text)
        assert text.value == "mine"
        assert theirs.model_id not in front.models
        with pytest.raises(UsageError, match="no widget here"):
            front.content.module("bqplot")  # type: ignore[attr-defined]


def test_a_malformed_message_is_refused() -> None:
    slider = ipywidgets.IntSlider()
    with shown(slider) as front:
        for detail in (None, {}, {"page": "p"}, [], {"page": 1, "number": "", "id": "", "method": "", "text": ""}):
            with pytest.raises((TypeError, KeyError)):
                front.content.heard("comm", detail)
        for value in ([], 5, {"state": 5}, {"state": {}, "buffer_paths": []}):
            front.tell(slider.model_id, "update", value)
        front.tell(slider.model_id, "close", {})
        assert slider.comm is not None


def test_custom_messages_carry_buffers_both_ways() -> None:
    import anywidget

    class Echo(anywidget.AnyWidget):
        _esm = "export default { render() {} }"

    echo, got = Echo(), []
    echo.on_msg(lambda widget, content, buffers: got.append((content, [bytes(one) for one in buffers])))
    with shown(echo) as front:
        echo.send({"to": "page"}, [b"\x01\x02", memoryview(b"\x03")])
        custom = next(entry for entry in front.entries if entry["kind"] == "custom")
        assert (custom["content"], custom["buffers"]) == ('{"to": "page"}', [b"\x01\x02", b"\x03"])
        front.tell(echo.model_id, "custom", {"to": "kernel"}, (b"\x04",))
        assert callbacks.finish(20)
        assert got == [({"to": "kernel"}, [b"\x04"])]


def test_a_page_that_is_slow_costs_one_entry_for_each_widget() -> None:
    bar = ipywidgets.IntProgress(max=10_000)
    with shown(bar) as front:
        front.slow = True
        front.entries.clear()
        for value in range(10_000):
            bar.value = value
        bar.max = 20_000
        front.slow = False
        front.take()
        assert front.kinds().count("state") <= 2
        assert front.models[bar.model_id]["value"] == 9_999
        assert front.models[bar.model_id]["max"] == 20_000


def test_a_page_that_loads_again_goes_on() -> None:
    slider = ipywidgets.IntSlider()
    with shown(slider) as front:
        front.slow = True  # what it was sent goes with the old document
        slider.value = 5
        front._waiting.clear()
        front.slow = False
        front.load()
        assert front.models[slider.model_id]["value"] == 5
        slider.value = 6
        assert front.models[slider.model_id]["value"] == 6


def test_nothing_is_left_when_no_page_shows_widgets() -> None:
    slider = ipywidgets.IntSlider()
    with shown(slider), shown(slider, "two"):
        assert tap.covered
        assert "_notify_observers" in vars(ipywidgets.Widget)
    assert tap.covered == ()
    assert "_notify_observers" not in vars(ipywidgets.Widget)


def test_a_descriptor_of_anywidget_makes_any_object_a_widget() -> None:
    from dataclasses import dataclass

    import psygnal
    from anywidget.experimental import MimeBundleDescriptor

    @psygnal.evented
    @dataclass
    class Point:
        _repr_mimebundle_ = MimeBundleDescriptor(_esm="export default { render() {} }")
        x: int = 1

    point = Point()
    content = content_of(point)
    with Front(content) as front:
        [model_id] = front.models
        assert front.models[model_id]["x"] == 1
        front.tell(model_id, "update", {"state": {"x": 5, "_esm": "evil"}, "buffer_paths": []})
        assert callbacks.finish(20)
        assert point.x == 5
        point.x = 6
        assert front.models[model_id]["x"] == 6


def test_a_widget_without_a_view_is_no_widget_to_show() -> None:
    assert content_of(ipywidgets.Layout()).kind == "text"
    closed = ipywidgets.IntSlider()
    closed.close()
    assert content_of(closed).kind == "text"
