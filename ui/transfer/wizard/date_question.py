"""Asks which of two readings of a date is meant."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.values import shown
from handover.values.date_columns import DateReading
from handover.values.date_text import Order
from ui.theme.style import role
from ui.theme.tokens import SPACE


class DateQuestion(QFrame):
    """Asks which of two readings of a date is meant, on a real cell of the file.

    Signals:
        answered: the order of day, month and year.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "info")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        column.addWidget(self.sentence)
        self._group = QButtonGroup(self)
        #: What is asked in the moment: the columns and the cell.
        self.asked: tuple[object, ...] | None = None
        self.readings: dict[str, QRadioButton] = {}
        for order in ("DMY", "MDY", "YMD"):
            button = QRadioButton(self)
            self.readings[order] = button
            self._group.addButton(button)
            button.toggled.connect(lambda on, o=order: self.answered.emit(o) if on else None)
            column.addWidget(button)
        self.hide()

    def ask(self, headings: list[str], reading: DateReading, chosen: Order | None) -> None:
        """Show the question with the first cell that can be read in two ways, and the answer where there is one."""
        telling = [e for e in reading.examples if e[2] is not None and e[2] != e[1]]
        cell, used, other = (telling or list(reading.examples))[0]
        order = reading.order or "DMY"
        self.show()
        if self.asked == (headings, cell):
            return  # what is being answered stays as it is
        self.asked = headings, cell
        self.sentence.setText(
            tr("The dates in {fields} can be read in two ways. What does “{cell}” mean?",
               fields=tr(", ").join(headings), cell=cell)
        )  # fmt: skip
        said = {order: used, "DMY" if order == "MDY" else "MDY": other}
        self._group.setExclusive(False)
        for key, button in self.readings.items():
            button.setVisible(key in said)
            button.setChecked(key == chosen)
            if key in said:
                button.setText(_reading(key, said[key]))
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        """The first answer gets the keyboard."""
        next(b for b in self.readings.values() if b.isVisibleTo(self)).setFocus()


def _reading(order: str, day: dt.date | None) -> str:
    """How a cell reads in an order; only the order where it can't be read so."""
    text = shown.moment(day) if day is not None else "–"
    if order == "MDY":
        return tr("{day} (the month comes first)", day=text)
    if order == "YMD":
        return tr("{day} (the year comes first)", day=text)
    return tr("{day} (the day comes first)", day=text)
