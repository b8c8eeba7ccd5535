"""The time scale of a chart: where a moment lies, which units the two lines of the scale count, and their words.

Moments are minutes as in ``handover.plan.worktime``; lengths are whatever the chart draws in, pixels or points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from handover.i18n import language, tr
from handover.plan.calendar import DAY
from handover.plan.worktime import EARLIEST, LATEST, moment, when
from handover.values.months import SHORT

_WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": tuple("一二三四五六日")}


class Unit(StrEnum):
    """What one field of a scale spans."""

    HOUR = "hour"
    SHIFT = "shift"  # six hours
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


#: Roughly how many minutes each unit takes.
LENGTH = {
    Unit.HOUR: 60,
    Unit.SHIFT: 360,
    Unit.DAY: DAY,
    Unit.WEEK: 7 * DAY,
    Unit.MONTH: 30 * DAY,
    Unit.QUARTER: 91 * DAY,
    Unit.YEAR: 365 * DAY,
    Unit.DECADE: 3652 * DAY,
}

#: Upper and lower line, and the least length that a field of the lower one needs for its words.
_TIERS = (
    (Unit.DAY, Unit.HOUR, 22.0),
    (Unit.DAY, Unit.SHIFT, 24.0),
    (Unit.MONTH, Unit.DAY, 18.0),
    (Unit.MONTH, Unit.WEEK, 26.0),
    (Unit.YEAR, Unit.MONTH, 30.0),
    (Unit.YEAR, Unit.QUARTER, 30.0),
    (Unit.DECADE, Unit.YEAR, 34.0),
)

#: The scales to which one zooms, as minutes to a pixel: hours, days, weeks, months, quarters, years.
STEPS = (2.0, 10.0, 48.0, 160.0, 360.0, 900.0, 2200.0, 6000.0, 15000.0)
NEAREST, FARTHEST = 1.0, 40_000.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Moments laid out along a line.

    Args:
        origin: the moment at length 0.
        per: minutes to a unit of length, above 0.
    """

    origin: float
    per: float

    def x(self, at: float) -> float:
        """Where a moment lies."""
        return (at - self.origin) / self.per

    def at(self, x: float) -> float:
        """The moment that lies at a length."""
        return self.origin + x * self.per

    def zoomed(self, per: float, x: float) -> Scale:
        """Another zoom that leaves the moment at ``x`` where it is."""
        per = min(max(per, NEAREST), FARTHEST)
        return Scale(self.at(x) - x * per, per)

    @property
    def tiers(self) -> tuple[Unit, Unit]:
        """What the upper and the lower line count."""
        for upper, lower, least in _TIERS:
            if LENGTH[lower] / self.per >= least:
                return upper, lower
        return Unit.DECADE, Unit.DECADE

    @property
    def grain(self) -> int:
        """The minutes to which a dragged date is rounded: a day, or an hour or less where days are broad."""
        return DAY if self.per > 9 else 60 if self.per > 2.5 else 15


def fitting(first: int, last: int, length: float, margin: float = 0.04) -> Scale:
    """The scale that shows everything from ``first`` to ``last`` on a length, with some room beside it."""
    span = max(last - first, DAY)
    per = min(max(span * (1 + 2 * margin) / max(length, 1.0), NEAREST), FARTHEST)
    return Scale((first + last) / 2 - length * per / 2, per)


class Tick(NamedTuple):
    """A field of the scale, from one moment to another."""

    start: int
    end: int
    label: str


def ticks(unit: Unit, first: float, last: float, *, upper: bool = False) -> Iterator[Tick]:
    """The fields of a unit that touch a span of time, with their words in the language in force."""
    first, last = max(first, EARLIEST), min(last, LATEST - DAY)
    if first >= last:
        return
    here = _floor(unit, when(int(first)))
    while moment(here) < last:
        after = _after(unit, here)
        yield Tick(moment(here), moment(after), label(unit, here, upper=upper))
        here = after


def label(unit: Unit, at: datetime, *, upper: bool = False) -> str:
    """The words for a field: whole where it heads others, short where it is one of many."""
    chinese = language() == "zh"
    if unit in (Unit.HOUR, Unit.SHIFT):
        return f"{at.hour}"
    if unit is Unit.DAY:
        if not upper:
            return f"{at.day}"
        weekday = _WEEKDAYS["zh" if chinese else "en"][at.weekday()]
        return (
            f"{at.year}年{at.month}月{at.day}日 周{weekday}"
            if chinese
            else f"{weekday} {at.day} {SHORT[at.month - 1]} {at.year}"
        )
    if unit is Unit.WEEK:
        return f"{at.day}"
    if unit is Unit.MONTH:
        if upper:
            return f"{at.year}年{at.month}月" if chinese else f"{SHORT[at.month - 1]} {at.year}"
        return f"{at.month}月" if chinese else SHORT[at.month - 1]
    if unit is Unit.QUARTER:
        return tr("Q{n}", n=(at.month + 2) // 3)
    if unit is Unit.DECADE:
        return f"{at.year}–{at.year + 9}"
    return f"{at.year}年" if chinese and upper else f"{at.year}"


def _floor(unit: Unit, at: datetime) -> datetime:
    if unit is Unit.HOUR:
        return at.replace(minute=0, second=0, microsecond=0)
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit is Unit.SHIFT:
        return day + timedelta(hours=at.hour // 6 * 6)
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return day - timedelta(at.weekday())
    if unit is Unit.MONTH:
        return day.replace(day=1)
    if unit is Unit.QUARTER:
        return day.replace(month=(at.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(year=at.year if unit is Unit.YEAR else at.year // 10 * 10, month=1, day=1)


def _after(unit: Unit, here: datetime) -> datetime:
    if unit in (Unit.HOUR, Unit.SHIFT, Unit.DAY, Unit.WEEK):
        return here + timedelta(minutes=LENGTH[unit])
    if unit in (Unit.YEAR, Unit.DECADE):
        return here.replace(year=here.year + (1 if unit is Unit.YEAR else 10))
    months = here.year * 12 + here.month - 1 + (1 if unit is Unit.MONTH else 3)
    return here.replace(year=months // 12, month=months % 12 + 1)
