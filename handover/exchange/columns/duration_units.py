"""What bare numbers of a column of durations count: told by the starts and finishes beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from handover.values.cells import Cell
from handover.values.date_columns import read_dates
from handover.values.durations import DAY
from handover.values.moments import day_of

#: Minutes of work of each unit, and how it is written; what most lists count comes first.
_UNITS = (("d", DAY), ("h", 60), ("w", 5 * DAY), ("min", 1))
#: So many rows tell, and such a share of them must agree.
_LEAST, _AGREE = 3, 0.8
_SAMPLE = 400


def unit_told(durations: Sequence[Cell], starts: Sequence[Cell], finishes: Sequence[Cell]) -> str | None:
    """The unit by which a column of numbers is finish less start, None where the days tell nothing or several.

    Calendar days count as days, too. Rows that start and finish on one day tell hours from days only by numbers
    greater than one.
    """
    first, last = read_dates(starts[:_SAMPLE]).values, read_dates(finishes[:_SAMPLE]).values
    rows = [
        (float(d), day_of(a), day_of(b))
        for d, a, b in zip(durations[:_SAMPLE], first, last, strict=False)
        if isinstance(d, (int, float)) and not isinstance(d, bool) and d > 0 and a is not None and b is not None
    ]
    rows = [row for row in rows if row[1] <= row[2]]
    if len(rows) < _LEAST:
        return None
    for unit, minutes in _UNITS:
        if sum(_fits(number * minutes / DAY, a, b) for number, a, b in rows) >= _AGREE * len(rows):
            return unit
    return None


def _fits(days: float, start: dt.date, finish: dt.date) -> bool:
    """Whether so many days of work lie between two days, both counted, in working days or those of the calendar."""
    calendar = (finish - start).days + 1
    working = sum((start + dt.timedelta(n)).weekday() < 5 for n in range(calendar)) if calendar < 4000 else calendar
    least = min(working, calendar - 1)  # the last day may stand for its beginning
    return (least - 0.5 if least > 1 else 0) < days <= calendar + 0.01
