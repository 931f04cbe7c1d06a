"""One row for each switch: what a page asks for is refused and told; with the switch it is done, and nothing is told.

The page is clicked by a real pointer before each question, so that an engine has no reason of its own to say no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from jupyterwin.security.policy import SWITCHES
from jupyterwin.wire import control
from support.fake_kernel import FakeKernel
from support.screen import Screen

ASKS = Path(__file__).parent / "pages" / "asks.js"
FILES = {
    "index.html": ("text/html", b"<title>asks</title><body style='height:100vh'><script src=asks.js></script>"),
    "asks.js": ("text/javascript", ASKS.read_bytes()),
    "w.js": ("text/javascript", b""),
    "other.html": ("text/html", b""),
}
ORIGIN = "a" * 32
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Row(NamedTuple):
    """A switch: what the page is told when it is off and when it is on (patterns), and what turns it on."""

    off: str
    on: str = ""
    origins: tuple[str, ...] = ("self",)
    happens: str = ""
    """The event that the host then tells."""


ROWS = {
    "geolocation": Row("denied", "unknown"),  # nobody knows where this machine is
    "screen_capture": Row("AbortError", r"ok \[object MediaStream\]"),
    "notifications": Row("ok denied", "ok granted"),
    "clipboard": Row("NotAllowedError", "ok .*"),
    "pointer_lock": Row("SecurityError", "ok undefined"),
    "local_fonts": Row("ok false", "ok true"),
    "fullscreen": Row("ok left", "ok nothing happened"),
    "service_workers": Row("TypeError", r"ok \[object ServiceWorkerRegistration\]"),
    "downloads": Row("ok undefined"),  # on: test_downloads
    "navigation": Row("ok undefined"),
    "popups": Row("ok undefined", "ok undefined", happens="window-open"),
    "external_links": Row("ok undefined", "ok undefined", ("mailto:",), happens="open-external"),
    "file_urls": Row("ok undefined"),
    "file_chooser": Row("AbortError"),
    "dialogs": Row("ok false"),
    "devices": Row("SecurityError"),
}
NOT_ASKED_HERE = {
    "camera", "microphone",  # this machine has none: test_media makes them up
    "network",  # its refusals and grants: test_profiles
    "certificates", "credentials", "protocol_handlers",  # the engine has them for https alone
    "drops",  # test_drops
    "webgl",  # test_allow
}  # fmt: skip


def test_every_switch_has_its_row() -> None:
    assert set(ROWS) | NOT_ASKED_HERE == set(SWITCHES)


@pytest.fixture(scope="module")
def kernel(display: object) -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        one.files = FILES
        yield one


@pytest.fixture
def leaves_nothing() -> None:
    """One host serves all rows; the last one's end is seen to by the module's fixture."""


class Asking:
    """A window with the page, and the person who clicks it."""

    def __init__(self, kernel: FakeKernel, screen: Screen, window: str, allow: control.policy.Allow) -> None:
        self.kernel, self.screen, self.window = kernel, screen, window
        kernel.ask(
            control.CreateWindow, window=window, origin=(ORIGIN + window)[-32:], content=control.Content("path"),
            boot=control.windows.Boot(window), title=window, bounds=control.Bounds(10, 10, 400, 300), allow=allow,
        )  # fmt: skip
        kernel.line(window, "# here")
        kernel.ask(control.Evaluate, window=window, script=PAINTED)  # before that an engine passes over a click

    def ask(self, switch: str) -> tuple[str, list[control.Refused | control.Happened]]:
        """What the page is told, and what the host tells of it."""
        self.kernel.ask(control.Evaluate, window=self.window, script=f"document.title = {switch!r}")
        native = self.screen.window(switch)
        at = len(self.kernel.events)
        native.click(200, 200)
        said = self.kernel.line(self.window, f"# {switch}: ").partition(": ")[2]
        self.kernel.ask(control.Evaluate, window=self.window, script="1")  # what was on its way is there
        told = [one for one in self.kernel.events[at:] if isinstance(one, control.Refused | control.Happened)]
        return said, told


@pytest.fixture(scope="module")
def refused(kernel: FakeKernel, display: object) -> Iterator[Asking]:
    with Screen(display.name) as screen:
        yield Asking(kernel, screen, "off", {})
        kernel.ask(control.CloseWindow, window="off", force=True)


@pytest.fixture(scope="module")
def allowed(kernel: FakeKernel, display: object) -> Iterator[Asking]:
    with Screen(display.name) as screen:
        allow = {name: list(row.origins) for name, row in ROWS.items() if row.on}
        yield Asking(kernel, screen, "on", allow)
        kernel.ask(control.CloseWindow, window="on", force=True)


@pytest.mark.parametrize("switch", ROWS)
def test_it_is_refused_and_told(refused: Asking, switch: str) -> None:
    said, told = refused.ask(switch)
    refusals = [one for one in told if isinstance(one, control.Refused)] or [
        refused.kernel.event(control.Refused, window="off", switch=switch)
    ]
    assert {one.switch for one in refusals} == {switch}
    assert re.fullmatch(ROWS[switch].off, said)


@pytest.mark.parametrize("switch", [name for name, row in ROWS.items() if row.on])
def test_with_its_switch_it_is_done(allowed: Asking, switch: str) -> None:
    said, told = allowed.ask(switch)
    assert re.fullmatch(ROWS[switch].on, said)
    assert not [one for one in told if isinstance(one, control.Refused)]
    if happens := ROWS[switch].happens:
        allowed.kernel.event(control.Happened, window="on", event=happens)
    if switch == "fullscreen":
        allowed.kernel.event(control.Changed, mode="fullscreen")
