"""A kind of field that the program hasn't got, and a register with it: stars, from one to five."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import NotValid
from handover.model.base import Row
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register
from handover.registers.kinds.choosing import CellChoice
from handover.registers.kinds.kind import FieldKind, KindField, ProjectNames
from handover.registers.kinds.number import BY_SIZE, NumberKind
from handover.values.cells import Cell, ColumnReading, Unreadable, as_text, read_column, reads
from handover.values.print_forms import PrintForm

STAR = "★"


def stars_of(cell: Cell) -> int:
    text = as_text(cell)
    count = len(text) if text and set(text) <= {STAR, "*"} else int(text) if text.isdecimal() else 0
    if not 1 <= count <= 5:
        raise Unreadable("“{text}” is not one to five stars.", text=text)
    return count


class StarsKind(FieldKind):
    key = "stars"
    width = 9
    editor = "stars"
    strict = True
    as_words = True
    operators = BY_SIZE
    cell_format = "0"

    def read(self, field: KindField, text: str, names: ProjectNames) -> int:
        return stars_of(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[int] | None:
        return read_column(cells, stars_of)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(reads(stars_of, cell) for cell in cells) / len(cells)

    def text(self, field: KindField, value: int) -> str:
        return STAR * value

    def options(self, field: KindField) -> tuple[CellChoice, ...]:
        return tuple(CellChoice(STAR * n, "", n) for n in range(1, 6))

    def ticked(self, field: KindField, names: ProjectNames) -> Sequence[CellChoice]:
        return ()  # a filter asks for more or less than so many

    def meaning(self, field: KindField) -> str:
        return "Stars, from one to five."

    def write(self, work: Any, row: Row, field: KindField, value: int | None) -> None:
        if value is not None and not 1 <= value <= 5:
            raise NotValid("“{text}” is not one to five stars.", text=value)
        super().write(work, row, field, value)


STARS = StarsKind()


class FeeKind(NumberKind):
    """Money, which no writer of papers has heard of: what it needs stands in its form."""

    key = "fee"
    printed = PrintForm("fee", "end", unbroken=True, book_format="#,##0{point}", any_point=".00", unit="CNY")


FEE = FeeKind()


class Contractor(Row):
    __tablename__ = "contractor"
    prefix = "CTR"

    name: Mapped[str] = mapped_column(String(60))
    rating: Mapped[int | None]
    fee: Mapped[float | None]
    visits: Mapped[int] = mapped_column(default=0)


CONTRACTORS = Register(
    key="contractors",
    model=Contractor,
    name="Contractors",
    columns=(
        Column("name", "Contractor"),
        Column("rating", "Rating", kind=STARS, copied=False),
        Column("fee", "Fee", kind=FEE),
        Column("visits", "Visits", by_program=True),
    ),
    display=("name",),
    match=(("name",),),
)
CHAPTER = Chapter("contractors", "Contractors", "people", (CONTRACTORS,))
