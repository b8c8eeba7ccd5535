"""Until when each task must be begun and done, and which tasks are late: the one answer for every page and paper.

A task is to be done by its deadline or the finish that was entered, whichever is earlier; one for which nobody has
entered either, by the finish that the schedule gives it. The schedule knows the data date: nothing that is still to be
done lies before it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from handover.plan.schedule import Schedule
from handover.plan.values import PlanTask, TaskKind
from handover.plan.worktime import when


@dataclass(frozen=True, slots=True)
class TaskDays:
    """The days of a task.

    Args:
        start, finish: on which the schedule has it begin and end.
        start_by, finish_by: until which it is to be begun and done; None for a summary, for what is inactive, and where
            nothing but the start of the plan says when.
        in_doubt: the schedule ends it only after its deadline.
    """

    start: dt.date
    finish: dt.date
    start_by: dt.date | None
    finish_by: dt.date | None
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task that should be further.

    Args:
        due: when it should have started or finished.
        days: calendar days since.
        begun: whether it is its finish that is due; otherwise not even its start happened.
    """

    id: str
    due: dt.date
    days: int
    begun: bool


def last_day(end: dt.datetime) -> dt.date:
    """The day on which something ends; the midnight at its end still belongs to it."""
    return (end if end.hour or end.minute else end - dt.timedelta(minutes=1)).date()


def days_of(schedule: Schedule) -> dict[str, TaskDays]:
    """The days of every task of a plan, by its key."""
    spans, outline = schedule.spans, schedule.network.outline
    linked = {end for link in schedule.plan.links for end in (link.predecessor, link.successor)}
    found = {}
    for node, task in enumerate(schedule.plan.tasks):
        if node in outline.dropped:
            continue
        start, end = when(spans.start[node]), when(spans.finish[node])
        finish = start.date() if end <= start else last_day(end)
        without_parts = task.kind is TaskKind.SUMMARY
        if outline.inactive[node] or node in outline.children or without_parts or not _placed(task, linked):
            found[task.id] = TaskDays(start.date(), finish, None, None, False)
            continue
        asked = [last_day(each) for each in (task.deadline, _entered(task)) if each is not None]
        start_by = task.start.date() if task.start else start.date()
        in_doubt = task.deadline is not None and finish > last_day(task.deadline)
        found[task.id] = TaskDays(start.date(), finish, start_by, min(asked, default=finish), in_doubt)
    return found


def _placed(task: PlanTask, linked: set[str]) -> bool:
    """Whether anything says when a task is to be: one that was only just written down isn't late."""
    said = (task.start, task.finish, task.deadline, task.constraint_date, task.actual_start, task.actual_finish)
    return any(each is not None for each in said) or task.id in linked


def _entered(task: PlanTask) -> dt.datetime | None:
    """The finish that was entered; of a milestone its one day."""
    if task.finish is None and task.kind is TaskKind.MILESTONE and task.start is not None:
        return task.start + dt.timedelta(minutes=1)
    return task.finish


def late_tasks(schedule: Schedule, today: dt.date) -> list[LateTask]:
    """The unfinished tasks whose time is past: those that should be done first, the latest first."""
    days = days_of(schedule)
    found = []
    for task in schedule.plan.tasks:
        of_task = days[task.id]  # of two tasks with one key the first is in the plan
        if of_task.finish_by is None or of_task.start_by is None or _finished(task):
            continue
        if of_task.finish_by < today:
            found.append(LateTask(task.id, of_task.finish_by, (today - of_task.finish_by).days, True))
        elif task.actual_start is None and not task.percent and of_task.start_by < today:
            found.append(LateTask(task.id, of_task.start_by, (today - of_task.start_by).days, False))
    return sorted(found, key=lambda late: (not late.begun, -late.days))


def _finished(task: PlanTask) -> bool:
    return task.actual_finish is not None or task.percent >= 100
