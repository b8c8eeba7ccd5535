"""Asks of which year dates such as 3月5日 are, and shows the year that was told otherwise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from handover.clock import today
from handover.i18n import tr
from ui.theme.style import number_box, role
from ui.theme.tokens import SPACE

_FIRST, _LAST = 1900, 2200


class YearQuestion(QFrame):
    """A sentence, a year and a button to take it.

    Signals:
        answered: the year, by the user's hand.
    """

    answered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 2)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.year = number_box(self)
        self.year.setRange(_FIRST, _LAST)
        self.year.setGroupSeparatorShown(False)
        self.year.setAccessibleName(tr("Year of the dates"))
        self.take = QPushButton(tr("Take this year"), self)
        self.take.setAutoDefault(False)
        self.take.clicked.connect(lambda: self.answered.emit(self.year.value()))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.year)
        row.addWidget(self.take)
        self.hide()

    def ask(self, sentence: str, year: int | None) -> None:
        """Show what is asked or was told, with the year in force; without one the year is this one until another is
        typed.
        """
        if sentence != self.sentence.text() or year is not None:  # what is being typed stays as it is
            self.year.setValue(year or today().year)
        self.sentence.setText(sentence)
        self.show()
