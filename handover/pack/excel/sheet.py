"""Writes a table as a sheet: its header, one row after another, its filter and its validated lists."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo

from handover.errors import HandoverError
from handover.i18n import N_
from handover.pack.blocks.tone import Tone
from handover.pack.excel.cell import (
    MOMENT_FORMAT,
    Filled,
    display_width,
    displayed,
    filled,
    number_format,
    word,
    yes_or_no,
)
from handover.pack.excel.rows import RowsFile
from handover.pack.meter import Meter
from handover.pack.outline import Row, Status, TableBlock, TableColumn, WrittenTable
from handover.values.workbook_text import clean
from handover.wording import Language, Words, said, shown

#: A sheet that is written row by row; the stubs of openpyxl know hardly any of its attributes.
Sheet: TypeAlias = Any

TYPEFACE, TYPE_SIZE = "Arial", 10
ACCENT, WHITE, INK = "0B6E75", "FFFFFF", "1B252D"
#: Ink and ground of the tones.
SHADES: dict[Tone, tuple[str, str]] = {
    "ok": ("0B5F8A", "E3F1F8"),
    "warning": ("8A5A00", "FCF1DA"),
    "danger": ("A8380B", "FCE6DC"),
    "info": ("0B6E75", "E1F1F2"),
    "neutral": ("4E5B65", "EDF0F2"),
}

#: Data rows that a sheet of Excel can hold under its header.
MOST_ROWS = 1_048_575
#: Of a line of text in points.
LINE_HEIGHT = 14.5
#: More than fit into a row, which is 409 points high at most.
_MOST_LINES = 30
#: Where values stand that aren't texts, which begin at the left.
_ASIDE = {"middle": "center", "end": "right"}
#: Empty rows under the last one that have the validated lists too.
SPARE_ROWS = 500

#: Over the first row of a group.
_GROUP_BEGINS = Border(top=Side("medium", color=ACCENT))
_NO_GROUP = object()

#: Of what the program fills in.
FIXED_GROUND, FIXED_INK = "F2F4F5", "4E5B65"
#: The column by which rows are known again; under the last row it is left empty.
_REF = "ref"

#: Of a page on its side between Excel's usual margins, in points; a character of the typeface takes so much.
_A4_BREADTH, _A3_BREADTH, _POINTS_OF_A_CHARACTER = 740.0, 1_085.0, 5.25
#: Smaller than this nobody reads it.
_LEAST_SCALE = 0.6
_A3 = 8

_SAMPLE = 400
_WIDEST, _WIDEST_OF_SENTENCES = 44, 64


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value of a validated list, as it is shown and in both languages."""

    shown: str
    words: Words
    tone: Tone | None = None


def choices_of(column: TableColumn, language: Language) -> tuple[ListedValue, ...]:
    """The values that a column's cells may hold; empty when they are free."""
    if column.kind.yes_or_no:
        return tuple(
            ListedValue(yes_or_no(x, language), said(N_("Yes")) if x else said(N_("No"))) for x in (True, False)
        )
    if column.offered and not column.choices:
        return tuple(ListedValue(name, name) for each in column.offered if (name := clean(each)))
    found = []
    for choice in column.choices:
        words = choice.label if isinstance(choice, Status) else choice
        tone = choice.tone if isinstance(choice, Status) else None
        found.append(ListedValue(clean(word(words, language)), words, tone))
    return tuple(found)


