"""Dates of a column: in any style that people write, the order of day and month told by the whole column.

A cell never decides for itself: 05/03/2026 is read as the other cells of its format demand, and where none of them
does, the column is reported as undecided so that the user can be asked. So is one whose days have no year anywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from handover.i18n import N_
from handover.values.cells import Cell, Unreadable, is_nothing, refuse_error_value, shown
from handover.values.date_order import FormatOrder, WrittenDates, orders_of, weekday_fits
from handover.values.date_text import EARLIEST, LATEST, Loose, Order, day_from_loose, loose_date, moment_of
from handover.values.missing_year import Days, settle_years

When: TypeAlias = "dt.date | dt.datetime"
K = TypeVar("K", bound=Hashable)

_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000
"""Excel's day numbers of 1927 and 2201: a number outside isn't meant as a date."""
_DAYS_1904 = 1462
_APART = 20
"""Years that part a number meant as something else from the dates of its column."""
_LEAP = 2000
"""A year that has every day."""
_NOT_A_DATE = N_("“{text}” is not a date. Right would be 2026-03-05.")
NO_YEAR: Final = N_("“{text}” has no year, and no other date of the column tells it. Right would be 2026-03-05.")
_WEEKDAY = N_("“{text}” names another weekday than that of {day}. Correct the one that is wrong.")
TOO_EARLY: Final = N_("“{text}” lies before 1900, which can't be meant. Right would be 2026-03-05.")
TOO_LATE: Final = N_("“{text}” lies after 2200, which can't be meant. Right would be 2026-03-05.")


@dataclass(slots=True)
class DateReading:
    """A column of dates: days as ``date``, moments with a time of day as ``datetime``."""

    values: list[When | None]
    problems: dict[int, Unreadable] = field(default_factory=dict)
    #: The order that was used for dates such as 5/3/2026; None where no cell needs one.
    order: Order | None = None
    #: True when cells need an order and nothing tells which: ask before importing.
    undecided: bool = False
    #: True when some cells demand one order and some another.
    contradictory: bool = False
    #: Places of up to five real dates of which Excel may have turned day and month: every text of the column has a
    #: day over 12, and no real date has.
    suspects: tuple[int, ...] = ()
    #: Up to five cells with how they are read in the order used and in the other one.
    examples: tuple[tuple[str, When, When | None], ...] = ()
    #: Up to five cells without a year that nothing tells: ask before importing.
    no_year: tuple[str, ...] = ()
    #: The first and the last of the days whose year was told from outside the table.
    told_year: tuple[dt.date, dt.date] | None = None

    @property
    def asks_order(self) -> bool:
        """True when the user must say which comes first, the day or the month; where years lack, these come first."""
        return self.undecided and not self.no_year

    @property
    def maybe_swapped(self) -> bool:
        """True when Excel may have turned day and month of some cells."""
        return bool(self.suspects)


@dataclass(slots=True)
class _Column:
    """A column half read: what needs no order, and the loose texts by their place."""

    cells: Sequence[Cell]
    values: list[When | None]
    problems: dict[int, Unreadable]
    loose: dict[int, Loose]
    yearless: dict[int, Loose]
    #: True when a text of the column has its year in front, or 月: then the month comes before the day.
    year_first: bool = False

    @property
    def needing_order(self) -> dict[int, Loose]:
        """The texts whose numbers may be day and month or month and day, by place."""
        return {p: t for p, t in (self.loose | self.yearless).items() if not t.month_known}

    def written(self) -> WrittenDates:
        years = frozenset(v.year for v in self.values if v is not None) if self.loose else frozenset()
        return WrittenDates(frozenset(self.needing_order.values()), years, self.year_first)


def read_dates(
    cells: Sequence[Cell], order: Order | None = None, date1904: bool = False, year: int | None = None
) -> DateReading:
    """Read a column of dates.

    Args:
        order: the order of day, month and year that the user chose; inferred from the column where None.
        date1904: True when plain numbers count days from 1904.
        year: of the first day without a year where no date of the column tells it.
    """
    return read_date_columns({0: cells}, order, date1904, year)[0]


def read_date_columns(
    columns: Mapping[K, Sequence[Cell]],
    order: Order | None = None,
    date1904: bool = False,
    year: int | None = None,
    days: frozenset[dt.date] = frozenset(),
) -> dict[K, DateReading]:
    """Read the date columns of one table, from left to right: all dates of one format are read in one order, and a day
    without a year takes that of the other dates of its row and column.

    Args:
        days: whole dates that the title of the table names; where one of them can be meant in one order alone, that
            order counts.
    """
    started = {key: _start(cells, date1904) for key, cells in columns.items()}
    written = {key: column.written() for key, column in started.items()}
    orders = orders_of(written, order)
    if days and any(told.undecided for told in orders.values()) and (named := _order_of_title(started, days)):
        orders = orders_of(written, named)
    found = {}
    usual = next((v.year for column in started.values() for v in column.values if v is not None), year or _LEAP)
    for key, column in started.items():
        mine = {mark: told for (place, mark), told in orders.items() if place == key}
        found[key] = _in_order(column, mine, usual)
    if any(column.yearless for column in started.values()):
        _settle_yearless(started, found, orders, year)
    return found


def _order_of_title(columns: Mapping[K, _Column], days: frozenset[dt.date]) -> Order | None:
    """The one order in which a date of the columns is a day that the title names."""
    texts = {text for column in columns.values() for text in column.loose.values() if not text.month_known}
    ways: list[Order] = ["DMY", "MDY"]
    meant = [order for order in ways if any(day_from_loose(text, order) in days for text in texts)]
    return meant[0] if len(meant) == 1 else None


def _start(cells: Sequence[Cell], date1904: bool) -> _Column:
    column = _Column(cells, [], {}, {}, {})
    known: dict[tuple[type, Cell], When | Loose | Unreadable | None] = {}
    add = column.values.append
    for place, cell in enumerate(cells):
        kind = type(cell)
        if cell is None or (kind is dt.date and EARLIEST <= cell.year <= LATEST):  # type: ignore[union-attr]
            add(cell)  # type: ignore[arg-type]  # the kind was just looked at
            continue
        key = (kind, cell)
        if key not in known:
            known[key] = _understand(cell, date1904)
            column.year_first |= kind is str and _month_before_day(str(cell), known[key])
        found = known[key]
        if isinstance(found, Unreadable):
            column.problems[place] = found
        elif isinstance(found, Loose):
            (column.yearless if found.year is None and found.third is None else column.loose)[place] = found
        add(found if isinstance(found, dt.date) else None)
    if float in {kind for kind, _ in known}:
        _refuse_sums(column)
    return column


def _refuse_sums(column: _Column) -> None:
    """A bare number decades away from every real date of its column is a sum or a price, not a day."""
    real = [cell.year for cell in column.cells if isinstance(cell, dt.date)]
    if len(real) < 3:
        return
    for place, cell in enumerate(column.cells):
        value = column.values[place]
        if type(cell) is float and value and not min(real) - _APART <= value.year <= max(real) + _APART:
            column.values[place] = None
            column.problems[place] = Unreadable(_NOT_A_DATE, text=shown(cell))


def _understand(cell: Cell, date1904: bool) -> When | Loose | Unreadable | None:
    try:
        if is_nothing(cell):
            return None
        refuse_error_value(cell)
        if isinstance(cell, dt.date):
            return _whole_day(cell)
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return _from_number(cell, date1904)
        if isinstance(cell, str) and (found := loose_date(cell)) is not None:
            return _whole_day(found) if isinstance(found, dt.date) else found
        if isinstance(cell, str) and cell.strip().isdigit() and len(cell.strip()) == 5:
            return _from_number(int(cell), date1904)
    except Unreadable as error:
        return error
    return Unreadable(_NOT_A_DATE, text=shown(cell))


def _out_of_time(day: dt.date) -> str:
    """What is wrong with a day that no project has; empty for any other."""
    return TOO_EARLY if day.year < EARLIEST else TOO_LATE if day.year > LATEST else ""


def _whole_day(when: When) -> When:
    if told := _out_of_time(when):
        raise Unreadable(told, text=shown(when))
    if isinstance(when, dt.datetime):
        when = when.replace(tzinfo=None)
        if when.second or when.microsecond:
            when += dt.timedelta(seconds=30)
            when = when.replace(second=0, microsecond=0)
        return when if (when.hour, when.minute) != (0, 0) else when.date()
    return when


def _from_number(number: float, date1904: bool) -> When:
    whole = int(number) if number == number and abs(number) < 1e9 else 0  # NaN differs from itself
    if whole == number and 19_000_101 <= whole <= 22_001_231:
        try:
            return dt.date(whole // 10_000, whole // 100 % 100, whole % 100)
        except ValueError:
            pass
    if date1904:
        number += _DAYS_1904
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise Unreadable(_NOT_A_DATE, text=shown(float(number)))
    return _whole_day(dt.datetime(1899, 12, 30) + dt.timedelta(minutes=round(number * 1440)))


def _month_before_day(text: str, found: When | Loose | Unreadable | None) -> bool:
    if isinstance(found, dt.date):
        return text.strip()[:4].isdigit()
    return isinstance(found, Loose) and found.month_known and "月" in text


def _in_order(column: _Column, orders: Mapping[str, FormatOrder], year: int) -> DateReading:
    """The column with its texts read in the order of each format; what has no year stays open.

    Args:
        year: in which the examples without one are shown.
    """
    reading = DateReading(list(column.values), dict(column.problems))
    needed = column.needing_order
    if needed:
        open_marks = {mark for mark, told in orders.items() if told.undecided}
        first = next((t for t in needed.values() if t.mark in open_marks), next(iter(needed.values())))
        reading.order = orders[first.mark].order
        reading.undecided = bool(open_marks)
        reading.contradictory = any(told.contradictory for told in orders.values())
        asked = {p: t for p, t in needed.items() if t.mark == first.mark}
        reading.examples = _examples(column, reading.order, asked, year)
        reading.suspects = _swapped(column)
    days: dict[int, dt.date | None] = {}  # equal texts of a column are one object
    for place, text in column.loose.items():
        order = orders[text.mark].order if text.mark in orders else "DMY"
        if id(text) not in days:
            days[id(text)] = day_from_loose(text, order)
        _place(column, reading, place, text, order, days[id(text)])
    return reading


def _place(column: _Column, reading: DateReading, place: int, text: Loose, order: Order, day: dt.date | None) -> None:
    if day is None:
        reading.problems[place] = Unreadable(_NOT_A_DATE, text=shown(column.cells[place]))
    elif told := _out_of_time(day):
        reading.problems[place] = Unreadable(told, text=shown(column.cells[place]))
    elif not text.month_known and not weekday_fits(text, order):
        reading.problems[place] = Unreadable(_WEEKDAY, text=shown(column.cells[place]), day=day.isoformat())
    else:
        reading.values[place] = moment_of(day, text)


def _swapped(column: _Column) -> tuple[int, ...]:
    real = {p: v for p, v in enumerate(column.values) if v is not None and isinstance(column.cells[p], dt.date)}
    texts = [t for t in column.loose.values() if not t.month_known and t.third is not None]
    if len(real) < 3 or len(texts) < 3:
        return ()
    if any(max(t.first, t.second) <= 12 for t in texts) or any(v.day > 12 for v in real.values()):
        return ()
    return tuple([p for p, v in real.items() if v.day != v.month][:5])


def turned(when: When) -> When:
    """The date with day and month exchanged; its day must not be over 12."""
    return when.replace(month=when.day, day=when.month)


def _examples(
    column: _Column, order: Order, needed: dict[int, Loose], year: int
) -> tuple[tuple[str, When, When | None], ...]:
    other: Order = "DMY" if order == "MDY" else "MDY"
    seen: dict[str, tuple[str, When, When | None]] = {}
    for place, text in needed.items():
        if day := day_from_loose(text, order, year):
            said = shown(column.cells[place])
            seen.setdefault(said, (said, day, day_from_loose(text, other, year)))
            if len(seen) >= 5:
                break
    return tuple(seen.values())


def _settle_yearless(
    started: Mapping[K, _Column],
    found: Mapping[K, DateReading],
    orders: Mapping[tuple[K, str], FormatOrder],
    year: int | None,
) -> None:
    """Give days without a year the year that the dates around them tell, else ``year``; else they are a problem."""
    tables = []
    for key, column in started.items():
        said = {
            place: (text, orders[key, text.mark].order if (key, text.mark) in orders else "DMY")
            for place, text in column.yearless.items()
        }
        tables.append(Days([None if v is None else _day(v) for v in found[key].values], said))
    told = settle_years(tables, year)
    for (key, column), days in zip(started.items(), tables, strict=True):
        reading = found[key]
        lacking = []
        for place, text in column.yearless.items():
            if (day := days.values[place]) is not None:
                reading.values[place] = moment_of(day, text)
            else:
                lacking.append(place)
                reading.problems[place] = Unreadable(NO_YEAR, text=shown(column.cells[place]))
        if column.yearless and not lacking and told:
            settled = [d for p in column.yearless if (d := days.values[p]) is not None]
            reading.told_year = min(settled), max(settled)
        reading.no_year = tuple(dict.fromkeys(shown(column.cells[p]) for p in lacking[:5]))


def _day(when: When) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when
