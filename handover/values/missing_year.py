"""The year of days that are written without one: that of the dates around them, else one told from outside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handover.values.date_text import Loose, Order, day_from_loose, without_year

_HALF = 182
"""Days: a day further away than this is nearer in another year."""
_RANGE = re.compile(r"20\d\d\s{0,20}年?\s{0,20}[-–—~～/至到]\s{0,20}20\d\d")
_YEAR = re.compile(r"(?<![\d\-–—/.])(20\d\d)(?![\d])(?!\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})(?!\s*版)")

_MONTH = re.compile(r"\s{0,20}(20\d\d)(?:0[1-9]|1[0-2])\s{0,20}")
"""All that a sheet of one month is called: 202603."""


@dataclass(slots=True)
class Days:
    """A column of days: ``values`` by place, and what is written without a year with the order of its numbers."""

    values: list[dt.date | None]
    yearless: dict[int, tuple[Loose, Order]] = field(default_factory=dict)


def settle_years(columns: Sequence[Days], year: int | None = None) -> bool:
    """Fill in the days without a year, from left to right. True when ``year`` was needed for it.

    A day lies in the year of the other dates of its row, or in that which brings it nearest to the date above it; over
    the turn of a year it goes on into the next. Where no date of the table has a year, the first day is of ``year``.
    """
    dated = next((v for column in columns for v in column.values if v is not None), None)
    if dated is None and year is None:
        return False
    for at, column in enumerate(columns):
        turns = _running(column)
        near = next((v for v in column.values if v is not None), dated)
        for place, value in enumerate(column.values):
            if value is not None:
                near = value
            elif place in column.yearless:
                text, order = column.yearless[place]
                found = _by_row(columns, at, place, text, order)
                if found is None and near is not None and (dated is not None or turns):
                    found = without_year(text, order, near)
                if dated is None and year is not None and (found is None or found.year < year):
                    found = day_from_loose(text, order, year)
                column.values[place] = found
                near = found or near
    return dated is None


def _by_row(columns: Sequence[Days], at: int, place: int, text: Loose, order: Order) -> dt.date | None:
    """The day by a date in the same row: what stands to the right comes later, over the turn of a year if need be."""
    beside = [n for n, column in enumerate(columns) if n != at and column.values[place] is not None]
    if not beside:
        return None
    nearest = min(beside, key=lambda n: (abs(n - at), n))
    anchor = columns[nearest].values[place]
    assert anchor is not None
    day = day_from_loose(text, order, anchor.year)
    if day is None:
        return without_year(text, order, anchor)
    if at > nearest and (anchor - day).days > _HALF:
        return day_from_loose(text, order, anchor.year + 1)
    if at < nearest and (day - anchor).days > _HALF:
        return day_from_loose(text, order, anchor.year - 1)
    return day


def _running(column: Days) -> bool:
    """True for days that go through the year once at most: from December on into January, and not back."""
    days = [day for text, order in column.yearless.values() if (day := day_from_loose(text, order))]
    steps = [(after - before).days for before, after in pairwise(days)]
    turns = [n for n, step in enumerate(steps) if step < -_HALF]
    since = steps[turns[0] :] if turns else []
    return len(turns) <= 1 and not any(step > _HALF for step in since)


def year_told(texts: Iterable[str]) -> tuple[int, str] | None:
    """The year that the title of a list, its sheet or its file names, with the first text that does so.

    A text with two years, the year of a standard (GB 50300-2013) and that of a whole date tell none.
    """
    for text in texts:
        months = _MONTH.fullmatch(text)
        found = [months[1]] if months else _YEAR.findall(text) if not _RANGE.search(text) else []
        years = {int(year) for year in found}
        if len(years) == 1:
            return years.pop(), text
    return None
