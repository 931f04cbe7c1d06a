"""open_external: a link, opened by the desktop's own browser or mail program. The person is asked first, once for each origin.

It runs in the kernel's process: the window host cannot start programs. It knows no page.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from jupyterwin.errors import Broken, UsageError
from jupyterwin.main.desktop.dialog import Response, dialog
from jupyterwin.main.pending import Pending
from jupyterwin.security.origins import origin_of

if TYPE_CHECKING:
    from jupyterwin.main.window import Window

_SCHEMES = ("https", "mailto")
_PROGRAM = "xdg-open"
_STARTED = 5.0
"""Seconds after which a program that still runs is taken to have opened the link: some stay until the browser ends."""

_agreed: set[str] = set()
"""Origins that the person lets this kernel open without being asked again."""


def open_external(url: str, *, ask: bool = True, parent: Window | None = None) -> Pending[bool]:
    """Open an ``https:`` or ``mailto:`` address outside, in the person's own program. True once it is; False if refused.

    The person is asked the first time for each origin (`parent`: in front of that window), unless you say ``ask=False``.
    Raises `UsageError` for any other address, `Broken` when the desktop has no program for it.
    """
    _check(url)
    origin = origin_of(url)
    opened: Pending[bool] = Pending(f"open_external {url[:80]}")
    if not ask or origin in _agreed:
        _start(url, opened)
        return opened
    asked = dialog.show_message_box(
        f"Open {origin.removeprefix('https://').rstrip(':')} outside?",
        detail=url if len(url) <= 300 else f"{url[:300]} …",
        title="Open a link",
        type="question",
        buttons=("Open", "Cancel"),
        default=1,
        checkbox="Do not ask again for this address",
        parent=parent,
    )
    opened.on_cancel = lambda: (asked.cancel(), None)[1]
    asked.add_done_callback(lambda answer: _answered(answer, url, origin, opened))
    return opened


def _check(url: Any) -> None:
    scheme = urlsplit(url).scheme if isinstance(url, str) else ""
    if scheme not in _SCHEMES or not origin_of(url) or any(char <= " " or char == "\x7f" for char in url):
        msg = f"url: an https: or mailto: address is needed, got {url!r}"
        raise UsageError(msg)
    # Mail programs know a parameter that takes files of the person along.
    if scheme == "mailto" and any(name.lower().startswith("attach") for name, _ in parse_qsl(urlsplit(url).query)):
        msg = f"url: a mailto: address that attaches files is not opened, got {url!r}"
        raise UsageError(msg)


def _answered(asked: Pending[Response], url: str, origin: str, opened: Pending[bool]) -> None:
    error = asked.exception(0)
    if error is not None:
        opened.fail(error)
        return
    answer = asked.result(0)
    if answer.button != "Open":
        opened.settle(False)
        return
    if answer.checkbox_checked:
        _agreed.add(origin)
    _start(url, opened)


def _start(url: str, opened: Pending[bool]) -> None:
    threading.Thread(target=_run, args=(url, opened), name="jupyterwin-external", daemon=True).start()


def _run(url: str, opened: Pending[bool]) -> None:
    program = shutil.which(_PROGRAM)
    if program is None:
        opened.fail(Broken(f"{_PROGRAM} is not installed; `sudo apt-get install xdg-utils`"))
        return
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([program, url], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        status = process.wait(_STARTED)
    except subprocess.TimeoutExpired:
        status = 0
    if status:
        opened.fail(
            Broken(f"{_PROGRAM} opened nothing (it ended with {status}): which program opens such a link here?")
        )
    else:
        opened.settle(True)
    process.wait()
