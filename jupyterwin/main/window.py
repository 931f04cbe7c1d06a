"""Window: a native window and its page, as the user drives it from the kernel. The native part lives in the host."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from jupyterwin.errors import HostGone, JupyterWinError, UsageError, WindowClosed
from jupyterwin.main import card
from jupyterwin.main.pending import Pending
from jupyterwin.main.picture import Picture
from jupyterwin.main.window_base import WindowBase
from jupyterwin.wire import control, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.app import App

_LONGEST = 1_000_000  # seconds, more than a week; the engine's timers end at 2^31 milliseconds


class Window(WindowBase):
    """A window of its own: `Window(name, html=…, expose=[…])`. It lives until it is closed, whoever holds this object.

    The traits follow what the person does with the native window; setting ``title``, ``bounds``, ``visible``, ``mode``
    or ``zoom`` changes it. Observers and event listeners run on worker threads, one after another for each window.

    Opening returns at once; what is sent before the page is ready waits for it, in order. After it is closed, `send` is
    counted, logged once and dropped (``on_closed="raise"``: `WindowClosed`), calls end in `WindowClosed`, and ``name``,
    ``status`` and ``log`` stay readable.
    """

    _public: ClassVar[tuple[str, ...]] = tuple(
        "bounds capture close debug destroy devtools eval focus focused hide id invoke ipc log mode name next on once pid "
        "ready reload sandbox send show status title url visible zoom dropped".split()
    )

    def __init__(self, name: str | None = None, *, app: App | None = None, **options: Any) -> None:
        if app is None:
            from jupyterwin.main.app import app as app_of_this_process  # a cycle at import

            app = app_of_this_process
        super().__init__(app)
        app.adopt(self, name, options)

    # -------------------------------------------------- messages

    def send(self, channel: str, *args: Any) -> None:
        """One-way message to the page: ``kernel.on(channel, …)`` or the preload's ``ipcRenderer.on``. Returns at once.

        Messages of a window arrive in the order of these calls, each once in the life of a document; what the page has
        not taken when it reloads is lost with it. Raises `Unserializable`, or `Overflow` when 64 MiB wait.
        """
        document = self._document
        try:
            document.send(channel, args)
        except JupyterWinError:
            if not document.closed or self._options.on_closed == "raise":
                raise
            self.count_dropped(channel)

    def invoke(self, channel: str, *args: Any, timeout: float = 30) -> Pending[Any]:
        """Call the page's handler (``kernel.handle``, ``ipcRenderer.handle``): its answer, or its error, or a deadline.

        `timeout` in seconds. A reload cancels the call, a closed window ends it in `WindowClosed`.
        """
        return self._document.invoke(channel, args, _seconds(timeout))

    # -------------------------------------------------- the page

    def reload(self) -> Pending[None]:
        """Load the content again, files and preloads read anew: a new document. Brings back a crashed page."""
        self._begin_document()
        return self._command("reload", lambda number: control.Reload(number, self.id))

    def eval(self, js: str, *, world: Literal["page", "preload"] = "page", timeout: float = 10) -> Pending[Any]:
        """Evaluate JavaScript in the top frame: an expression, or a body with ``return``; promises are awaited.

        ``world``: ``"page"`` or ``"preload"``. Throws become errors. The host keeps the deadline of `timeout` seconds.
        """
        milliseconds = round(_seconds(timeout) * 1000)
        make = lambda n: control.Evaluate(n, self.id, js, world, milliseconds)  # noqa: E731 -- one line
        return self._command("eval", make, lambda value, buffers: values.decode(value, buffers, "result"))

    def capture(self) -> Pending[Picture]:
        """A picture of what the window shows."""
        return self._command("capture", lambda number: control.Capture(number, self.id), _picture)

    def devtools(self) -> Pending[None]:
        """Open the developer tools in a window of their own; only for a window opened with ``debug=True``."""
        return self._command("devtools", lambda number: control.DevTools(number, self.id))

    # -------------------------------------------------- the native window

    def show(self) -> None:
        """Show it."""
        self.visible = True

    def hide(self) -> None:
        """Hide it; the page lives on."""
        self.visible = False

    def focus(self) -> Pending[None]:
        """Bring it to the front and give it the keyboard."""
        return self._command("focus", lambda number: control.SetWindow(number, self.id, focus=True))

    def close(self) -> Pending[None]:
        """Close it, as a click on its close button would. One that is closed already stays so."""
        return self._leave("close", force=False)

    def destroy(self) -> Pending[None]:
        """Close it without asking the page."""
        return self._leave("destroy", force=True)

    def _leave(self, what: str, *, force: bool) -> Pending[None]:
        self._told_to_close = float("inf") if force else time.monotonic()
        pending: Pending[None] = Pending(f"{what} of window {self.name!r}")
        told = self._command(what, lambda number: control.CloseWindow(number, self.id, force=force))

        def done(reply: Pending[Any]) -> None:
            error = reply.exception(0)
            if error is None or isinstance(error, WindowClosed | HostGone):
                pending.settle(None)
            else:
                pending.fail(error)

        told.add_done_callback(done)
        return pending

    # -------------------------------------------------- events

    def ready(self) -> Pending[Window]:
        """The window itself, once its page is connected; the error, if it never comes to that."""
        return self._first_ready

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` at each event, on a worker thread, in order. Returns the disposer; as a decorator, the function.

        Events: ``ready  close-events closed  render-process-gone  did-finish-load  did-fail-load  console-message
        page-title-updated  show hide focus blur move resize minimize maximize restore enter-full-screen
        leave-full-screen``.
        """
        return self._emitter.on(event, fn)

    def once(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """As `on`, for the next such event alone."""
        return self._emitter.on(event, fn, once=True)

    def next(self, event: str) -> Pending[Any]:
        """The next such event, as its detail."""
        return self._emitter.next(event)

    def __dir__(self) -> list[str]:
        return list(self._public)

    def __repr__(self) -> str:
        return f"<Window {self.name!r} {self.status}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        del include, exclude
        return card.of_window(self)


def _seconds(timeout: float) -> float:
    """A deadline as the user gave it. Raises `UsageError`."""
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= _LONGEST:
        msg = f"timeout: a number of seconds above 0, at most {_LONGEST}, is needed, got {timeout!r}"
        raise UsageError(msg)
    return timeout


def _picture(value: Any, buffers: Any) -> Picture:
    return Picture(bytes(buffers[0]), value["width"], value["height"])
