"""A field of a form for text of several lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.shell.keyboard import passes_on


class LongField(QPlainTextEdit):
    """Text of several lines in a form.

    Signals:
        finished: the focus left.
    """

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(64)
        self.setMaximumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.textChanged.connect(self.updateGeometry)

    def typed(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def fill(self, text: str) -> None:
        """Show a value."""
        self.setPlainText(text)

    def event(self, event: QEvent) -> bool:
        return False if passes_on(self, event) else super().event(event)

    def sizeHint(self) -> Any:  # Any: Qt's size
        size = super().sizeHint()
        lines = max(3, min(7, self.document().blockCount()))
        size.setHeight(lines * self.fontMetrics().lineSpacing() + 16)
        return size

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()
