"""From a scheduled plan of the program to a project that MS Project can open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handover.exchange.plans.mspdi.values import (
    MspdiAssignment,
    MspdiBaseline,
    MspdiDates,
    MspdiLink,
    MspdiProject,
    MspdiResource,
    MspdiTask,
)
from handover.plan.schedule import Schedule
from handover.plan.values import Link, PlanTask, TaskKind


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """What a plan doesn't know of a task, but its file shall tell.

    Args:
        uid: the number that it had in the file it came from; None gives it a new one.
    """

    uid: int | None = None
    wbs: str = ""
    notes: str = ""
    owners: tuple[str, ...] = ()
    baselines: tuple[MspdiBaseline, ...] = ()


def from_schedule(
    schedule: Schedule, details: Mapping[str, TaskDetails] | None = None, *, name: str = "", title: str = ""
) -> MspdiProject:
    """A scheduled plan as a project of MS Project, with its dates as MS Project would store them.

    Args:
        details: by task id.
    """
    plan, details = schedule.plan, details or {}
    uids = _uids(plan.tasks, details)
    calendars = {calendar.id: number for number, calendar in enumerate(plan.calendars, 1)}
    resources = _Resources()
    links: dict[str, list[Link]] = defaultdict(list)
    for link in plan.links:
        if link.predecessor in uids:
            links[link.successor].append(link)
    levels: dict[str, int] = {}
    tasks = []
    for row, task in enumerate(_in_outline_order(schedule), 1):
        above = levels.get(task.parent or "", 0)
        levels[task.id] = above + 1
        told = details.get(task.id, TaskDetails())
        made = _task(schedule, task, row, above + 1, uids, calendars, told)
        made = replace(made, links=tuple(_link(link, uids) for link in links[task.id]))
        tasks.append(made)
        resources.assign(made, task, told.owners, calendars)
    return MspdiProject(
        name=name,
        title=title,
        start=plan.start,
        finish=schedule.finish,
        status_date=plan.data_date,
        from_finish=plan.from_finish,
        critical_float=plan.critical_float,
        honours_constraints=plan.honour_constraints,
        every_end_critical=plan.every_end_critical,
        calendar=str(calendars.get(plan.calendar, 1)),
        calendars=tuple(
            replace(
                calendar,
                id=str(calendars[calendar.id]),
                name=calendar.name or calendar.id,
                base=None if calendar.base not in calendars else str(calendars[calendar.base]),
            )
            for calendar in plan.calendars
        ),
        tasks=tuple(tasks),
        resources=tuple(resources.made.values()),
        assignments=tuple(resources.assignments),
    )


def _uids(tasks: tuple[PlanTask, ...], details: Mapping[str, TaskDetails]) -> dict[str, int]:
    uids: dict[str, int] = {}
    taken: set[int] = {0}
    for task in tasks:
        uid = details[task.id].uid if task.id in details else None
        if uid is not None and uid not in taken:
            uids[task.id] = uid
            taken.add(uid)
    free = 1
    for task in tasks:
        if task.id not in uids:
            while free in taken:
                free += 1
            uids[task.id] = free
            taken.add(free)
    return uids


def _in_outline_order(schedule: Schedule) -> list[PlanTask]:
    """The tasks so that those under a summary follow it, which is how the format tells who is under whom."""
    outline, tasks = schedule.network.outline, schedule.plan.tasks
    top = [node for node, up in enumerate(outline.parent) if up is None and node not in outline.dropped]
    waiting, order = top[::-1], []
    while waiting:
        node = waiting.pop()
        order.append(tasks[node])
        waiting += outline.children.get(node, [])[::-1]
    return order


def _task(
    schedule: Schedule,
    task: PlanTask,
    row: int,
    level: int,
    uids: Mapping[str, int],
    calendars: Mapping[str, int],
    told: TaskDetails,
) -> MspdiTask:
    dates = schedule[task.id]
    remaining = task.remaining
    if remaining is None:
        remaining = 0 if task.actual_finish else round(task.duration * (1 - task.percent / 100))
    resume = task.resume
    if task.actual_start and not task.actual_finish and resume is None and schedule.plan.data_date is not None:
        resume = schedule.plan.data_date
    return MspdiTask(
        uid=uids[task.id],
        id=row,
        name=task.name,
        wbs=told.wbs,
        level=level,
        parent=uids.get(task.parent or ""),
        summary=dates.summary,
        milestone=not dates.summary and (task.kind is TaskKind.MILESTONE or not task.duration),
        active=not task.inactive,
        manual=task.manual,
        tentative=task.tentative,
        fixed_duration=not task.labour,
        duration=task.duration,
        elapsed=task.elapsed,
        percent=task.percent,
        constraint=task.constraint,
        constraint_date=task.constraint_date,
        deadline=task.deadline,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        actual_duration=max(task.duration - remaining, 0) if task.actual_start else None,
        remaining=remaining,
        stop=None,
        resume=resume,
        calendar=None if task.calendar is None else calendars.get(task.calendar),
        leveling_delay=task.delay,
        notes=told.notes,
        owners=told.owners,
        baselines=told.baselines,
        stored=MspdiDates(
            dates.start,
            dates.finish,
            dates.early_start,
            dates.early_finish,
            dates.late_start,
            dates.late_finish,
            dates.total_float,
            dates.free_float,
            dates.critical,
        ),
    )


def _link(link: Link, uids: Mapping[str, int]) -> MspdiLink:
    return MspdiLink(uids[link.predecessor], link.type, link.lag, link.lag_unit)


class _Resources:
    """The people and crews of a plan, each written once, with what they do."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, int | None], MspdiResource] = {}
        self.assignments: list[MspdiAssignment] = []

    def assign(self, made: MspdiTask, task: PlanTask, owners: tuple[str, ...], calendars: Mapping[str, int]) -> None:
        """Assign to a task the crews that its duration follows from, or else those who own it."""
        if made.summary:
            return
        for part in task.labour:
            calendar = calendars.get(part.calendar)
            resource = self._resource(part.calendar, calendar)
            self.assignments.append(MspdiAssignment(made.uid, resource.uid, work=part.minutes))
        if not task.labour:
            for owner in owners:
                resource = self._resource(owner, None)
                self.assignments.append(MspdiAssignment(made.uid, resource.uid, work=task.duration))

    def _resource(self, name: str, calendar: int | None) -> MspdiResource:
        key = (name, calendar)
        if key not in self.made:
            self.made[key] = MspdiResource(len(self.made) + 1, name, True, calendar)
        return self.made[key]
