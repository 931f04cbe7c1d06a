"""jw.dialog: file dialogs and message boxes of the desktop, each in a helper process. What they are shown in, it only asks.

It draws nothing and reads no file: a chosen path is a path.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import structs

from jupyterwin.errors import Cancelled, UsageError
from jupyterwin.main.desktop import helper
from jupyterwin.main.document import window_closed
from jupyterwin.main.pending import Pending
from jupyterwin.wire import desktop as wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jupyterwin.main.window import Window

Icon = Literal["none", "info", "warning", "error", "question"]


class Response(NamedTuple):
    """What a message box was answered: the button by number and by label, and whether the checkbox is ticked."""

    response: int
    button: str
    checkbox_checked: bool


class Dialog:
    """Dialogs of the desktop. Each method returns a `Pending` at once: ``await`` it, or ``.result()``.

    ``parent=`` a window: the dialog stays above it, that window takes no input meanwhile, and closing it ends the dialog
    in `WindowClosed`. A dialog that is cancelled (``Pending.cancel``) closes. They show in a process of their own, which
    an interrupt of the cell does not reach; they raise `EngineMissing` without a screen.
    """

    def show_open_dialog(
        self,
        *,
        parent: Window | None = None,
        title: str = "",
        default_path: str | Path = "",
        filters: Mapping[str, str | Iterable[str]] | None = None,
        multiple: bool = False,
        folder: bool = False,
        show_hidden: bool = False,
        button: str = "",
    ) -> Pending[Any]:
        """Choose a file to open, or a ``folder``: its path, None when cancelled. ``multiple``: a list, then empty.

        `default_path` is where it starts: a folder, or a file in one; without it, the working directory.
        """
        if multiple and folder:
            msg = "multiple: the desktop lets a person choose several files, but one folder"
            raise UsageError(msg)
        request = wire.FileDialog(
            "folder" if folder else "open",
            title or ("Open folder" if folder else "Open"),
            _start(default_path),
            multiple=multiple,
            filters=_filters(filters),
            button=button,
            hidden=show_hidden,
        )
        return _show("show_open_dialog", request, parent, _several if multiple else _single)

    def show_save_dialog(
        self,
        *,
        parent: Window | None = None,
        title: str = "",
        default_path: str | Path = "",
        filters: Mapping[str, str | Iterable[str]] | None = None,
        confirm_overwrite: bool = True,
        show_hidden: bool = False,
        button: str = "",
    ) -> Pending[Path | None]:
        """Choose where to save: the path, None when cancelled. Nothing is written.

        `default_path` may end in the proposed name. A name without an extension gets the first one of `filters`.
        """
        request = wire.FileDialog(
            "save",
            title or "Save",
            _start(default_path),
            filters=_filters(filters),
            button=button,
            hidden=show_hidden,
            confirm_overwrite=confirm_overwrite,
        )
        return _show("show_save_dialog", request, parent, _single)

    def show_message_box(
        self,
        message: str,
        *,
        detail: str = "",
        title: str = "",
        type: Icon = "none",  # noqa: A002 -- Electron's name
        buttons: Sequence[str] = ("OK",),
        default: int = 0,
        cancel: int | None = None,
        checkbox: str = "",
        checkbox_checked: bool = False,
        parent: Window | None = None,
    ) -> Pending[Response]:
        """Tell or ask something, as plain text. `default` and `cancel` are numbers of buttons, for Enter and for Escape.

        Without `cancel`, Escape and the close button answer with the button called “Cancel” or “No”, else with the first.
        """
        labels = _labels(buttons)
        for name, value in (("default", default), ("cancel", cancel)):
            if value is not None and not (isinstance(value, int) and 0 <= value < len(labels)):
                msg = f"{name}: the number of a button, 0 to {len(labels) - 1}, is needed, got {value!r}"
                raise UsageError(msg)
        if type not in Icon.__args__:  # type: ignore[attr-defined]  # a Literal has them
            msg = f"type: one of {', '.join(Icon.__args__)} is needed, got {type!r}"  # type: ignore[attr-defined]
            raise UsageError(msg)
        escape = _escape(labels) if cancel is None else cancel
        request = wire.MessageBox(
            message, detail, title, type, labels, default, escape, checkbox=checkbox, checked=checkbox_checked
        )
        read = lambda value: Response(value[0], labels[value[0]], value[1])  # noqa: E731 -- one line
        return _show("show_message_box", request, parent, read)

    def show_error_box(self, title: str, content: str, *, parent: Window | None = None) -> Pending[Response]:
        """Tell that something went wrong."""
        return self.show_message_box(title, detail=content, type="error", parent=parent)

    def __repr__(self) -> str:
        return "<jupyterwin.dialog: show_open_dialog, show_save_dialog, show_message_box, show_error_box>"


def _show(what: str, request: Any, parent: Window | None, read: Any) -> Pending[Any]:
    if parent is None:
        return helper.ask(what, request, read)
    answer: Pending[Any] = Pending(what)
    if not hasattr(parent, "begin_modal"):
        msg = f"parent: a window is needed, got {parent!r}"
        raise UsageError(msg)
    began = parent.begin_modal()
    began.add_done_callback(lambda _: _show_in_front(began, what, request, read, answer))
    closed = parent.next("closed")
    closed.add_done_callback(lambda _: answer.fail(window_closed(parent.name)))

    def over(_: Pending[Any]) -> None:
        closed.cancel()
        began.add_done_callback(lambda _: None if began.exception(0) else parent.end_modal())

    answer.add_done_callback(over)
    return answer


def _show_in_front(began: Pending[list[int]], what: str, request: Any, read: Any, answer: Pending[Any]) -> None:
    error = began.exception(0)
    if error is not None or answer.done():
        answer.fail(error or Cancelled(what))
        return
    number, *place = began.result(0)
    shown = helper.ask(what, structs.replace(request, parent=number, place=place), read)
    shown.add_done_callback(lambda _: _pass_on(shown, answer))
    answer.add_done_callback(lambda _: shown.cancel())


def _pass_on(shown: Pending[Any], answer: Pending[Any]) -> None:
    error = shown.exception(0)
    if error is None:
        answer.settle(shown.result(0))
    else:
        answer.fail(error)


def _several(paths: list[str]) -> list[Path]:
    return [Path(path) for path in paths]


def _single(paths: list[str]) -> Path | None:
    return Path(paths[0]) if paths else None


def _start(path: str | Path) -> str:
    if not isinstance(path, str | Path):
        msg = f"default_path: a path is needed, got {path!r}"
        raise UsageError(msg)
    return str(Path(path).expanduser().absolute())


def _filters(filters: Mapping[str, str | Iterable[str]] | None) -> list[tuple[str, list[str]]]:
    pairs = []
    for name, given in dict(filters or {}).items():
        extensions = [given] if isinstance(given, str) else list(given)
        if not extensions or not all(
            (isinstance(one, str) and one.strip(".*") + "*" != "*") or one == "*" for one in extensions
        ):
            msg = f"filters[{name!r}]: extensions such as ['png', 'jpg'], or '*', are needed, got {given!r}"
            raise UsageError(msg)
        pairs.append((str(name), ["*" if one == "*" else f"*.{one.lstrip('*.')}" for one in extensions]))
    return pairs


def _labels(buttons: Sequence[str]) -> list[str]:
    labels = [buttons] if isinstance(buttons, str) else list(buttons)
    if not labels or not all(isinstance(label, str) and label for label in labels):
        msg = f"buttons: the labels of one button or more are needed, got {buttons!r}"
        raise UsageError(msg)
    return labels


def _escape(labels: list[str]) -> int:
    return next((number for number, label in enumerate(labels) if label.casefold() in {"cancel", "no"}), 0)


dialog = Dialog()
"""The dialogs of this desktop."""
