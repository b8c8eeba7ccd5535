"""What a value becomes in a cell of a workbook: cleaned text, real numbers and dates, and how they are formatted."""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from handover.i18n import N_
from handover.pack.blocks.tone import Tone
from handover.pack.outline import Cell, Indented, Marked, Status, TableColumn
from handover.values.durations import DAY as _DAY
from handover.values.print_forms import DAY
from handover.values.workbook_text import LONGEST, clean, cut
from handover.wording import Language, Text, Words, said, shown

#: Between the two languages of a word that is one value, such as a status.
BETWEEN = " / "

DAY_FORMAT, MOMENT_FORMAT = DAY.book_format, "yyyy-mm-dd hh:mm"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Plain: TypeAlias = str | int | float | Decimal | date | None


class Filled(NamedTuple):
    """A cell of a workbook: its value and what sets it apart from its column's cells.

    Args:
        moment: the value is a date with a time.
        armoured: Excel shall keep it a text even after somebody has edited it.
        ground: the colour of its row, where it has none of its own.
        opens: a group begins with its row.
        whole: a number without a fraction, behind which Excel would leave the point of its format standing.
        shortened: characters had to be cut or left out.
    """

    value: Plain
    level: int = 0
    strong: bool = False
    tone: Tone | None = None
    moment: bool = False
    armoured: bool = False
    ground: Tone | None = None
    opens: bool = False
    whole: bool = False
    shortened: bool = False


def filled(cell: Cell, column: TableColumn, language: Language) -> Filled:
    """The workbook's form of a cell."""
    if cell is None:
        return Filled(None)
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, Status):
        return _text(word(cell.label, language))._replace(tone=None if column.choices else cell.tone)
    if isinstance(cell, Indented):
        return _text(cell.text)._replace(level=min(max(cell.level, 0), 15), strong=cell.strong)
    if isinstance(cell, Marked):
        return filled(cell.value, column, language)._replace(tone=cell.tone)
    if isinstance(cell, Text):
        return _text(word(cell, language))
    if isinstance(cell, bool):
        return _text(yes_or_no(cell, language))
    if isinstance(cell, date):
        return _day(cell)
    return _number(float(cell) / _DAY if column.kind.minutes else cell)


def word(words: Words, language: Language) -> str:
    """A word that is one value, on one line."""
    return shown(words, language, BETWEEN)


def yes_or_no(value: bool, language: Language) -> str:
    """The word of a truth value."""
    return word(said(N_("Yes")) if value else said(N_("No")), language)


def _text(text: str) -> Filled:
    kept = clean(text)
    lost = len(kept) < len(text.replace("\r\n", "\n"))
    if len(kept) > LONGEST:
        kept, lost = cut(kept), True
    return Filled(kept or None, armoured=kept.startswith(_FORMULA), shortened=lost)


def _day(value: date) -> Filled:
    if value.year < 1900 or (value.year == 1900 and value.month < 3):  # Excel counts a 29 February 1900
        return Filled(value.isoformat())
    if isinstance(value, datetime):
        return Filled(value.replace(tzinfo=None, microsecond=0), moment=True)
    return Filled(value)


def _number(value: int | float | Decimal) -> Filled:
    if not math.isfinite(value):
        return Filled(None, shortened=True)
    if not -1e15 < value < 1e15 and value == int(value):  # Excel keeps fifteen digits
        return Filled(str(value))
    return Filled(value, whole=value == int(value))


def number_format(column: TableColumn, whole: bool = False) -> str:
    """The number format of a column's cells, of those that hold whole numbers where these look otherwise."""
    loose = whole and column.decimals is None and bool(column.kind.any_point)
    return column.kind.book_cells(0 if loose else column.decimals)


def display_width(text: str) -> int:
    """The width of the widest line of a text, in Latin characters; Chinese ones count two."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    return max(map(_width, text.split("\n")))


def _width(line: str) -> int:
    kinds = list(map(unicodedata.east_asian_width, line))  # counted in C: a cell may hold 32,767 characters
    return len(kinds) + kinds.count("W") + kinds.count("F") + kinds.count("A")


def displayed(value: Plain, column: TableColumn) -> str:
    """Roughly what Excel will show, to find the width of a column."""
    if isinstance(value, datetime):
        return "2026-12-31 23:59"
    if isinstance(value, date):
        return "2026-12-31"
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return "100%" if column.kind.share else f"{value:,} {column.kind.unit}".rstrip()
