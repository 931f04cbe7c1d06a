"""Output: where what code prints and displays goes: under its cell, to a panel, and into the log of a window.

The kernel's streams and publishers stay what they are; what is written to them passes by here first. Who they belong to is
told by the kernel's own mark of the cell (the parent header), which a copied context carries to threads and tasks.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from jupyterwin.main.handlers import beside
from jupyterwin.main.notices import notices
from jupyterwin.notebook import streams
from jupyterwin.panels import capture
from jupyterwin.panels.widgets.lane import callbacks

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

    from jupyterwin.panels.capture import Capture


_takers: dict[str, Capture] = {}
"""By the message that asked for the cell to run."""

_detach: list[Callable[[], None]] = []


def take(message: str, taker: Capture) -> None:
    """The output of the cell that this message asked for goes here from now on, also what comes late."""
    _takers[message] = taker


def let_go(message: str) -> None:
    """It goes under the cell again."""
    _takers.pop(message, None)


def attach(ip: InteractiveShell) -> None:
    """Stand before the streams and publishers of a kernel. In a terminal nothing is changed. Again: neither."""
    kernel = getattr(ip, "kernel", None)
    if _detach or kernel is None:
        return
    streams.attach(kernel, _written)
    _detach.append(lambda: streams.detach(kernel))
    publisher: Any = ip.display_pub
    _replace(publisher, "publish", _publish(publisher, publisher.publish))
    _replace(publisher, "clear_output", _clear_output(publisher, publisher.clear_output))
    _replace(ip.displayhook, "finish_displayhook", _finish(ip.displayhook))
    _replace(ip, "showtraceback", _show_traceback(ip.showtraceback))
    notices.show = _folded
    _detach.append(notices.reset)


def detach(_ip: InteractiveShell) -> None:
    """As it was."""
    while _detach:
        _detach.pop()()
    _takers.clear()


def _replace(owner: Any, name: str, function: Any) -> None:
    setattr(owner, name, function)

    def back() -> None:
        if owner.__dict__.get(name) is function:
            delattr(owner, name)

    _detach.append(back)


def _taker(owner: Any) -> Capture | None:
    """The part of a cell that says so itself comes before its whole."""
    if (inner := capture.current()) is not None:
        return inner
    return _takers.get((owner.parent_header or {}).get("msg_id", "")) if _takers else None


def _written(name: str, stream: Any, text: str) -> bool:
    if (printed := beside.printed()) is not None:
        printed.write(name, text)
    taker = _taker(stream)
    return taker is not None and taker.write(name, text)


def _publish(publisher: Any, publish: Callable[..., None]) -> Callable[..., None]:
    def published(
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *arguments: Any,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **options: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id", "")
        mine = _taker(publisher)
        # What was displayed in a panel is displayed anew there, whoever does it.
        takers = [one for one in (mine, *(_takers.values() if update else ())) if one is not None]
        if not any(one.display(data, metadata or {}, display_id, update=update) for one in takers):
            publish(data, metadata, *arguments, transient=transient, update=update, **options)
        if (printed := beside.printed()) is not None and not update:  # what is in the log has been shown
            printed.write("stdout", f"{data.get('text/plain', ', '.join(data))}\n")

    return published


def _clear_output(publisher: Any, clear_output: Callable[..., None]) -> Callable[..., None]:
    def cleared(wait: bool = False) -> None:  # noqa: FBT001, FBT002 -- IPython's
        taker = _taker(publisher)
        if taker is None or not taker.clear(wait=wait):
            clear_output(wait)

    return cleared


def _finish(hook: Any) -> Callable[[], None]:
    finish = hook.finish_displayhook

    def finished() -> None:
        taker, message = _taker(hook), getattr(hook, "msg", None)
        content = message["content"] if message else {}
        if (
            taker
            and content.get("data")
            and taker.display(content["data"], content["metadata"] or {}, "", update=False)
        ):
            hook.msg = None
        else:
            finish()

    return finished


def _show_traceback(show: Callable[..., None]) -> Callable[..., None]:
    """A library that calls code of the user's beside cells, and shows its errors itself, leaves them to who called it."""

    def shown(*arguments: Any, **options: Any) -> None:
        if not callbacks.take_error(sys.exc_info()[1]):
            show(*arguments, **options)

    return shown


def _folded(text: str, trace: str) -> None:
    """A notice as a front end shows it: one line, its traceback folded; as plain text the line alone."""
    import html

    from IPython.display import display

    line = html.escape(text)
    body = f"<div style='{_NOTICE}'>{line}</div>"
    if trace:
        body = f"<details style='{_NOTICE}'><summary>{line}</summary><pre style='margin:4px 0 0'>{html.escape(trace)}</pre></details>"
    with contextlib.suppress(Exception):  # a shell that is going has nobody to show it to
        display({"text/plain": text, "text/html": body}, raw=True)


_NOTICE = (
    "font:12px/1.5 var(--jp-code-font-family,monospace);color:var(--jp-error-color1,#b42318);overflow-wrap:anywhere"
)
