"""How single values read on paper: numbers, percentages, dates, statuses, in the language of the pack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from handover.i18n import LANGUAGES, N_, in_language
from handover.pack.blocks.tone import Tone
from handover.pack.outline import Cell, Indented, Marked, Status, TableColumn
from handover.pack.pdf.fonts import legible
from handover.values import shown as as_read
from handover.values.months import LONG
from handover.wording import Language, Text, said, shown


class CellText(NamedTuple):
    """A cell as it is read: its text, the remark under it, its tone, whether it is a pill, and its indent."""

    text: str
    remark: str = ""
    tone: Tone | None = None
    pill: bool = False
    level: int = 0
    strong: bool = False
    lacking: str = ""


def reading(cell: Cell, column: TableColumn | None, language: Language) -> CellText:
    """The reading of a cell of a column; facts have no column."""
    if cell is None or cell == "":
        return CellText("")
    if isinstance(cell, str):
        text, lacking = legible(cell)
        return CellText(text.strip("\n"), lacking=lacking)
    if isinstance(cell, Status):
        return _status(cell, language)
    if isinstance(cell, Indented):
        text, lacking = legible(cell.text)
        return CellText(text.strip("\n"), level=cell.level, strong=cell.strong, lacking=lacking)
    if isinstance(cell, Marked):
        inner = reading(cell.value, column, language)
        remark, lacking = legible(shown(cell.remark, language, " "))
        return inner._replace(remark=remark, tone=cell.tone, lacking=inner.lacking + lacking)
    if isinstance(cell, Text):
        text, lacking = legible(cell.show(language))
        return CellText(text, lacking=lacking)
    return CellText(plain_value(cell, column, language))


def _status(cell: Status, language: Language) -> CellText:
    label = cell.label
    if isinstance(label, Text) and language == "both" and label.en != label.zh and label.en and label.zh:
        return CellText(legible(label.zh)[0], remark=legible(label.en)[0], tone=cell.tone, pill=True)
    text, lacking = legible(shown(label, language))
    return CellText(text.replace("\n", " "), tone=cell.tone, pill=True, lacking=lacking)


def plain_value(value: int | float | Decimal | date, column: TableColumn | None, language: Language) -> str:
    """A number, date or yes/no as text."""
    if isinstance(value, bool):
        return (said(N_("Yes")) if value else said(N_("No"))).show(language, " ")
    lang = "en" if language == "en" else "zh"  # where both stand beside each other, the form that both read
    if isinstance(value, date):
        return as_read.moment(value, lang)
    if column is None:
        return number(value)
    if column.kind.minutes:
        return work(value).show(language)
    if column.kind.share:
        return as_read.percent(float(value), lang)
    text = number(value, column.decimals)
    return f"{text} {column.kind.unit}" if column.kind.unit else text


def work(minutes: int | float | Decimal) -> Text:
    """Minutes of work as a duration in both languages."""
    told = []
    for code in LANGUAGES:
        with in_language(code):
            told.append(as_read.duration(float(minutes)))
    return Text(*told)


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A number with thousands apart, a true minus sign and at most six digits after the point."""
    if not -1e15 < value < 1e15:  # not a number and infinite ones too
        text = f"{value:.6g}"
    elif decimals is not None:
        text = f"{value:,.{decimals}f}"
    elif isinstance(value, int):
        text = f"{value:,}"
    else:
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def long_date(day: date, language: Language) -> str:
    """A date as it is written out on a cover."""
    chinese = f"{day.year} 年 {day.month} 月 {day.day} 日"
    english = f"{day.day} {LONG[day.month - 1]} {day.year}"
    return Text(english, chinese).show(language, "   ")
