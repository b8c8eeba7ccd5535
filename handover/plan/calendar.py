"""Working calendars: which minutes of which days are worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

DAY = 1440


class Shift(NamedTuple):
    """A stretch of work within one day, in minutes after its midnight; ``end`` is 1440 at the next midnight.

    A night shift is two: ``Shift(1380, 1440)`` and, on the day after, ``Shift(0, 420)``.
    """

    start: int
    end: int


Shifts = tuple[Shift, ...]

NO_WORK: Shifts = ()
OFFICE_HOURS: Shifts = (Shift(480, 720), Shift(780, 1020))
ROUND_THE_CLOCK: Shifts = (Shift(0, DAY),)


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days that differ from the week: a holiday (no shifts) or a make-up working day (with shifts).

    Args:
        first, last: both included.
        shifts: what is worked on each of these days; empty on a holiday.
        name: why, such as 国庆节.
    """

    first: date
    last: date
    shifts: Shifts = NO_WORK
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """A week that replaces the usual one between two dates, such as commissioning in two shifts.

    Args:
        days: Monday to Sunday; None leaves that day as in the usual week.
    """

    first: date
    last: date
    days: tuple[Shifts | None, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named working calendar.

    Args:
        week: the shifts of Monday to Sunday; None takes that day from ``base``.
        exceptions: days that differ; where two cover one day the later in the tuple wins.
        weeks: weeks that replace the usual one for a time.
        base: id of the calendar that this one refines, or None. As in MS Project, an exception of the base
            also holds here unless this calendar has its own for that day.
    """

    id: str
    name: str = ""
    week: tuple[Shifts | None, ...] = (OFFICE_HOURS,) * 5 + (NO_WORK,) * 2
    exceptions: tuple[CalendarException, ...] = ()
    weeks: tuple[WorkWeek, ...] = ()
    base: str | None = None


def standard(id: str = "standard", name: str = "", exceptions: Iterable[CalendarException] = ()) -> Calendar:
    """Monday to Friday, 8:00-12:00 and 13:00-17:00."""
    return Calendar(id, name or id, exceptions=tuple(exceptions))


def round_the_clock(id: str = "24h", name: str = "") -> Calendar:
    """Every hour of every day, as in continuous commissioning."""
    return Calendar(id, name or id, week=(ROUND_THE_CLOCK,) * 7)


@dataclass(frozen=True, slots=True)
class DayPattern:
    """A calendar with its bases folded in: what is worked on any day.

    Args:
        week: the shifts of Monday to Sunday.
        special: day number (``date.toordinal``) -> its shifts, where they differ from the week.
    """

    week: tuple[Shifts, ...]
    special: Mapping[int, Shifts]

    def on(self, ordinal: int) -> Shifts:
        """The shifts of the day with this ordinal."""
        found = self.special.get(ordinal)
        return self.week[(ordinal - 1) % 7] if found is None else found

    @property
    def idle(self) -> bool:
        """Whether no weekday has working time, so that work would never end."""
        return not any(self.week)


def fold(calendars: Mapping[str, Calendar], id: str, horizon: tuple[int, int]) -> DayPattern:
    """The pattern of calendar ``id`` with its bases folded in, within a span of day ordinals.

    A base that isn't there, or that leads back to the calendar itself, counts as no base.
    """
    chain: list[Calendar] = []
    here: str | None = id
    while here is not None and here in calendars and calendars[here] not in chain:
        chain.append(calendars[here])
        here = calendars[here].base
    week: list[Shifts] = [NO_WORK] * 7
    weeks: dict[int, Shifts] = {}
    exceptions: dict[int, Shifts] = {}
    for calendar in reversed(chain):
        for weekday, shifts in enumerate(calendar.week):
            if shifts is not None:
                week[weekday] = tidy(shifts)
        for span in calendar.weeks:
            for ordinal in _days(span.first, span.last, horizon):
                shifts = span.days[(ordinal - 1) % 7]
                if shifts is not None:
                    weeks[ordinal] = tidy(shifts)
        for exception in calendar.exceptions:
            shifts = tidy(exception.shifts)
            for ordinal in _days(exception.first, exception.last, horizon):
                exceptions[ordinal] = shifts
    return DayPattern(tuple(week), weeks | exceptions)


def tidy(shifts: Iterable[Shift]) -> Shifts:
    """The shifts in order, cut to the day, overlapping and touching ones joined."""
    out: list[Shift] = []
    for start, end in sorted(shifts):
        start, end = max(0, start), min(DAY, end)
        if out and start <= out[-1].end:
            out[-1] = Shift(out[-1].start, max(out[-1].end, end))
        elif start < end:
            out.append(Shift(start, end))
    return tuple(out)


def common(one: DayPattern, other: DayPattern) -> DayPattern:
    """What two calendars both work, as for a task with a calendar of its own and a resource with another."""
    week = tuple(_overlap(a, b) for a, b in zip(one.week, other.week, strict=True))
    days = set(one.special) | set(other.special)
    return DayPattern(week, {day: _overlap(one.on(day), other.on(day)) for day in days})


def _overlap(one: Shifts, other: Shifts) -> Shifts:
    pairs = ((max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return tuple(Shift(start, end) for start, end in sorted(pairs) if start < end)


def _days(first: date, last: date, horizon: tuple[int, int]) -> range:
    return range(max(first.toordinal(), horizon[0]), min(last.toordinal(), horizon[1]) + 1)
