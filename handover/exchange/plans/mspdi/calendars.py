"""The calendars of MS Project's XML: weeks, exceptions with their recurrences, and work weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from handover.exchange.plans.mspdi.fields import Fields
from handover.plan.calendar import DAY, NO_WORK, OFFICE_HOURS, Calendar, CalendarException, Shift, Shifts, WorkWeek

#: Days of one exception that are looked at, so that a daily one of a thousand years can't hold the program up.
_MOST_DAYS = 40_000

_EVERY_N_DAYS, _YEARLY, _YEARLY_BY_WEEKDAY, _MONTHLY, _MONTHLY_BY_WEEKDAY, _WEEKLY, _DAYS = 7, 2, 3, 4, 5, 6, 1


def read_calendar(element: Element, space: str) -> Calendar:
    """A calendar element; a weekday that it doesn't mention is left to its base, or is as usual."""
    fields = Fields(element, space)
    base_uid = fields.number("BaseCalendarUID", -1)
    has_base = base_uid > 0 and not fields.flag("IsBaseCalendar")
    usual: list[Shifts | None] = [*[OFFICE_HOURS] * 5, *[NO_WORK] * 2]
    week: list[Shifts | None] = [None] * 7 if has_base else usual
    older: list[CalendarException] = []
    for day in element.iterfind(f"{space}WeekDays/{space}WeekDay"):
        type = Fields(day, space).number("DayType", -1)
        if 1 <= type <= 7:
            week[_weekday(type)] = _shifts(day, space)
        elif type == 0 and (span := _span(day, space)) is not None:
            older.append(CalendarException(*span, _shifts(day, space)))
    newer = [
        exception
        for found in element.iterfind(f"{space}Exceptions/{space}Exception")
        for exception in _exceptions(found, space)
    ]
    weeks = [
        _work_week(found, space, span)
        for found in element.iterfind(f"{space}WorkWeeks/{space}WorkWeek")
        if (span := _span(found, space)) is not None
    ]
    return Calendar(
        fields.text("UID"),
        fields.text("Name"),
        tuple(week),
        tuple(newer or older),
        tuple(weeks),
        str(base_uid) if has_base else None,
    )


def _weekday(type: int) -> int:
    """MS Project counts from Sunday as 1, Python from Monday as 0."""
    return (type - 2) % 7


def _shifts(element: Element, space: str) -> Shifts:
    if not Fields(element, space).flag("DayWorking"):
        return NO_WORK
    shifts = []
    for found in element.iterfind(f"{space}WorkingTimes/{space}WorkingTime"):
        fields = Fields(found, space)
        start, end = _clock(fields.text("FromTime")), _clock(fields.text("ToTime"))
        if start is not None and end is not None:
            shifts.append(Shift(start, end if end > start else DAY))
    return tuple(shifts)


def _clock(text: str) -> int | None:
    parts = text.split(":")
    try:
        found = int(parts[0]) * 60 + int(parts[1])
    except (ValueError, IndexError):
        return None
    return found if 0 <= found <= DAY else None


def _span(element: Element, space: str) -> tuple[date, date] | None:
    period = element.find(f"{space}TimePeriod")
    if period is None:
        return None
    fields = Fields(period, space)
    first, last = fields.date("FromDate"), fields.date("ToDate")
    if first is None or last is None or last < first:
        return None
    return first.date(), last.date()


def _work_week(element: Element, space: str, span: tuple[date, date]) -> WorkWeek:
    days: list[Shifts | None] = [None] * 7
    for day in element.iterfind(f"{space}WeekDays/{space}WeekDay"):
        type = Fields(day, space).number("DayType", -1)
        if 1 <= type <= 7:
            days[_weekday(type)] = _shifts(day, space)
    return WorkWeek(*span, tuple(days), Fields(element, space).text("Name"))


def _exceptions(element: Element, space: str) -> Iterator[CalendarException]:
    span = _span(element, space)
    if span is None:
        return
    fields = Fields(element, space)
    shifts, name = _shifts(element, space), fields.text("Name")
    type = fields.number("Type", _DAYS)
    if type == _DAYS:
        yield CalendarException(*span, shifts, name)
        return
    most = fields.number("Occurrences", 0) or _MOST_DAYS
    for count, day in enumerate(_recurring(fields, type, *span)):
        if count >= most:
            return
        yield CalendarException(day, day, shifts, name)


def _recurring(fields: Fields, type: int, first: date, last: date) -> Iterator[date]:
    """The days of a recurring exception, in order."""
    every = max(fields.number("Period", 1), 1)
    month, month_day = fields.number("Month", 0) + 1, fields.number("MonthDay", 1)
    item, position = fields.number("MonthItem", 0), fields.number("MonthPosition", 0)
    weekdays = fields.number("DaysOfWeek", 0)
    for ahead in range(min((last - first).days + 1, _MOST_DAYS)):
        day = first + timedelta(days=ahead)
        months = (day.year - first.year) * 12 + day.month - first.month
        if type == _EVERY_N_DAYS:
            fits = ahead % every == 0
        elif type == _WEEKLY:
            week = (first.weekday() + 1) % 7 + ahead
            fits = bool(weekdays >> ((day.weekday() + 1) % 7) & 1) and week // 7 % every == 0
        elif type == _YEARLY:
            fits = day.month == month and day.day == month_day
        elif type == _YEARLY_BY_WEEKDAY:
            fits = day.month == month and _is_nth(day, item, position)
        elif type == _MONTHLY:
            fits = day.day == month_day and months % every == 0
        else:
            fits = type == _MONTHLY_BY_WEEKDAY and _is_nth(day, item, position) and months % every == 0
        if fits:
            yield day


def _is_nth(day: date, item: int, position: int) -> bool:
    """Whether a day is the first (0) to fourth (3) or last (4) such day of its month; items from Sunday as 3 on."""
    if item == 0:
        matches = [True] * 7
    elif item == 1:
        matches = [True] * 5 + [False] * 2
    elif item == 2:
        matches = [False] * 5 + [True] * 2
    else:
        matches = [weekday == _weekday(item - 2) for weekday in range(7)]
    if not matches[day.weekday()]:
        return False
    if position == 4:
        ahead = (day + timedelta(days=n) for n in range(1, 8))
        return not any(later.month == day.month and matches[later.weekday()] for later in ahead)
    earlier = sum(matches[(day - timedelta(days=n)).weekday()] for n in range(1, day.day))
    return earlier == position
