"""Working calendars as they are kept: a usual week, and the days that differ from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Base, Problem, Row, new_id
from handover.model.people import must_have

#: The hours of one day: stretches such as ``08:00-12:00``, separated by blanks; empty for a day off.
_STRETCH = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
OFFICE = "08:00-12:00 13:00-17:00"
_DAY = 24 * 60
#: Stands for a day of the week that is as in the calendar's base.
AS_BASE = "*"
OFFICE_WEEK = ";".join([OFFICE] * 5 + ["", ""])


class WorkCalendar(Row):
    """A named calendar. ``week`` holds the hours of Monday to Sunday, separated by semicolons.

    One calendar of a project is the ``standard`` one: that of tasks without their own.
    """

    __tablename__ = "work_calendar"
    prefix: ClassVar[str] = "CAL"

    name: Mapped[str] = mapped_column(String(200))
    base_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("work_calendar.id"), index=True)
    week: Mapped[str] = mapped_column(String(500), default=OFFICE_WEEK)
    standard: Mapped[bool | None]

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A calendar needs a name, hours that can be read, and isn't its own base."""
        yield from must_have(values, "name")
        days = str(values.get("week") or "").split(";")
        if len(days) != 7 or not all(d == AS_BASE or readable(d) for d in days):
            yield Problem("week", N_("Hours are written as 08:00-12:00 13:00-17:00."))
        if values.get("base_id") and values.get("base_id") == values.get("id"):
            yield Problem("base", N_("A calendar can't be based on itself."))


class CalendarDay(Base):
    """Days that differ from the week: a holiday without hours, or working days with theirs.

    ``weekday`` (0 is Monday) restricts a span to one day of its weeks.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (Index(None, "calendar_id", "first"), Index(None, "project_id"))
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    calendar_id: Mapped[str] = mapped_column(String(32), ForeignKey("work_calendar.id"))
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    weekday: Mapped[int | None]
    hours: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str | None] = mapped_column(String(100))

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A span doesn't end before it begins, and its hours can be read."""
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            yield Problem("last", N_("It ends before it starts."))
        if not readable(str(values.get("hours") or "")):
            yield Problem("hours", N_("Hours are written as 08:00-12:00 13:00-17:00."))


def readable(hours: str) -> bool:
    """Whether the hours of a day are written as they should be, and follow one another within the day."""
    shifts = stretches(hours)
    edges = [minute for shift in shifts for minute in shift]
    return (
        len(shifts) == len(hours.split())
        and all(a < b for a, b in shifts)
        and edges == sorted(edges)
        and max(edges, default=0) <= _DAY
    )


def stretches(hours: str) -> list[tuple[int, int]]:
    """The hours of a day as minutes after midnight, from and to; 24:00 is 1440."""
    found = []
    for part in hours.split():
        match = _STRETCH.fullmatch(part)
        if match:
            a, b, c, d = map(int, match.groups())
            found.append((a * 60 + b, c * 60 + d))
    return found


def written(shifts: list[tuple[int, int]]) -> str:
    """Minutes after midnight, from and to, as the hours of a day."""
    return " ".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in shifts)
