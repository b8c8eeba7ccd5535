"""The chart of the rounds, behind them in the pack."""

from __future__ import annotations

from handover.pack.outline import Block, Figure
from handover.pack.reading import PackReading
from tests.chapter.rounds_chart import rounds_chart


def more(reading: PackReading) -> tuple[Block, ...]:
    with reading.workspace.read() as connection:
        return (Figure("lube_chart", rounds_chart(connection, reading.project.id)),)
