"""The bar chart of the plan, behind its tasks."""

from __future__ import annotations

from handover.pack.gantt import gantt_pages
from handover.pack.outline import Block
from handover.pack.reading import PackReading


def more(reading: PackReading) -> tuple[Block, ...]:
    """The chart; nothing while there are no tasks."""
    if not reading.overview.total("tasks"):
        return ()
    with reading.workspace.read() as connection:
        return (gantt_pages(connection, reading.project.id),)
