"""Options, traits, methods and events of the native window, under a real window manager, read back from the X server.

One window serves many rows: each row says what is done, and what X or the window's listeners must then say.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from jupyterwin.errors import UsageError, WindowClosed
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.screen import NativeWindow, Screen, becomes

pytestmark = pytest.mark.usefixtures("desktop")

BOUND = 20.0
PLAIN = {"html": "<p>text</p>"}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\xdac\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
)
ADD, REMOVE = 1, 0


OPTIONS: dict[str, tuple[dict[str, Any], Callable[[NativeWindow], bool]]] = {
    "width and height": ({"width": 420, "height": 310}, lambda x: x.box[2:] == (420, 310)),
    "x and y": ({"x": 130, "y": 90}, lambda x: (x.box.x - x.frame[0], x.box.y - x.frame[2]) == (130, 90)),
    "in the middle": ({"width": 400, "height": 300}, lambda x: abs(x.box.x - 200) < 10 and abs(x.box.y - 350) < 30),
    "center": ({"center": True, "x": 3, "width": 400}, lambda x: abs(x.box.x - 200) < 10),
    "screen by number": ({"screen": 1, "width": 400}, lambda x: abs(x.box.x - 1000) < 10),
    "screen by id": ({"screen": "right", "x": 10, "y": 20}, lambda x: x.box.x - x.frame[0] == 810),
    "clamped to its limits": ({"width": 500, "max_width": 300, "height": 100, "min_height": 200}, lambda x: x.box[2:] == (300, 200)),
    "limits": (
        {"min_width": 210, "min_height": 160, "max_width": 700, "max_height": 650},
        lambda x: x.limits == (210, 160, 700, 650),
    ),
    "maximized": ({"maximized": True}, lambda x: x.states >= {"MAXIMIZED_VERT", "MAXIMIZED_HORZ"}),
    "fullscreen": ({"fullscreen": True}, lambda x: "FULLSCREEN" in x.states and x.box == (0, 0, 800, 1000)),
    "kiosk": ({"kiosk": True}, lambda x: x.states >= {"FULLSCREEN", "ABOVE"}),
    "frame": ({"frame": False, "width": 300, "x": 40, "y": 50}, lambda x: x.box[:2] == (40, 50) and sum(x.frame) < 5),
    "resizable": ({"resizable": False, "width": 333, "height": 222}, lambda x: x.limits == (333, 222, 333, 222)),
    "minimizable": ({"minimizable": False}, lambda x: not x.functions & 8),
    "maximizable": ({"maximizable": False}, lambda x: not x.functions & 16),
    "closable": ({"closable": False}, lambda x: not x.functions & 32),
    "always_on_top": ({"always_on_top": True}, lambda x: "ABOVE" in x.states),
    "skip_taskbar": ({"skip_taskbar": True}, lambda x: "SKIP_TASKBAR" in x.states),
    "focusable": ({"focusable": False}, lambda x: not x.takes_keyboard),
    "opacity": ({"opacity": 0.5}, lambda x: abs(x.opacity - 0.5) < 0.01),
    "icon": ({"icon": PNG}, lambda x: x.has_icon),
}  # fmt: skip


def test_each_option_is_what_x_says(app: App, screen: Screen) -> None:
    for name, (options, holds) in OPTIONS.items():
        window = app.open(name, **PLAIN, remember=False, **options)
        native = screen.window(name)
        becomes(name, lambda native=native, holds=holds: bool(native.frame) and holds(native))
        window.destroy().result(BOUND)
        becomes(f"{name} is gone", lambda name=name: not screen.windows(name))


TRAITS: list[tuple[str, Any, Callable[[NativeWindow], bool]]] = [
    ("title", "other", lambda x: x.title == "other"),
    ("bounds", {"x": 200}, lambda x: x.box.x - x.frame[0] == 200),
    ("bounds", {"width": 450, "height": 320}, lambda x: x.box[2:] == (450, 320)),
    ("opacity", 0.25, lambda x: abs(x.opacity - 0.25) < 0.01),
    ("always_on_top", True, lambda x: "ABOVE" in x.states),
    ("always_on_top", False, lambda x: "ABOVE" not in x.states),
    ("skip_taskbar", True, lambda x: "SKIP_TASKBAR" in x.states),
    ("skip_taskbar", False, lambda x: "SKIP_TASKBAR" not in x.states),
    ("minimizable", False, lambda x: not x.functions & 8),
    ("maximizable", False, lambda x: not x.functions & 16),
    ("maximizable", True, lambda x: bool(x.functions & 16)),
    ("closable", False, lambda x: not x.functions & 32),
    ("focusable", False, lambda x: not x.takes_keyboard),
    ("resizable", False, lambda x: x.limits[:2] == x.limits[2:] == x.box[2:]),
    ("resizable", True, lambda x: x.limits[2] == 0),
    ("min_width", 123, lambda x: x.limits[0] == 123),
    ("max_height", 777, lambda x: x.limits[3] == 777),
    ("icon", PNG, lambda x: x.has_icon),
    ("mode", "maximized", lambda x: "MAXIMIZED_VERT" in x.states),
    ("mode", "fullscreen", lambda x: "FULLSCREEN" in x.states),
    ("mode", "normal", lambda x: not x.states & {"FULLSCREEN", "MAXIMIZED_VERT"}),
]


def test_each_trait_changes_the_window_when_it_is_set(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **PLAIN, width=400, height=300)
    native = screen.window("w")
    for trait, value, holds in TRAITS:
        setattr(window, trait, value)
        becomes(f"{trait} = {value!r}", lambda holds=holds: holds(native))
    for trait, bad in {"opacity": 2, "zoom": 9, "mode": "huge", "bounds": {"z": 1}, "background": "red", "icon": b"GIF"}.items():  # fmt: skip
        with pytest.raises(UsageError, match=rf"^{trait}: "):
            setattr(window, trait, bad)
    window.zoom = 2.0
    becomes("zoom", lambda: window.eval("innerWidth").result(BOUND) == window.bounds["width"] // 2)


METHODS: list[tuple[str, dict[str, Any], list[str], Callable[[Window], bool]]] = [
    ("set_bounds", {"x": 90.4}, ["move", "moved"], lambda w: w.bounds["x"] == 90),
    ("set_bounds", {"width": 480, "height": 340}, ["resize", "resized"], lambda w: w.bounds["height"] == 340),
    ("maximize", {}, ["maximize", "resized"], lambda w: w.mode == "maximized" and w.normal_bounds["width"] == 480),
    ("minimize", {}, ["minimize", "blur"], lambda w: w.mode == "minimized"),
    ("restore", {}, ["restore", "focus"], lambda w: w.mode == "maximized"),
    ("unmaximize", {}, ["unmaximize", "resized"], lambda w: w.mode == "normal" and w.bounds["x"] == 90),
    ("set_full_screen", {}, ["enter-full-screen", "resized"], lambda w: w.mode == "fullscreen"),
    ("restore", {}, ["leave-full-screen", "resized"], lambda w: w.bounds["width"] == 480),
    ("blur", {}, ["blur"], lambda w: not w.focused),
    ("focus", {}, ["focus"], lambda w: w.focused),
    ("center", {}, ["move", "moved"], lambda w: abs(w.bounds["x"] - 160) < 5),
    ("hide", {}, ["hide"], lambda w: not w.visible and not w.focused),
    ("show", {}, ["show"], lambda w: w.visible),
]


def test_each_method_is_followed_by_traits_and_told_by_events(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **PLAIN, width=400, height=300, x=30, y=60)
    becomes("focus", lambda: window.focused)
    for method, arguments, events, holds in METHODS:
        heard = {event: window.next(event) for event in events}
        resized = [window.next("resize")] if events == ["move", "moved"] else []
        getattr(window, method)(**arguments).result(BOUND)
        for event, pending in heard.items():
            becomes(f"{method}: {event}", pending.done)
        becomes(f"after {method}", lambda holds=holds: holds(window))
        for pending in resized:
            assert not pending.done(), "a pure move is no resize"
            pending.cancel()
    changed = window.next("always-on-top-changed")
    window.always_on_top = True
    assert changed.result(BOUND) is True
    sides = ("x", "y", "width", "height")
    becomes("X's bounds", lambda: window.bounds == dict(zip(sides, outside(screen.window("w")), strict=True)))


def outside(native: NativeWindow) -> tuple[int, int, int, int]:
    """Bounds as the product counts them: the frame's corner, the size inside."""
    left, _, top, _ = native.frame or (0, 0, 0, 0)  # none yet
    return native.box.x - left, native.box.y - top, native.box.width, native.box.height


