"""Baselines: the plan as it stood when it was agreed, to measure the present one against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Base, Moment, Problem, Row, new_id
from handover.model.people import must_have


class Baseline(Row):
    """A named snapshot of the plan."""

    __tablename__ = "baseline"
    prefix: ClassVar[str] = "BSL"

    name: Mapped[str] = mapped_column(String(200))
    taken_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(String(500))

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A baseline needs a name."""
        return must_have(values, "name")


class BaselineTask(Base):
    """The dates of one task in a baseline; ``duration`` in minutes of work."""

    __tablename__ = "baseline_task"
    __table_args__ = (Index(None, "baseline_id", "task_id"), Index(None, "project_id"))
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    baseline_id: Mapped[str] = mapped_column(String(32), ForeignKey("baseline.id"))
    task_id: Mapped[str] = mapped_column(String(32), ForeignKey("task.id"))
    start: Mapped[dt.datetime | None] = mapped_column(Moment)
    finish: Mapped[dt.datetime | None] = mapped_column(Moment)
    duration: Mapped[int | None]


class TaskLabour(Base):
    """A resource's part in a task where it has a calendar or hours of its own.

    ``minutes`` is how long it works, ``remaining`` how much of that follows once the rest of the task goes on.
    """

    __tablename__ = "task_labour"
    __table_args__ = (Index(None, "task_id"), Index(None, "project_id"))
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    task_id: Mapped[str] = mapped_column(String(32), ForeignKey("task.id"))
    calendar_id: Mapped[str] = mapped_column(String(32), ForeignKey("work_calendar.id"))
    minutes: Mapped[int]
    remaining: Mapped[int | None]
