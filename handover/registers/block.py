"""A block of cells as values of fields: each column is read as a whole, so that a cell means what its column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handover.registers.declare import Field
from handover.values.cells import Cell, ColumnReading
from handover.values.date_columns import DateReading, read_date_columns
from handover.values.date_text import Order


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
    read = {each.field: each.kind.pasted(each, cells[each.field]) for each in fields if not each.kind.dated}
    columns = {key: column for key, column in read.items() if column is not None}
    dated = {each.field: each.kind for each in fields if each.kind.dated}
    dates = read_date_columns({key: cells[key] for key in dated}, order, year=year)
    for key, reading in dates.items():
        values = [v if v is None else dated[key].settled(v) for v in reading.values]
        columns[key] = ColumnReading(values, reading.problems)
    return BlockReading(columns, dates)


def reads_as_column(field: Field) -> bool:
    """Whether what a cell of the field means can depend on the others of its column; nothing is typed into some."""
    return not field.computed and (field.kind.dated or field.kind.pasted(field, ()) is not None)
