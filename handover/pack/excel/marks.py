"""The hidden sheets of a workbook: the values of its validated lists, and what tells the importer that it is ours.

The sheet ``_handover`` has a line for each thing, its kind in the first column:

    handover-export | 1 | title | number | edition | made at | language | project code
    origin          | name | value
    register        | sheet | register key | number of the header row | rows | rows left out
    field           | sheet | field key | number of the column | kind | heading
    choice          | sheet | field key | as shown | English | Chinese

What it says of matrices stands in `excel_matrix`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.utils import get_column_letter

from handover.pack.excel.sheet import choices_of
from handover.pack.outline import PackOutline, TableBlock, TableColumn, WrittenTable
from handover.values.workbook_text import clean
from handover.wording import Language, Text, shown

MARK_SHEET, LIST_SHEET = "_handover", "_lists"
MARK, VERSION = "handover-export", 1


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table and the name of its sheet."""

    sheet: str
    table: TableBlock


def list_ranges(outline: PackOutline, tables: Sequence[NamedTable]) -> dict[str, dict[str, str]]:
    """For each sheet and each of its columns with a validated list, the range that will hold the values."""
    places: dict[tuple[str, ...], str] = {}
    ranges: dict[str, dict[str, str]] = {named.sheet: {} for named in tables}
    for named in tables:
        for column in named.table.columns:
            if values := _values(column, outline.language):
                if values not in places:
                    letter = get_column_letter(len(places) + 1)
                    places[values] = f"{LIST_SHEET}!${letter}$1:${letter}${len(values)}"
                ranges[named.sheet][column.key] = places[values]
    return ranges


def _values(column: TableColumn, language: Language) -> tuple[str, ...]:
    return tuple(choice.shown for choice in choices_of(column, language))


def write_lists(book: Workbook, outline: PackOutline, tables: Sequence[NamedTable]) -> None:
    """The sheet of the lists, a column each, in the order of `list_ranges`; equal ones, such as of people, once."""
    found = (_values(column, outline.language) for named in tables for column in named.table.columns)
    lists = list(dict.fromkeys(filter(None, found)))
    if not lists:
        return
    sheet = book.create_sheet(LIST_SHEET)
    for line in zip_longest(*lists):
        sheet.append([None if text is None else _text(book, text) for text in line])
    sheet.sheet_state = "hidden"


def write_marks(
    book: Workbook,
    outline: PackOutline,
    tables: Sequence[NamedTable],
    written: Sequence[WrittenTable],
    more: Iterable[list[str | int]] = (),
) -> None:
    """The sheet that the importer reads first, and a document property beside it; ``more`` lines follow."""
    sheet = book.create_sheet(MARK_SHEET)
    for line in chain(_lines(outline, tables, written), more):
        sheet.append([_text(book, x) if isinstance(x, str) else x for x in line])
    sheet.sheet_state = "veryHidden"
    about: Any = book  # the stubs don't know document properties
    about.custom_doc_props.append(IntProperty(name="HandoverExport", value=VERSION))
    about.custom_doc_props.append(StringProperty(name="HandoverProject", value=clean(outline.cover.code)))


def _lines(
    outline: PackOutline, tables: Sequence[NamedTable], written: Sequence[WrittenTable]
) -> list[list[str | int]]:
    made = outline.made_at.replace(microsecond=0).isoformat()
    title = outline.title.en if isinstance(outline.title, Text) else outline.title
    head: list[str | int] = [
        MARK,
        VERSION,
        title,
        outline.number,
        outline.edition,
        made,
        outline.language,
        outline.cover.code,
    ]
    lines = [head]
    lines += [["origin", name, value] for name, value in outline.origin]
    for named, done in zip(tables, written, strict=True):
        lines.append(["register", named.sheet, named.table.key, 1, done.rows, done.left_out])
        for number, column in enumerate(named.table.columns, 1):
            heading = shown(column.label, outline.language)
            lines.append(["field", named.sheet, column.key, number, column.kind.name, heading])
            for choice in () if column.offered else choices_of(column, outline.language):
                words = choice.words
                both = (words.en, words.zh) if isinstance(words, Text) else (words, words)
                lines.append(["choice", named.sheet, column.key, choice.shown, *both])
    return lines


def _text(book: Workbook, text: str) -> BookCell | None:
    cell = WriteOnlyCell(book.worksheets[0], clean(text) or None)
    cell.data_type = "s"
    return cell if text else None
