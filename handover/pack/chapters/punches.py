"""The charts of the punch list, behind its items."""

from __future__ import annotations

from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from handover.registers.figures.punch_charts import punch_charts


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts; nothing while there are no items."""
    if not reading.overview.total("punches"):
        return ()
    with reading.workspace.read() as connection:
        charts = punch_charts(connection, reading.project.id)
    return Figure("punch_burn", charts.burn), Figure("punch_age", charts.ageing), Figure("punch_heat", charts.heat)
