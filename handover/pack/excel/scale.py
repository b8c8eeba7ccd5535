"""The time scale of a bar chart in a workbook: the columns, what each spans, and which of them a bar fills."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from handover.i18n import in_language
from handover.plan.calendar import DAY, DayPattern
from handover.plan.timescale import LENGTH, Unit, ticks
from handover.plan.worktime import EARLIEST, LATEST, when
from handover.wording import Language

#: The units from the finest, with how many columns of each a sheet may have and how broad they are in characters.
_UNITS = (
    (Unit.DAY, Unit.MONTH, 100, 2.7),
    (Unit.WEEK, Unit.MONTH, 130, 3.2),
    (Unit.MONTH, Unit.YEAR, 160, 4.2),
    (Unit.QUARTER, Unit.YEAR, 160, 4.2),
    (Unit.YEAR, Unit.DECADE, 160, 5.5),
    (Unit.DECADE, Unit.DECADE, 400, 10.0),
)


class UnitColumn(NamedTuple):
    """A column of the scale.

    Attributes:
        start, end: minutes as in ``handover.plan.worktime``.
        label: its words in the lower line.
        over: the words of the upper line, where a field of that begins; empty elsewhere.
        rests: no work on that day; True for days only.
    """

    start: int
    end: int
    label: str
    over: str
    rests: bool


@dataclass(frozen=True, slots=True)
class BarScale:
    """Columns beside one another without gaps.

    Args:
        width: of each column in characters.
        centred: whether a column's words stand in its middle; a week is named by its first day and begins left.
    """

    units: tuple[UnitColumn, ...]
    width: float
    centred: bool
    _starts: tuple[int, ...]

    def column(self, at: int) -> int:
        """The column in which a moment lies; the first or last for one outside."""
        return min(max(bisect_right(self._starts, at) - 1, 0), len(self.units) - 1)

    def span(self, start: int, finish: int) -> tuple[int, int]:
        """The first column that a bar fills and the one after its last; at least one."""
        first = self.column(start)
        return first, max(min(bisect_left(self._starts, finish), len(self.units)), first + 1)

    def line_at(self, at: int) -> int | None:
        """The column at whose left edge a line through a moment is drawn; None outside the scale."""
        if not self.units[0].start <= at < self.units[-1].end:
            return None
        here = self.column(at)
        nearer_end = at - self.units[here].start > self.units[here].end - at
        return min(here + nearer_end, len(self.units) - 1)


def scale_of(first: int, last: int, days: DayPattern, language: Language) -> BarScale:
    """The finest scale from one moment to another that a sheet has room for, within the years that a plan can span."""
    first, last = (min(max(moment, EARLIEST), LATEST - 2 * DAY) for moment in (first, last))
    lower, upper, _, width = next(u for u in _UNITS if (last - first) / LENGTH[u[0]] <= u[2] or u is _UNITS[-1])
    with in_language("en" if language == "en" else "zh"):
        fields = list(ticks(lower, first, max(last, first + 1)))
        heads = {tick.start: tick.label for tick in ticks(upper, fields[0].start, fields[-1].end, upper=True)}
    units = []
    begun = -1
    for field in fields:
        head = max((start for start in heads if start < field.end), default=-1)
        over = heads[head] if head != begun and lower is not upper else ""
        begun = head
        rests = lower is Unit.DAY and not days.on(when(field.start).toordinal())
        units.append(UnitColumn(field.start, field.end, field.label, over, rests))
    return BarScale(_readable(units), width, lower is not Unit.WEEK, tuple(u.start for u in units))


def _readable(units: list[UnitColumn]) -> tuple[UnitColumn, ...]:
    """The columns without words of the upper line that the next ones would cut off."""
    begins = [n for n, unit in enumerate(units) if unit.over]
    short = {n for n, after in pairwise([*begins, len(units)]) if after - n < 3}
    return tuple(unit._replace(over="") if n in short else unit for n, unit in enumerate(units))