class RegisterSheet:
    """A table on its way into a sheet.

    Args:
        lists: for each column that has a validated list, the range that holds its values.
    """

    def __init__(self, book: Workbook, name: str, table: TableBlock, language: Language, lists: dict[str, str]) -> None:
        self.sheet: Sheet = book.create_sheet(name)
        self.table = table
        self.language = language
        self.lists = lists
        self.rows = RowsFile(table.columns, language, 2, self._style_of, self._lines_of, LINE_HEIGHT)
        self._styles: dict[tuple[object, ...], int] = {}
        self._widths: list[float] = []
        self.tally: Counter[str] = Counter()
        self._tallied = self._column(tallied(table))
        self._colour_column = self._column(table.coloured_by)
        self._group_column = self._column(table.group_by)
        self._group: object = _NO_GROUP

    def _column(self, key: str) -> int:
        return next((n for n, column in enumerate(self.table.columns) if key and column.key == key), -1)

    def write(self, meter: Meter) -> WrittenTable:
        """Write the sheet from top to bottom; rows are never held all at once."""
        rows = iter(self.table.rows)
        first = list(islice(rows, _SAMPLE))
        self._set_up([self._filled(row) for row in first])
        self._header()
        count = 0
        for row in chain(first, rows):
            meter.tick()
            count += 1
            if count > MOST_ROWS:
                raise HandoverError(
                    N_("“{title}” has more rows than a sheet of Excel holds. Filter it and export it in parts."),
                    title=shown(self.table.title, self.language, " "),
                )
            if self._tallied >= 0 and isinstance(state := row[self._tallied], Status):
                self.tally[word(state.label, self.language)] += 1
            self.rows.add(row, self._ground(row), self._begins_group(row))
        self._close(count)
        return WrittenTable(self.table.key, count, self.table.left_out, self.rows.shortened)

    def _filled(self, row: Row) -> list[Filled]:
        return [filled(cell, column, self.language) for cell, column in zip(row, self.table.columns, strict=True)]

    def _ground(self, row: Row) -> Tone | None:
        reason = row[self._colour_column] if self._colour_column >= 0 else None
        return reason.tone if isinstance(reason, Status) else None

    def _begins_group(self, row: Row) -> bool:
        """Whether another group begins with a row, but for the first one, which has the header above it."""
        if self._group_column < 0:
            return False
        before, self._group = self._group, row[self._group_column]
        return before is not _NO_GROUP and before != self._group

    # Before the rows

    def _set_up(self, first: Iterable[list[Filled]]) -> None:
        sheet = self.sheet
        self._widths = list(self._wanted_widths(list(first)))
        for at, (letter, column) in enumerate(zip(self._letters(), self.table.columns, strict=True)):
            look = sheet.column_dimensions[letter]
            look.width = self._widths[at]
            if not column.in_print and at >= self.table.frozen:
                look.outlineLevel = 1
            # the rows under the last one are open, too: new ones are written there
            look.protection = Protection(locked=column.fixed and column.key != _REF)
        frozen = min(max(self.table.frozen, 0), len(self.table.columns) - 1)
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        sheet.sheet_format.defaultRowHeight = 16
        sheet.sheet_properties.tabColor = ACCENT
        protect(sheet)
        set_up_print(sheet)
        set_up_wide_print(sheet, self._widths, frozen)
        sheet.print_title_rows = "1:1"

    def _letters(self) -> Iterator[str]:
        return (get_column_letter(i + 1) for i in range(len(self.table.columns)))

    def _wanted_widths(self, first: list[list[Filled]]) -> Iterator[float]:
        for i, column in enumerate(self.table.columns):
            heading = display_width(shown(column.label, self.language)) + 4  # the filter's button
            cells = (line[i] for line in first)
            widest = max((display_width(displayed(c.value, column)) + 2 * c.level for c in cells), default=0)
            options = (display_width(choice.shown) + 3 for choice in choices_of(column, self.language))
            widest = max(widest, max(options, default=0))
            most = _WIDEST_OF_SENTENCES if column.kind.roomy else _WIDEST
            yield float(max(min(heading, 24), min(widest + 2, most), 8))

    def _header(self) -> None:
        cells: list[BookCell] = []
        for column in self.table.columns:
            cell = WriteOnlyCell(self.sheet, clean(shown(column.label, self.language)) or None)
            cell.data_type = "s"
            cell.font = Font(name=TYPEFACE, size=TYPE_SIZE, bold=True, color=WHITE)
            cell.fill = PatternFill("solid", fgColor=ACCENT)
            cell.alignment = Alignment(_ASIDE.get(column.kind.side), "center", wrap_text=True)
            cells.append(cell)
        labels = [shown(column.label, self.language) for column in self.table.columns]
        self._append(cells, max(map(lines_in, labels, [width - 3 for width in self._widths])))

    # Rows

    def _append(self, cells: Sequence[BookCell | None], lines: int) -> None:
        append_row(self.sheet, 1, cells, lines * LINE_HEIGHT if lines > 1 else 0.0)

    def _lines_of(self, i: int, text: str, level: int) -> int:
        """How many lines a text takes in a column."""
        width = self._widths[i]
        return lines_in(text, width - 1 - 2 * level) if len(text) * 2 > width or "\n" in text else 1

    def _style_of(self, i: int, value: Filled) -> int:
        """The number of the style of a column's cell of a look."""
        key = (i, *value[1:9])
        if key not in self._styles:
            self._styles[key] = self._styled(self.table.columns[i], value).style_id
        return self._styles[key]

    def _styled(self, column: TableColumn, value: Filled) -> BookCell:
        cell = WriteOnlyCell(self.sheet)
        ink = SHADES[value.tone][0] if value.tone else FIXED_INK if column.fixed else INK
        cell.font = Font(name=TYPEFACE, size=TYPE_SIZE, bold=value.strong, color=ink)
        if ground := value.tone or value.ground:
            cell.fill = PatternFill("solid", fgColor=SHADES[ground][1])
        elif column.fixed:
            cell.fill = PatternFill("solid", fgColor=FIXED_GROUND)
        cell.protection = Protection(locked=column.fixed)
        if value.opens:
            cell.border = _GROUP_BEGINS
        cell.alignment = Alignment(
            _ASIDE.get(column.kind.side), "top", wrap_text=column.kind.wrapped, indent=value.level
        )
        cell.number_format = MOMENT_FORMAT if value.moment else number_format(column, value.whole)
        if value.armoured:
            cell.quotePrefix = True
        return cell

    # After the rows

    def _close(self, count: int) -> None:
        last = get_column_letter(len(self.table.columns))
        area = f"A1:{last}{max(count, 1) + 1}"
        if not self._as_table(area):
            self.sheet.auto_filter.ref = area
        for letter, column in zip(self._letters(), self.table.columns, strict=True):
            area = f"{letter}2:{letter}{min(count + 1 + SPARE_ROWS, MOST_ROWS + 1)}"
            if column.key in self.lists:
                self._validate_list(column, area)
                self._colour(column, area)
            elif column.kind.day:
                self._validate_date(area)
        self.sheet.close()

    def _as_table(self, area: str) -> bool:
        """Make the rows a table that formulas and pivots know by its name; Excel has none where two heads are alike."""
        heads = [clean(shown(column.label, self.language)) for column in self.table.columns]
        if not all(heads) or len({head.casefold() for head in heads}) < len(heads):
            return False
        table = Table(displayName=table_name(self.table), ref=area)
        table._initialise_columns()  # type: ignore[attr-defined]  # not in the stubs
        for column, head in zip(table.tableColumns, heads, strict=True):
            column.name = head.replace("\n", "_x000a_")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.sheet._tables.add(table)  # its ``add_table`` warns of columns that we have named
        return True

    def _validate_list(self, column: TableColumn, area: str) -> None:
        rule = DataValidation(type="list", formula1=self.lists[column.key], allow_blank=True)
        rule.showErrorMessage = not column.offered  # a name that isn't there yet may be written, too
        rule.errorTitle = clean(word(column.label, self.language))[:32]
        rule.error = self._say(N_("Choose one of the values of the list."))
        rule.add(area)
        self.sheet.data_validations.append(rule)

    def _validate_date(self, area: str) -> None:
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
        rule.showErrorMessage = True
        rule.error = self._say(N_("Enter a date, such as 2026-03-31."))
        rule.add(area)
        self.sheet.data_validations.append(rule)

    def _say(self, message: str) -> str:
        return shown(said(message), self.language, " ")[:255]

    def _colour(self, column: TableColumn, area: str) -> None:
        """Status colours that follow when somebody chooses another status."""
        for choice in choices_of(column, self.language):
            if choice.tone:
                ink, ground = SHADES[choice.tone]
                text = choice.shown.replace('"', '""')
                rule = CellIsRule("equal", [f'"{text}"'], font=Font(color=ink), fill=PatternFill(bgColor=ground))  # type: ignore[no-untyped-call]  # no stub
                self.sheet.conditional_formatting.add(area, rule)


