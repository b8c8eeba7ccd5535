"""The progress and the bar chart of the plan, behind its tasks."""

from __future__ import annotations

from dataclasses import replace

from handover.i18n import N_
from handover.pack.drawing import DrawingPages
from handover.pack.gantt import pages_of
from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from handover.registers.scheduling.chart import read_chart
from handover.registers.scheduling.plan_charts import progress_chart, progress_points
from handover.wording import said


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts; nothing while there are no tasks."""
    if not reading.overview.total("tasks"):
        return ()
    with reading.workspace.read() as connection:
        plan = read_chart(connection, reading.project.id)
    progress = replace(progress_chart(plan, progress_points(plan)), title=said(N_("Progress of the plan")))
    return Figure("progress", progress), DrawingPages(pages_of(plan))
