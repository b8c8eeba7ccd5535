"""The line at the foot of the window: that all is saved, what was just said, and the sums of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from handover.i18n import tr
from ui.theme.style import role

SAID_FOR_MS = 10_000


class StatusLine(QStatusBar):
    """Left what was done, right what the page sums up.

    Signals:
        undo_wanted: the link beside the sentence was pressed.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton(self)
        role(self.undo, "link")
        self.undo.clicked.connect(self.undo_wanted)
        self.undo.clicked.connect(self.lapse)
        self.undo.hide()
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(self.said)
        self.addWidget(self.undo)
        self.addPermanentWidget(self.summary)
        self._lasting = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.lapse)
        self._told = 0  # acts since something was said

    def rest(self, sentence: str) -> None:
        """What stands there when nothing is being said; what was said of an act goes when the next one comes."""
        if sentence != self._lasting:
            self._told += 1
        self._lasting = sentence
        if not self._timer.isActive():
            self.said.setText(sentence)
        elif self._told > 1:
            self.lapse()

    def say(self, sentence: str, undo: bool = False) -> None:
        """Say something for ten seconds; it leads with a link that takes it back if wanted."""
        self.said.setText(sentence)
        self.undo.setText(tr("Undo"))
        self.undo.setVisible(undo)
        self._told = 0
        self._timer.start(SAID_FOR_MS)

    def sum_up(self, sentence: str) -> None:
        """What the page says of its rows or its selection."""
        self.summary.setText(sentence)

    def lapse(self) -> None:
        """Nothing is being said any more."""
        self._timer.stop()
        self.undo.hide()
        self.said.setText(self._lasting)
