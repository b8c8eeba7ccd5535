"""What a Gantt chart shows of a plan: its tasks in their outline, the schedule, the baseline and the working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.model.people import Person
from handover.model.project import Project
from handover.model.task import Task
from handover.plan.calendar import DayPattern, fold
from handover.plan.schedule import Schedule
from handover.plan.worktime import WorkTime, moment
from handover.registers.scheduling import links
from handover.registers.scheduling.baselines import BaseDates, KeptBaseline, baselines, dates_of
from handover.registers.scheduling.planning import schedule_project
from handover.registers.sound_rows import odd_values, sound_rows
from handover.values.durations import DAY

_HORIZON = (dt.date(1990, 1, 1).toordinal(), dt.date(2100, 1, 1).toordinal())


class ChartRow(NamedTuple):
    """A task as it is stored: ``start`` and ``finish`` are the planned dates; its forecast is in the schedule.

    ``odd`` tells by column what stands there and can't be read, as it is shown.
    """

    id: str
    ref: str
    wbs: str
    name: str
    depth: int
    kind: str
    summary: bool
    duration: int | None
    elapsed: bool
    start: dt.datetime | None
    finish: dt.datetime | None
    actual_start: dt.datetime | None
    actual_finish: dt.datetime | None
    percent: float
    owner_id: str
    owner: str
    predecessors: str
    constraint: str
    constraint_at: dt.datetime | None
    deadline: dt.datetime | None
    calendar_id: str
    inactive: bool
    manual: bool
    odd: Mapping[str, str]


@dataclass(frozen=True)
class Chart:
    """A plan ready to be drawn; the rows stand in the order of ``schedule.plan.tasks``.

    Args:
        node: the place of a row by its key.
        baseline: the dates of the baseline shown, by the key of the task; empty when none is.
        days: which hours of which day are worked on the plan's calendar.
        handover: the planned handover of the project.
    """

    project: str
    rows: tuple[ChartRow, ...]
    node: Mapping[str, int]
    schedule: Schedule
    baselines: tuple[KeptBaseline, ...]
    baseline_id: str
    baseline: Mapping[str, BaseDates]
    days: DayPattern
    handover: dt.date | None
    data_date: dt.datetime | None
    critical_float: int

    @cached_property
    def number_of_ref(self) -> Mapping[str, int]:
        """The number of the row of each reference, from 1."""
        return {row.ref: at for at, row in enumerate(self.rows, 1)}

    @property
    def time(self) -> WorkTime:
        """The working time of the plan's calendar."""
        return self.schedule.network.clocks.plan

    def working_days(self, first: dt.datetime, last: dt.datetime) -> float:
        """Working days from one moment to another, below zero when it lies before."""
        return round((self.time.before(moment(last)) - self.time.before(moment(first))) / DAY, 2)

    def after_handover(self, finish: dt.datetime) -> float | None:
        """By how many working days a finish lies after the planned handover; None where no handover is planned."""
        if self.handover is None:
            return None
        return self.working_days(dt.datetime.combine(self.handover, dt.time()) + dt.timedelta(1), finish)

    def slip(self, id: str) -> float | None:
        """Working days by which a task finishes after its baseline; None where the baseline doesn't know it."""
        kept = self.baseline.get(id)
        if kept is None or kept.finish is None or id not in self.schedule:
            return None
        return self.working_days(kept.finish, self.schedule[id].finish)

    def start_slip(self, id: str) -> float | None:
        """Working days by which a task starts after its baseline; None where the baseline doesn't know it."""
        kept = self.baseline.get(id)
        if kept is None or kept.start is None or id not in self.schedule:
            return None
        return self.working_days(kept.start, self.schedule[id].start)


def read_chart(
    connection: Connection, project_id: str, baseline_id: str | None = None, *, as_of: dt.date | None = None
) -> Chart:
    """The chart of a project with one of its baselines: the newest unless one is named; none for an empty name.

    Args:
        as_of: up to this day progress is known, whatever the project says.
    """
    known_to = dt.datetime.combine(as_of, dt.time()) if as_of is not None else None
    scheduled = schedule_project(connection, project_id, known_to)
    stored = _rows(connection, project_id)
    rows = tuple(stored[task.id] for task in scheduled.plan.tasks)
    project = connection.execute(
        select(Project.name, Project.planned_handover, Project.data_date, Project.critical_float).where(
            Project.id == project_id
        )
    ).one()
    kept = tuple(baselines(connection, project_id))
    if baseline_id is None or (baseline_id and baseline_id not in {b.id for b in kept}):
        baseline_id = kept[0].id if kept else ""
    plan = scheduled.plan
    return Chart(
        project=project.name,
        rows=rows,
        node={row.id: at for at, row in enumerate(rows)},
        schedule=scheduled,
        baselines=kept,
        baseline_id=baseline_id,
        baseline=dates_of(connection, baseline_id) if baseline_id else {},
        days=fold({c.id: c for c in plan.calendars}, plan.calendar, _HORIZON),
        handover=project.planned_handover,
        data_date=known_to or project.data_date,
        critical_float=project.critical_float or 0,
    )


def _rows(connection: Connection, project_id: str) -> dict[str, ChartRow]:
    columns = (
        Task.id, Task.ref, Task.wbs, Task.name, Task.depth, Task.kind, Task.parent_id, Task.duration, Task.elapsed,
        Task.start, Task.finish, Task.actual_start, Task.actual_finish, Task.percent, Task.owner_id,
        Person.name.label("owner"), Task.constraint, Task.constraint_at, Task.deadline, Task.calendar_id,
        Task.inactive, Task.manual,
    )  # fmt: skip
    query = select(*columns).outerjoin(Person, Person.id == Task.owner_id)
    alive = query.where(Task.project_id == project_id, Task.deleted_at.is_(None))
    found = sound_rows(connection.execute(alive), columns)
    parents = {r.parent_id for r in found}
    before = links.texts(connection, [r.id for r in found])
    return {
        r.id: ChartRow(
            r.id, r.ref, r.wbs or "", r.name, r.depth, r.kind or "task", r.id in parents, r.duration, bool(r.elapsed),
            r.start, r.finish, r.actual_start, r.actual_finish, r.percent or 0.0, r.owner_id or "", r.owner or "",
            before.get(r.id, ""), r.constraint or "", r.constraint_at, r.deadline, r.calendar_id or "",
            bool(r.inactive), bool(r.manual), odd_values(r),
        )
        for r in found
    }  # fmt: skip
