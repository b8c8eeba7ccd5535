"""Milestones: the days on which something is reached; one that is linked to a task has the days of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Due, Problem, Row, link
from handover.model.baseline import Baseline, BaselineTask
from handover.model.dialect import day, within
from handover.model.people import must_have
from handover.model.picks.pick import means, pick
from handover.model.task import Task
from handover.model.vocabulary import Option, Vocabulary

MILESTONE_STATUS = Vocabulary(
    (
        Option("planned", "Planned"),
        Option("due_soon", "Due in two weeks", "warning"),
        Option("overdue", "Overdue", "danger"),
        Option("reached", "Reached", "ok"),
    )
)


class Milestone(Due, Row):
    """Something that is reached on a day.

    Linked to a task of the plan, it takes its days from there: the baseline from the latest baseline, the scheduled
    day from the schedule of the plan, the day on which it was reached from its actual finish. The days that were
    typed in count only without such a link.
    """

    __tablename__ = "milestone"
    prefix: ClassVar[str] = "MLS"

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    kind_id: Mapped[str | None] = pick("milestone_kind")
    phase_id: Mapped[str | None] = link("phase")
    system_id: Mapped[str | None] = link("system")
    task_id: Mapped[str | None] = link("task")
    owner_id: Mapped[str | None] = link("person")
    planned_on: Mapped[dt.date | None]
    forecast_on: Mapped[dt.date | None]
    actual_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def baseline_on(self) -> dt.date | None:
        """The day that was agreed."""
        raise AttributeError("baseline_on is computed in SQL")

    @baseline_on.inplace.expression
    @classmethod
    def _baseline_on(cls) -> ColumnElement[dt.date | None]:
        latest = (
            select(func.max(Baseline.id))
            .where(Baseline.project_id == cls.project_id, Baseline.deleted_at.is_(None))
            .correlate_except(Baseline)
            .scalar_subquery()
        )
        agreed = (
            select(day(BaselineTask.finish))
            .where(BaselineTask.task_id == cls.task_id, BaselineTask.baseline_id == latest)
            .correlate_except(BaselineTask)
            .limit(1)
            .scalar_subquery()
        )
        return case((cls.task_id.is_(None), cls.planned_on), else_=agreed)

    @hybrid_property
    def scheduled_on(self) -> dt.date | None:
        """The day on which it is expected: that of the plan, or the forecast, or what was planned."""
        raise AttributeError("scheduled_on is computed in SQL")

    @scheduled_on.inplace.expression
    @classmethod
    def _scheduled_on(cls) -> ColumnElement[dt.date | None]:
        typed = func.coalesce(cls.forecast_on, cls.planned_on)
        return case((cls.task_id.is_(None), typed), else_=cls._of_task(Task.scheduled_finish))

    @hybrid_property
    def reached_on(self) -> dt.date | None:
        """The day on which it was reached."""
        raise AttributeError("reached_on is computed in SQL")

    @reached_on.inplace.expression
    @classmethod
    def _reached_on(cls) -> ColumnElement[dt.date | None]:
        return case((cls.task_id.is_(None), cls.actual_on), else_=cls._of_task(Task.actual_finish))

    @classmethod
    def _of_task(cls, moment: Any) -> ColumnElement[dt.date]:  # Any: a moment or a day of a task
        """The day of the linked task that a moment or a day of it falls on."""
        return select(day(moment)).where(Task.id == cls.task_id).correlate_except(Task).limit(1).scalar_subquery()

    @hybrid_property
    def status(self) -> str:
        """Computed on the user's day; see MILESTONE_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        return case(
            (cls.reached(), "reached"),
            (cls.overdue(), "overdue"),
            (within(cls.due_day(), 14), "due_soon"),
            else_="planned",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A milestone needs a name."""
        return must_have(values, "name")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not reached yet."""
        return cls.reached_on.is_(None)

    @classmethod
    def reached(cls) -> ColumnElement[bool]:
        """Reached."""
        return cls.reached_on.is_not(None)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is expected."""
        return cls.scheduled_on

    @classmethod
    def handovers(cls) -> ColumnElement[bool]:
        """Those with which custody passes to operations."""
        return means(cls.kind_id, "handover")

    @classmethod
    def slipping(cls) -> ColumnElement[bool]:
        """Open, and expected after the day that was agreed."""
        return and_(cls.open(), cls.scheduled_on > cls.baseline_on)
