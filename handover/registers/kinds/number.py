"""Numbers: whole ones, and any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import Float, Integer

from handover.i18n import N_, tr
from handover.registers.kinds.kind import FieldKind, KindField, Operator, ProjectNames
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, Unreadable, parse_number, read_column, read_numbers, reads, shown

#: What can be asked of what is more or less.
BY_SIZE: tuple[Operator, ...] = ("is", "before", "after", "empty", "filled")


class NumberKind(FieldKind):
    """A number in any style that people write."""

    key = "number"
    width = 10
    column_types: ClassVar[tuple[type, ...]] = (Float,)
    numeric = True
    digits = True
    strict = True
    operators = BY_SIZE
    printed = print_forms.NUMBER

    def read(self, field: KindField, text: str, names: ProjectNames) -> float | None:
        return parse_number(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[float] | None:
        return read_numbers(cells)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(reads(parse_number, c) for c in cells) / len(cells)

    def text(self, field: KindField, value: float) -> str:
        return f"{value:.12g}"

    def example(self, field: KindField) -> int:
        return 1

    def meaning(self, field: KindField) -> str:
        return tr("A number.")


class WholeNumberKind(NumberKind):
    """A whole number."""

    key = "integer"
    width = 8
    column_types: ClassVar[tuple[type, ...]] = (Integer,)

    def read(self, field: KindField, text: str, names: ProjectNames) -> int | None:
        return whole(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[float] | None:
        return read_column(cells, whole)

    def text(self, field: KindField, value: float) -> str:
        return str(value)

    def mean(self, field: KindField, value: float) -> str:
        return f"{value:g}"


def whole(cell: Cell) -> int | None:
    """A cell as a whole number.

    Raises:
        Unreadable: it holds something else.
    """
    number = parse_number(cell)
    if number is None:
        return None
    if number != int(number) or abs(number) > 2**53:
        raise Unreadable(N_("“{text}” is not a whole number."), text=shown(cell))
    return int(number)


INTEGER = WholeNumberKind()
NUMBER = NumberKind()
