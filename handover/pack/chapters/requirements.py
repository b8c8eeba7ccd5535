"""How complete what must be delivered is, behind the requirements and the matrix."""

from __future__ import annotations

from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from handover.registers.figures.completeness_charts import completeness_charts


def more(reading: PackReading) -> tuple[Block, ...]:
    """The heat maps; nothing while nothing is asked."""
    if not reading.overview.total("requirements"):
        return ()
    with reading.workspace.read() as connection:
        charts = completeness_charts(connection, reading.project.id)
    found = (
        ("completeness_disciplines", charts.disciplines),
        ("completeness_milestones", charts.milestones),
        ("completeness_sides", charts.sides),
    )
    return tuple(Figure(key, chart) for key, chart in found if chart.rows)
