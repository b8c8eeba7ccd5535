"""The phases of a project, from building to steady operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Due, Problem, Row
from handover.model.dialect import today_
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.placed import Placed
from handover.model.vocabulary import Option, Vocabulary

PHASE_STATUS = Vocabulary(
    (
        Option("not_started", "Not started"),
        Option("in_progress", "In progress", "info"),
        Option("overdue", "Overdue", "danger"),
        Option("finished", "Finished", "ok"),
    )
)


def _gate() -> Mapped[Any]:  # Any: as SQLAlchemy's own mapped_column
    """A gate of the phase; gates name their phases too, so that tables are made without asking for the order."""
    return mapped_column(String(32), ForeignKey("gate.id", use_alter=True), index=True)


class Phase(Placed, Due, Row):
    """A phase with the gate by which it is entered and the one by which it is left."""

    __tablename__ = "phase"
    prefix: ClassVar[str] = "PHS"

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    kind_id: Mapped[str | None] = pick("phase_kind")
    entry_gate_id: Mapped[str | None] = _gate()
    exit_gate_id: Mapped[str | None] = _gate()
    planned_start: Mapped[dt.date | None]
    planned_finish: Mapped[dt.date | None]
    forecast_start: Mapped[dt.date | None]
    forecast_finish: Mapped[dt.date | None]
    actual_start: Mapped[dt.date | None]
    actual_finish: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def expected_finish(self) -> dt.date | None:
        """The forecast where there is one, else the plan."""
        return self.forecast_finish or self.planned_finish

    @expected_finish.inplace.expression
    @classmethod
    def _expected_finish(cls) -> ColumnElement[dt.date | None]:
        return func.coalesce(cls.forecast_finish, cls.planned_finish)

    @hybrid_property
    def status(self) -> str:
        """Computed on the user's day; see PHASE_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        return case(
            (cls.actual_finish.is_not(None), "finished"),
            (cls.overdue(), "overdue"),
            (cls.actual_start.is_not(None), "in_progress"),
            else_="not_started",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A phase needs a name; it ends after it starts, and isn't left by the gate by which it is entered."""
        yield from must_have(values, "name")
        for kind in ("planned", "forecast", "actual"):
            first, last = values.get(f"{kind}_start"), values.get(f"{kind}_finish")
            if first and last and last < first:
                yield Problem(f"{kind}_finish", N_("It finishes before it starts."))
        gate = values.get("entry_gate_id")
        if gate and gate == values.get("exit_gate_id"):
            yield Problem("exit_gate", N_("A phase is left by another gate than the one by which it is entered."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not finished."""
        return cls.actual_finish.is_(None)

    @classmethod
    def under_way(cls) -> ColumnElement[bool]:
        """Begun and not finished."""
        return and_(cls.open(), cls.actual_start <= today_())

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When it is expected to finish."""
        return cls.expected_finish
