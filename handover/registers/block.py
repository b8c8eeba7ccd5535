"""A block of cells as values of fields: each column is read as a whole, so that a cell means what its column means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handover.i18n import N_
from handover.model.vocabulary import Vocabulary
from handover.registers.declare import Field, Kind
from handover.values.cells import (
    Cell,
    ColumnReading,
    Unreadable,
    as_text,
    parse_number,
    read_column,
    read_numbers,
    read_shares,
    read_yes,
    shown,
)
from handover.values.date_columns import DateReading, read_date_columns
from handover.values.date_text import Order
from handover.values.durations import read_durations
from handover.values.moments import day_of, midnight

_SYMBOLS = re.compile(r"^[^\w<>]+|[^\w)）%]+$")
_DATES = (Kind.DATE, Kind.MOMENT)
_COUNTED: Mapping[Kind, Callable[[Sequence[Cell]], ColumnReading[Any]]] = {
    Kind.PERCENT: read_shares,
    Kind.NUMBER: read_numbers,
    Kind.BOOL: read_yes,
    Kind.INTEGER: lambda cells: read_column(cells, whole),
}


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What a block of cells means.

    Attributes:
        columns: the values of each field that is read as a column, and what is wrong, by place.
        dates: how the columns of dates were read.
    """

    columns: Mapping[str, ColumnReading[Any]] = field(default_factory=dict)
    dates: Mapping[str, DateReading] = field(default_factory=dict)

    @property
    def undecided(self) -> dict[str, DateReading]:
        """Fields with dates that can be read in two ways: ask, then read again with the order."""
        return {key: reading for key, reading in self.dates.items() if reading.asks_order}

    @property
    def without_year(self) -> dict[str, DateReading]:
        """Fields with dates that have no year anywhere: ask, then read again with the year."""
        return {key: reading for key, reading in self.dates.items() if reading.no_year}


def read_block(
    fields: Sequence[Field], cells: Mapping[str, Sequence[Cell]], order: Order | None = None, year: int | None = None
) -> BlockReading:
    """Read the columns of a block whose cells tell of each other: dates, numbers, shares, durations, yes and no.

    Args:
        cells: of each field, all columns alike in length.
        order: of day, month and year that the user chose; told by the columns where None.
        year: of days without one, where the user chose it.
    """
    columns: dict[str, ColumnReading[Any]] = {}
    for each in fields:
        if each.kind in _COUNTED:
            columns[each.field] = _COUNTED[each.kind](cells[each.field])
        elif each.kind is Kind.DURATION:
            columns[each.field] = work_minutes(cells[each.field])
    days = {each.field: each.kind is Kind.DATE for each in fields if each.kind in _DATES}
    dates = read_date_columns({key: cells[key] for key in days}, order, year=year)
    for key, reading in dates.items():
        values = [v if v is None else day_of(v) if days[key] else as_moment(v) for v in reading.values]
        columns[key] = ColumnReading(values, reading.problems)
    return BlockReading(columns, dates)


def reads_as_column(field: Field) -> bool:
    """Whether what a cell of the field means can depend on the others of its column."""
    return field.kind in _COUNTED or field.kind is Kind.DURATION or field.kind in _DATES


def as_moment(value: dt.date) -> dt.datetime:
    """A day as the moment that stands for it; a moment as it is."""
    return value if isinstance(value, dt.datetime) else midnight(value)


def whole(cell: Cell) -> int | None:
    """A cell as a whole number.

    Raises:
        Unreadable: it holds something else.
    """
    number = parse_number(cell)
    if number is None:
        return None
    if number != int(number) or abs(number) > 2**53:
        raise Unreadable(N_("“{text}” is not a whole number."), text=shown(cell))
    return int(number)


def word_of(words: Vocabulary, cell: Cell) -> str:
    """The code of a word of a vocabulary, with or without a symbol in front of it.

    Raises:
        Unreadable: it is none of them.
    """
    text = as_text(cell)
    code = words.code_of(text) or words.code_of(_SYMBOLS.sub("", text))
    if code is None:
        allowed = ", ".join(option.label for option in words)
        raise Unreadable(N_("“{value}” is not one of: {allowed}."), value=shown(cell), allowed=allowed)
    return code


def work_minutes(cells: Sequence[Cell]) -> ColumnReading[int]:
    """Durations in minutes of work; what counts days of the calendar needs a column that says so and is refused."""
    read = read_durations(cells)
    problems = dict(read.problems)
    for place, found in enumerate(read.values):
        if found is not None and found.elapsed:
            problems[place] = Unreadable(
                N_("“{text}” counts time of the clock. Write work: 5 d, 4 h or 2 w."), text=shown(cells[place])
            )
    values = [None if found is None or place in problems else found.minutes for place, found in enumerate(read.values)]
    return ColumnReading(values, problems)
