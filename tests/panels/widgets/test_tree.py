"""The tree: what a page of widgets is shown, and what comes into it later."""

from __future__ import annotations

import ipywidgets

from jupyterwin.panels.widgets.tree import Tree
from support.front import shown


def test_a_tree_is_what_its_root_refers_to_children_first() -> None:
    slider, other = ipywidgets.IntSlider(), ipywidgets.IntSlider()
    box = ipywidgets.VBox([ipywidgets.HBox([slider])])
    tree = Tree(box.model_id)
    ids = [model.comm_id for model in tree.whole()]
    assert ids[-1] == box.model_id
    assert ids.index(slider.model_id) < ids.index(box.children[0].model_id)
    assert slider.layout.model_id in tree
    assert other.model_id not in tree
    assert tree.what(slider.model_id) == ("@jupyter-widgets/controls", "IntSliderModel")


def test_a_child_that_is_added_later_is_opened_before_it_is_referred_to() -> None:
    box, text = ipywidgets.VBox(), ipywidgets.Text("later")
    with shown(box) as front:
        front.entries.clear()
        box.children = [text]
        assert front.kinds()[-1] == "state"
        assert set(front.kinds()[:-1]) == {"open"}
        assert front.models[text.model_id]["value"] == "later"
        text.value = "later still"
        assert front.models[text.model_id]["value"] == "later still"


def test_what_closes_is_closed_on_the_page() -> None:
    text = ipywidgets.Text()
    box = ipywidgets.VBox([text])
    with shown(box) as front:
        model_id = text.model_id
        text.close()
        assert model_id not in front.models


def test_a_link_belongs_to_the_tree_when_both_its_ends_do() -> None:
    play, slider, elsewhere = ipywidgets.Play(), ipywidgets.IntSlider(), ipywidgets.IntSlider()
    early = ipywidgets.jslink((play, "value"), (slider, "value"))
    with shown(ipywidgets.HBox([play, slider])) as front:
        late = ipywidgets.jsdlink((slider, "max"), (play, "max"))
        ipywidgets.jslink((play, "value"), (elsewhere, "value"))
        links = [model_id for model_id, state in front.models.items() if "Link" in state["_model_name"]]
        assert links == [early.model_id, late.model_id]


def test_binary_state_goes_aside() -> None:
    image = ipywidgets.Image(value=b"\x00\xff")
    model = Tree(image.model_id).whole()[-1].plain()
    assert (model["paths"], model["buffers"]) == ([["value"]], [b"\x00\xff"])
