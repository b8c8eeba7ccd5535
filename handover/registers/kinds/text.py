"""Text: of one line, and of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, or_

from handover.errors import NotValid
from handover.i18n import N_
from handover.model.dialect import Expression, holds, pinyin_order
from handover.registers.kinds.kind import FieldKind, KindField, LinkTarget, ProjectNames
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, Unreadable, as_text, read_column


class TextKind(FieldKind):
    """A text of one line."""

    key = "text"
    width = 18
    wordy = True
    cell_format = "@"

    def read(self, field: KindField, text: str, names: ProjectNames) -> str:
        if field.limit and len(text) > field.limit:
            raise NotValid(
                N_("{label} takes at most {limit} characters; this text has {length}."),
                field=field.field,
                label=field.label,
                limit=field.limit,
                length=len(text),
            )
        return text

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[str]:
        limit = field.limit

        def read(cell: Cell) -> str | None:
            text = as_text(cell)
            if limit and len(text) > limit:
                long = Unreadable(
                    N_("The text has {length} characters; at most {limit} fit."), length=len(text), limit=limit
                )
                long.kept = text[: limit - 1] + "…" if field.required else None
                raise long
            return text or None

        return read_column(cells, read)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        if field.required:
            return 1 - sum(isinstance(c, (dt.date, dt.time, dt.timedelta)) for c in cells) / len(cells)
        if field.limit:
            return sum(len(as_text(c)) <= field.limit for c in cells) / len(cells)
        return 1.0

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        return pinyin_order(column)

    def blank(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return or_(column.is_(None), column == "")

    def mentions(
        self,
        field: KindField,
        column: ColumnElement[Any],
        row_id: Expression,
        word: str,
        target: LinkTarget | None,
    ) -> ColumnElement[bool]:
        return holds(column, word)


class LongTextKind(TextKind):
    """A text of several lines."""

    key = "long"
    width = 30
    column_types: ClassVar[tuple[type, ...]] = (Text,)
    editor = "lines"
    roomy = True
    printed = print_forms.LONG
    cell_format = ""

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return 1.0


TEXT = TextKind()
LONG = LongTextKind()
