"""Window: a native window and its page, as the user drives it from the kernel. The native part lives in the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.main.pending import Pending
from jupyterwin.main.window import card
from jupyterwin.main.window.allowed import Allowed
from jupyterwin.main.window.contents import Contents
from jupyterwin.main.window.downloads import Downloads
from jupyterwin.main.window.menus import Menus
from jupyterwin.main.window.messages import Messages
from jupyterwin.main.window.native import Native
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.app import App


class Window(Native, Contents, Messages, Allowed, Menus, Downloads):
    """A window of its own: `Window(name, html=…, expose=[…])`. It lives until it is closed, whoever holds this object.

    The traits follow what the person does with the native window; setting ``title``, ``bounds``, ``visible``, ``mode``
    or ``zoom`` changes it. Observers and event listeners run on worker threads, one after another for each window.

    Opening returns at once; what is sent before the page is ready waits for it, in order. After it is closed, `send` is
    counted, logged once and dropped (``on_closed="raise"``: `WindowClosed`), calls end in `WindowClosed`, and ``name``,
    ``status`` and ``log`` stay readable.
    """

    _public: ClassVar[tuple[str, ...]] = tuple(
        "allow back bounds can_go_back can_go_forward capture close context_menu debug destroy devtools eval focus focused forward hide id "
        "invoke ipc load log mode name next on once pdf pid "
        "post_message ready reload sandbox send set_menu show status title types url visible zoom dropped".split()
    )

    def __init__(self, name: str | None = None, *, app: App | None = None, **options: Any) -> None:
        if app is None:
            from jupyterwin.main.app import app as app_of_this_process  # a cycle at import

            app = app_of_this_process
        super().__init__(app)
        app.adopt(self, name, options)

    # -------------------------------------------------- events

    def ready(self) -> Pending[Window]:
        """The window itself, once its page is connected; the error, if it never comes to that."""
        return self._first_ready

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` at each event, on a worker thread, in order. Returns the disposer; as a decorator, the function.

        The events are Electron's, and ``ready``: `jupyterwin.main.window.events` lists them.
        """
        self._listened_to(event)
        return self._emitter.on(event, fn)

    def once(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """As `on`, for the next such event alone."""
        self._listened_to(event)
        return self._emitter.on(event, fn, once=True)

    def next(self, event: str) -> Pending[Any]:
        """The next such event, as its detail."""
        self._listened_to(event)
        return self._emitter.next(event)

    def _listened_to(self, event: str) -> None:
        if event == "will-navigate":  # else the page does not wait to be told
            self._asks = True
            if self.status != "closed" and hasattr(self, "_link"):
                self._link.tell(control.AskNavigation(0, self.id))

    def __dir__(self) -> list[str]:
        return list(self._public)

    def __repr__(self) -> str:
        return f"<Window {self.name!r} {self.status}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        del include, exclude
        return card.of_window(self)
