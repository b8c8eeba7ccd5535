"""Storing what a schedule file says beyond the columns of the task register: calendars, constraints, progress, options.

The inverse of ``handover.registers.scheduling.planning.read_plan``: a plan stored here is read there as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from handover.model.baseline import Baseline, BaselineTask, TaskLabour
from handover.model.calendar import AS_BASE, CalendarDay, WorkCalendar, written
from handover.model.project import Project
from handover.model.task import Task, TaskLink
from handover.plan.calendar import Calendar, Shifts
from handover.plan.values import Constraint, Plan, PlanTask
from handover.registers.scheduling.baselines import BaseDates, baselines
from handover.store.work import UnitOfWork

_ONE_DAY = dt.timedelta(1)
_AT_FINISH = (Constraint.MUST_FINISH_ON, Constraint.FINISH_NO_EARLIER, Constraint.FINISH_NO_LATER)


def store_plan(work: UnitOfWork, project_id: str, plan: Plan, keys: Mapping[str, str]) -> None:
    """Within an act, give tasks that were just stored what the plan says of them.

    Args:
        keys: for the id of each task of the plan that was stored, the key of its row.
    """
    calendars = _store_calendars(work, project_id, plan)
    stored = [t for t in plan.tasks if t.id in keys]
    work.update_many(Task, {keys[t.id]: task_fields(t, calendars) for t in stored})
    connection = work.session.connection()
    rows = set(keys.values())
    for model, column in ((TaskLabour, TaskLabour.task_id), (TaskLink, TaskLink.successor_id)):
        query = select(model.id, column).where(model.project_id == project_id)
        work.remove(model, [key for key, task in connection.execute(query).all() if task in rows])
    work.insert_plain(
        TaskLabour,
        [
            {
                "task_id": keys[t.id],
                "calendar_id": calendars[part.calendar],
                "minutes": part.minutes,
                "remaining": part.remaining,
            }
            for t in stored
            for part in t.labour
            if part.calendar in calendars
        ],
    )
    links: dict[tuple[str, str], dict[str, Any]] = {}
    for link in plan.links:
        if link.predecessor in keys and link.successor in keys and link.predecessor != link.successor:
            pair = keys[link.predecessor], keys[link.successor]
            links.setdefault(
                pair,
                {
                    "predecessor_id": pair[0],
                    "successor_id": pair[1],
                    "kind": link.type.value,
                    "lag": link.lag,
                    "lag_unit": link.lag_unit.value,
                },
            )
    work.insert_plain(TaskLink, list(links.values()))
    others = select(func.count()).select_from(Task).where(Task.project_id == project_id, Task.deleted_at.is_(None))
    if (connection.execute(others).scalar_one() or 0) <= len(rows):
        _store_options(work, project_id, plan)


def store_baselines(
    work: UnitOfWork, project_id: str, held: Mapping[str, Mapping[str, BaseDates]], keys: Mapping[str, str]
) -> None:
    """Within an act, keep the baselines of a file by name; one of the same name is renewed.

    Args:
        keys: for the id of each task in the file, the key of its row.
    """
    connection = work.session.connection()
    known = {kept.name: kept.id for kept in baselines(connection, project_id)}
    for name, dates in held.items():
        key = known.get(name) or work.add(Baseline(name=name)).id
        old = select(BaselineTask.id).where(BaselineTask.baseline_id == key)
        work.remove(BaselineTask, list(connection.execute(old).scalars()))
        work.insert_plain(
            BaselineTask,
            [{"baseline_id": key, "task_id": keys[task], **d._asdict()} for task, d in dates.items() if task in keys],
        )


def task_fields(task: PlanTask, calendars: Mapping[str, str]) -> dict[str, Any]:  # Any: values of any column
    """The columns of a task that its plan fills."""
    at = task.constraint_date
    milestone = task.kind.value == "milestone" and not task.duration
    started, finished = task.actual_start, task.actual_finish
    return {
        "kind": "milestone" if milestone else "summary" if task.kind.value == "summary" else "task",
        "duration": task.duration,
        "elapsed": task.elapsed or None,
        "calendar_id": calendars.get(task.calendar or ""),
        "constraint": task.constraint.value,
        "constraint_at": day_of_end(at) if task.constraint in _AT_FINISH else at,
        "deadline": day_of_end(task.deadline),
        "actual_start": started,
        "actual_finish": day_of_end(finished, started),
        "percent": round(task.percent / 100, 6),
        "remaining": task.remaining,
        "resume": task.resume,
        "inactive": task.inactive or None,
        "manual": task.manual or None,
        "tentative": task.tentative or None,
        "leveling_delay": task.delay or None,
        **({"start": task.start, "finish": day_of_end(task.finish, task.start)} if task.manual else {}),
    }


def _store_calendars(work: UnitOfWork, project_id: str, plan: Plan) -> dict[str, str]:
    """Keep the plan's calendars, those of the same name renewed; returns their keys by their ids in the plan."""
    known = select(WorkCalendar.name, WorkCalendar.id).where(
        WorkCalendar.project_id == project_id, WorkCalendar.deleted_at.is_(None)
    )
    by_name = {row.name: row.id for row in work.session.connection().execute(known)}
    standard = bool(by_name)
    keys: dict[str, str] = {}
    rows: dict[str, WorkCalendar] = {}
    for calendar in plan.calendars:
        name = calendar.name or calendar.id
        row = work.get(WorkCalendar, by_name[name]) if name in by_name else work.add(WorkCalendar(name=name))
        row.week = ";".join(AS_BASE if d is None else _hours(d) for d in calendar.week)
        if calendar.id == plan.calendar and not standard:
            row.standard = True
        rows[calendar.id], keys[calendar.id] = row, row.id
    for calendar in plan.calendars:
        rows[calendar.id].base_id = keys.get(calendar.base or "")
        _store_days(work, project_id, calendar, keys[calendar.id])
    return keys


