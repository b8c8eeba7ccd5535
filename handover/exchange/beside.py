"""What a file holds beside the rows and columns that are taken: hidden ones, other lists, other sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handover.exchange import p6
from handover.exchange.grid import Grid
from handover.exchange.mapping import Mapping
from handover.exchange.structure import Table
from handover.exchange.tablerows import Skip
from handover.i18n import tr
from handover.jobs import Progress, unattended

if TYPE_CHECKING:
    from handover.exchange.importfile import ImportFile

#: So many headings tell one list from another.
_TELLING = 5
#: What P6 writes beside its tasks: the links between them, which are taken, and its own settings.
_OF_P6 = frozenset({p6.RELATIONS_SHEET, "USERDATA"})


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
class Beside:
    """What isn't taken of a file although it might have been wanted; columns by their headings."""

    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    lists: tuple[OtherList, ...] = ()


def hidden_rows(table: Table) -> frozenset[int]:
    """The hidden rows of a table as Excel counts them."""
    return frozenset(row + 1 for row, why in table.skipped.items() if why is Skip.HIDDEN)


def left_hidden(grid: Grid, table: Table, mapping: Mapping, taken: frozenset[int]) -> Beside:
    """The hidden rows and columns that aren't taken; ``taken`` are hidden rows, as Excel counts them, that are."""
    mapped = {m.column for m in mapping.columns}
    columns = [
        heading.text or heading.letters
        for heading in table.headings
        if heading.hidden
        and heading.column not in mapped
        and any(grid.rows[row][heading.column] is not None for row in table.rows())
    ]
    return Beside(len(hidden_rows(table) - taken), tuple(columns))


def other_lists(file: ImportFile, chosen: Table, progress: Progress = unattended) -> tuple[OtherList, ...]:
    """The lists of the sheet beside the chosen one, and the other sheets that hold anything."""
    return (*_on_the_sheet(file, chosen, progress), *_other_sheets(file, chosen.sheet))


def _on_the_sheet(file: ImportFile, chosen: Table, progress: Progress) -> Iterator[OtherList]:
    top = min(chosen.header_rows, default=chosen.first)
    columns = {h.column for h in chosen.headings}
    for table in file.tables(chosen.sheet, progress):
        if table.header_row is None:
            continue
        beside = columns.isdisjoint(h.column for h in table.headings)
        if beside or table.header_rows[0] > chosen.last or table.last < top:
            yield _as_list(table)


def _other_sheets(file: ImportFile, chosen: str) -> Iterator[OtherList]:
    exported = file.export.sheets if file.export is not None else None
    for sheet in file.source.sheets:
        if sheet.name == chosen or sheet.hidden or sheet.name not in file.sheets:
            continue
        if exported is not None and sheet.name not in exported:
            continue  # the cover and the like of an export of ours
        if (file.origin.program == "p6" and sheet.name.upper() in _OF_P6) or not sheet.rows:
            continue
        tables = file.looked_into(sheet.name)
        if tables is None:
            yield OtherList(sheet.name)
        for table in tables or ():
            if table.header_row is not None:
                yield _as_list(table)


def _as_list(table: Table) -> OtherList:
    return OtherList(table.sheet, table.header_row, tuple(h.text for h in table.headings if h.text))
