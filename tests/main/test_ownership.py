"""Whose is what was registered: cells with and without names, scripts, threads, modules; and that nothing piles up."""

from __future__ import annotations

import functools
import gc
import threading
import types
from collections.abc import Callable
from typing import Any

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.ipc import Ipc
from jupyterwin.main.ownership import Cells, cells
from jupyterwin.testing import DEADLINE, HeadlessApp


def cell(key: str, body: Callable[[], Any], *, identified: bool = True) -> Any:
    cells.begin(key, identified=identified)
    try:
        return body()
    finally:
        cells.end()


def defined(source: str, module: str = "__main__") -> Any:
    """A function `handler` as a cell of a notebook would define it."""
    namespace: dict[str, Any] = {"__name__": module}
    exec(source, namespace)  # noqa: S102 -- as a notebook does
    return namespace["handler"]


HANDLER = "def handler(*_args): return 1"


class Part:
    def __init__(self, ipc: Ipc) -> None:
        ipc.on("x", self.heard)

    def heard(self, _event: Any) -> None:
        """Hear."""


def listeners(ipc: Ipc, channel: str = "x") -> int:
    return len(ipc.take_listeners(channel))


def test_two_cells_may_use_one_name(app: HeadlessApp) -> None:
    for key in ("one", "two"):
        cell(key, lambda: app.ipc.on("x", defined(HANDLER)))
    assert listeners(app.ipc) == 2
    cell("one", lambda: None)
    assert listeners(app.ipc) == 1


def test_two_cells_may_register_one_function(app: HeadlessApp) -> None:
    shared = defined(HANDLER)
    for key in ("one", "two"):
        cell(key, lambda: app.ipc.on("x", shared))
    assert listeners(app.ipc) == 2


def test_a_second_handler_of_the_same_name_from_another_cell_raises(app: HeadlessApp) -> None:
    cell("one", lambda: app.ipc.handle("x", defined(HANDLER)))
    with pytest.raises(UsageError, match="a second handler"):
        cell("two", lambda: app.ipc.handle("x", defined(HANDLER)))
    with pytest.raises(UsageError, match="a second handler"):
        cell("one", lambda: [app.ipc.handle("x", defined(HANDLER)) for _ in range(2)])
    cell("one", lambda: app.ipc.handle("x", defined(HANDLER)))


def test_a_module_that_is_loaded_again_replaces_what_it_registered(app: HeadlessApp) -> None:
    for key in ("one", "two"):
        cell(key, lambda: app.ipc.on("x", defined(HANDLER, "module")))
        cell(f"{key} too", lambda: app.ipc.on("y", defined(HANDLER, "module")), identified=False)
        assert listeners(app.ipc, "x") == 1
        assert listeners(app.ipc, "y") == 1
    app.ipc.on("x", defined(HANDLER, "module"))
    assert listeners(app.ipc, "x") == 1
    assert listeners(app.ipc, "y") == 1


def test_an_edited_cell_without_a_name_replaces_what_it_registered(app: HeadlessApp) -> None:
    for key in ("before", "after"):
        cell(key, lambda: app.ipc.on("x", defined(HANDLER)), identified=False)
    assert listeners(app.ipc) == 1


def test_two_instances_of_a_class_both_hear(app: HeadlessApp) -> None:
    for register in (
        lambda: [Part(app.ipc), Part(app.ipc)],  # a script: no cell at all
        lambda: cell("one", lambda: [Part(app.ipc), Part(app.ipc)]),
        lambda: [cell(key, lambda: Part(app.ipc)) for key in ("one", "two")],
    ):
        app.ipc.clear()
        register()
        assert listeners(app.ipc) == 2


def test_closures_of_one_function_all_hear(app: HeadlessApp) -> None:
    def make(number: int) -> Callable[..., int]:
        def handler(_event: Any) -> int:
            return number

        return handler

    for number in range(3):
        app.ipc.on("x", make(number))
    assert listeners(app.ipc) == 3


def test_what_a_thread_of_a_cell_registers_is_replaced_when_it_is_defined_again(app: HeadlessApp) -> None:
    def run() -> None:
        thread = threading.Thread(target=lambda: app.ipc.on("x", defined(HANDLER)))
        thread.start()
        thread.join(DEADLINE)

    for _ in range(3):
        cell("one", run)
    assert listeners(app.ipc) == 1


@pytest.mark.parametrize(
    "fn",
    [
        functools.partial(defined(HANDLER), 1),
        defined("handler = lambda *args: 1"),
        defined("class A:\n  def m(self, *args): return 1\nhandler = A().m"),
        defined("class A:\n  def __call__(self, *args): return 1\nhandler = A()"),
        defined("import functools\ndef f(*args): return 1\nhandler = functools.lru_cache(f)"),
        print,
    ],
)
def test_every_kind_of_function_belongs_to_its_cell(app: HeadlessApp, fn: Any) -> None:
    for _ in range(3):
        cell("one", lambda: (app.ipc.on("x", fn), app.ipc.handle("x", fn), app.on("quit", fn)))
    assert listeners(app.ipc) == 1
    cell("one", lambda: None)
    assert app.ipc.channels() == set()


