"""What is doubtful about the dates of a list, column by column: for the wizard's columns, notices and scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.notice import Notice
from handover.exchange.reading.grid import Grid, address
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.registers.declare import Register
from handover.values import shown
from handover.values.date_columns import DateReading, read_date_columns, turned
from handover.values.missing_year import year_told

_ABOVE = 12
"""Rows above a table in which its title is looked for."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column whose dates can be read in two ways or have no year, or of which Excel may have turned some.

    Attributes:
        column: its place in the sheet, counted from 0.
        places: for each of ``reading.suspects`` the address of its cell.
    """

    field: str
    column: int
    heading: str
    reading: DateReading
    places: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the user must say which comes first, the day or the month."""
        return self.reading.asks_order


def year_of(grid: Grid, table: Table, file: str) -> int | None:
    """The year that the rows above a table name, else its sheet, else its file; for days such as 3月5日.

    Args:
        file: the file's name without its ending.
    """
    top = table.header_rows[0] if table.header_rows else 0
    above = [v for row in reversed(grid.rows[max(0, top - _ABOVE) : top]) for v in row if isinstance(v, str)]
    found = year_told([table.title, *above, table.sheet, file])
    return found[0] if found else None


def date_doubts(
    register: Register,
    mapping: ColumnMapping,
    grid: Grid,
    table: Table,
    hidden: frozenset[int] = frozenset(),
    year: int | None = None,
) -> list[Doubt]:
    """The doubtful columns of a table, from left to right, before anything is compared.

    Args:
        hidden: hidden rows of the grid, counted from 0, that the user wants all the same.
        year: of days without one, as ``year_of`` found it or the user said.
    """
    rows = list(table.rows(hidden))
    dated = {
        m.column: [grid.rows[r][m.column] for r in rows]
        for m in mapping.columns
        if m.field in register and register[m.field].kind.dated
    }
    found = []
    for column, reading in read_date_columns(dated, date1904=grid.date1904, year=year).items():
        if reading.undecided or reading.maybe_swapped or reading.no_year or reading.told_year:
            mapped = mapping.of(column)
            places = tuple(address(rows[p], column) for p in reading.suspects)
            found.append(Doubt(mapped.field, column, mapped.heading, reading, places))
    return found


def swapped_notice(heading: str, cell: str, reading: DateReading) -> Notice:
    """What to say of a column of which Excel may have turned some dates; ``cell`` is the address of the first."""
    day = reading.values[reading.suspects[0]]
    assert day is not None
    return Notice(
        N_(
            "Day and month may have been exchanged in “{heading}”: its dates kept as text all lie after the 12th of "
            "a month, its real dates never do. Compare cell {cell} with the original: is {day} right, or {other}?"
        ),
        {"heading": heading, "cell": cell, "day": _Day(day), "other": _Day(turned(day))},
    )


def told_year_notice(heading: str, reading: DateReading, by_title: bool = True) -> Notice:
    """What to say of a column without years that takes them from the title of the list, its sheet or its file.

    Args:
        by_title: False where the user said the year.
    """
    assert reading.told_year is not None
    first, last = reading.told_year
    if not by_title:
        return Notice(
            N_("The dates in “{heading}” have no year. They are read as {first} to {last}."),
            {"heading": heading, "first": _Day(first), "last": _Day(last)},
        )
    return Notice(
        N_(
            "The dates in “{heading}” have no year. With that of the title they are read as {first} to {last}; "
            "say another year where that is wrong."
        ),
        {"heading": heading, "first": _Day(first), "last": _Day(last)},
    )


def which_year(headings: Sequence[str], readings: Sequence[DateReading]) -> str:
    """The question of the year of columns whose days have none, empty where there are none."""
    cell = next((r.no_year[0] for r in readings if r.no_year), None)
    if cell is None:
        return ""
    return tr(
        "The dates in {fields} have no year. Of which year is “{cell}”?", fields=tr(", ").join(headings), cell=cell
    )


def in_two_ways(reading: DateReading) -> str:
    """A cell with both of its readings: ``“03/05/2026”: 3 May 2026 or 5 March 2026?``."""
    telling = [e for e in reading.examples if e[2] is not None and e[2] != e[1]]
    cell, used, other = (telling or list(reading.examples))[0]
    if other is None:
        return tr("“{cell}” as {day}?", cell=cell, day=shown.moment(used))
    return tr("“{cell}” as {day} or as {other}?", cell=cell, day=shown.moment(used), other=shown.moment(other))


def as_data(reading: DateReading, cells: tuple[str, ...]) -> Mapping[str, Any]:  # Any: JSON's own values
    """How a column of dates was read, for scripts; ``cells`` are the addresses of its suspects."""
    return {
        "order": (reading.order or "").lower() or None,
        "undecided": reading.undecided,
        "examples": [
            {"cell": cell, "read_as": str(used), "or": None if other is None else str(other)}
            for cell, used, other in reading.examples
        ],
        "maybe_swapped": list(cells),
        "no_year": list(reading.no_year),
    }


class _Day:
    """A day that is written in the language in force when the notice is read."""

    def __init__(self, day: Any) -> None:  # Any: a date or a moment
        self._day = day

    def __str__(self) -> str:
        return shown.moment(self._day)

    def __format__(self, _spec: str) -> str:
        return str(self)
