"""The displays as the kernel knows them: what the host says, and the events between two such sayings."""

from __future__ import annotations

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.screen import changes
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control
from jupyterwin.wire.control import Bounds, Display

LEFT = Display("left", Bounds(0, 0, 800, 600), Bounds(0, 0, 800, 560), primary=True)
RIGHT = Display("right", Bounds(800, 0, 800, 600), Bounds(800, 0, 800, 600))


def test_the_host_is_started_to_say_which_displays_there_are(app: HeadlessApp) -> None:
    assert [one.id for one in app.screen.get_all_displays()] == ["headless"]
    assert len(app.hosts) == 1


def test_changes_are_told(app: HeadlessApp) -> None:
    app.screen.get_all_displays()
    added, removed = app.screen.next("display-added"), app.screen.next("display-removed")
    app.hosts[0].tell(control.Displays([LEFT]))
    assert (added.result(DEADLINE).id, removed.result(DEADLINE).id) == ("left", "headless")
    assert app.screen.get_primary_display() == LEFT


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ([LEFT], [LEFT], []),
        ([LEFT], [LEFT, RIGHT], [("display-added", RIGHT)]),
        ([LEFT, RIGHT], [LEFT], [("display-removed", RIGHT)]),
        ([LEFT], [Display("left", LEFT.bounds, LEFT.bounds, 2.0, primary=True)], ["work_area", "scale_factor"]),
    ],
)
def test_events_between_two_states(before: list[Display], after: list[Display], events: list[object]) -> None:
    told = changes(before, after)
    assert told == events or told == [("display-metrics-changed", after[0], events)]


def test_a_display_that_is_not_there_is_named_with_those_that_are(app: HeadlessApp) -> None:
    with pytest.raises(UsageError, match=r"^screen: there is no display 'none'; there are 'headless'"):
        app.screen.find("none")
