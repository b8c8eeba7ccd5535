"""A table as CSV that spreadsheet programs and our own import read: UTF-8 with its mark, no text that is computed."""

from __future__ import annotations

import csv
import math
import re
from datetime import date, datetime
from pathlib import Path

from handover.formula_guard import guarded
from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.pack.excel.cell import word, yes_or_no
from handover.pack.outline import Cell, Indented, Marked, Status, TableBlock, TableColumn
from handover.pack.values import work
from handover.replacing import replacing
from handover.wording import Language, Text, shown

#: What no text file holds: control characters, which make it look like no text, and halves of characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EVERY = 500


def write_csv(table: TableBlock, path: Path, language: Language, progress: Progress = unattended) -> None:
    """Write a table, its headings first.

    Numbers and dates stand as they are; before a text that would be taken for a formula stands an apostrophe.

    Raises:
        Cancelled: the user stopped it; what was there before is there.
    """
    saying = tr("Writing {file}", file=path.name)
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_text(shown(column.label, language)) for column in table.columns])
        for number, row in enumerate(table.rows):
            if number % _EVERY == 0:
                step(progress, number, table.count or 0, saying)
            writer.writerow([field(cell, column, language) for cell, column in zip(row, table.columns, strict=True)])


def field(cell: Cell, column: TableColumn, language: Language) -> str:
    """A cell as it stands in the file."""
    match cell:
        case None:
            return ""
        case Marked():
            return field(cell.value, column, language)
        case Indented():
            return _text(cell.text)
        case Status():
            return _text(word(cell.label, language))
        case Text():
            return _text(word(cell, language))
        case bool():
            return _text(yes_or_no(cell, language))
        case datetime() if cell.hour or cell.minute:
            return cell.strftime("%Y-%m-%d %H:%M")
        case date():
            return f"{cell.year:04}-{cell.month:02}-{cell.day:02}"
        case str():
            return _text(cell)
    if not math.isfinite(cell):
        return ""
    if column.kind.minutes:
        return _text(word(work(cell), language))
    if column.kind.share:
        return f"{100 * float(cell):.12g}%"
    return str(int(cell)) if cell == int(cell) else f"{float(cell):.15g}"


def _text(text: str) -> str:
    return guarded(_UNWRITABLE.sub("", text))
