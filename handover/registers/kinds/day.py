"""Days, and moments: days that may have a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import Date

from handover.clock import today
from handover.i18n import tr
from handover.model.base import Moment
from handover.registers.kinds.kind import FieldKind, KindField, ProjectNames
from handover.registers.kinds.number import BY_SIZE
from handover.values import print_forms
from handover.values.cells import Cell
from handover.values.date_columns import NO_YEAR, TOO_EARLY, TOO_LATE, read_dates
from handover.values.moments import day_of, midnight
from handover.values.shown import moment
from handover.values.typed_dates import typed_day, typed_moment

#: How far ahead the example of a template lies.
_AHEAD = dt.timedelta(days=30)


class DayKind(FieldKind):
    """A day of the calendar."""

    key = "date"
    width = 12
    column_types: ClassVar[tuple[type, ...]] = (Date,)
    editor = "day"
    digits = True
    dated = True
    strict = True
    prepared = False
    operators = BY_SIZE
    printed = print_forms.DAY
    cell_format = "yyyy-mm-dd"

    def read(self, field: KindField, text: str, names: ProjectNames) -> dt.date:
        return typed_day(text)

    def settled(self, value: dt.date) -> dt.date:
        return day_of(value)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        reading = read_dates(cells)
        told = sum(p.message in (TOO_EARLY, TOO_LATE, NO_YEAR) for p in reading.problems.values())  # dates all the same
        return (sum(v is not None for v in reading.values) + told) / len(cells)

    def text(self, field: KindField, value: dt.date) -> str:
        return moment(value)

    def from_log(self, raw: Any) -> Any:
        return dt.date.fromisoformat(raw) if isinstance(raw, str) else raw

    def example(self, field: KindField) -> dt.date | None:
        return today() + _AHEAD if field.shown else None

    def meaning(self, field: KindField) -> str:
        return tr("A date, such as 2026-03-05.")


class MomentKind(DayKind):
    """A day, with or without a time."""

    key = "moment"
    column_types: ClassVar[tuple[type, ...]] = (Moment,)

    def read(self, field: KindField, text: str, names: ProjectNames) -> dt.datetime:
        return typed_moment(text)

    def settled(self, value: dt.date) -> dt.datetime:
        return value if isinstance(value, dt.datetime) else midnight(value)

    def from_log(self, raw: Any) -> Any:
        return dt.datetime.fromisoformat(raw) if isinstance(raw, str) else raw


DATE = DayKind()
MOMENT = MomentKind()
