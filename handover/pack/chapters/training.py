"""The charts of training, behind its records."""

from __future__ import annotations

from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from handover.registers.figures.training_charts import training_charts


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts; nothing while there is no training."""
    if not reading.overview.total("trainings"):
        return ()
    with reading.workspace.read() as connection:
        charts = training_charts(connection, reading.project.id)
    return Figure("training_courses", charts.courses, 230.0), Figure("training_shifts", charts.shifts, 260.0)
