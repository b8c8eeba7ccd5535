"""Rows of days, weeks or months over a drawn chart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.periods import PERIOD
from handover.exchange.tables.rows_around import SAMPLE
from handover.values.cells import normal

FEWEST_DAYS = 3
"""So many days that rise evenly, with nothing beside them, head a drawn chart."""
_COUNTED = (int, float, dt.date)


def drawn_over(grid: Grid, row: int) -> set[int]:
    """The columns of a drawn chart that a row stands over: five or more days or numbers that rise evenly."""
    return rising(grid, row, 5)


def rising(grid: Grid, row: int, fewest: int) -> set[int]:
    """The columns of a row's days or numbers, so many at least, that rise evenly; none where they don't."""
    cells = [(c, v) for c, v in enumerate(grid.rows[row]) if v is not None and not isinstance(v, (str, bool))]
    days = [float(v.toordinal() if isinstance(v, dt.date) else v) for _, v in cells if isinstance(v, _COUNTED)]
    if len(days) < max(fewest, len(cells)) or days[0] < 0:
        return set()
    steps = [b - a for a, b in pairwise(days)]
    usual = Counter(steps).most_common(1)[0]
    even = usual[0] > 0 and usual[1] >= 0.7 * len(steps) and all(step > 0 for step in steps)
    return {c for c, _ in cells} if even else set()


def over_days(grid: Grid, rows: int) -> int | None:
    """The first row of nothing but rising days, weeks or months, over a drawn chart beside texts that have no heading.

    It heads a list where nothing else does: the names of the rows stand left of its days, and no day below them.
    """
    for row in range(min(grid.height, rows)):
        days = rising(grid, row, FEWEST_DAYS)
        if not days or any(not isinstance(v, dt.date) for v in grid.rows[row] if v is not None):
            days = _periods(grid, row)
        if not days:
            continue
        if any(isinstance(cells[c], dt.date) for cells in grid.rows[:row] for c in days):
            return None  # one of several rows of days
        below = [cells for cells in grid.rows[row + 1 : row + 1 + SAMPLE] if any(v is not None for v in cells)]
        names = sum(any(isinstance(v, str) for v in cells[: min(days)]) for cells in below)
        marks = all(cells[c] is None or isinstance(cells[c], str) for cells in below for c in days)
        if marks and names >= max(3, 0.6 * len(below)):
            return row
    return None


def _periods(grid: Grid, row: int) -> set[int]:
    """The columns of a row of nothing but different weeks, months or quarters by their names."""
    said = {c: v for c, v in enumerate(grid.rows[row]) if v is not None}
    named = {c: normal(v) for c, v in said.items() if isinstance(v, str) and PERIOD.fullmatch(normal(v))}
    told = len(named) == len(said) >= FEWEST_DAYS and len(set(named.values())) == len(named)
    return set(named) if told and all(any(ch.isalpha() for ch in text) for text in named.values()) else set()
