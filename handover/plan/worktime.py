"""Working-time arithmetic on one calendar, by integers and bisection.

A *moment* is a count of minutes since 0001-01-01 00:00, a plain int. A *work number* counts the working minutes
before a moment, from an arbitrary zero. Between two shifts many moments share one work number: the end of the first
(``finish_at``), the start of the second (``start_at``) and all between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta

from handover.plan.calendar import DAY, ROUND_THE_CLOCK, DayPattern

#: The days that a schedule can reach. MS Project's own span, 1984 to 2149, lies well inside.
FIRST_DAY = date(1900, 1, 1).toordinal()
LAST_DAY = date(2200, 1, 1).toordinal()
EARLIEST = FIRST_DAY * DAY
LATEST = LAST_DAY * DAY

_ZERO = datetime(1, 1, 1)
_STRIDE = 366


class _Remembered(dict[int, int]):
    """A function of whole numbers that keeps its answers: dates of a plan repeat, and a dict answers fastest."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[int], int]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: int) -> int:
        found = self[key] = self._function(key)
        return found


def moment(when: datetime) -> int:
    """The moment of a date-time, seconds rounded to the nearest minute."""
    minutes = when.toordinal() * DAY + when.hour * 60 + when.minute
    return minutes + 1 if when.second >= 30 else minutes


def when(moment: int) -> datetime:
    """The date-time of a moment."""
    return _ZERO + timedelta(minutes=moment - DAY)


class WorkTime:
    """Converts between moments and work numbers in logarithmic time.

    The table of shifts grows on demand, a year at a time, between ``EARLIEST`` and ``LATEST``; arithmetic that would
    leave this span stops at its end.

    Args:
        pattern: what is worked on which day; it must not be idle.
        around: a moment near which the arithmetic will happen.

    Attributes:
        number, start, finish: ``before``, ``start_at`` and ``finish_at`` as tables that remember, for inner loops.
        always: whether every minute is worked.
    """

    __slots__ = ("_ends", "_high", "_low", "_pattern", "_starts", "_worked", "always", "finish", "number", "start")

    def __init__(self, pattern: DayPattern, around: int) -> None:
        if pattern.idle:
            raise ValueError("a calendar without working time can't be counted on")
        self._pattern = pattern
        self.always = not pattern.special and all(shifts == ROUND_THE_CLOCK for shifts in pattern.week)
        day = min(max(around // DAY, FIRST_DAY), LAST_DAY - 1)
        self._low = self._high = day
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._worked: list[int] = []  # the work number at each shift's start
        self._grow_up()
        self._grow_down()
        self.number = _Remembered(self.before)
        self.start = _Remembered(self.start_at)
        self.finish = _Remembered(self.finish_at)

    def before(self, moment: int) -> int:
        """The work number of a moment: the working minutes before it."""
        if moment >= self._high * DAY:
            self._reach_up(moment)
        elif moment < self._low * DAY:
            self._reach_down(moment)
        i = bisect_right(self._starts, moment) - 1
        if i < 0:
            return self._worked[0]
        end = self._ends[i]
        return self._worked[i] + (moment if moment < end else end) - self._starts[i]

    def start_at(self, number: int) -> int:
        """The latest moment with this work number: where the next work starts."""
        worked = self._worked
        if number >= worked[-1]:
            self._reach_number_up(number)
        elif number < worked[0]:
            self._reach_number_down(number)
        i = bisect_right(worked, number) - 1
        if i < 0:
            return EARLIEST
        return min(self._starts[i] + number - worked[i], LATEST)

    def finish_at(self, number: int) -> int:
        """The earliest moment with this work number: where the work before it finished."""
        worked = self._worked
        if number >= worked[-1]:
            self._reach_number_up(number)
        elif number <= worked[0]:
            self._reach_number_down(number)
        i = bisect_left(worked, number) - 1
        if i < 0:
            return EARLIEST
        return min(self._starts[i] + number - worked[i], LATEST)

    def next_start(self, moment: int) -> int:
        """The moment itself if it is worked, else the start of the next shift."""
        return self.start_at(self.before(moment))

    def previous_finish(self, moment: int) -> int:
        """The moment itself if work reaches up to it, else the end of the shift before."""
        return self.finish_at(self.before(moment))

    def add(self, moment: int, minutes: int) -> int:
        """Working minutes after a moment, or before it if negative.

        Forward lands at the end of work, backward at its start, and nothing added leaves the moment as it is: as
        MS Project counts lags.
        """
        if minutes > 0:
            return self.finish_at(self.before(moment) + minutes)
        if minutes < 0:
            return self.start_at(self.before(moment) + minutes)
        return moment

    def rests(self, moment: int) -> bool:
        """Whether a moment lies in non-working time, and not at the end of a shift."""
        return not self._works_up_to(moment) and self.next_start(moment) != moment

    def _works_up_to(self, moment: int) -> bool:
        return self.previous_finish(moment) == moment

    def _reach_up(self, moment: int) -> None:
        while moment >= self._high * DAY and self._high < LAST_DAY:
            self._grow_up()

    def _reach_down(self, moment: int) -> None:
        while moment < self._low * DAY and self._low > FIRST_DAY:
            self._grow_down()

    def _reach_number_up(self, number: int) -> None:
        while number >= self._worked[-1] and self._high < LAST_DAY:
            self._grow_up()

    def _reach_number_down(self, number: int) -> None:
        while number <= self._worked[0] and self._low > FIRST_DAY:
            self._grow_down()

    def _grow_up(self) -> None:
        """Extend the table by a year of shifts, a closing empty one at its end."""
        if self._starts:
            total = self._worked[-1]
            del self._starts[-1], self._ends[-1], self._worked[-1]
        else:
            total = 0
        low, high = self._high, min(self._high + _STRIDE, LAST_DAY)
        starts, ends, worked = self._shifts(low, high)
        self._worked += [total + number for number in worked]
        total += worked[-1] + ends[-1] - starts[-1] if worked else 0
        self._starts += [*starts, high * DAY]
        self._ends += [*ends, high * DAY]
        self._worked.append(total)
        self._high = high

    def _grow_down(self) -> None:
        low, high = max(self._low - _STRIDE, FIRST_DAY), self._low
        starts, ends, worked = self._shifts(low, high)
        if worked:
            zero = self._worked[0] - (worked[-1] + ends[-1] - starts[-1])
            self._starts[:0] = starts
            self._ends[:0] = ends
            self._worked[:0] = [zero + number for number in worked]
        self._low = low

    def _shifts(self, low: int, high: int) -> tuple[list[int], list[int], list[int]]:
        """The shifts of a range of days as moments, those touching at midnight joined, with the work before each."""
        starts: list[int] = []
        ends: list[int] = []
        worked: list[int] = []
        total = 0
        week, special = self._pattern.week, self._pattern.special
        for day in range(low, high):
            shifts = special.get(day)
            if shifts is None:
                shifts = week[(day - 1) % 7]
            midnight = day * DAY
            for start, end in shifts:
                if ends and ends[-1] == midnight + start:
                    ends[-1] = midnight + end
                else:
                    starts.append(midnight + start)
                    ends.append(midnight + end)
                    worked.append(total)
                total += end - start
        return starts, ends, worked
