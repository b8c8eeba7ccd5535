"""Writes a matrix as a sheet: turned heads, a validated list in each cell, held heads, and counts that Excel keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from handover.i18n import N_
from handover.pack.blocks.matrix import LineHead, MatrixBlock
from handover.pack.excel.cell import display_width
from handover.pack.excel.sheet import (
    ACCENT,
    INK,
    SHADES,
    TYPE_SIZE,
    TYPEFACE,
    WHITE,
    Sheet,
    append_row,
    set_up_print,
)
from handover.pack.meter import Meter
from handover.registers.matrix.declaration import BELOW
from handover.values.workbook_text import clean
from handover.wording import Language, Words, said, shown

#: The columns before the cells: the reference and the name of a row.
BEFORE = 2
_LINE = Side(style="hair", color="CBD3D8")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
#: In points, of a character of a turned head.
_UPRIGHT = 5.6
_LONGEST_LIST = 255


@dataclass(frozen=True, slots=True)
class NamedMatrix:
    """A matrix, the name of its sheet and the row of its heads, counted from 1."""

    sheet: str
    block: MatrixBlock
    head: int


def named_matrix(sheet: str, block: MatrixBlock) -> NamedMatrix:
    """A matrix that will be written to a sheet."""
    return NamedMatrix(sheet, block, 2 if any(head.mark for head in block.across) else 1)


def marks_of(named: NamedMatrix) -> Iterator[list[str | int]]:
    """What the hidden sheet says of a matrix, so that it comes back as changes.

    matrix | sheet | key | row of the heads | rows
    across | sheet | number of the column | reference
    cell   | sheet | reference down | reference across | what stood in it
    """
    block = named.block
    yield ["matrix", named.sheet, block.key, named.head, len(block.down)]
    for number, head in enumerate(block.across, BEFORE + 1):
        yield ["across", named.sheet, number, head.ref]
    for head, row in zip(block.down, block.cells, strict=True):
        for column, text in zip(block.across, row, strict=True):
            if text:
                yield ["cell", named.sheet, head.ref, column.ref, text]


class MatrixSheet:
    """A matrix on its way into a sheet."""

    def __init__(self, book: Workbook, named: NamedMatrix, language: Language) -> None:
        self.sheet: Sheet = book.create_sheet(named.sheet)
        self.named = named
        self.block = named.block
        self.language = language
        self._row = 0

    def write(self, meter: Meter) -> None:
        """Write the sheet from top to bottom."""
        meter.tick(0)
        self._set_up()
        if self.named.head > 1:
            self._sides()
        self._heads()
        for head, cells in zip(self.block.down, self.block.cells, strict=True):
            meter.tick(0)
            self._line(head, cells)
        if self.block.below and self.block.down:
            self._below()
        if not self.block.down or not self.block.across:
            self._append([None, self._text(self._say(self.block.empty))])
        else:
            self._validate()
            self._colour()
        self.sheet.close()

    # Before the rows

    def _set_up(self) -> None:
        block, sheet = self.block, self.sheet
        names = max([display_width(self._say(head.name)) for head in block.down] or [20])
        widest = max([display_width(text) for row in block.cells for text in row] or [1])
        sheet.column_dimensions["A"].width = 11.0
        sheet.column_dimensions["B"].width = float(min(max(names + 2, 24), 60))
        for number in range(len(block.across)):
            sheet.column_dimensions[self._letter(number)].width = float(max(4.6, widest + 2))
        for number in range(len(self._counted())):
            sheet.column_dimensions[self._letter(len(block.across) + number)].width = 4.6
        behind = len(block.across) + len(self._counted())
        if block.beside:
            sheet.column_dimensions[self._letter(behind)].width = 6.0
        sheet.column_dimensions[self._letter(behind + bool(block.beside))].width = 30.0
        sheet.freeze_panes = f"C{self.named.head + 1}"
        sheet.sheet_properties.tabColor = ACCENT
        set_up_print(sheet)
        sheet.print_title_rows = f"1:{self.named.head}"
        sheet.print_title_cols = "A:B"

    def _sides(self) -> None:
        """The word that marks the heads over the first of those that it marks."""
        cells: list[BookCell | None] = [self._text("", ground=ACCENT)] * BEFORE
        before: Words = ""
        for head in self.block.across:
            ink, ground = SHADES[head.tone or "neutral"]
            word = self._say(head.mark) if head.mark != before else ""
            cells.append(self._text(word, ink=ink, ground=ground, bold=True))
            before = head.mark
        self._append(cells)

    def _heads(self) -> None:
        block = self.block
        texts = [self._say(head.name) for head in block.across]
        cells = [self._head(self._say(said(N_("Ref.")))), self._head(self._say(block.corner))]
        cells += [self._head(text, turned=True) for text in texts]
        cells += [self._head(word, turned=True) for word in self._counted()]
        if block.beside:
            cells.append(self._head(self._say(block.beside), turned=True))
        if block.remarks:
            cells.append(self._head(self._say(said(N_("Found when it was written")))))
        tallest = max([display_width(text) for text in texts] or [8])
        self._append(cells, min(max(tallest * _UPRIGHT + 12, 60), 220))

    def _counted(self) -> list[str]:
        """The letters whose number stands behind each row."""
        return [f"Σ {each.letter}" for each in self.block.letters] if self.block.totals else []

    def _letter(self, number: int) -> str:
        """The column of a cell, counted from 0."""
        return get_column_letter(BEFORE + 1 + number)

    # Rows

    def _line(self, head: LineHead, texts: Sequence[str]) -> None:
        row = self._row + 1
        cells: list[BookCell | None] = [self._text(head.ref), self._text(self._say(head.name), wrap=True)]
        cells += [self._cell(text) for text in texts]
        first, last = self._letter(0), self._letter(max(len(texts) - 1, 0))
        for each in self.block.letters if self.block.totals else ():
            count = WriteOnlyCell(self.sheet, f'=COUNTIF({first}{row}:{last}{row},"*{each.letter}*")')
            count.font = Font(name=TYPEFACE, size=TYPE_SIZE, color="5A6872")
            count.alignment = Alignment("center", "center")
            cells.append(count)
        if self.block.beside:
            cells.append(self._count(head))
        if self.block.remarks:
            cells.append(self._text(self._say(head.found), ink=SHADES["danger"][0]))
        self._append(cells)

    def _below(self) -> None:
        """The numbers of the columns, as they were when it was written: nothing in the cells says them."""
        name = self._text(self._say(self.block.below), bold=True)
        self._append([self._text(BELOW), name, *(self._count(head) for head in self.block.across)])

    def _count(self, head: LineHead) -> BookCell:
        ink, ground = SHADES[head.count_tone or "neutral"]
        cell = self._text(head.count, ink=ink, bold=True, ground=ground if head.count else "")
        if head.count.isdecimal():
            cell.value = int(head.count)
        cell.alignment = Alignment("center", "center")
        return cell

    def _cell(self, text: str) -> BookCell:
        number = self._number(text)
        cell = WriteOnlyCell(self.sheet, (clean(text) or None) if number is None else number)
        if text and number is None:
            cell.data_type = "s"
        cell.font = Font(name=TYPEFACE, size=TYPE_SIZE, bold=True, color=INK)
        cell.alignment = Alignment("center", "center")
        cell.border = _FRAME
        cell.number_format = "@" if self.block.letters else self.block.kind.book_cells()
        return cell

    def _number(self, text: str) -> float | None:
        """What Excel is to count, as a number."""
        if self.block.letters or self.block.kind.side != "end" or self.block.kind.share:
            return None
        try:
            return float(text)
        except ValueError:
            return None

    # After the rows

    @property
    def _area(self) -> str:
        last = self._letter(len(self.block.across) - 1)
        return f"{self._letter(0)}{self.named.head + 1}:{last}{self.named.head + len(self.block.down)}"

    def _validate(self) -> None:
        """A list in each cell; where a cell may hold several letters, others can be typed as well."""
        letters = [each.letter for each in self.block.letters if not each.retired]
        if not letters:
            return
        if self.block.several:
            letters += [f"{a}/{b}" for n, a in enumerate(letters) for b in letters[n + 1 :]]
        listed = ",".join(letters)
        if len(listed) > _LONGEST_LIST or any("," in letter or '"' in letter for letter in letters):
            return
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        rule.showErrorMessage = not self.block.several
        rule.error = self._say(said(N_("Choose one of the values of the list.")))[:255]
        rule.showInputMessage = True
        words = (f"{each.letter}  {self._say(each.word)}" for each in self.block.letters)
        rule.prompt = "\n".join(words)[:255]
        rule.add(self._area)
        self.sheet.data_validations.append(rule)

    def _colour(self) -> None:
        """The colours of the letters, which follow when somebody types others; the first of a cell wins."""
        first = f"{self._letter(0)}{self.named.head + 1}"
        for each in self.block.letters:
            if each.tone:
                ink, ground = SHADES[each.tone]
                word = each.letter.replace('"', '""')
                test = f'ISNUMBER(SEARCH("{word}",{first}))'
                rule = FormulaRule([test], True, font=Font(color=ink), fill=PatternFill(bgColor=ground))  # type: ignore[no-untyped-call]  # no stub
                self.sheet.conditional_formatting.add(self._area, rule)

    def _append(self, cells: Sequence[BookCell | None], height: float = 0.0) -> None:
        self._row += 1
        append_row(self.sheet, self._row, cells, height)

    def _say(self, words: Words) -> str:
        return shown(words, self.language, " ")

    def _head(self, text: str, turned: bool = False) -> BookCell:
        cell = self._text(text, ink=WHITE, bold=True, ground=ACCENT)
        cell.alignment = Alignment("center" if turned else "left", "bottom", textRotation=90 if turned else 0)
        return cell

    def _text(
        self, text: str, *, ink: str = INK, bold: bool = False, ground: str = "", wrap: bool = False
    ) -> BookCell:  # fmt: skip
        cell = WriteOnlyCell(self.sheet, clean(text) or None)
        if text:
            cell.data_type = "s"  # whatever it begins with
        cell.font = Font(name=TYPEFACE, size=TYPE_SIZE, bold=bold, color=ink)
        cell.alignment = Alignment("left", "center", wrap_text=wrap)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
        return cell
