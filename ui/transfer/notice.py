"""A coloured strip with a mark and a sentence: what is wrong, or what one should know, in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.model.vocabulary import Tone
from handover.replacing import TargetHeld
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import ICON, SPACE


class NoticeBox(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 3)
        self._picture = QLabel(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QPushButton(tr("Show details"), self)
        self.more.setAutoDefault(False)
        role(self.more, "link")
        self.more.clicked.connect(self._toggle)
        self.other = QPushButton(self)
        self.other.setAutoDefault(False)
        self.other.clicked.connect(self._take_other)
        self._write: Callable[[Path], object] | None = None
        self._held: TargetHeld | None = None
        self._plain = self._detail = ""
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, sentence: str, tone: Tone = "info", detail: str = "") -> None:
        """Show a sentence; an empty one hides the strip."""
        self._plain, self._detail = sentence, detail
        self._held = self._write = None
        self.other.hide()
        if not sentence:
            self.hide()
            return
        role(self, tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._picture.setPixmap(icon(TONE_ICONS[tone], tone).pixmap(ICON, ICON))
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.more.setVisible(bool(detail))
        self.more.setText(tr("Show details"))
        self.show()

    def complain(self, error: BaseException, write: Callable[[Path], object] | None = None) -> None:
        """Show an error of ours plainly. Others go to the window's dialog for faults, not here.

        Args:
            write: writes under another name; offered where a file can't be replaced.
        """
        detail = error.detail if isinstance(error, HandoverError) else ""
        self.say(str(error), "danger", detail)
        if write is not None and isinstance(error, TargetHeld):
            self._held, self._write = error, write
            self.other.setText(tr("Write “{name}”", name=error.instead.name).replace("&", "&&"))
            self.other.show()

    def _take_other(self) -> None:
        if self._held is not None and self._write is not None:
            self._write(self._held.instead)

    def _toggle(self) -> None:
        opened = self.sentence.text() == self._plain
        self.sentence.setText(f"{self._plain}\n{self._detail}" if opened else self._plain)
        self.more.setText(tr("Hide details") if opened else tr("Show details"))
