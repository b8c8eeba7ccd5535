"""The grid of stakeholders behind their register."""

from __future__ import annotations

from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from handover.registers.figures.stakeholder_grid import stakeholder_charts


def more(reading: PackReading) -> tuple[Block, ...]:
    """The grid; nothing while nobody has a place on it."""
    with reading.workspace.read() as connection:
        grid = stakeholder_charts(connection, reading.project.id).grid
    return (Figure("stakeholder_grid", grid, 320.0),) if grid.series else ()
