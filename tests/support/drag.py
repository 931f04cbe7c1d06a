"""A program that lets go of a link over whatever is on the screen: the source of a drag, in Qt, in a process of its own.

``python drag.py URL X Y``: drags the URL from its own small window to a point of the screen, with a real pointer.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path


def drop(url: str, x: int, y: int) -> None:
    """Do it, and return when it is done."""
    command = [sys.executable, str(Path(__file__)), url, str(x), str(y)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=40, check=False)
    assert done.returncode == 0, done.stderr


def main(url: str, x: int, y: int) -> None:
    """Show a window, press on it, move to the point, and let go there."""
    from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
    from PySide6.QtGui import QDrag
    from PySide6.QtWidgets import QApplication, QWidget
    from Xlib import X, display
    from Xlib.ext import xtest

    screen = display.Display()

    def pointer(kind: int, **at: int) -> None:
        xtest.fake_input(screen, kind, **at)
        screen.sync()

    class Source(QWidget):
        def mousePressEvent(self, _event: object) -> None:  # noqa: N802 -- Qt's
            drag, data = QDrag(self), QMimeData()
            data.setUrls([QUrl(url)])
            drag.setMimeData(data)
            drag.actionChanged.connect(lambda action: accepted.append(action != Qt.DropAction.IgnoreAction))
            moving = QTimer(self, interval=100)
            moving.timeout.connect(move)
            moving.start()
            drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction)
            moving.stop()
            QTimer.singleShot(200, QApplication.quit)

    accepted: list[bool] = []
    steps = count()

    def move() -> None:
        """On and on over that point, until what is below would take it; let go there then."""
        step = next(steps)
        pointer(X.MotionNotify, x=x + 10 * (step % 2), y=y)
        if step > 2 and accepted and accepted[-1]:
            pointer(X.ButtonRelease, detail=X.Button1)

    application = QApplication(["drag"])
    source = Source()
    source.setGeometry(1200, 700, 120, 80)
    source.show()

    def press() -> None:
        if not source.windowHandle().isExposed():
            QTimer.singleShot(50, press)
            return
        pointer(X.MotionNotify, x=1250, y=740)
        pointer(X.ButtonPress, detail=X.Button1)

    QTimer.singleShot(50, press)
    QTimer.singleShot(30_000, lambda: application.exit(1))
    sys.exit(application.exec())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
