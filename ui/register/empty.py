"""What stands in place of rows when there are none: what belongs there and the first step, or why nothing is found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.theme.icons import icon
from ui.theme.tokens import SPACE


class EmptyState(QWidget):
    """A sentence with the buttons of the first step.

    Signals:
        add_wanted, import_wanted, clear_wanted: a button was pressed.
        paste_wanted: rows are to be pasted where there are none yet.
    """

    add_wanted = Signal()
    import_wanted = Signal()
    clear_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE * 3)
        column.addStretch(2)
        self._icon = icon(picture, "border")
        self._picture = QLabel(self)
        self._picture.setPixmap(self._icon.pixmap(QSize(40, 40)))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._picture)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addStretch(1)
        self.bring = self._button(tr("Import a workbook"), "import", self.import_wanted)
        self.add = self._button(tr("Add the first row"), "plus", self.add_wanted)
        self.clear = self._button(tr("Clear all filters"), "x", self.clear_wanted)
        for button in (self.bring, self.add, self.clear):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def say(self, sentence: str, *, first_step: bool, filtered: bool) -> None:
        """Show a sentence with the buttons for adding, or the one that clears the filters."""
        self.sentence.setText(sentence)
        self.bring.setVisible(first_step)
        self.add.setVisible(first_step)
        self.clear.setVisible(filtered)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._picture.setPixmap(self._icon.pixmap(QSize(40, 40)))

    def _button(self, text: str, picture: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setIcon(icon(picture))
        button.clicked.connect(signal)
        return button
