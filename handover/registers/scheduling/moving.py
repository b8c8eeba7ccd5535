"""What moving or stretching a task's bar means: the fields to store, and the task that the preview schedules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from handover.plan.calendar import DAY
from handover.plan.values import Constraint, PlanTask, TaskKind
from handover.plan.worktime import EARLIEST, LATEST, WorkTime, moment, when
from handover.registers.scheduling.chart import Chart


class TaskShift(NamedTuple):
    """A change of one task: what is stored of it, and what it becomes in the schedule."""

    id: str
    fields: Mapping[str, Any]  # Any: what the fields of the register hold
    task: PlanTask


def can_move(chart: Chart, id: str) -> bool:
    """Whether a task has a bar that can be moved: a summary follows its parts, what is finished is past."""
    node = chart.node[id]
    task = chart.schedule.plan.tasks[node]
    return not chart.rows[node].summary and task.actual_finish is None and not task.inactive


def can_stretch(chart: Chart, id: str) -> bool:
    """Whether the end of a task can be moved by itself."""
    task = chart.schedule.plan.tasks[chart.node[id]]
    return can_move(chart, id) and task.kind is not TaskKind.MILESTONE and not task.labour


def clock_of(chart: Chart, id: str) -> WorkTime:
    """The working time in which a task's duration counts."""
    network = chart.schedule.network
    node = chart.node[id]
    return network.clocks.elapsed if chart.rows[node].elapsed else network.times[node]


def rounded(at: float, grain: int) -> int:
    """A moment rounded to a grain of minutes."""
    return min(max(round(at / grain) * grain, EARLIEST), LATEST - DAY)


def moved(chart: Chart, id: str, start: dt.datetime) -> TaskShift:
    """The task with another planned start.

    A task that waits for others, or has a constraint, takes "start no earlier than"; one that must start on a day
    must start on the new one; a task under way started then; a task put by hand is put there.
    """
    node = chart.node[id]
    row, task = chart.rows[node], chart.schedule.plan.tasks[node]
    if task.kind is TaskKind.MILESTONE and not (start.hour or start.minute):
        now = chart.schedule[id].start
        start = start.replace(hour=now.hour, minute=now.minute)
    fields: dict[str, Any] = {"start": start}
    if row.duration is None and row.kind != "milestone":
        fields["duration"] = task.duration
    if task.actual_start is not None:
        if row.actual_start is not None:
            fields = {"actual_start": start}
        return TaskShift(id, fields, replace(task, actual_start=start))
    if task.manual:
        clock = clock_of(chart, id)
        finish = when(clock.add(clock.next_start(moment(start)), task.duration)) if task.duration else start
        return TaskShift(id, {**fields, "finish": None} if row.duration is None else fields,
                     replace(task, start=start, finish=finish))  # fmt: skip
    kind = Constraint.MUST_START_ON if task.constraint is Constraint.MUST_START_ON else Constraint.START_NO_EARLIER
    if row.constraint or _waits(chart, node):
        fields |= {"constraint": kind.value, "constraint_at": start}
    return TaskShift(id, fields, replace(task, constraint=kind, constraint_date=start))


def stretched(chart: Chart, id: str, minutes: int) -> TaskShift:
    """The task with another duration, in minutes as it is counted; what remains of one under way changes by as much."""
    node = chart.node[id]
    row, task = chart.rows[node], chart.schedule.plan.tasks[node]
    fields: dict[str, Any] = {"duration": minutes}
    remaining = task.remaining
    if row.actual_start is not None and remaining is not None:
        remaining = max(0, remaining + minutes - task.duration)
        fields["remaining"] = remaining
    finish = task.finish
    if task.manual and task.start is not None:
        clock = clock_of(chart, id)
        finish = when(clock.add(clock.next_start(moment(task.start)), minutes))
    return TaskShift(id, fields, replace(task, duration=minutes, remaining=remaining, finish=finish))


def lasting(chart: Chart, id: str, end: dt.datetime) -> int:
    """The duration in minutes with which a task would finish at a moment, its start being as forecast."""
    clock = clock_of(chart, id)
    start = moment(chart.schedule[id].start)
    return max(0, clock.before(moment(end)) - clock.before(start))


def _waits(chart: Chart, node: int) -> bool:
    network = chart.schedule.network
    return bool(network.plain_before[node] or network.arrows_before[node])
