"""The tap: comms of before are heard, one thread's question is kept from the others, and nothing is left of it."""

from __future__ import annotations

from collections.abc import Iterator

import comm
import ipywidgets
import pytest

from jupyterwin.panels.widgets.tap import Published, tap


@pytest.fixture
def heard() -> Iterator[list[Published]]:
    heard: list[Published] = []
    stop = tap.listen(heard.append)
    yield heard
    stop()


def test_a_widget_of_before_is_heard() -> None:
    slider = ipywidgets.IntSlider()
    heard: list[Published] = []
    stop = tap.listen(heard.append)
    slider.value = 7
    stop()
    slider.value = 8
    assert [(one.comm_id, one.kind, one.data["state"]) for one in heard] == [
        (slider.model_id, "comm_msg", {"value": 7})
    ]


def test_opening_and_closing_are_heard(heard: list[Published]) -> None:
    layout = ipywidgets.Layout()
    model_id = layout.model_id
    layout.close()
    assert [(one.comm_id, one.kind) for one in heard] == [(model_id, "comm_open"), (model_id, "comm_close")]


def test_the_class_is_as_it_was_when_nobody_listens() -> None:
    before = comm.DummyComm.__dict__["publish_msg"]
    stop, other = tap.listen(print), tap.listen(repr)
    assert comm.DummyComm.__dict__["publish_msg"] is not before
    stop()
    assert tap.covered
    other()
    assert comm.DummyComm.__dict__["publish_msg"] is before
    assert tap.covered == ()


def test_who_wrapped_it_after_us_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Published] = []
    stop = tap.listen(heard.append)
    ours = comm.DummyComm.publish_msg

    def theirs(one: comm.DummyComm, *args: object, **keys: object) -> None:
        ours(one, *args, **keys)

    monkeypatch.setattr(comm.DummyComm, "publish_msg", theirs)
    stop()
    ipywidgets.Layout().close()
    assert heard == []
    again = tap.listen(heard.append)
    ipywidgets.Layout().close()
    again()
    assert [one.kind for one in heard] == ["comm_open", "comm_close"]  # once each, through theirs and ours


def test_a_question_of_this_thread_is_answered_to_it_alone(heard: list[Published]) -> None:
    slider, other = ipywidgets.IntSlider(3), ipywidgets.IntSlider(4)
    heard.clear()
    with tap.kept(slider.comm) as kept:
        slider.send_state("value")
        other.send_state("value")
    assert [one.data["state"] for one in kept] == [{"value": 3}]
    assert [one.data["state"] for one in heard] == [{"value": 4}]
