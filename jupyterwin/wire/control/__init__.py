"""The frames of the host's control comm: what the kernel asks of the window host, and what the host reports.

Both ends are Python. A control comm message's ``data`` is a list of one kind: `Command` from the kernel, `Event` from
the host. A command with an ``id`` other than 0 is answered by exactly one `Reply` with that id. The stream underneath
is reliable and ordered; ids count from 1 for each sender and are never reused.

One module for each domain; each ends in what it adds to `Command` and `Event`.
"""

from __future__ import annotations

from jupyterwin.wire.control import asking, contents, dialogs, displays, downloads, files, host, menus, policy, windows
from jupyterwin.wire.control.asking import Ask, Asked, Decide
from jupyterwin.wire.control.base import HOST_COMM, HOST_TARGET
from jupyterwin.wire.control.contents import (
    AnswerSync,
    Capture,
    Console,
    Content,
    DevTools,
    Evaluate,
    Go,
    LoadContent,
    Loaded,
    Preload,
    Print,
    Reload,
    RendererGone,
    RendererReady,
    SandboxState,
    ShowCrash,
    Undrawn,
)
from jupyterwin.wire.control.dialogs import BeginModal, EndModal
from jupyterwin.wire.control.displays import Display, Displays, FindPointer
from jupyterwin.wire.control.downloads import PIECE, ActOnDownload, DownloadChanged, DownloadStarted, ReadDownload
from jupyterwin.wire.control.files import EnoughOf, MoreOf, Resource, Served, ServedPiece
from jupyterwin.wire.control.host import Failed, Quit, Ready, Reply, SetTheme, Startup, Theme
from jupyterwin.wire.control.menus import MenuClicked, MenuItem, PopupMenu, SetMenu
from jupyterwin.wire.control.native import MODES, Bounds, Insets, Mode, Native, Place
from jupyterwin.wire.control.policy import Refused, SetPolicy
from jupyterwin.wire.control.windows import (
    Action,
    ActOnWindow,
    Changed,
    Closed,
    CloseWindow,
    CreateWindow,
    Happened,
    SetWindow,
)

Command = (
    windows.COMMANDS
    | asking.COMMANDS
    | contents.COMMANDS
    | dialogs.COMMANDS
    | downloads.COMMANDS
    | displays.COMMANDS
    | files.COMMANDS
    | policy.COMMANDS
    | menus.COMMANDS
    | host.COMMANDS
)
Event = (
    windows.EVENTS
    | asking.EVENTS
    | contents.EVENTS
    | displays.EVENTS
    | downloads.EVENTS
    | files.EVENTS
    | policy.EVENTS
    | menus.EVENTS
    | host.EVENTS
)

__all__ = [
    "HOST_COMM",
    "HOST_TARGET",
    "MODES",
    "PIECE",
    "ActOnDownload",
    "ActOnWindow",
    "Action",
    "AnswerSync",
    "Ask",
    "Asked",
    "BeginModal",
    "Bounds",
    "Capture",
    "Changed",
    "CloseWindow",
    "Closed",
    "Command",
    "Console",
    "Content",
    "CreateWindow",
    "Decide",
    "DevTools",
    "Display",
    "Displays",
    "DownloadChanged",
    "DownloadStarted",
    "EndModal",
    "EnoughOf",
    "Evaluate",
    "Event",
    "Failed",
    "FindPointer",
    "Go",
    "Happened",
    "Insets",
    "LoadContent",
    "Loaded",
    "MenuClicked",
    "MenuItem",
    "Mode",
    "MoreOf",
    "Native",
    "Place",
    "PopupMenu",
    "Preload",
    "Print",
    "Quit",
    "ReadDownload",
    "Ready",
    "Refused",
    "Reload",
    "RendererGone",
    "RendererReady",
    "Reply",
    "Resource",
    "SandboxState",
    "Served",
    "ServedPiece",
    "SetMenu",
    "SetPolicy",
    "SetTheme",
    "SetWindow",
    "ShowCrash",
    "Startup",
    "Theme",
    "Undrawn",
]
