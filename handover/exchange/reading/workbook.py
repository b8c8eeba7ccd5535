"""A workbook in the hands of the fast reader, calamine. Runs in the reading child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


def opened(path: str) -> CalamineWorkbook:
    """A workbook by what it holds: calamine goes by the name, and many a web page calls its .xlsx or .ods an .xls."""
    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        with Path(path).open("rb") as file:
            return CalamineWorkbook.from_filelike(file)


def extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell in use; calamine's ``total_*`` are one short of that."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def listed(path: str) -> Iterator[tuple[str, bool, int, int]]:
    """Name, whether it is hidden, rows and columns of each worksheet."""
    workbook = opened(path)
    for place, entry in enumerate(workbook.sheets_metadata):
        if entry.typ == SheetTypeEnum.WorkSheet:
            hidden = entry.visible != SheetVisibleEnum.Visible
            yield entry.name, hidden, *extent(workbook.get_sheet_by_index(place))
