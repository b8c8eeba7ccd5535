"""A workbook to fill in for a register: its headings, lists of the values that fit, an example and an explanation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from handover.errors import NotLawful
from handover.exchange.columns.template_words import EXAMPLE, HOW_TO, example_field
from handover.i18n import N_, in_language, tr
from handover.registers.declare import Field, Register
from handover.replacing import make_folder, replacing

#: Rows that have the lists, the formats and a place to be filled in.
ROWS = 1_000
_LISTS = "_lists"
_ACCENT = "0B6E75"
_GREY = "4E5B65"

#: Examples of what isn't told by its kind, by field.
_WORDS = {
    "wbs": "1.2", "source_id": "12", "number": "S01-OM-001", "code": "S01", "revision": "A",
    "predecessors": "11FS+2d", "email": "zhangsan@example.com", "resources": N_("Zhang San; Li Si [50%]"),
}  # fmt: skip


def write_template(register: Register, language: str, path: Path) -> Path:
    """Write the template of a register; an older file of that name is replaced when the new one is complete.

    Args:
        language: ``en`` or ``zh``.

    Raises:
        NotLawful: only the program adds rows to it.
        HandoverError: the folder can't be written.
    """
    if not register.by_hand:
        raise NotLawful(N_("Rows of {register} are made by the program alone."), register=register.label)
    with in_language(language):
        book = _book(register)
    make_folder(path.parent)
    with replacing(path) as part:
        book.save(part)
    return path


def _book(register: Register) -> Workbook:
    book = Workbook()
    sheet: Any = book.active  # the stubs of openpyxl don't know which kind of sheet it is
    sheet.title = register.label[:31]
    sheet.freeze_panes = "A2"
    lists: Any = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    named = example_field(register)
    for column, field in enumerate(register.entered, 1):
        _head(sheet, column, field)
        _values(sheet, lists, column, field)
        example = _example(field)
        if named is not None and field.field == named.field:
            example = f"{tr(EXAMPLE)} {register.label}"
        cell = sheet.cell(2, column, example)
        cell.font = Font(italic=True, color=_GREY)
    _explain(book.create_sheet(tr(HOW_TO)), register)
    return book


def _head(sheet: Any, column: int, field: Field) -> None:
    cell = sheet.cell(1, column, field.label + (" *" if field.required else ""))
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_ACCENT)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.comment = Comment(_meaning(field), "Handover", width=280, height=110)
    sheet.column_dimensions[get_column_letter(column)].width = max(field.width, 2 * len(field.label), 10)


def _values(sheet: Any, lists: Any, column: int, field: Field) -> None:
    """Formats of the cells below a heading, and the list of what fits where there is one."""
    letter = get_column_letter(column)
    if field.kind.cell_format:
        for row in range(2, ROWS + 2):
            sheet.cell(row, column).number_format = field.kind.cell_format
    words = [choice.label for choice in field.kind.options(field)]
    if not words:
        return
    for row, word in enumerate(words, 1):
        lists.cell(row, column, word)
    check = DataValidation("list", f"{_LISTS}!${letter}$1:${letter}${len(words)}", allow_blank=True)
    check.error = tr("Choose one of the list.")
    check.showErrorMessage = not field.pick  # a list takes new words
    sheet.add_data_validation(check)
    check.add(f"{letter}2:{letter}{ROWS + 1}")


def _example(field: Field) -> Any:  # Any: a value of a cell
    # The number of a part is no number of a document, nor is a link to a revision its code.
    words = {} if field.kind.digits or field.links else _WORDS
    return tr(words[field.field]) if field.field in words else field.kind.example(field)


def _meaning(field: Field) -> str:
    sentences = [tr("Must be filled in.")] if field.required else []
    if said := field.kind.meaning(field):
        sentences.append(said)
    if words := [choice.label for choice in field.kind.options(field)]:
        sentences.append(tr("One of: {words}.", words=", ".join(words)))
    if field.pick:
        sentences.append(tr("Codes and words of your own are taken, too."))
    return " ".join(sentences) or tr("Text.")


def _explain(sheet: Any, register: Register) -> None:
    lines = [
        tr("Fill in one row for each entry and import the workbook into {register}.", register=register.label),
        tr("The row that begins with “{example}” is left out by the import; it may stay.", example=tr(EXAMPLE)),
        tr("An empty cell leaves a field as it is; {mark} empties it.", mark="{NULL}"),
    ]
    for row, line in enumerate(lines, 1):
        sheet.cell(row, 1, line)
    for row, field in enumerate(register.entered, len(lines) + 2):
        sheet.cell(row, 1, field.label).font = Font(bold=True)
        sheet.cell(row, 2, _meaning(field)).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90