def test_what_the_person_does_is_followed(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **PLAIN, width=400, height=300)
    native = screen.window("w")
    steps: list[tuple[str, Callable[[], None], Callable[[], bool]]] = [
        ("resize", lambda: native.ask_manager("_NET_MOVERESIZE_WINDOW", 0xF00, 50, 60, 510, 370), lambda: window.bounds["width"] == 510),
        ("maximize", lambda: state(screen, native, ADD, "MAXIMIZED_VERT", "MAXIMIZED_HORZ"), lambda: window.mode == "maximized"),
        ("unmaximize", lambda: state(screen, native, REMOVE, "MAXIMIZED_VERT", "MAXIMIZED_HORZ"), lambda: window.mode == "normal"),
        ("enter-full-screen", lambda: state(screen, native, ADD, "FULLSCREEN"), lambda: window.mode == "fullscreen"),
        ("leave-full-screen", lambda: state(screen, native, REMOVE, "FULLSCREEN"), lambda: window.mode == "normal"),
        ("minimize", lambda: native.ask_manager("WM_CHANGE_STATE", 3), lambda: window.mode == "minimized"),
        ("restore", lambda: native.ask_manager("_NET_ACTIVE_WINDOW", 2), lambda: window.mode == "normal"),
    ]  # fmt: skip
    for event, act, holds in steps:
        heard = window.next(event)
        act()
        assert heard.exception(BOUND) is None, f"no {event}"
        becomes(event, holds)


