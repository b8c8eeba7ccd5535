"""The sessions as a table of days: a week by the parts of its days, a month by its weeks, or a week by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from handover.clock import today
from handover.i18n import N_, tr, trc
from handover.model.vocabulary import Tone
from handover.registers.knowing.clashes import SessionPlanned
from handover.registers.knowing.session_days import SessionDays
from handover.values.shown import moment

Index = QModelIndex | QPersistentModelIndex
Mode = Literal["week", "month", "person"]
MODES: tuple[Mode, ...] = ("week", "month", "person")
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_WEEK = 7
#: The parts of a day: their names, and from which hour on.
_PARTS = ((N_("No time said"), -1), (N_("Morning"), 0), (N_("Afternoon"), 12), (N_("Evening"), 17))


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A cell: its day, what begins there, and whether it is of the month in view."""

    day: dt.date
    sessions: tuple[SessionPlanned, ...]
    inside: bool = True


def span_of(mode: Mode, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day that are in view around a day."""
    if mode != "month":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=_WEEK - 1)
    first = day.replace(day=1)
    last = step(mode, first, 1) - dt.timedelta(days=1)
    return first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=_WEEK - 1 - last.weekday())


def step(mode: Mode, day: dt.date, n: int) -> dt.date:
    """The day so many weeks or months on; within a month the first."""
    if mode != "month":
        return day + dt.timedelta(days=_WEEK * n)
    months = day.year * 12 + day.month - 1 + n
    return dt.date(months // 12, months % 12 + 1, 1)


class CalendarModel(QAbstractTableModel):
    """Shows the sessions of a ``SessionDays``; a column is a day of the week."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode: Mode = "week"
        self.day = today()
        self.read: SessionDays | None = None
        self.rows: list[tuple[str, list[CalendarCell]]] = []

    def show_days(self, read: SessionDays, mode: Mode, day: dt.date) -> None:
        """Show what was read of the days around ``day``."""
        self.beginResetModel()
        self.read, self.mode, self.day = read, mode, day
        self.rows = {"week": _by_part, "month": _by_week, "person": _by_person}[mode](read, day)
        self.endResetModel()

    def cell(self, index: Index) -> CalendarCell | None:
        """What stands in a cell; None outside."""
        if not index.isValid() or not index.row() < len(self.rows):
            return None
        return self.rows[index.row()][1][index.column()]

    def tone(self, session: SessionPlanned) -> Tone:
        """How a session is coloured: as its gravest clash, else as its state."""
        found = self.read.clashes.get(session.id, ()) if self.read is not None else ()
        if session.status == "cancelled":
            return "neutral"
        if session.status == "held":
            return "ok"
        return found[0].tone if found and found[0].tone != "info" else "info"

    def place_of(self, day: dt.date) -> QModelIndex:
        """The first cell of a day that holds something, else its first cell."""
        cells = [(n, row[1][day.weekday()]) for n, row in enumerate(self.rows) if row[1][day.weekday()].day == day]
        filled = next((n for n, cell in cells if cell.sessions), cells[0][0] if cells else -1)
        return self.index(filled, day.weekday()) if filled >= 0 else QModelIndex()

    def place_of_session(self, key: str) -> QModelIndex:
        """The first cell in which a session stands."""
        for row, (_, cells) in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if any(each.id == key for each in cell.sessions):
                    return self.index(row, column)
        return QModelIndex()

    # -- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else _WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: what Qt shows
        cell = self.cell(index)
        if cell is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
                                        Qt.ItemDataRole.ToolTipRole):  # fmt: skip
            return None
        lines = [self.told(each) for each in cell.sessions]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(lines)
        return "\n".join([moment(cell.day), *lines])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Any: as above
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section][0] if section < len(self.rows) else None
        name = tr(_WEEKDAYS[section])
        if self.mode == "month" or not self.rows:
            return name
        day = self.rows[0][1][section].day
        return trc("calendar", "{weekday} {month}/{day}", weekday=name, month=day.month, day=day.day)

    def told(self, session: SessionPlanned) -> str:
        """A session in a few words."""
        at = f"{session.begins:%H:%M} " if session.timed else ""
        return f"{at}{session.title}"


def _by_part(read: SessionDays, day: dt.date) -> list[tuple[str, list[CalendarCell]]]:
    first, _ = span_of("week", day)
    rows = []
    for n, (name, begins) in enumerate(_PARTS):
        ends = _PARTS[n + 1][1] if n + 1 < len(_PARTS) else 24
        cells = []
        for date in _days(first):
            on = read.on(date)
            if begins < 0:
                here = [each for each in on if not each.timed]
            else:
                here = [each for each in on if each.timed and begins <= each.begins.hour < ends]
            cells.append(CalendarCell(date, tuple(here)))
        rows.append((tr(name), cells))
    return rows


def _by_week(read: SessionDays, day: dt.date) -> list[tuple[str, list[CalendarCell]]]:
    first, last = span_of("month", day)
    rows = []
    while first <= last:
        cells = [CalendarCell(date, tuple(read.on(date)), date.month == day.month) for date in _days(first)]
        rows.append((tr("Week {n}", n=first.isocalendar().week), cells))
        first += dt.timedelta(days=_WEEK)
    return rows


def _by_person(read: SessionDays, day: dt.date) -> list[tuple[str, list[CalendarCell]]]:
    first, _ = span_of("person", day)
    rows = []
    for person in read.people():
        name = f"{person.name}  {person.shift}" if person.shift else person.name
        cells = [CalendarCell(date, _of(read.on(date), person.id)) for date in _days(first)]
        rows.append((name, cells))
    return rows


def _of(sessions: Sequence[SessionPlanned], person: str) -> tuple[SessionPlanned, ...]:
    return tuple(each for each in sessions if any(who.id == person for who in each.everybody))


def _days(first: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range(_WEEK)]
