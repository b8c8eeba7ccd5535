"""Between the stored tasks and the schedule: what of a project goes into the critical-path method, and what it means.

Planned dates are those that people enter or import; the schedule's dates are the forecast that follows from links,
calendars and progress, computed afresh and never stored. A task without constraint and without predecessors keeps its
planned start as the earliest one, as MS Project does with dates that are typed in.

A stored date without a time of day means the whole day: a start is its beginning, a finish is its end.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from handover.charts.outliers import usual_range
from handover.clock import today
from handover.model.baseline import TaskLabour
from handover.model.calendar import AS_BASE, CalendarDay, WorkCalendar, stretches
from handover.model.project import Project
from handover.model.task import Task, TaskLink
from handover.plan import calendar as cal
from handover.plan.calendar import Calendar, CalendarException, Shift, Shifts, WorkWeek, fold
from handover.plan.schedule import Schedule, schedule
from handover.plan.values import Constraint, Labour, LagUnit, Link, LinkType, Plan, PlanTask, TaskKind
from handover.plan.worktime import WorkTime, moment, when
from handover.registers.sound_rows import odd_values, sound_rows
from handover.values.durations import DAY
from handover.values.moments import midnight

STANDARD = "standard"
_ONE_DAY = dt.timedelta(1)
#: The last day that there is, which another program may have stored: none comes after it.
_LAST_DAY = dt.datetime.combine(dt.date.max, dt.time())
_HORIZON = (dt.date(1900, 1, 1).toordinal(), dt.date(2200, 1, 1).toordinal())


def schedule_project(connection: Connection, project_id: str, data_date: dt.datetime | None = None) -> Schedule:
    """The schedule of a project as it is stored, with progress known up to ``data_date`` where one is given."""
    plan = read_plan(connection, project_id)
    return schedule(replace(plan, data_date=data_date) if data_date else plan)


def read_plan(connection: Connection, project_id: str) -> Plan:
    """The plan of a project; the ids of its tasks are those of the rows."""
    stored = connection.execute(select(Project.__table__).where(Project.id == project_id)).one()
    (project,) = sound_rows([stored], [*Project.__table__.columns])
    calendars, standard = read_calendars(connection, project_id)
    links = _links(connection, project_id)
    held = {link.successor for link in links}
    times = _Times(calendars, standard)
    labour = _labour(connection, project_id)
    columns = (
        Task.id, Task.name, Task.parent_id, Task.kind, Task.duration, Task.elapsed, Task.start, Task.finish,
        Task.actual_start, Task.actual_finish, Task.remaining, Task.percent, Task.constraint, Task.constraint_at,
        Task.deadline, Task.calendar_id, Task.resume, Task.inactive, Task.manual, Task.tentative,
        Task.leveling_delay,
    )  # fmt: skip
    alive = (Task.project_id == project_id, Task.deleted_at.is_(None))
    found = connection.execute(select(*columns).where(*alive).order_by(Task.position, Task.id))
    rows = sound_rows(found, columns)
    parents = {r.parent_id for r in rows}
    tasks = tuple(_task(r, r.id in held, r.id in parents, times, labour.get(r.id, ())) for r in _in_outline(rows))
    known = {t.id for t in tasks}
    start = project.plan_start or (midnight(project.started_on) if project.started_on else None)
    return Plan(
        start=start or _first(tasks),
        tasks=tasks,
        links=tuple(k for k in links if k.predecessor in known and k.successor in known),
        calendars=calendars,
        calendar=standard,
        finish=_end(project.plan_finish),
        data_date=project.data_date,
        critical_float=project.critical_float or 0,
        from_finish=bool(project.from_finish and project.plan_finish),
        honour_constraints=not project.links_win,
        every_end_critical=bool(project.open_ends_critical),
    )


def read_calendars(connection: Connection, project_id: str) -> tuple[tuple[Calendar, ...], str]:
    """The calendars of a project and the id of its standard one; where it has none, Monday to Friday, eight hours."""
    days: dict[str, list[Any]] = defaultdict(list)
    columns = (
        CalendarDay.calendar_id, CalendarDay.first, CalendarDay.last, CalendarDay.weekday, CalendarDay.hours,
        CalendarDay.name,
    )  # fmt: skip
    query = select(*columns).where(CalendarDay.project_id == project_id).order_by(CalendarDay.id)
    for row in sound_rows(connection.execute(query), columns):
        if not odd_values(row).keys() - {"name"}:
            days[row.calendar_id].append(row)
    found, standard = [], STANDARD
    named = (WorkCalendar.id, WorkCalendar.name, WorkCalendar.base_id, WorkCalendar.week, WorkCalendar.standard)
    kept = connection.execute(
        select(*named)
        .where(WorkCalendar.project_id == project_id, WorkCalendar.deleted_at.is_(None))
        .order_by(WorkCalendar.id)
    )
    for each in sound_rows(kept, named):
        found.append(_calendar(each, days[each.id]))
        if each.standard:
            standard = each.id
    if standard == STANDARD:
        found.append(cal.standard(STANDARD))
    return tuple(found), standard


class _Times:
    """Working time by calendar, made when first asked for."""

    def __init__(self, calendars: Iterable[Calendar], standard: str) -> None:
        self._calendars = {c.id: c for c in calendars}
        self._standard = standard
        self._known: dict[str, WorkTime | None] = {}

    def of(self, calendar_id: str | None) -> WorkTime | None:
        """The working time of a calendar; None for one that never works."""
        key = calendar_id if calendar_id in self._calendars else self._standard
        if key not in self._known:
            pattern = fold(self._calendars, key, _HORIZON)
            self._known[key] = None if pattern.idle else WorkTime(pattern, moment(midnight(today())))
        return self._known[key]

    def between(self, calendar_id: str | None, start: dt.datetime, finish: dt.datetime) -> int:
        """Working minutes from one moment to another, at least 0."""
        time = self.of(calendar_id)
        return max(0, time.before(moment(finish)) - time.before(moment(start))) if time else 0

    def opening(self, calendar_id: str | None, value: dt.datetime | None) -> dt.datetime | None:
        """When work begins on a day that stands alone, else the moment itself."""
        time = self.of(calendar_id)
        if value is None or value.hour or value.minute or time is None:
            return value
        start = when(time.next_start(moment(value)))
        return start if start.date() == value.date() else value

    def closing(self, calendar_id: str | None, value: dt.datetime | None) -> dt.datetime | None:
        """When work ends on a day that stands alone, else the moment itself."""
        time = self.of(calendar_id)
        end = _end(value)
        if value is None or end is None or end == value or time is None:
            return value
        finish = when(time.previous_finish(moment(end)))
        return finish if finish > value else end

    def ahead(self, calendar_id: str | None, start: dt.datetime, minutes: int) -> dt.datetime:
        """Where work of some minutes ends that begins at ``start``."""
        time = self.of(calendar_id)
        if time is None or not minutes:
            return start
        return when(time.add(time.next_start(moment(start)), minutes))


def span(connection: Connection, project_id: str) -> Callable[[str | None], PlannedSpan]:
    """What counts planned dates and durations of single tasks, by the calendar of the task."""
    times = _Times(*read_calendars(connection, project_id))
    return lambda calendar_id: PlannedSpan(times, calendar_id)


def works_on(connection: Connection, project_id: str) -> Callable[[dt.date], bool]:
    """Whether a day is one of work, by the standard calendar of the project."""
    times = _Times(*read_calendars(connection, project_id))

    def works(day: dt.date) -> bool:
        if day == dt.date.max:  # nothing comes after it, so no calendar can tell
            return True
        return times.between(None, midnight(day), midnight(day) + _ONE_DAY) > 0

    return works


class PlannedSpan:
    """Planned start, finish and duration of one task: two of them give the third."""

    def __init__(self, times: _Times, calendar_id: str | None) -> None:
        self._times = times
        self._calendar = calendar_id

    def finish(self, start: dt.datetime, minutes: int, elapsed: bool) -> dt.datetime:
        """The planned finish; a day alone where the work ends with its day."""
        if elapsed:
            return start + dt.timedelta(minutes=minutes)
        if not minutes:
            return start
        end = self._times.ahead(self._calendar, start, minutes)
        return end if start.hour or start.minute else _as_day(end)

    def duration(self, start: dt.datetime, finish: dt.datetime, elapsed: bool) -> int:
        """The minutes from a planned start to a planned finish."""
        end = _end(finish) or finish
        if elapsed:
            return int((end - start).total_seconds() // 60)
        return self._times.between(self._calendar, start, end)


def _as_day(end: dt.datetime) -> dt.datetime:
    """The day on which work ends; the midnight at its end still belongs to it."""
    return midnight((end - dt.timedelta(minutes=1)).date())


def _end(value: dt.datetime | None) -> dt.datetime | None:
    """The end of a day that stands alone, else the moment itself."""
    if value is None or value.hour or value.minute:
        return value
    return value + _ONE_DAY if value < _LAST_DAY else dt.datetime.max.replace(second=0, microsecond=0)


def _on_days_off(row: Any, times: _Times) -> tuple[dt.datetime, dt.datetime] | None:  # Any: a row of the query
    """When work begins and ends that lies on days off alone, such as a shutdown over a weekend: it keeps its days."""
    if row.duration is not None or row.kind == "milestone" or row.start is None or row.finish is None:
        return None
    end = _end(row.finish)
    time = times.of(row.calendar_id)
    if time is None or end is None or end <= row.start or times.between(row.calendar_id, row.start, end):
        return None
    opens, closes = when(time.next_start(moment(row.start))), when(time.previous_finish(moment(row.start)))
    start = row.start if row.start.hour or row.start.minute else dt.datetime.combine(row.start, opens.time())
    finish = row.finish if end == row.finish else dt.datetime.combine(row.finish, closes.time())
    return (start, finish) if finish > start else (row.start, end)


def _task(row: Any, held: bool, summary: bool, times: _Times, labour: tuple[Labour, ...]) -> PlanTask:  # Any: a row
    start, finish = row.start, _end(row.finish)
    days_off = None if summary else _on_days_off(row, times)
    if days_off is not None:
        start, finish = days_off
    constraint = Constraint(row.constraint) if row.constraint else Constraint.ASAP
    at = row.constraint_at
    if constraint in (Constraint.MUST_FINISH_ON, Constraint.FINISH_NO_EARLIER, Constraint.FINISH_NO_LATER):
        at = _end(at)
    duration = 0 if summary else _duration(row, finish, times)
    if days_off is not None:
        duration = int((days_off[1] - days_off[0]).total_seconds() // 60)
    if row.constraint is None and not held and not summary and not row.manual:
        if start is not None:
            constraint, at = Constraint.START_NO_EARLIER, start
        elif finish is not None:
            constraint, at = Constraint.FINISH_NO_EARLIER, finish
    percent = round((row.percent or 0.0) * 100, 4)
    milestone = row.kind == "milestone" or (duration == 0 and not summary)
    started = times.opening(
        row.calendar_id, row.actual_start or (row.start if percent > 0 or row.actual_finish else None)
    )
    return PlanTask(
        id=row.id,
        name=row.name,
        parent=row.parent_id,
        kind=TaskKind.SUMMARY if summary else TaskKind.MILESTONE if milestone else TaskKind.TASK,
        duration=duration,
        elapsed=bool(row.elapsed) or days_off is not None,
        inactive=bool(row.inactive),
        calendar=row.calendar_id,
        constraint=constraint,
        constraint_date=at if constraint.dated else None,
        deadline=_end(row.deadline),
        actual_start=started,
        actual_finish=started if milestone and _same_day(row) else times.closing(row.calendar_id, row.actual_finish),
        remaining=row.remaining,
        resume=row.resume,
        percent=percent,
        manual=bool(row.manual),
        tentative=bool(row.manual and row.tentative),
        start=start,
        finish=finish,
        labour=labour,
        delay=row.leveling_delay or 0,
    )


def _same_day(row: Any) -> bool:  # Any: a row of the query
    return row.actual_finish is not None and row.actual_start in (None, row.actual_finish)


def _duration(row: Any, finish: dt.datetime | None, times: _Times) -> int:  # Any: a row of the query
    """The stored duration, else what lies between the planned dates, else a day."""
    if row.duration is not None:
        return int(row.duration)
    if row.kind == "milestone":
        return 0
    if row.start is not None and finish is not None:
        return times.between(row.calendar_id, row.start, finish)
    return DAY


def _in_outline(rows: Iterable[Any]) -> list[Any]:  # Any: rows of the query
    """The rows with each parent before its parts, as they are unless something is out of place."""
    rows = list(rows)
    seen: set[str] = set()
    late = False
    for row in rows:
        late = late or (row.parent_id is not None and row.parent_id not in seen)
        seen.add(row.id)
    if not late:
        return rows
    parts: dict[str | None, list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.parent_id if row.parent_id in seen else None].append(row)
    ordered: list[Any] = []
    stack = list(reversed(parts[None]))
    while stack:
        row = stack.pop()
        ordered.append(row)
        stack += reversed(parts.pop(row.id, []))
    placed = {r.id for r in ordered}
    return [*ordered, *(r for r in rows if r.id not in placed)]


def _links(connection: Connection, project_id: str) -> list[Link]:
    columns = (TaskLink.predecessor_id, TaskLink.successor_id, TaskLink.kind, TaskLink.lag, TaskLink.lag_unit)
    rows = sound_rows(connection.execute(select(*columns).where(TaskLink.project_id == project_id)), columns)
    return [Link(p, s, LinkType(k), lag, LagUnit(u)) for p, s, k, lag, u in (r for r in rows if not odd_values(r))]


def _labour(connection: Connection, project_id: str) -> dict[str, tuple[Labour, ...]]:
    columns = (TaskLabour.task_id, TaskLabour.calendar_id, TaskLabour.minutes, TaskLabour.remaining)
    rows = sound_rows(connection.execute(select(*columns).where(TaskLabour.project_id == project_id)), columns)
    found: dict[str, tuple[Labour, ...]] = {}
    for task, calendar, minutes, remaining in (r for r in rows if not odd_values(r)):
        found[task] = (*found.get(task, ()), Labour(calendar, minutes, remaining))
    return found


def _calendar(row: Any, days: list[Any]) -> Calendar:  # Any: rows of the queries
    exceptions, weeks = [], []
    for day in days:
        shifts = _shifts(day.hours)
        if day.weekday is None:
            exceptions.append(CalendarException(day.first, day.last, shifts, day.name or ""))
        else:
            week: list[Shifts | None] = [None] * 7
            week[day.weekday] = shifts
            weeks.append(WorkWeek(day.first, day.last, tuple(week), day.name or ""))
    usual = tuple(None if d == AS_BASE else _shifts(d) for d in row.week.split(";"))
    return Calendar(row.id, row.name, usual, tuple(exceptions), tuple(weeks), row.base_id)


def _shifts(hours: str) -> Shifts:
    return tuple(Shift(a, b) for a, b in stretches(hours))


def _first(tasks: Iterable[PlanTask]) -> dt.datetime:
    """Where a plan without a start begins: at the first date that it names, else today.

    A date years from all others, such as one of 1901, is no beginning: the whole plan would count from it.
    """
    dates = [d for t in tasks for d in (t.actual_start, t.start, t.constraint_date) if d is not None]
    usual = usual_range(moment(date) for date in dates) if len(dates) > 1 else None
    return when(int(usual[0])) if usual is not None else min(dates, default=midnight(today()))
