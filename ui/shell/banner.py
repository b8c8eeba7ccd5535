"""A bar above the page: an error that is not in the way, or a lasting remark such as "open for reading only"."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.model.vocabulary import Tone
from ui.theme.icons import Picture, icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import ICON, SPACE


class Banner(QFrame):
    """One sentence over the whole width; ``closed`` when its cross was pressed."""

    closed = Signal()

    def __init__(self, tone: Tone, parent: QWidget | None = None, *, lasting: bool = False) -> None:
        super().__init__(parent)
        role(self, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 2, SPACE * 2)
        row.setSpacing(SPACE * 2)
        row.addWidget(Picture(TONE_ICONS[tone], tone, ICON, self))
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.sentence, 1)
        self._detail = ""
        self.copy = QPushButton(self)
        role(self.copy, "link")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._detail))
        row.addWidget(self.copy)
        self.cross = QToolButton(self)
        self.cross.setIcon(icon("x"))
        self.cross.clicked.connect(self._close)
        self.cross.setVisible(not lasting)
        row.addWidget(self.cross)
        self.hide()

    def say(self, sentence: str, detail: str = "") -> None:
        """Show a sentence; its technical detail can be copied."""
        self.sentence.setText(sentence)
        self.sentence.setToolTip(detail)
        self._detail = detail
        self.copy.setText(tr("Copy details"))
        self.copy.setVisible(bool(detail))
        self.cross.setToolTip(tr("Close this message"))
        self.cross.setAccessibleName(tr("Close this message"))
        self.show()

    def complain(self, error: HandoverError) -> None:
        """Show an error's sentence."""
        self.say(str(error), error.detail)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
