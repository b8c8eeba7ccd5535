"""How the values of a column stand on paper and in a workbook, as data that a kind of field brings along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

CellSide = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class PrintForm:
    """What a writer of papers and workbooks has to know of a column's values, whatever the kind of their field.

    Attributes:
        name: in what an export says of itself, and in papers that were issued; never changes.
        side: where values stand in a cell of a workbook, and on paper those at the end.
        unbroken: on paper a value takes one line.
        roomy: a text of sentences, which wants more width than others.
        wrapped: in a workbook a value may take several lines.
        book_format: the number format of a workbook's cells; ``{point}`` is where the digits after the point go.
        any_point: what stands there where a column doesn't say how many.
        share: values are fractions of one, shown in per cent.
        unit: what is said after a number, such as ``CNY``.
        day: a workbook takes nothing but days for it.
        yes_or_no: a workbook offers these two.
        pill: on paper values stand in pills, which are narrowed to their code where there is no room.
        minutes: values are minutes of work: in a workbook days as numbers, on paper as durations are said.
    """

    name: str
    side: CellSide = "start"
    unbroken: bool = False
    roomy: bool = False
    wrapped: bool = False
    book_format: str = "General"
    any_point: str = ""
    share: bool = False
    unit: str = ""
    day: bool = False
    yes_or_no: bool = False
    pill: bool = False
    minutes: bool = False

    def book_cells(self, decimals: int | None = None) -> str:
        """The number format of a workbook's cells, with so many digits after the point."""
        point = self.any_point if decimals is None else "." + "0" * decimals if decimals else ""
        unit = ' "' + self.unit.replace('"', "") + '"' if self.unit else ""
        return self.book_format.replace("{point}", point) + unit


#: 1.10 stays a code and doesn't become 1.1 when somebody types it.
_AS_TYPED = "@"

TEXT: Final = PrintForm("text", wrapped=True, book_format=_AS_TYPED)
LONG: Final = PrintForm("long", roomy=True, wrapped=True)
DAY: Final = PrintForm("date", "middle", unbroken=True, book_format="yyyy-mm-dd", day=True)
NUMBER: Final = PrintForm("number", "end", unbroken=True, book_format="#,##0{point}", any_point=".######")
SHARE: Final = PrintForm("percent", "end", unbroken=True, book_format="0{point}%", share=True)
STATUS: Final = PrintForm("status", "middle", unbroken=True, wrapped=True, book_format=_AS_TYPED, pill=True)
YES_OR_NO: Final = PrintForm("bool", "middle", unbroken=True, book_format=_AS_TYPED, yes_or_no=True)
WORK: Final = PrintForm("work", "end", book_format='General" d"', minutes=True)

#: Those that papers name instead of saying what they are.
NAMED: Final[Mapping[str, PrintForm]] = {
    form.name: form for form in (TEXT, LONG, DAY, NUMBER, SHARE, STATUS, YES_OR_NO, WORK)
}
