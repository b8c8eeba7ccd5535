"""Dates of a column: in any style that people write, the order of day and month told by the whole column.

A cell never decides for itself: 05/03/2026 is read as the other cells of its column demand, and where none of them
does, the column is reported as undecided so that the user can be asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from handover.exchange.datetext import (
    EARLIEST,
    Loose,
    Order,
    day_from_loose,
    decided_orders,
    loose_date,
    moment_of,
    without_year,
)
from handover.exchange.grid import Cell
from handover.exchange.values import Unreadable, is_nothing, refuse_error_value, shown
from handover.i18n import N_

When: TypeAlias = "dt.date | dt.datetime"
K = TypeVar("K", bound=Hashable)

_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000
"""Excel's day numbers of 1927 and 2201: a number outside isn't meant as a date."""
_DAYS_1904 = 1462
_APART = 20
"""Years that part a number meant as something else from the dates of its column."""
_NOT_A_DATE = N_("“{text}” is not a date. Right would be 2026-03-05.")
TOO_EARLY: Final = N_("“{text}” lies before 1900, which can't be meant. Right would be 2026-03-05.")


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
    #: True when a text of the column has its year in front: then the month comes before the day.
    year_first: bool = False

    def orders(self) -> set[Order]:
        return {order for parts in set(self.loose.values()) for order in decided_orders(parts)}


def read_dates(cells: Sequence[Cell], order: Order | None = None, date1904: bool = False) -> DateReading:
    """Read a column of dates.

    Args:
        order: the order of day, month and year that the user chose; inferred from the column where None.
        date1904: True when plain numbers count days from 1904.
    """
    return _finish(_start(cells, date1904), order)


def read_date_columns(
    columns: Mapping[K, Sequence[Cell]], order: Order | None = None, date1904: bool = False
) -> dict[K, DateReading]:
    """Read the date columns of one table: a column that can't tell its order or year takes that of its neighbours.

    Where the columns that can tell disagree, an undecided one stays undecided.
    """
    started = {key: _start(cells, date1904) for key, cells in columns.items()}
    near = next((_day(v) for column in started.values() for v in column.values if v is not None), None)
    found = {key: _finish(column, order, near) for key, column in started.items()}
    if order is None:
        told = {r.order for r in found.values() if r.order and not r.undecided and not r.contradictory}
        if len(told) == 1:
            common = told.pop()
            for key, reading in found.items():
                if reading.undecided and common in _possible(started[key]):
                    found[key] = _finish(started[key], common, near)
    return found


def _start(cells: Sequence[Cell], date1904: bool) -> _Column:
    column = _Column(cells, [], {}, {}, {})
    known: dict[tuple[type, Cell], When | Loose | Unreadable | None] = {}
    add = column.values.append
    for place, cell in enumerate(cells):
        kind = type(cell)
        if cell is None or (kind is dt.date and cell.year >= EARLIEST):  # type: ignore[union-attr]
            add(cell)  # type: ignore[arg-type]  # the kind was just looked at
            continue
        key = (kind, cell)
        if key not in known:
            known[key] = _understand(cell, date1904)
            column.year_first |= isinstance(known[key], dt.date) and kind is str and str(cell).strip()[:4].isdigit()
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


def _whole_day(when: When) -> When:
    if when.year < EARLIEST:
        raise Unreadable(TOO_EARLY, text=shown(when))
    if isinstance(when, dt.datetime):
        when = when.replace(tzinfo=None)
        if when.second or when.microsecond:
            when = (when + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)
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


def _possible(column: _Column) -> list[Order]:
    """The orders in which every loose text of the column is a date, the likeliest first."""
    texts = set(column.loose.values()) | set(column.yearless.values())
    if _year_comes_first(texts):
        return ["YMD"]
    kinds: tuple[Order, ...] = ("DMY", "MDY")
    able = [order for order in kinds if all(day_from_loose(t, order) for t in texts)]
    if not able and all(day_from_loose(t, "YMD") for t in texts):
        return ["YMD"]
    return able


def _year_comes_first(texts: set[Loose]) -> bool:
    """``26-03-05``, ``26-03-31``: the first number hardly changes and the last does, as years and days do."""
    if not texts or not all(t.third is not None and t.width <= 2 and day_from_loose(t, "YMD") for t in texts):
        return False
    return min(t.first for t in texts) >= 10 and len({t.first for t in texts}) < len({t.third for t in texts})


def _finish(column: _Column, chosen: Order | None, near: dt.date | None = None) -> DateReading:
    reading = DateReading(list(column.values), dict(column.problems))
    if column.loose or column.yearless:
        _choose(column, reading, chosen)
        _settle(column, reading, near)
    return reading


def _choose(column: _Column, reading: DateReading, chosen: Order | None) -> None:
    needed = {p: t for p, t in (column.loose | column.yearless).items() if not t.month_known}
    if not needed:
        return
    possible = _possible(column)
    if chosen:
        reading.order = chosen
    elif column.year_first and not column.loose:
        reading.order = "YMD"
    elif not possible:
        votes = column.orders()
        reading.contradictory = {"DMY", "MDY"} <= votes
        reading.undecided = reading.contradictory
        reading.order = _most_readable(list(needed.values()))
    elif len(possible) == 1:
        reading.order = possible[0]
    else:
        reading.order, reading.undecided = _by_evidence(list(needed.values()), possible)
    reading.suspects = _swapped(column)
    reading.examples = _examples(column, reading.order, needed)


def _most_readable(texts: list[Loose]) -> Order:
    kinds: tuple[Order, ...] = ("DMY", "MDY")
    return max(kinds, key=lambda order: sum(day_from_loose(t, order) is not None for t in texts))


def _by_evidence(texts: list[Loose], possible: list[Order]) -> tuple[Order, bool]:
    """The order, and whether nothing tells it: same reading either way, names of weekdays, or points between."""
    if len({tuple(day_from_loose(t, order) for t in texts) for order in possible}) == 1:
        return possible[0], False
    named = [t for t in texts if t.weekday is not None]
    if named:
        fitting = [o for o in possible if all(_day_fits(t, o) for t in named)]
        if len(fitting) == 1:
            return fitting[0], False
    if "DMY" in possible and all(t.mark == "." and t.width == 4 for t in texts):
        return "DMY", False  # nobody writes the month first with points
    return possible[0], True


def _day_fits(text: Loose, order: Order) -> bool:
    day = day_from_loose(text, order)
    return day is not None and day.weekday() == text.weekday


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


def _examples(column: _Column, order: Order, needed: dict[int, Loose]) -> tuple[tuple[str, When, When | None], ...]:
    other: Order = "DMY" if order == "MDY" else "MDY"
    seen: dict[str, tuple[str, When, When | None]] = {}
    for place, text in needed.items():
        if day := day_from_loose(text, order):
            said = shown(column.cells[place])
            seen.setdefault(said, (said, day, day_from_loose(text, other)))
            if len(seen) >= 5:
                break
    return tuple(seen.values())


def _settle(column: _Column, reading: DateReading, near: dt.date | None) -> None:
    order = reading.order or "DMY"
    days: dict[int, dt.date | None] = {}  # equal texts of a column are one object
    for place, text in column.loose.items():
        if id(text) not in days:
            days[id(text)] = day_from_loose(text, order)
        day = days[id(text)]
        if day is None:
            reading.problems[place] = Unreadable(_NOT_A_DATE, text=shown(column.cells[place]))
        elif day.year < EARLIEST:
            reading.problems[place] = Unreadable(TOO_EARLY, text=shown(column.cells[place]))
        else:
            reading.values[place] = moment_of(day, text)
    if column.yearless:
        near = next((_day(v) for v in reading.values if v is not None), near)
        _settle_yearless(column, reading, order, near)


def _settle_yearless(column: _Column, reading: DateReading, order: Order, near: dt.date | None) -> None:
    """Give dates without a year the year that brings them nearest to the dated cell before them, else after them."""
    for place, value in enumerate(reading.values):
        if value is not None:
            near = _day(value)
        elif place in column.yearless:
            text = column.yearless[place]
            day = without_year(text, order, near) if near else None
            if day is None:
                reading.problems[place] = Unreadable(
                    N_("“{text}” has no year, and no other date of the column tells it. Right would be 2026-03-05."),
                    text=shown(column.cells[place]),
                )
            else:
                reading.values[place] = moment_of(day, text)
                near = day


def _day(when: When) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when
