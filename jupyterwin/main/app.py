"""App: the application of a kernel: its windows, by name. `app`, `open`, `ipc` and `every` are here for the user."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.errors import EngineMissing, SandboxUnavailable, UsageError
from jupyterwin.main.applife import QUIT_SECONDS, AppLife
from jupyterwin.main.menus import Menu
from jupyterwin.main.naming import Unnamed, name_by_cell
from jupyterwin.main.ownership import cells
from jupyterwin.main.places.arranging import Arranging
from jupyterwin.main.window import Window
from jupyterwin.main.window.life import Life
from jupyterwin.main.window.options import checked
from jupyterwin.security.profile import DEFAULT, Profile, parse_partition

if TYPE_CHECKING:
    from jupyterwin.main.hostlink import HostLink
    from jupyterwin.main.window.options import WindowOptions


class App(Arranging, AppLife):
    """The application of this kernel. Windows are kept alive by it, not by variables."""

    _public: ClassVar[tuple[str, ...]] = (
        *"windows ipc screen open on once next every wait quit warm policy metrics clear_partition".split(),
        *"tile layouts save_layout restore_layout forget_layout application_menu set_application_menu".split(),
        *"register_preload_script unregister_preload_script get_preload_scripts".split(),
    )

    def __dir__(self) -> list[str]:
        return list(self._public)

    # -------------------------------------------------- windows

    def open(self, name: str | None = None, **options: Any) -> Window:
        """The window of that name: opened if there is none, else given this content and these exposures.

        Options as for `Window`. Without a name, the window is named by its cell: running the cell again updates it.
        """
        name = name or name_by_cell(self.windows)
        with self._opening:
            window = self.windows.get(name)
            if window is None or window.leaving:
                return Window(name, app=self, **options)
            chosen = checked(**options)
            chosen.check_profile(window.profile, options)
            window.replace(chosen).add_done_callback(lambda _loaded: None)  # the log says what went wrong
            self._show(window)
            return window

    def adopt(self, window: Window, name: str | None, options: dict[str, Any]) -> None:
        """Name a new window and open it in the host. Called by `Window`."""
        chosen = checked(**options)
        with self._opening:
            called = name or name_by_cell(self.windows)
            window.name, window.named = str(called), not isinstance(called, Unnamed)
            old = self.windows.get(window.name)
            if old is not None and (name is None or old.leaving):
                old.destroy()
                self.windows.drop(old)
            self.windows.claim(window.name, window)
            self._pace.enter()
            self.before_window()
            try:
                window.permit(chosen.allow)
                self._policies.apply(window)
                window.open_in(self._host_of(chosen), chosen)
                self._show(window)
            except BaseException:
                self.windows.drop(window)
                self._pace.leave()
                raise
        window.observe(lambda _change: self.theming.look(), "focused")  # who comes back may have changed the desktop
        self._emitter.emit("window-created", window)

    def _host_of(self, options: WindowOptions) -> HostLink:
        """A native host; where there can be none, and nothing else was asked for, one whose windows are under cells."""
        try:
            return self._running_host(options.min_sandbox, options.profile())
        except (EngineMissing, SandboxUnavailable) as problem:
            if self.front_end is None or not options.may_move(problem):
                raise
            self.front_end.explain(problem)
            return self._running_host(options.min_sandbox, options.profile("notebook"))

    def _show(self, window: Life) -> None:
        if window.profile.where == "notebook" and self.front_end is not None:
            self.front_end.show(window)

    def move(self, window: Life, error: Exception) -> bool:
        """The native host could not start after all: open the window under its cell, soon. False where that cannot be."""
        front_end = self.front_end
        if front_end is None or not window.options.may_move(error):
            return False
        front_end.explain(error)
        window.profile = window.options.profile("notebook")
        # It is shown when it has its host: its place asks for that at once.
        self.bring_back(window, error, lambda: window.context.copy().run(front_end.show, window))
        return True

    def bring_back(self, window: Life, error: Exception, then: Callable[[], object] = lambda: None) -> None:
        """The host of `window` crashed: open it again in another, soon, and call `then`. Called by `Window`."""

        def bring() -> None:
            try:
                with self._opening:
                    window.open_again(self._running_host(window.options.min_sandbox, window.profile))
                then()
            except Exception as problem:  # noqa: BLE001 -- whatever it is, the window must not stay half-way
                window.log.add("error", f"it could not be brought back: {problem}", "jupyterwin")
                window.ended(error)

        self._lane.submit(bring)

    def forget(self, window: Life) -> None:
        """A window is gone. Called by `Window`, once."""
        self.windows.drop(window)
        if window.name not in self.windows:
            cells.forget_window(window.name)
        self._pace.leave()
        if not len(self.windows):
            self._emitter.emit("window-all-closed")
        if window.profile != DEFAULT:
            self._lane.submit(lambda: self._retire(window.profile))

    def _retire(self, profile: Profile) -> None:
        with self._opening:
            self._hosts.retire(profile, QUIT_SECONDS)

    def clear_partition(self, name: str) -> None:
        """Forget all that pages stored in the partition ``persist:…`` of this name; without it, nothing happens.

        Blocks for as long as the disk does. Raises `UsageError` while a window of it is open, here or in another kernel.
        """
        profile = Profile(parse_partition(name))
        if not profile.lasting:
            msg = f"name: 'persist:name' is needed, the others are in memory, got {name!r}"
            raise UsageError(msg)
        with self._opening:
            self._hosts.retire(profile, QUIT_SECONDS)
            self._hosts.clear(profile)

    # -------------------------------------------------- life

    def warm(self) -> None:
        """Start the window host, with a page in waiting, before the first window needs it. Returns at once.

        Raises `EngineMissing` or `SandboxUnavailable` where none can be started. With one running it does nothing.
        """
        self._running_host("outer")

    def policy(self, fn: Callable[[Window], object]) -> Callable[[], None]:
        """Call `fn` with every window: those that are open, now, and each to come, before it loads anything.

        The one place to restrict what any window may do, whoever opens it. `fn` runs on the thread that opens the window
        and should only set things; when it raises, that window is not opened, and the error is told to who opens it.
        Returns the disposer.
        """
        with self._opening:  # one that is being opened is there by then, or comes later
            return self._policies.add(fn, self.windows)

    def set_application_menu(self, menu: Menu | None) -> None:
        """Show this menu as the bar of every window, those to come too, but for those with a menu of their own."""
        if menu is not None and not isinstance(menu, Menu):
            msg = f"menu: a jupyterwin.Menu is needed, got {menu!r}"
            raise UsageError(msg)
        self.application_menu = menu
        for window in self.windows:
            window.application_menu_changed()


app = App()
"""The application of this process."""

screen = app.screen
"""The displays of the desktop, and its pointer."""

ipc = app.ipc
"""The global ipc: a window may use its channels only if its ``grant=`` names them."""


def open(name: str | None = None, **options: Any) -> Window:
    """The window of that name, opened if needed, else given this content and these exposures. See `Window`."""
    return app.open(name, **options)


def every(seconds: float, fn: Callable[[], object] | None = None, *, window: Window | None = None) -> Any:
    """Call `fn` every so many seconds: it never overlaps itself and ends with its cell or `window`. See `App.every`."""
    return app.every(seconds, fn, window=window)
