"""The meeting on a screen of its own: all that its page shows, over the whole of the projector's screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QScreen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.shell.banner import Banner
from ui.shell.keyboard import next_pane, press_focused
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


def screen_beside(here: QScreen) -> QScreen:
    """The screen on which a meeting is shown: another than that of the window, such as a projector, if there is one."""
    return next((each for each in QGuiApplication.screens() if each is not here), here)


class MeetingScreen(QWidget):
    """A window that holds what was on the page, until Esc or F11 closes it.

    Args:
        shown: what it holds; who listens to ``left`` takes it back.
        panes: between which F6 goes.

    Signals:
        left: it closes.
    """

    left = Signal()

    def __init__(self, context: Context, shown: QWidget, panes: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Meeting on the screen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._panes = panes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = Banner("danger", self)
        column.addWidget(self.banner)
        column.addWidget(shown, 1)
        self.said = QLabel(self)
        self.said.setContentsMargins(SPACE * 6, 0, SPACE * 6, SPACE * 2)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        role(self.said, "secondary")
        column.addWidget(self.said)
        context.told.connect(self._say)
        context.complained.connect(self.banner.complain)
        context.complaint_over.connect(self.banner.hide)
        for keys, act in (("Esc", self.close), ("F11", self.close), ("F6", self._next), ("Shift+F6", self._before)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(act)
            self.addAction(action)

    def fill_screen(self, screen: QScreen) -> None:
        """Show it over the whole of a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.left.emit()
        super().closeEvent(event)

    def _say(self, sentence: str, _undo: bool) -> None:
        self.said.setText(sentence)

    def _next(self) -> None:
        next_pane(self._panes)

    def _before(self) -> None:
        next_pane(self._panes, back=True)