def test_one_function_may_serve_two_channels(app: HeadlessApp) -> None:
    fn = defined(HANDLER)
    for _ in range(3):
        cell("one", lambda: [app.ipc.handle(channel, fn) for channel in ("x", "y")])
    assert app.ipc.channels() == {"x", "y"}


def test_decorators_return_the_function(app: HeadlessApp) -> None:
    window = app.open("a")

    @window.ipc.handle("x")
    @window.ipc.on("y")
    @window.on("resize")
    def both(_event: Any) -> str:
        return "called"

    assert isinstance(both, types.FunctionType)
    assert app.page(window).call("x") == "called"


def test_what_a_handler_registers_belongs_to_the_cell_of_the_handler(app: HeadlessApp) -> None:
    window = app.open("a")

    def more(event: Any) -> None:
        event.window.ipc.handle("more", lambda _event: "more")

    cell("one", lambda: window.ipc.handle("x", more))
    page = app.page(window)
    page.call("x")
    assert page.call("more") == "more"
    cell("one", lambda: None)
    assert window.ipc.channels() == set()


def test_a_thread_that_is_not_there_is_refused(app: HeadlessApp) -> None:
    with pytest.raises(UsageError, match="thread: one of worker, main"):
        app.ipc.handle("x", print, thread="Main")


def sizes(table: Cells) -> int:
    return sum(
        len(entries)
        for name in ("_by_cell", "_by_place", "_windows")
        for entries in [*getattr(table, name).values(), getattr(table, name)]
    )


def test_a_cell_that_runs_a_thousand_times_leaves_no_more_than_one_that_ran_once(app: HeadlessApp) -> None:
    window = app.open("a")

    def body() -> None:
        app.ipc.handle("x", defined(HANDLER))
        window.ipc.on("x", defined(HANDLER))
        window.ipc.on("x", lambda _event: None)
        window.on("resize", defined(HANDLER))
        app.open(html="<p>", expose=[defined(HANDLER)])

    for _ in range(3):
        cell("one", body)
    before = sizes(cells)
    for _ in range(1000):
        cell("one", body)
    assert sizes(cells) == before
    assert len(app.windows) == 2


def test_what_comes_and_goes_in_one_run_does_not_pile_up(app: HeadlessApp) -> None:
    def body() -> None:
        window = app.open("a")
        before = sizes(cells)
        for number in range(200):
            app.ipc.on(f"reply-{number}", defined(HANDLER))()
            window.ipc.on(f"reply-{number}", defined(HANDLER))()
            window.ipc.once("x", defined(HANDLER))
            window.ipc.take_listeners("x")
            window.ipc.handle_once("x", defined(HANDLER))
            window.ipc.take_handler("x")
            window.ipc.handle("x", defined(HANDLER))
            window.ipc.remove_handler("x")
            fn = defined(HANDLER)
            window.ipc.on("x", fn)
            window.ipc.off("x", fn)
            window.once("resize", defined(HANDLER))()
            window.once("resize", defined(HANDLER))
            window.emit("resize")
            window.next("resize").cancel()
        assert sizes(cells) == before
        assert not window.ipc._listeners
        assert not window._emitter._listeners

    cell("one", body)


def test_windows_that_are_closed_leave_nothing(app: HeadlessApp) -> None:
    def body() -> None:
        for number in range(30):
            for window in (app.open(f"{number}"), app.open(html="<p>")):
                window.ipc.handle("x", defined(HANDLER))
                window.on("resize", defined(HANDLER))
                closed = window.next("closed")
                window.close()
                closed.result(DEADLINE)

    cells.begin("one", identified=True)
    before = sizes(cells)
    body()
    assert sizes(cells) == before
    cells.end()
    gc.collect()


def test_values_in_a_context_are_not_compared(app: HeadlessApp) -> None:
    """A disposer takes away its own listener, and looks into nobody's context variables."""
    import contextvars

    class Untouchable:
        def __eq__(self, other: object) -> bool:
            raise AssertionError("compared")

        __hash__ = None  # type: ignore[assignment]  # as numpy's arrays

    variable: contextvars.ContextVar[Any] = contextvars.ContextVar("variable")
    window, fn = app.open("a"), defined(HANDLER)
    disposers = []
    for _ in range(2):
        variable.set(Untouchable())
        disposers.append(window.on("resize", fn))
    disposers[1]()
    assert len(window._emitter._listeners["resize"]) == 1


def test_what_is_taken_before_its_cell_owns_it_leaves_nothing(
    app: HeadlessApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is for one call or event, and another thread is quick."""
    window, own = app.open("a"), cells.own

    def late(*args: Any) -> Any:
        window.ipc.take_listeners("x")
        window.ipc.take_handler("x")
        window.emit("resize")
        return own(*args)

    monkeypatch.setattr(cells, "own", late)

    def body() -> None:
        before = sizes(cells)
        window.ipc.once("x", defined(HANDLER))
        window.ipc.handle_once("x", defined(HANDLER))
        window.once("resize", defined(HANDLER))
        assert sizes(cells) == before

    cell("one", body)
