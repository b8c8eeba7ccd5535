"""A task of a plan as the bar that is drawn of it, on the screen and in print alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from handover import clock
from handover.charts.gantt import GanttBar, Upright
from handover.i18n import N_
from handover.plan.schedule import Schedule
from handover.plan.values import TaskKind
from handover.plan.worktime import moment
from handover.registers.scheduling.chart import Chart
from handover.wording import said


def bar_of(chart: Chart, schedule: Schedule, node: int, *, critical: bool = True) -> GanttBar:
    """The bar of a row.

    Args:
        schedule: the one in force, which may be one that is tried out.
        critical: whether critical tasks are set apart.
    """
    row, task, spans = chart.rows[node], schedule.plan.tasks[node], schedule.spans
    kept = chart.baseline.get(row.id)
    base = None
    if kept is not None and kept.start is not None and kept.finish is not None:
        base = moment(kept.start), moment(kept.finish)
    slack = spans.total[node] > 0 and not (row.summary or row.actual_finish or row.inactive)
    return GanttBar(
        "summary" if row.summary else "milestone" if task.kind is TaskKind.MILESTONE else "task",
        spans.start[node],
        spans.finish[node],
        row.percent,
        critical and spans.critical[node],
        bool(row.actual_finish),
        row.inactive,
        base,
        spans.late_finish[node] if slack else None,
        moment(task.deadline) if task.deadline is not None else None,
    )


def uprights(chart: Chart) -> Iterator[Upright]:
    """The upright lines: today, the data date and the end of the day of the planned handover."""
    now = clock.local(clock.now()).replace(tzinfo=None)
    yield Upright(moment(now), said(N_("Today")), "accent", (6.0, 3.0))
    if chart.data_date is not None:
        yield Upright(moment(chart.data_date), said(N_("Data date")), "info", (6.0, 3.0, 1.5, 3.0))
    if chart.handover is not None:
        end = dt.datetime.combine(chart.handover, dt.time()) + dt.timedelta(1)
        yield Upright(moment(end), said(N_("Planned handover")), "warning", (1.5, 3.0))
