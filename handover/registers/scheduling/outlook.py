"""What comes of a plan, in sentences: when it finishes against the planned handover, and what of it is late."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.i18n import tr, trn
from handover.plan.lateness import LateTask, last_day
from handover.registers.scheduling import task_days
from handover.registers.scheduling.chart import Chart, read_chart
from handover.values import shown

#: Where the tasks of a plan are seen: the key of their register, and that of the page with their chart.
TASKS, CHART = "tasks", "plan"


@dataclass(frozen=True, slots=True)
class PlanOutlook:
    """What comes of a plan.

    Args:
        handover: the day on which the handover is planned.
        after: by how many working days the plan finishes after it; None where none is planned.
        overdue: the keys of tasks that should be done.
        not_begun: the keys of tasks that should have started.
        critical: the keys of late tasks that decide when the plan finishes.
    """

    finish: dt.date
    handover: dt.date | None
    after: float | None
    overdue: tuple[str, ...]
    not_begun: tuple[str, ...]
    critical: tuple[str, ...]


def outlook_of(chart: Chart) -> PlanOutlook:
    """What comes of a plan that has tasks."""
    found = task_days.late(chart)
    decides = chart.schedule.spans.critical
    return PlanOutlook(
        last_day(chart.schedule.finish),
        chart.handover,
        chart.after_handover(chart.schedule.finish),
        tuple(each.id for each in found if each.begun),
        tuple(each.id for each in found if not each.begun),
        tuple(each.id for each in found if decides[chart.node[each.id]]),
    )


def outlook(connection: Connection, project_id: str) -> PlanOutlook | None:
    """What comes of the plan of a project; None while it has no tasks."""
    chart = read_chart(connection, project_id, "")
    return outlook_of(chart) if chart.rows else None


def finish_sentence(found: PlanOutlook) -> str:
    """When the plan finishes, measured against the planned handover."""
    date = shown.moment(found.finish)
    if found.after is None or found.handover is None:
        return tr("The plan finishes on {date}. The project has no planned handover date yet.", date=date)
    handover = shown.moment(found.handover)
    days = math.ceil(found.after) if found.after > 0 else math.floor(found.after)
    if days > 0:
        return trn(
            "The plan finishes on {date}, {n} working day after the handover planned for {handover}.",
            "The plan finishes on {date}, {n} working days after the handover planned for {handover}.",
            days, date=date, handover=handover,
        )  # fmt: skip
    if days < 0:
        return trn(
            "The plan finishes on {date}, {n} working day before the handover planned for {handover}.",
            "The plan finishes on {date}, {n} working days before the handover planned for {handover}.",
            -days, date=date, handover=handover,
        )  # fmt: skip
    return tr("The plan finishes on {date}, in time for the handover planned for {handover}.", date=date,
              handover=handover)  # fmt: skip


def late_sentence(found: Sequence[LateTask]) -> str:
    """How many tasks are overdue, and how many more should have started."""
    overdue = sum(each.begun for each in found)
    waiting = len(found) - overdue
    if not found:
        return tr("No task is late.")
    if not waiting:
        return trn("{n} task is overdue.", "{n} tasks are overdue.", overdue)
    if not overdue:
        return trn("No task is overdue; {n} should have started.", "No task is overdue; {n} should have started.",
                   waiting)  # fmt: skip
    return trn(
        "{n} task is overdue; {more} more should have started.",
        "{n} tasks are overdue; {more} more should have started.",
        overdue, more=waiting,
    )  # fmt: skip
