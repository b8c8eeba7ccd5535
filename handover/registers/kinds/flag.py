"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy.types import Boolean

from handover.i18n import tr
from handover.registers.kinds.choosing import CellChoice
from handover.registers.kinds.kind import FieldKind, KindField, ProjectNames
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, parse_yes, read_yes, reads


class FlagKind(FieldKind):
    """Yes or no, in any language that a list may be in."""

    key = "bool"
    width = 7
    column_types: ClassVar[tuple[type, ...]] = (Boolean,)
    digits = True
    strict = True
    worded = True
    operators = ("is", "is_not", "empty", "filled")
    yes_or_no = True
    printed = print_forms.YES_OR_NO

    def read(self, field: KindField, text: str, names: ProjectNames) -> bool | None:
        return parse_yes(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[bool] | None:
        return read_yes(cells)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(reads(parse_yes, c) for c in cells) / len(cells)

    def text(self, field: KindField, value: object) -> str:
        return tr("Yes") if value else tr("No")

    def from_log(self, raw: Any) -> Any:
        return raw if raw is None else bool(raw)

    def options(self, field: KindField) -> tuple[CellChoice, ...]:
        return CellChoice(tr("Yes"), "", True), CellChoice(tr("No"), "", False)

    def example(self, field: KindField) -> str:
        return tr("No")

    def meaning(self, field: KindField) -> str:
        return ""


BOOL = FlagKind()
