"""Controls and live panels in a real window: what a person sets runs Python and is drawn; two windows stay in step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from traitlets import Bool, Enum, Float, Instance, Int, List, TraitError, Tuple, Unicode, validate

import jupyterwin as jw
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from jupyterwin.panels.dashboard import Dashboard
from support.panels import colours, picture, until
from support.screen import becomes

SECONDS = 20


class Params(jw.Store):
    symbol = Enum(["MSFT", "AAPL", "NVDA"], default_value="MSFT", help="Which share")
    days = Int(30, min=1, max=90)
    volume = Bool(default_value=True)
    note = Unicode("a note")
    start = Instance(dt.date, args=(2024, 5, 17))
    at = Instance(dt.datetime, args=(2024, 5, 17, 9, 30))
    band = Tuple(Float(), Float(), default_value=(20.0, 70.0)).tag(min=0, max=100)
    kinds = List(Enum(["open", "close"]), default_value=["open"])
    count = Int(5)
    market = Enum(["Paris", "London", "Tokyo", "Zurich", "Oslo"], default_value="Oslo")

    @validate("count")
    def _is_odd(self, proposal: Any) -> int:
        if proposal.value % 2 == 0:
            raise TraitError(f"{proposal.value} is even")
        return int(proposal.value)


SET = """
const row = document.querySelector(`[data-name="$NAME"]`);
const input = row.querySelectorAll("input, select")[$NTH];
if (["checkbox", "radio"].includes(input.type)) input.click();
else {
    input.value = $VALUE;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
}
"""


def set_by_hand(window: Window, name: str, value: str = "null", nth: int = 0) -> None:
    """What a person does with the nth input of a control."""
    window.eval(SET.replace("$NAME", name).replace("$VALUE", value).replace("$NTH", str(nth))).result(SECONDS)


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def shown(window: Window, name: str) -> str:
    return f"document.querySelector('[data-name={name}] input, [data-name={name}] select')"


@pytest.mark.parametrize(
    ("name", "nth", "value", "now"),
    [
        ("symbol", 1, "null", "AAPL"),
        ("days", 0, "'60'", 60),
        ("days", 1, "'61'", 61),
        ("volume", 0, "null", False),
        ("note", 0, "'other'", "other"),
        ("start", 0, "'2025-01-02'", dt.date(2025, 1, 2)),
        ("band", 0, "'90'", (70.0, 70.0)),
        ("kinds", 1, "null", ["open", "close"]),
        ("count", 0, "'7'", 7),
        ("market", 0, "'2'", "Tokyo"),
    ],
)
def test_a_person_sets_a_trait(app: App, name: str, nth: int, value: str, now: Any) -> None:
    store = Params()
    window = app.open("controls", content=jw.controls(store))
    until(window, "document.querySelectorAll('.jw-control').length === 10")
    set_by_hand(window, name, value, nth)
    becomes(f"{name} is {now}", lambda: getattr(store, name) == now)


def test_a_time_is_that_of_the_persons_clock(app: App) -> None:
    store = Params()
    window = app.open("time", content=jw.controls(store, "at"))
    until(window, "document.querySelector('[data-name=at] input').value.startsWith('2024-05-17T09:30')")
    set_by_hand(window, "at", "'2024-06-01T10:45:30'")
    becomes("the time is set", lambda: store.at.astimezone().isoformat()[:19] == "2024-06-01T10:45:30")


def test_two_windows_stay_in_step_and_refusals_are_said_where_they_were_made(app: App) -> None:
    store = Params()
    one, two = app.open("one", content=jw.controls(store)), app.open("two", content=jw.controls(store, "count", "days"))
    for window in (one, two):
        until(window, "document.querySelector('[data-name=days] input').value === '30'")
    set_by_hand(one, "days", "'77'")
    until(two, "document.querySelector('[data-name=days] input').value === '77'")
    store.days = 5
    for window in (one, two):
        until(window, "document.querySelector('[data-name=days] input').value === '5'")
    wrong = "document.querySelector('[data-name={}] [role=alert]:not([hidden])')?.textContent"
    set_by_hand(two, "count", "'8'")
    until(two, f"{wrong.format('count')} === '8 is even'")
    set_by_hand(two, "days", "'200'", 1)
    until(two, f"{wrong.format('days')}?.includes('90')")
    until(two, "document.querySelector('[data-name=count] input').value === '5'")
    until(two, "document.querySelectorAll('[data-name=days] input')[1].value === '5'")
    assert one.eval(f"{wrong.format('count')} ?? null").result(SECONDS) is None
    set_by_hand(two, "count", "'9'")
    until(
        two, f"{wrong.format('count')} === undefined && document.querySelector('[data-name=count] input').value === '9'"
    )
    assert (store.count, store.days) == (9, 5)


def test_every_control_has_a_name_a_hint_and_a_key(app: App) -> None:
    window = app.open("named", content=jw.controls(Params()))
    until(window, "document.querySelectorAll('.jw-control').length === 10")
    nameless = """[...document.querySelectorAll('.jw-control input, .jw-control select')].filter((el) =>
        !(el.labels?.length || el.ariaLabel || el.closest('[aria-labelledby]'))).length"""
    assert window.eval(nameless).result(SECONDS) == 0
    described = "document.querySelector('[data-name=symbol] [aria-describedby]').getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join('')"
    assert window.eval(described).result(SECONDS) == "Which share"
    assert colours(picture(window)) > 8


def test_controls_run_a_function_whose_panel_follows(app: App) -> None:
    board = Dashboard("Interact", "controls plot", app=app)

    def plot(symbol: str = "MSFT", *, days: int = 3) -> str:
        return f"{symbol} over {days} days"

    store = board.interact(plot, symbol=["MSFT", "AAPL"])
    window = board.window
    text = "document.querySelector('[data-kind=text]').textContent"
    until(window, f"{text} === 'MSFT over 3 days'")
    set_by_hand(window, "symbol", nth=1)
    until(window, f"{text} === 'AAPL over 3 days'")
    store.days = 9
    until(window, f"{text} === 'AAPL over 9 days'")
    again = window.next("ready")
    window.reload()
    again.result(SECONDS)
    until(window, f"{text} === 'AAPL over 9 days'")
