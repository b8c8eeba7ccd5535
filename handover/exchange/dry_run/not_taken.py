"""What a file holds beside the rows and columns that are taken: hidden ones, other lists, other sheets."""

from __future__ import annotations

from dataclasses import dataclass

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.exchange.tables.forms import Form
from handover.exchange.tables.other_rows import Skip
from handover.i18n import tr

#: So many headings tell one list from another.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list that isn't taken.

    Attributes:
        header_row: the lowest row of its headings as Excel counts it, None where the sheet wasn't looked into.
    """

    sheet: str
    header_row: int | None = None
    headings: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.header_row is None:
            return tr("sheet {sheet}", sheet=self.sheet)
        first = " | ".join(self.headings[:_TELLING]) + (" | …" if len(self.headings) > _TELLING else "")
        return tr("sheet {sheet}, row {row} ({headings})", sheet=self.sheet, row=self.header_row, headings=first)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What isn't taken of a file although it might have been wanted; columns by their headings.

    Attributes:
        filtered: how many rows of the list a filter hides, whether they are taken or not.
        form: the form that the sheet is, whose head isn't taken with its table.
    """

    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    lists: tuple[OtherList, ...] = ()
    filtered: int = 0
    form: Form | None = None


def hidden_rows(table: Table) -> frozenset[int]:
    """The hidden rows of a table as Excel counts them."""
    return frozenset(row + 1 for row, why in table.skipped.items() if why is Skip.HIDDEN)


def left_hidden(grid: Grid, table: Table, mapping: ColumnMapping, taken: frozenset[int]) -> NotTaken:
    """The hidden rows and columns that aren't taken; ``taken`` are hidden rows, as Excel counts them, that are."""
    mapped = {m.column for m in mapping.columns}
    columns = [
        heading.text or heading.letters
        for heading in table.headings
        if heading.hidden
        and heading.column not in mapped
        and any(grid.rows[row][heading.column] is not None for row in table.rows())
    ]
    return NotTaken(len(hidden_rows(table) - taken), tuple(columns))
