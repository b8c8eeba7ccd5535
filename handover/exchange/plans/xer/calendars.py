"""P6's calendars: its nested text of weekdays and exceptions as a working calendar."""

from __future__ import annotations

import datetime as dt
import re

from handover.plan.calendar import DAY, NO_WORK, OFFICE_HOURS, Calendar, CalendarException, Shift, Shifts

_LONGEST = 2_000_000
_WEEK = re.compile(r"\(0\|\|DaysOfWeek\(\)\(")
_DAY = re.compile(r"\(0\|\|([1-7])\(\)\(")
_EXCEPTIONS = re.compile(r"\(0\|\|Exceptions\(\)\(")
_EXCEPTION = re.compile(r"\(0\|\|\d+\(d\|(\d{1,6})\)\(")
_HOURS = re.compile(r"\((?:s\|(\d{1,2}):(\d\d)\|f\|(\d{1,2}):(\d\d)|f\|(\d{1,2}):(\d\d)\|s\|(\d{1,2}):(\d\d))\)")
_EPOCH = dt.date(1899, 12, 30)
_MOST_EXCEPTIONS = 20_000


def read_calendar(record: dict[str, str]) -> Calendar:
    """A row of the table CALENDAR; an unreadable week becomes Monday to Friday, 8 to 12 and 13 to 17."""
    data = record.get("clndr_data", "")[:_LONGEST].replace("\x7f", "")
    exceptions_at = match.start() if (match := _EXCEPTIONS.search(data)) else len(data)
    return Calendar(
        record.get("clndr_id", ""),
        record.get("clndr_name", ""),
        _week(data[:exceptions_at]),
        _exceptions(data[exceptions_at:]),
        base=record.get("base_clndr_id") or None,
    )


def _week(data: str) -> tuple[Shifts, ...]:
    """Monday to Sunday; P6 counts from Sunday as 1."""
    start = _WEEK.search(data)
    days = list(_DAY.finditer(data, start.end())) if start else []
    if not days:
        return (OFFICE_HOURS,) * 5 + (NO_WORK,) * 2
    week: list[Shifts] = [NO_WORK] * 7
    for at, day in enumerate(days):
        end = days[at + 1].start() if at + 1 < len(days) else len(data)
        week[(int(day[1]) - 2) % 7] = _shifts(data[day.end() : end])
    return tuple(week)


def _exceptions(data: str) -> tuple[CalendarException, ...]:
    found = []
    starts = list(_EXCEPTION.finditer(data))[:_MOST_EXCEPTIONS]
    for at, start in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(data)
        day = _EPOCH + dt.timedelta(days=int(start[1]))
        found.append(CalendarException(day, day, _shifts(data[start.end() : end])))
    return tuple(sorted(found, key=lambda exception: exception.first))


def _shifts(data: str) -> Shifts:
    shifts = []
    for match in _HOURS.finditer(data):
        a, b, c, d, e, f, g, h = (int(x) if x else 0 for x in match.groups())
        start, end = (a * 60 + b, c * 60 + d) if match[1] else (g * 60 + h, e * 60 + f)
        end = DAY if end == 0 or end < start else end
        if 0 <= start < end <= DAY:
            shifts.append(Shift(start, end))
    return tuple(sorted(shifts))
