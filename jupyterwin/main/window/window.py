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
from jupyterwin.main.window.traits import Traits

if TYPE_CHECKING:
    from jupyterwin.main.app import App


class Window(Native, Contents, Messages, Allowed, Menus, Downloads):
    """A window of its own: `Window(name, html=…, expose=[…])`. It lives until it is closed, whoever holds this object.

    The traits (``bounds``, ``mode``, ``title``, ``opacity`` …: `jupyterwin.main.window.traits`) follow what the person does
    with the native window, and setting one changes it. The options are in `jupyterwin.main.window.options`. Observers and event listeners run on worker threads, one after another for each window.

    Opening returns at once; what is sent before the page is ready waits for it, in order. After it is closed, `send` is
    counted, logged once and dropped (``on_closed="raise"``: `WindowClosed`), calls end in `WindowClosed`, and ``name``,
    ``status`` and ``log`` stay readable.
    """

    _public: ClassVar[tuple[str, ...]] = (
        *"name id ready log pid dropped traffic debug".split(),
        *"ipc on once next send drained invoke eval types post_message".split(),
        *"content panel refresh load reload back forward capture pdf serve devtools".split(),
        *"allow set_menu context_menu".split(),
        *"close destroy show show_inactive hide focus blur move_top flash minimize maximize unmaximize".split(),
        *"restore set_full_screen set_bounds center parent children".split(),
        *(name for name in Traits.class_trait_names() if not name.startswith("_")),
    )

    def __init__(self, name: str | None = None, *, app: App | None = None, **options: Any) -> None:
        if app is None:
            from jupyterwin.main.app import app as app_of_this_process  # a cycle at import

            app = app_of_this_process
        super().__init__(app)
        app.adopt(self, name, options)

    def ready(self) -> Pending[Window]:
        """The window itself, once its page is connected; the error, if it never comes to that."""
        return self._first_ready

    def __dir__(self) -> list[str]:
        return list(self._public)

    def __repr__(self) -> str:
        return f"<Window {self.name!r} {self.status}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        del include, exclude
        return card.of_window(self)
