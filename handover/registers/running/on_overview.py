"""What of runs stands on the overview: the strip of each clock that runs, and the ramp-up."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from handover.i18n import N_
from handover.registers.figures.overview_charts import OverviewChart
from handover.registers.running.ramp_up_chart import ramp_up_charts
from handover.registers.running.run_board import board_of, runs_of
from handover.registers.running.run_strip import run_strip
from handover.wording import said

#: Of more clocks at a time the first are shown.
_CLOCKS = 2


def runs_on_overview(connection: Connection, project_id: str) -> Iterator[OverviewChart]:
    """The strips of the clocks that run, and the curves of the ramp-up."""
    going = [run for run in runs_of(connection, project_id) if run.status == "running"]
    for run in going[:_CLOCKS]:
        board = board_of(connection, run.id)
        if board is not None and board.clock.spells:
            strip = run_strip(board.clock, board.names, said(N_("Clock of {name}"), name=run.name))
            yield OverviewChart(strip, "run_clock", (("run", run.id),))
    curve = ramp_up_charts(connection, project_id).curve
    if curve.series:
        yield OverviewChart(curve, "run_charts")