def tallied(table: TableBlock) -> str:
    """The key of the column by whose states the rows of a table are summed up; empty without one.

    States differ in their tones, which the words of other lists don't.
    """
    return next((c.key for c in table.columns if c.in_print and len(_tones(c)) > 1), "")


def _tones(column: TableColumn) -> set[Tone]:
    return {choice.tone for choice in column.choices if isinstance(choice, Status)}


def table_name(table: TableBlock) -> str:
    """What Excel calls the table of a register, in formulas too; the same in every language."""
    return "Handover_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in table.key)


def link_to(sheet: str) -> Hyperlink:
    """A link to another sheet."""
    quoted = sheet.replace("'", "''")
    return Hyperlink(ref="", location=f"'{quoted}'!A1")


def protect(sheet: Sheet) -> None:
    """Keep what the program fills in from being overwritten by mistake; anybody can lift it, there is no password."""
    keeps = sheet.protection
    keeps.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "insertHyperlinks",
        "sort",
        "autoFilter",
    ):
        setattr(keeps, allowed, False)  # False means that it isn't forbidden


def lines_in(text: str, width: float) -> int:
    """About how many lines a text takes in a column of a width in characters; of a long text, more than a row holds."""
    parts = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    return sum(max(1, math.ceil(display_width(part) / max(width, 1.0))) for part in parts)


def append_row(sheet: Sheet, number: int, cells: Sequence[BookCell | None], height: float = 0.0) -> None:
    """Append the row of a number, counted from 1, ``height`` points high; 0 leaves it to the program that opens it.

    LibreOffice doesn't fit the height of wrapped rows when it opens a workbook. It isn't marked as set by hand, so that
    Excel still fits it when somebody edits the row.
    """
    if height:
        sheet.row_dimensions[number] = {"ht": f"{min(height, 400.0):g}"}
    sheet.append(cells)
    sheet.row_dimensions.pop(number, None)  # memory stays the same, however many rows


def set_up_wide_print(sheet: Sheet, widths: Sequence[float], frozen: int) -> None:
    """Shrink a broad sheet to a page of A4 or A3 where it stays legible; else print it on several beside each other.

    The first columns stand on each of those pages.
    """
    points = sum(widths) * _POINTS_OF_A_CHARACTER
    if points * _LEAST_SCALE <= _A4_BREADTH:
        return
    sheet.page_setup.paperSize = _A3
    if points * _LEAST_SCALE <= _A3_BREADTH:
        return
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = round(_LEAST_SCALE * 100)
    sheet.page_setup.pageOrder = "overThenDown"
    if frozen:
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"


def set_up_print(sheet: Sheet) -> None:
    """Printed it lies on its side, as wide as a page, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
