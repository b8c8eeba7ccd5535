"""Shares, from 0 to 1, shown in per cent."""

from __future__ import annotations

from collections.abc import Sequence

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.registers.kinds.kind import FieldKind, KindField, ProjectNames
from handover.registers.kinds.number import BY_SIZE
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, normal, number_in, parse_number, read_shares
from handover.values.shown import percent


class ShareKind(FieldKind):
    """A share; ``40``, ``40%`` and ``0.4`` are the same when typed, ``1`` means 1 %."""

    key = "percent"
    width = 8
    numeric = True
    summable = False
    digits = True
    strict = True
    operators = BY_SIZE
    printed = print_forms.SHARE
    cell_format = "0%"

    def read(self, field: KindField, text: str, names: ProjectNames) -> float | None:
        bare = text.rstrip("%").strip()
        value = parse_number(bare)
        if value is None:
            return None
        fraction = not bare.isdigit() and value < 1 and not text.endswith("%")
        value = value if fraction else value / 100
        if not 0 <= value <= 1:
            raise NotValid(N_("A share lies between 0 % and 100 %."))
        return value

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[float] | None:
        return read_shares(cells)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(map(_may_be_share, cells)) / len(cells)

    def text(self, field: KindField, value: float) -> str:
        return percent(value)

    def example(self, field: KindField) -> float:
        return 0.5

    def meaning(self, field: KindField) -> str:
        return tr("A share, such as 50%.")


def _may_be_share(cell: Cell) -> bool:
    if isinstance(cell, str):
        return number_in(normal(cell).rstrip("% ")) is not None
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 <= cell <= 100


PERCENT = ShareKind()
