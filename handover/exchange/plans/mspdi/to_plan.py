"""From a file of MS Project to a plan that can be scheduled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from handover.exchange.plans.mspdi.values import MspdiAssignment, MspdiProject, MspdiResource, MspdiTask
from handover.plan.calendar import Calendar, DayPattern, common, fold, standard
from handover.plan.values import Labour, Link, Plan, PlanTask, TaskKind
from handover.plan.worktime import FIRST_DAY, LAST_DAY, WorkTime, moment


def to_plan(project: MspdiProject, *, data_date: datetime | None = None) -> Plan:
    """The plan in a file; task ids are the UIDs as text.

    The row of the project itself (UID 0) and tasks of other projects are left out.

    Args:
        data_date: None schedules as MS Project does, which moves nothing for its status date until told to.
    """
    shown = [task for task in project.tasks if task.uid != 0 and not task.external]
    dates = [date for task in shown for date in (task.stored.start,) if date is not None]
    start = project.start or min(dates, default=datetime(2000, 1, 1, 8))
    calendars = project.calendars or (standard(project.calendar),)
    labour = _labour(project)
    summaries = {task.parent for task in shown}
    return Plan(
        start=start,
        tasks=tuple(_task(task, task.uid in summaries, labour.get(task.uid, ())) for task in shown),
        links=tuple(
            Link(str(link.predecessor), str(task.uid), link.type, link.lag, link.lag_unit)
            for task in shown
            for link in task.links
            if not link.cross_project
        ),
        calendars=calendars,
        calendar=project.calendar,
        finish=project.finish,
        data_date=data_date,
        critical_float=project.critical_float,
        from_finish=project.from_finish,
        honour_constraints=project.honours_constraints,
        every_end_critical=project.every_end_critical,
    )


def _task(task: MspdiTask, summary: bool, labour: tuple[Labour, ...]) -> PlanTask:
    kind = TaskKind.SUMMARY if summary else TaskKind.MILESTONE if task.milestone else TaskKind.TASK
    return PlanTask(
        id=str(task.uid),
        name=task.name,
        parent=None if task.parent is None else str(task.parent),
        kind=kind,
        duration=max(task.duration, 0),
        elapsed=task.elapsed,
        inactive=not task.active,
        calendar=None if task.calendar is None else str(task.calendar),
        constraint=task.constraint,
        constraint_date=task.constraint_date,
        deadline=task.deadline,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        remaining=task.remaining if _interrupted(task) else None,
        resume=task.resume if _interrupted(task) else None,
        percent=task.percent,
        manual=task.manual,
        tentative=task.manual and task.tentative,
        start=task.stored.start,
        finish=task.stored.finish,
        delay=task.leveling_delay,
        labour=() if summary else labour,
    )


def _interrupted(task: MspdiTask) -> bool:
    """Whether the file says from when on the rest of a task under way goes on."""
    return task.resume is not None and task.actual_start is not None and task.actual_finish is None


def _labour(project: MspdiProject) -> Mapping[int, tuple[Labour, ...]]:
    """The work of each task whose resources keep other hours than the task would."""
    patterns = _Patterns(project.calendars)
    resources = {resource.uid: resource for resource in project.resources}
    assigned: dict[int, list[MspdiAssignment]] = defaultdict(list)
    for assignment in project.assignments:
        assigned[assignment.task].append(assignment)
    found = {}
    for task in project.tasks:
        if task.elapsed or task.manual or not assigned[task.uid]:
            continue
        if shaped := _shaped(task, assigned[task.uid], resources, project.calendar, patterns):
            found[task.uid] = shaped
            continue
        if task.fixed_duration:
            continue
        if task.calendar is not None and task.ignores_resource_calendars:
            continue
        parts = _parts(task, assigned[task.uid], resources, project.calendar)
        usual = patterns.of(project.calendar)
        if any(patterns.of(part.calendar) != usual for part in parts):
            found[task.uid] = tuple(dict.fromkeys(parts))
    return found


def _parts(
    task: MspdiTask, assigned: list[MspdiAssignment], resources: Mapping[int, MspdiResource], usual: str
) -> list[Labour]:
    parts = []
    for assignment in assigned:
        resource = resources.get(assignment.resource)
        if resource is None or not resource.works or assignment.units <= 0:
            continue
        minutes = task.duration if assignment.work is None else round(assignment.work / assignment.units)
        parts.append(Labour(usual if resource.calendar is None else str(resource.calendar), minutes))
    return parts


def _shaped(
    task: MspdiTask,
    assigned: list[MspdiAssignment],
    resources: Mapping[int, MspdiResource],
    usual: str,
    patterns: _Patterns,
) -> tuple[Labour, ...]:
    """The work of a task that pauses, is spread unevenly or begins late: each part as long as the file says it lasts.

    Only the length is taken from there, in working time; when it begins follows from the plan.
    """
    begun = task.actual_start or task.stored.start
    if begun is None or task.milestone or not any(map(_uneven, assigned)):
        return ()
    parts = []
    for one in assigned:
        resource = resources.get(one.resource)
        if one.start is None or one.finish is None or (resource is not None and not resource.works):
            continue
        own = None if resource is None or task.ignores_resource_calendars else resource.calendar
        calendar = usual if task.calendar is None else str(task.calendar)
        calendar = calendar if own is None else str(own)
        time = patterns.time(calendar, None if task.calendar is None else str(task.calendar), begun)
        if time is None:
            return ()
        end = time.before(moment(one.finish))
        left = None
        if _interrupted(task) and task.resume is not None:
            left = max(end - time.before(moment(task.resume)), 0)
        parts.append(Labour(calendar, max(end - time.before(moment(begun)), 0), left))
    return tuple(dict.fromkeys(parts))


def _uneven(assignment: MspdiAssignment) -> bool:
    return bool(assignment.contour or assignment.delay or assignment.leveling_delay or assignment.split)


class _Patterns:
    """What each calendar of a file works, looked up once."""

    def __init__(self, calendars: tuple[Calendar, ...]) -> None:
        self._calendars = {calendar.id: calendar for calendar in calendars}
        self._known: dict[str, DayPattern] = {}
        self._times: dict[tuple[str, str | None], WorkTime | None] = {}

    def time(self, id: str, with_: str | None, around: datetime) -> WorkTime | None:
        """The working time of a calendar, or what it has in common with another; None where that is none."""
        key = (id, with_)
        if key not in self._times:
            pattern = self.of(id) if with_ is None else common(self.of(with_), self.of(id))
            self._times[key] = None if pattern.idle else WorkTime(pattern, moment(around))
        return self._times[key]

    def of(self, id: str) -> DayPattern:
        if id not in self._known:
            self._known[id] = fold(self._calendars, id, (FIRST_DAY, LAST_DAY))
        return self._known[id]
