"""A line in which a day is typed, or chosen from a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.register.grid.choices import Choices
from ui.register.grid.editors import LineEdit
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class DayLine(LineEdit):
    """A line with a small calendar at its end."""

    def __init__(self, choices: Choices | None, parent: QWidget | None = None) -> None:
        super().__init__(choices, parent)
        self._day: dt.date | None = None
        name = tr("Choose a day")
        self.calendar: QAction = self.addAction(
            icon("calendar", "secondary"), QLineEdit.ActionPosition.TrailingPosition
        )
        self.calendar.setText(name)
        self.calendar.setToolTip(name)
        self.calendar.triggered.connect(self.open_calendar)

    def take_value(self, value: Any) -> None:
        """Where the calendar opens."""
        self._day = value if isinstance(value, dt.date) else None

    def allow(self, writable: bool) -> None:
        super().allow(writable)
        self.calendar.setVisible(writable)

    def open_calendar(self) -> None:
        """Offer the days of a month."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        role(popup, "popup")
        column = QVBoxLayout(popup)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if self._day is not None:
            calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        calendar.clicked.connect(self._take_day)
        calendar.clicked.connect(popup.close)
        column.addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()

    def _take_day(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.settled.emit()
