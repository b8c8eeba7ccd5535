"""What every dialog of the window is: no larger than its screen, and Enter presses what has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from handover.i18n import tr
from ui.shell.keyboard import press_focused
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: What a window manager puts around a window.
FRAME = QSize(8, 36)


def ground(widget: QWidget) -> QRect:
    """The part of the screen on which a window may lie; where there is no screen, the window below."""
    if QGuiApplication.platformName() == "offscreen":
        below = widget.parentWidget()
        if below is not None:
            return below.window().geometry()
    return widget.screen().availableGeometry()


def keep_on_screen(window: QWidget, frame: QSize = FRAME) -> None:
    """Make a window no larger than its screen has room for, and move it there if need be."""
    room = ground(window)
    most = room.size() - frame
    least = window.minimumSize().boundedTo(most)
    window.setMinimumSize(least)
    window.setMaximumSize(window.maximumSize().boundedTo(most))
    window.resize(window.size().boundedTo(most))
    if QGuiApplication.platformName() == "offscreen":
        return
    place = window.frameGeometry()
    if place.right() > room.right() or place.bottom() > room.bottom() or place.top() < room.top():
        x = max(room.left(), min(place.left(), room.right() - place.width()))
        y = max(room.top(), min(place.top(), room.bottom() - place.height()))
        window.move(x, y)


class Dialog(QDialog):
    """A dialog that fits its screen; Enter presses the button that has the focus, else the default one."""

    def side_button(self, picture: str, name: str, run: object) -> QPushButton:
        """A button for an act within the dialog, which Enter presses only where it has the focus."""
        button = QPushButton(icon(picture), name, self)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def cancel_or(self, go: QPushButton) -> QHBoxLayout:
        """The last line of a dialog: *Cancel*, and the button that Enter presses."""
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addStretch(1)
        stop = QPushButton(tr("Cancel"), self)
        stop.setAutoDefault(False)
        stop.clicked.connect(self.reject)
        role(go, "primary")
        go.setDefault(True)
        row.addWidget(stop)
        row.addWidget(go)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            keep_on_screen(self)
            self._choose_default()
            self.raise_()
            self.activateWindow()  # some window managers leave the keyboard with the window below

    def _choose_default(self) -> None:
        """Where no button is the default, the primary one is."""
        buttons = self.findChildren(QPushButton)
        primary = [each for each in buttons if each.property("role") == "primary"]
        if primary and not any(each.isDefault() for each in buttons):
            primary[-1].setDefault(True)

    def done(self, result: int) -> None:
        """Close; the window below has the keyboard again, also where the window manager forgets it."""
        below = self.parentWidget()
        active = self.isActiveWindow()
        super().done(result)
        if active and below is not None and below.isVisible():
            below.window().activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)
