"""Which control a trait gets, what a page may set by it, and the traits that `interact` makes of a signature."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any, Literal

import pytest
import traitlets as t

from jupyterwin import Store, UsageError, controls
from jupyterwin.panels.fields import field_of, nice_step
from jupyterwin.panels.interact import store_of


class Side(enum.Enum):
    BUY = "buy"
    SELL_SHORT = "short"


@pytest.mark.parametrize(
    ("trait", "drawn"),
    [
        (t.Int(3, min=1, max=9), {"control": "slider", "min": 1, "max": 9, "step": 1}),
        (t.Float(0.5, min=0, max=3).tag(step=0.5), {"control": "slider", "min": 0, "max": 3, "step": 0.5}),
        (t.Int(3, min=1), {"control": "number", "min": 1, "step": 1}),
        (t.Float(), {"control": "number", "step": 0}),
        (t.Bool(), {"control": "switch"}),
        (t.Unicode(), {"control": "text"}),
        (t.Unicode("a").tag(options=["a", "b"]), {"control": "choice", "options": [["a", "a"], ["b", "b"]]}),
        (t.Enum([1, 2]), {"control": "choice", "options": [[1, "1"], [2, "2"]]}),
        (t.UseEnum(Side), {"control": "choice", "options": [["buy", "Buy"], ["short", "Sell short"]]}),
        (t.List(t.Enum(["x"])), {"control": "choices", "options": [["x", "x"]]}),
        (t.List().tag(options={"One": 1}), {"control": "choices", "options": [[1, "One"]]}),
        (t.Tuple(t.Int(), t.Int()).tag(min=0, max=10), {"control": "range", "min": 0, "max": 10, "step": 1}),
        (t.Instance(dt.date), {"control": "date"}),
        (t.Instance(dt.datetime), {"control": "datetime"}),
    ],
)
def test_a_trait_has_the_control_that_its_type_says(trait: Any, drawn: dict[str, Any]) -> None:
    field = field_of("some_name", trait)
    assert field == {"name": "some_name", "label": "Some name", "hint": "", "fixed": False, **drawn}


@pytest.mark.parametrize("trait", [t.Dict(), t.Any(), t.Enum([]), t.Tuple(t.Int(), t.Int()), t.Instance("os.PathLike")])
def test_what_no_control_fits_has_none(trait: Any) -> None:
    assert field_of("x", trait) is None


def test_label_hint_and_read_only() -> None:
    field = field_of("x", t.Int(help="how many", read_only=True).tag(label="Count"))
    assert field is not None
    assert (field["label"], field["hint"], field["fixed"]) == ("Count", "how many", True)


def test_steps_are_round() -> None:
    assert [nice_step(0, high) for high in (1, 3, 7, 100, 0.004)] == pytest.approx([0.01, 0.05, 0.1, 1, 0.00005])


class Params(Store):
    days = t.Int(30, min=1, max=90)
    other = t.Dict()
    side = t.UseEnum(Side)
    when = t.Instance(dt.date, args=(2024, 5, 17))
    hidden = t.Int().tag(page=False)


def test_a_page_sets_what_it_has_controls_for_and_nothing_else() -> None:
    store = Params()
    content = controls(store)
    assert [field["name"] for field in content.snapshot()["fields"]] == ["days", "side", "when"]
    assert content.snapshot()["state"] == {
        "days": (1, 30),
        "side": (1, Side.BUY),
        "when": (1, dt.date(2024, 5, 17)),
    }
    written = [[{"days": 31}, None], [{"side": "short"}, None], [{"when": "2025-01-02"}, None]]
    assert [error for _, error in content.write(written)] == [None, None, None]
    assert (store.days, store.side, store.when) == (31, Side.SELL_SHORT, dt.date(2025, 1, 2))
    refused = content.write([[{"days": 91}, None], [{"other": {}}, None], [{"hidden": 3}, None], [{"days": "x"}, None]])
    assert [type(error).__name__ for _, error in refused] == ["TraitError", "UsageError", "UsageError", "BadArguments"]
    assert refused[0][0] == {"days": (2, 31)}
    only = controls(store, "days")
    assert type(only.write([[{"side": "buy"}, None]])[0][1]) is UsageError
    with pytest.raises(UsageError, match="no control for 'other'"):
        controls(store, "other")


def test_interact_takes_what_ipywidgets_takes() -> None:
    def plot(
        symbol: Literal["A", "B"],
        days: int = 10,
        scale: float = 1.0,
        note: str = "hello",
        *,
        log: bool = False,
        start: dt.date = dt.date(2024, 1, 2),
        side: Side = Side.BUY,
        low: int = 0,
        size: Any = None,
        many: Any = None,
        event: Any = None,
    ) -> None: ...

    store = store_of(plot, {"size": (0, 10, 2), "many": {"One": 1, "Two": 2}, "low": (0.0, 1.0)})
    fields = {field["name"]: field for field in controls(store).snapshot()["fields"]}
    assert {name: field["control"] for name, field in fields.items()} == {
        "symbol": "choice",
        "days": "slider",
        "scale": "slider",
        "note": "text",
        "log": "switch",
        "start": "date",
        "side": "choice",
        "low": "slider",
        "size": "slider",
        "many": "choice",
    }
    assert (fields["days"]["min"], fields["days"]["max"], store.days) == (-10, 30, 10)
    assert (fields["size"]["step"], store.size, store.low, store.many, store.symbol) == (2, 5, 0.5, 1, "A")
    assert fields["many"]["options"] == [[1, "One"], [2, "Two"]]


def test_what_interact_cannot_make_a_control_of_is_refused() -> None:
    for fn, given, said in (
        (lambda x: x, {}, "x: give it a default"),
        (lambda x: x, {"x": object()}, "there is no control for <object"),
        (lambda x=1: x, {"y": 2}, "no parameter 'y'; it has x"),
    ):
        with pytest.raises(UsageError, match=said):
            store_of(fn, given)