def state(screen: Screen, native: NativeWindow, action: int, *names: str) -> None:
    native.ask_manager("_NET_WM_STATE", action, *(screen.atom(f"_NET_WM_STATE_{name}") for name in names))


def test_stacking_and_the_keyboard(app: App, screen: Screen) -> None:
    low, high = (open_ready(app, name, **PLAIN, width=300, height=200) for name in ("low", "high"))
    becomes("the last one on top", lambda: screen.stacking()[-1] == "high" and screen.active() == "high")
    low.move_top().result(BOUND)
    becomes("low on top, high with the keyboard", lambda: screen.stacking()[-1] == "low" and screen.active() == "high")
    high.hide().result(BOUND)
    becomes("low has the keyboard", lambda: screen.active() == "low")
    high.show_inactive().result(BOUND)
    becomes("high is seen", lambda: bool(screen.windows("high")))
    assert screen.active() == "low"
    high.flash().result(BOUND)
    becomes("high asks for attention", lambda: "DEMANDS_ATTENTION" in screen.window("high").states)
    high.flash(on=False).result(BOUND)
    becomes("and no longer", lambda: "DEMANDS_ATTENTION" not in screen.window("high").states)
    low.focus().result(BOUND)
    becomes("low is active", lambda: screen.active() == "low")


def test_a_modal_child_is_above_its_parent_and_takes_its_input(app: App, screen: Screen) -> None:
    click = "<body style='margin:0'><script nonce>let n = 0; onmousedown = () => n++</script>"
    parent = open_ready(app, "parent", html=click, width=500, height=400, x=20, y=20)
    child = open_ready(app, "child", **PLAIN, parent=parent, modal=True, width=200, height=100, x=560, y=20)
    native = screen.window("parent")
    becomes("stacked", lambda: screen.stacking()[-2:] == ["parent", "child"])
    assert (child.parent, parent.children) == (parent, [child])
    parent.move_top().result(BOUND)
    assert screen.window("child").transient_for is not None
    becomes("the child stays above", lambda: screen.stacking()[-1] == "child")
    native.click(100, 300)
    native.click_close_button()
    assert parent.eval("n").result(BOUND) == 0
    child.destroy().result(BOUND)
    becomes("gone", lambda: not screen.windows("child"))
    native.click(100, 300)
    becomes("input again", lambda: parent.eval("n").result(BOUND) == 1)
    heirs = [open_ready(app, "child", **PLAIN, parent=parent)]
    heirs.append(open_ready(app, "grandchild", **PLAIN, parent=heirs[0]))
    closed = [window.next("closed") for window in (parent, *heirs)]
    parent.close().result(BOUND)
    for pending in closed:
        pending.result(BOUND)
    with pytest.raises(UsageError, match=r"^modal: "):
        app.open("alone", modal=True)


