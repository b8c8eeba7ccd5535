"""What stands above and below the fields of a row: its reference and the ways on, and the buttons of a new row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from handover.i18n import tr
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class PaneHead(QWidget):
    """The reference of the row in hand with its state, the ways to its neighbours, and the way out.

    Signals:
        step_wanted: so many rows on.
        closed: the cross was pressed.
    """

    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self, pill: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 2, SPACE)
        self.reference = QLabel(self)
        self.reference.setTextFormat(Qt.TextFormat.PlainText)
        self.reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role(self.reference, "lead")
        row.addWidget(self.reference)
        row.addSpacing(SPACE * 2)
        row.addWidget(pill)
        row.addStretch(1)
        for picture, name, rows in (("chevron-up", tr("Previous row"), -1), ("chevron-down", tr("Next row"), 1)):
            button = self._tool(picture, name)
            button.clicked.connect(lambda _on=False, n=rows: self.step_wanted.emit(n))
            row.addWidget(button)
        cross = self._tool("x", tr("Close the details"))
        cross.clicked.connect(self.closed)
        row.addWidget(cross)

    def _tool(self, picture: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button


class DraftFoot(QWidget):
    """The buttons below a row on its way in.

    Signals:
        given_up: it is not to come in.
        more_wanted: it is, and another after it.
        wanted: it is, and is shown then.
    """

    given_up = Signal()
    more_wanted = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 2)
        stop = QPushButton(tr("Discard"), self)
        stop.clicked.connect(self.given_up)
        more = QPushButton(tr("Add and go on"), self)
        more.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        more.clicked.connect(self.more_wanted)
        self.add_button = QPushButton(tr("Add row"), self)
        role(self.add_button, "primary")
        self.add_button.clicked.connect(self.wanted)
        row.addWidget(stop)
        row.addStretch(1)
        row.addWidget(more)
        row.addWidget(self.add_button)
        self.hide()
