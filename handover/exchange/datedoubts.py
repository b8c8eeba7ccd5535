"""What is doubtful about the dates of a list, column by column: for the wizard's columns, notices and scripts."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Any

from handover.exchange.dates import DateReading, read_date_columns, turned
from handover.exchange.grid import Grid, address
from handover.exchange.mapping import Mapping
from handover.exchange.source import Notice
from handover.exchange.structure import Table
from handover.i18n import N_, tr
from handover.registers import show
from handover.registers.declare import Kind, Register


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column whose dates can be read in two ways, or of which Excel may have turned some.

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
        """Whether the user must say how the dates are read."""
        return self.reading.undecided and bool(self.reading.examples)


def date_doubts(
    register: Register, mapping: Mapping, grid: Grid, table: Table, hidden: frozenset[int] = frozenset()
) -> list[Doubt]:
    """The doubtful columns of a table, from left to right, before anything is compared.

    Args:
        hidden: hidden rows of the grid, counted from 0, that the user wants all the same.
    """
    rows = list(table.rows(hidden))
    dated = {
        m.column: [grid.rows[r][m.column] for r in rows]
        for m in mapping.columns
        if m.field in register and register[m.field].kind in (Kind.DATE, Kind.MOMENT)
    }
    found = []
    for column, reading in read_date_columns(dated, date1904=grid.date1904).items():
        if reading.undecided or reading.maybe_swapped:
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


def in_two_ways(reading: DateReading) -> str:
    """A cell with both of its readings: ``“03/05/2026”: 3 May 2026 or 5 March 2026?``."""
    telling = [e for e in reading.examples if e[2] is not None and e[2] != e[1]]
    cell, used, other = (telling or list(reading.examples))[0]
    if other is None:
        return tr("“{cell}” as {day}?", cell=cell, day=show.moment(used))
    return tr("“{cell}” as {day} or as {other}?", cell=cell, day=show.moment(used), other=show.moment(other))


def as_data(reading: DateReading, cells: tuple[str, ...]) -> Dictionary[str, Any]:  # Any: JSON's own values
    """How a column of dates was read, for scripts; ``cells`` are the addresses of its suspects."""
    return {
        "order": (reading.order or "").lower() or None,
        "undecided": reading.undecided,
        "examples": [
            {"cell": cell, "read_as": str(used), "or": None if other is None else str(other)}
            for cell, used, other in reading.examples
        ],
        "maybe_swapped": list(cells),
    }


class _Day:
    """A day that is written in the language in force when the notice is read."""

    def __init__(self, day: Any) -> None:  # Any: a date or a moment
        self._day = day

    def __str__(self) -> str:
        return show.moment(self._day)

    def __format__(self, _spec: str) -> str:
        return str(self)
