"""The days that differ from the week of a calendar, as a table in which they are typed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import tr
from handover.registers.scheduling.calendars import Day
from handover.values import shown
from handover.values.typed_dates import typed_day
from ui.theme import tokens

_FIRST, _LAST, _HOURS, _NAME = range(4)


class DaysTable(QTableWidget):
    """Days that differ from the week: from, until, hours, name; what can't be read is marked and says why.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._weekdays: list[int | None] = []
        self._filling = False
        self.setHorizontalHeaderLabels([tr("From"), tr("Until"), tr("Hours (empty: no work)"), tr("Occasion")])
        self.setAccessibleName(tr("Days that differ from the week"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in ((_FIRST, 110), (_LAST, 110), (_HOURS, 180)):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.cellChanged.connect(self._changed)

    def show_days(self, days: tuple[Day, ...]) -> None:
        """Show days."""
        self._filling = True
        self.setRowCount(0)
        self._weekdays = []
        for day in days:
            self._append(day)
        self._filling = False

    def add_day(self) -> None:
        """A new line for a day off, today to begin with, in which one types."""
        self._filling = True
        self._append(Day(today(), today()))
        self._filling = False
        row = self.rowCount() - 1
        self.setCurrentCell(row, _FIRST)
        self.edit(self.currentIndex())
        self.edited.emit()

    def remove_chosen(self) -> None:
        """Take the selected lines away."""
        for row in sorted({index.row() for index in self.selectedIndexes()}, reverse=True):
            self.removeRow(row)
            del self._weekdays[row]
        self.edited.emit()

    def days(self) -> tuple[Day, ...]:
        """What stands there. Raises NotValid where something can't be read."""
        return tuple(self._day(row) for row in range(self.rowCount()))

    def _append(self, day: Day) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self._weekdays.append(day.weekday)
        for column, text in enumerate((shown.moment(day.first), shown.moment(day.last), day.hours, day.name)):
            self.setItem(row, column, QTableWidgetItem(text))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item else ""

    def _put(self, row: int, column: int, day: dt.date) -> None:
        item = self.item(row, column)
        if item is not None:
            item.setText(shown.moment(day))

    def _day(self, row: int) -> Day:
        first = typed_day(self._text(row, _FIRST))
        last = typed_day(self._text(row, _LAST)) if self._text(row, _LAST) else first
        return Day(first, last, self._text(row, _HOURS), self._text(row, _NAME), self._weekdays[row])

    def _changed(self, row: int, column: int) -> None:
        if self._filling:
            return
        self._filling = True
        reason = ""
        try:
            day = self._day(row)
            if column == _FIRST and day.last < day.first:
                self._put(row, _LAST, day.first)
            if column in (_FIRST, _LAST):
                self._put(row, column, day.first if column == _FIRST else day.last)
        except NotValid as error:
            reason = str(error)
        item = self.item(row, column)
        if item is not None:
            item.setForeground(tokens.colour("danger" if reason else "text"))
            item.setToolTip(reason)
        self._filling = False
        self.edited.emit()
