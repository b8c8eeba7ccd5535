"""The lists of a file that aren't taken: on the sheet beside the chosen one, and on other sheets."""

from __future__ import annotations

from collections.abc import Iterator

from handover.exchange.dry_run.not_taken import OtherList
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.programs import p6_workbook
from handover.exchange.tables.finding import Table
from handover.jobs import Progress, unattended

#: What P6 writes beside its tasks: the links between them, which are taken, and its own settings.
_OF_P6 = frozenset({p6_workbook.RELATIONS_SHEET, "USERDATA"})


def other_lists(file: ImportFile, chosen: Table, progress: Progress = unattended) -> tuple[OtherList, ...]:
    """The lists of the sheet beside the chosen one, and the other sheets that hold anything."""
    return (*_on_the_sheet(file, chosen, progress), *_other_sheets(file, file.made_of(chosen.sheet)))


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
