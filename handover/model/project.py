"""The project: who builds, who will run it, and when it passes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Base, Moment, Problem, new_id, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.vocabulary import Option

_OPEN = ("planned", "active", "handed_over", "in_aftercare")

PROJECT_STATUS = Lifecycle(
    (
        Option("planned", "In preparation"),
        Option("active", "Active", "info"),
        Option("handed_over", "Handed over", "ok"),
        Option("in_aftercare", "In early-life support", "info"),
        Option("closed", "Closed", "ok"),
        Option("suspended", "Suspended", "warning"),
    ),
    steps=(
        Step("activate", N_("Activate"), ("planned", "suspended"), "active"),
        Step("hand_over", N_("Hand over"), ("active", "suspended"), "handed_over", on="actual_handover"),
        Step("support", N_("Begin early-life support"), ("handed_over", "suspended"), "in_aftercare"),
        Step("close", N_("Close"), ("in_aftercare",), "closed"),
        Step("suspend", N_("Suspend"), _OPEN, "suspended"),
        Step("prepare", N_("Back to preparation"), ("suspended",), "planned"),
    ),
    closed=frozenset({"closed"}),
)


def _party(table: str) -> Mapped[Any]:  # Any: as SQLAlchemy's own mapped_column
    """Somebody of the project; their rows name the project, too, so that no table must be made before the other."""
    return mapped_column(String(32), ForeignKey(f"{table}.id", use_alter=True), index=True)


class Project(Base):
    """One transition from building to operating. A closed project refuses every change.

    How its plan is scheduled: from ``plan_start`` on, or back from ``plan_finish`` when ``from_finish``; with progress
    known up to ``data_date``; a task with no more than ``critical_float`` minutes of float is critical. Where
    ``links_win``, a constraint that contradicts a link gives way to it. ``contribution`` says for whom the score of
    working together is shown; for nobody where nothing is said.
    """

    __tablename__ = "project"
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = state(PROJECT_STATUS)
    client_id: Mapped[str | None] = _party("organisation")
    contractor_id: Mapped[str | None] = _party("organisation")
    commissioning_id: Mapped[str | None] = _party("organisation")
    operator_id: Mapped[str | None] = _party("organisation")
    site: Mapped[str | None] = mapped_column(String(200))
    manager_id: Mapped[str | None] = _party("person")
    operations_manager_id: Mapped[str | None] = _party("person")
    chief_engineer_id: Mapped[str | None] = _party("person")
    started_on: Mapped[dt.date | None]
    planned_handover: Mapped[dt.date | None]
    forecast_handover: Mapped[dt.date | None]
    actual_handover: Mapped[dt.date | None]
    window_from: Mapped[dt.date | None]
    window_to: Mapped[dt.date | None]
    plan_start: Mapped[dt.datetime | None] = mapped_column(Moment)
    plan_finish: Mapped[dt.datetime | None] = mapped_column(Moment)
    data_date: Mapped[dt.datetime | None] = mapped_column(Moment)
    critical_float: Mapped[int | None]
    from_finish: Mapped[bool | None]
    links_win: Mapped[bool | None]
    open_ends_critical: Mapped[bool | None]
    contribution: Mapped[str | None] = mapped_column(String(32))
    cost_of_delay: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str | None] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(String(32))

    @property
    def handover_on(self) -> dt.date | None:
        """The day that counts down: the actual, else the forecast, else the planned one."""
        return self.actual_handover or self.forecast_handover or self.planned_handover

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A project needs a code and a name, and a window that doesn't end before it starts."""
        for key in ("code", "name"):
            if not str(values.get(key) or "").strip():
                yield Problem(key, N_("This field must be filled in."))
        first, last = values.get("window_from"), values.get("window_to")
        if first and last and last < first:
            yield Problem("window_to", N_("The contractual window ends before it starts."))