def _store_days(work: UnitOfWork, project_id: str, calendar: Calendar, key: str) -> None:
    old = select(CalendarDay.id).where(CalendarDay.calendar_id == key, CalendarDay.project_id == project_id)
    work.remove(CalendarDay, list(work.session.connection().execute(old).scalars()))
    days: list[dict[str, Any]] = []
    for week in calendar.weeks:
        for weekday, shifts in enumerate(week.days):
            if shifts is not None:
                days.append(_day(key, week.first, week.last, shifts, week.name, weekday))
    for exception in calendar.exceptions:
        days.append(_day(key, exception.first, exception.last, exception.shifts, exception.name, None))
    work.insert_plain(CalendarDay, days)


def _day(key: str, first: dt.date, last: dt.date, shifts: Shifts, name: str, weekday: int | None) -> dict[str, Any]:
    return {
        "calendar_id": key,
        "first": first,
        "last": last,
        "hours": _hours(shifts),
        "name": name or None,
        "weekday": weekday,
    }


def _store_options(work: UnitOfWork, project_id: str, plan: Plan) -> None:
    project = work.get(Project, project_id)
    project.plan_start = plan.start
    project.plan_finish = day_of_end(plan.finish)
    project.critical_float = plan.critical_float
    project.from_finish = plan.from_finish
    project.links_win = not plan.honour_constraints
    project.open_ends_critical = plan.every_end_critical
    if plan.data_date is not None:
        project.data_date = plan.data_date


def _hours(shifts: Shifts) -> str:
    return written([(s.start, s.end) for s in shifts])


def day_of_end(value: dt.datetime | None, start: dt.datetime | None = None) -> dt.datetime | None:
    """A midnight that ends a day is kept as that day, which stands for its end; one that is the start as well stays."""
    if value is None or value == start or value.hour or value.minute:
        return value
    return value - _ONE_DAY
