"""Widgets among the outputs of a cell: the panel of outputs passes on what they and their page say to each other."""

from __future__ import annotations

import ipywidgets

from jupyterwin.panels.kinds import content_of
from jupyterwin.panels.outputs import Outputs
from support.front import Front

NUMBER = 2


class Page(Front):
    """A page of outputs, of which the second is a widget."""

    def load(self) -> None:
        self.models = {}
        for model in self.content.snapshot()[NUMBER - 1]["value"]["models"]:
            self._open(model)

    def push(self, message: dict[str, object]) -> None:
        assert message["number"] == NUMBER
        super().push(message["message"])

    def heard(self, event: str, detail: object) -> None:
        self.content.heard("part", {"number": NUMBER, "event": event, "detail": detail})


def test_a_widget_among_outputs_lives() -> None:
    slider, outputs = ipywidgets.IntSlider(3), Outputs()
    outputs.write("stdout", "above")
    assert outputs.display(slider._repr_mimebundle_(), {}, "", update=False)
    with Page(outputs) as page:
        assert page.models[slider.model_id]["value"] == 3
        number = page.write(slider, value=8)
        assert slider.value == 8
        assert page.models[slider.model_id]["value"] == 8
        assert page.done_with(number)


def test_an_object_that_says_it_is_a_widget_is_drawn_as_one() -> None:
    slider = ipywidgets.IntSlider(3)

    class Wrapped:
        def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
            return slider._repr_mimebundle_()

    content = content_of(Wrapped())
    assert content.kind == "widget"
    with Front(content) as front:
        assert front.models[slider.model_id]["value"] == 3
