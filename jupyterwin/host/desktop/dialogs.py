"""File dialogs and message boxes in Qt, each belonging to a window of another process. They know no kernel and no page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDir, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHeaderView, QMessageBox, QSpacerItem, QTreeView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QGridLayout

    from jupyterwin.wire import desktop as wire

_ICONS = {
    "none": QMessageBox.Icon.NoIcon,
    "info": QMessageBox.Icon.Information,
    "warning": QMessageBox.Icon.Warning,
    "error": QMessageBox.Icon.Critical,
    "question": QMessageBox.Icon.Question,
}
_FILES = QSize(860, 520)
_FRAME = QSize(24, 48)
_MESSAGE_WIDTH = 360
"""At their own sizes a file dialog cuts off its dates, and a message box breaks a sentence into many lines."""

_FILE_MODES = {
    ("open", False): QFileDialog.FileMode.ExistingFile,
    ("open", True): QFileDialog.FileMode.ExistingFiles,
    ("folder", False): QFileDialog.FileMode.Directory,
    ("folder", True): QFileDialog.FileMode.Directory,
    ("save", False): QFileDialog.FileMode.AnyFile,
}


def choose_files(request: wire.FileDialog, answer: Callable[[object], None]) -> None:
    """Show a file dialog until the person has chosen or cancelled."""
    dialog = QFileDialog(None, request.title)
    dialog.setFileMode(_FILE_MODES[request.mode, request.multiple])
    if request.mode == "save":
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not request.confirm_overwrite)
    if request.mode == "folder":
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if request.filters:
        dialog.setNameFilters([f"{name} ({' '.join(patterns)})" for name, patterns in request.filters])
        suffix = request.filters[0][1][0].removeprefix("*.")
        dialog.setDefaultSuffix("" if "*" in suffix else suffix)
    if request.hidden:
        dialog.setFilter(dialog.filter() | QDir.Filter.Hidden)
    if request.button:
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, request.button)
    start = Path(request.start)
    dialog.setDirectory(str(start if start.is_dir() else start.parent))
    if not start.is_dir():
        dialog.selectFile(start.name)
    _make_room(dialog)
    answer(dialog.selectedFiles() if _run(dialog, request) else [])


def _make_room(dialog: QFileDialog) -> None:
    room = _FILES
    for screen in QGuiApplication.screens():  # on whichever it is put, its buttons are seen
        room = room.boundedTo(screen.availableSize() - _FRAME)
    dialog.resize(room)
    table = dialog.findChild(QTreeView, "treeView")
    if table is not None:  # the desktop's own dialog has none
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)


def ask(request: wire.MessageBox, answer: Callable[[object], None]) -> None:
    """Show a message box until a button was pressed; closing it, or Escape, is the cancel button."""
    box = QMessageBox(_ICONS[request.icon], request.title, request.message)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(request.detail)
    buttons = [box.addButton(_literal(label), QMessageBox.ButtonRole.ActionRole) for label in request.buttons]
    box.setDefaultButton(buttons[request.default])
    box.setEscapeButton(buttons[request.cancel])
    checkbox = QCheckBox(_literal(request.checkbox))  # kept here: the box does not keep it alive
    checkbox.setChecked(request.checked)
    if request.checkbox:
        box.setCheckBox(checkbox)
    grid = cast("QGridLayout", box.layout())
    grid.addItem(QSpacerItem(_MESSAGE_WIDTH, 0), grid.rowCount(), 0, 1, grid.columnCount())
    _run(box, request)
    pressed = box.clickedButton()
    index = next((number for number, button in enumerate(buttons) if button is pressed), request.cancel)
    answer([index, bool(request.checkbox) and checkbox.isChecked()])


def _literal(label: str) -> str:
    """A label as it is: an ampersand in it names no key."""
    return label.replace("&", "&&")


def _run(dialog: QDialog, request: wire.FileDialog | wire.MessageBox) -> bool:
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.winId()  # makes the native window, which the next line is about
    owner = QWindow.fromWinId(request.parent) if request.parent else None
    if owner is not None:
        dialog.windowHandle().setTransientParent(owner)
        dialog.adjustSize()
        dialog.move(_centred(dialog.frameGeometry(), QRect(*request.place)).topLeft())
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return bool(dialog.exec())


def _centred(box: QRect, area: QRect) -> QRect:
    """`box` in the middle of an area, but never beyond the screen."""
    screen = (QGuiApplication.screenAt(area.center()) or QGuiApplication.primaryScreen()).availableGeometry()
    box.moveCenter(area.center())
    box.moveLeft(max(screen.left(), min(box.left(), screen.right() - box.width())))
    box.moveTop(max(screen.top(), min(box.top(), screen.bottom() - box.height())))
    return box
