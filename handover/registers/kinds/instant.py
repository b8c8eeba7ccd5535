"""Instants: moments with their offset from UTC, so that what lies between two of them is right in every night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import ColumnElement

from handover import clock
from handover.errors import NotValid
from handover.i18n import tr
from handover.model.dialect import Expression
from handover.registers.kinds.kind import FieldKind, KindField, LinkTarget, ProjectNames
from handover.registers.kinds.number import BY_SIZE
from handover.running import instants
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, Unreadable, as_text, read_column


class InstantKind(FieldKind):
    """A moment with its offset from UTC; one that is typed without takes that of this computer on that day."""

    key = "instant"
    width = 24
    digits = True
    prepared = False
    worded = True
    as_words = True
    operators = BY_SIZE
    printed: ClassVar = print_forms.TEXT
    cell_format = "@"

    def read(self, field: KindField, text: str, names: ProjectNames) -> str:
        return instants.typed_instant(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[str]:
        return read_column(cells, _of_cell)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(_reads(cell) for cell in cells) / len(cells)

    def text(self, field: KindField, value: Any) -> str:  # Any: what stands in the column, whoever put it there
        return instants.shown_instant(value) if isinstance(value, str) else str(value)

    def indexed(self, field: KindField, value: Any) -> str:  # Any: as above
        return self.text(field, value)

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        return column

    def moved(self, value: str, by: dt.timedelta) -> str:
        at = instants.instant(value)
        return instants.stamp(at + by) if at is not None else value

    def example(self, field: KindField) -> str | None:
        return f"{clock.today().isoformat()} 14:05" if field.shown else None

    def meaning(self, field: KindField) -> str:
        return tr("A date and time of day, such as 2026-03-05 14:05, with the offset from UTC where it isn't the local "
                  "one: 2026-03-05 14:05 +08:00.")  # fmt: skip


def _of_cell(cell: Cell) -> str | None:
    if isinstance(cell, dt.datetime):
        try:
            return instants.stamp(cell if cell.tzinfo else instants.here(cell))
        except NotValid as wrong:
            raise _unreadable(wrong) from None
    if isinstance(cell, dt.date):
        return _of_cell(dt.datetime.combine(cell, dt.time()))
    text = as_text(cell)
    if not text:
        return None
    try:
        return instants.typed_instant(text)
    except NotValid as wrong:
        raise _unreadable(wrong) from None


def _unreadable(wrong: NotValid) -> Unreadable:
    found = Unreadable(wrong.message)
    found.values = wrong.values
    return found


def _reads(cell: Cell) -> bool:
    """Whether a sample's cell is a moment; a lone day or a number is a better fit for other kinds."""
    if isinstance(cell, dt.datetime):
        return bool(cell.hour or cell.minute)
    if isinstance(cell, (dt.date, dt.time, dt.timedelta, int, float)):
        return False
    try:
        return ":" in as_text(cell) and _of_cell(cell) is not None
    except Unreadable:
        return False


INSTANT = InstantKind()