def test_the_kernel_may_keep_a_window_open(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **PLAIN)
    asked: list[bool] = []

    def keep(event: Any) -> None:
        asked.append(event.window is window)
        event.prevent_default()

    dispose = window.on("close", keep)
    window.close().result(BOUND)
    window.eval("1").result(BOUND)  # by now the host knows that it is to ask
    screen.window("w").click_close_button()
    becomes("asked twice", lambda: asked == [True, True])
    assert window.eval("1").result(BOUND) == 1
    dispose()
    closed = window.next("closed")
    screen.window("w").click_close_button()
    closed.result(BOUND)
    for method in ("show", "hide", "focus", "maximize", "restore", "center", "flash", "set_full_screen"):
        with pytest.raises(WindowClosed, match="window 'w' is closed"):
            getattr(window, method)()
    window.title = "nobody sees it"
    assert (window.status, window.name, window.dropped) == ("closed", "w", 1)
    window.destroy().result(BOUND)


def test_a_page_title_may_be_refused(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", html="<title>from the page</title>")
    assert screen.window("from the page")
    window.on("page-title-updated", lambda event: event.prevent_default() if "bad" in event.title else None)
    window.eval("document.title = 'bad one'").result(BOUND)
    window.eval("document.title = 'good one'").result(BOUND)
    assert screen.window("good one")
    assert not screen.windows("bad one")
    assert window.title == "good one"


def test_a_window_that_is_hidden_for_a_moment_has_the_keyboard_again(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **PLAIN)
    becomes("focus", lambda: window.focused)
    for _ in range(3):
        blurred, focused = window.next("blur"), window.next("focus")
        window.hide().result(BOUND)
        blurred.result(BOUND)
        window.show().result(BOUND)
        focused.result(BOUND)
    assert window.focused
    becomes("the window manager says so too", lambda: screen.active() == "w")
    window.hide()
    window.show_inactive().result(BOUND)
    other = open_ready(app, "other", **PLAIN)
    becomes("the other has it", lambda: other.focused and not window.focused)


def test_a_hidden_window_says_when_it_can_be_shown(app: App, screen: Screen) -> None:
    window = app.open("w", **PLAIN, show=False)
    window.next("ready-to-show").result(BOUND)
    assert not screen.windows("w")
    window.show().result(BOUND)
    assert screen.window("w")


def spare_of(app: App) -> int:
    """The renderer that waits for the next window, once it has painted and does nothing any more."""
    rests: dict[int, int] = {}

    def rested() -> bool:
        for process in app.metrics():
            if process.type == "renderer" and not process.windows:
                rests[process.pid] = rests.get(process.pid, 0) + 1 if not process.cpu else 0
        return max(rests.values(), default=0) > 10

    becomes("a spare that rests", rested)
    return max(rests, key=lambda pid: rests[pid])


def test_a_window_appears_in_its_place_with_its_background(app: App, screen: Screen) -> None:
    """However long its renderer takes to paint."""
    open_ready(app, "warm", **PLAIN, x=900, y=500)
    renderer = spare_of(app)
    os.kill(renderer, signal.SIGSTOP)
    dark = app.open("dark", **PLAIN, background="#102030", x=100, y=100, width=400, height=300)
    painted = dark.next("did-finish-load")
    native = screen.window("dark")
    seen = [(native.box, native.colours()) for _ in range(50)]
    os.kill(renderer, signal.SIGCONT)
    while not painted.done():
        seen.append((native.box, native.colours()))
    assert dark.pid == renderer
    assert seen[0][0][2:] == (400, 300)
    assert len({box for box, _ in seen}) == 1, f"it moved: {seen}"
    assert set().union(*(colours for _, colours in seen)) == {(16, 32, 48)}, "it flashed"
