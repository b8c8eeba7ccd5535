"""The grid of stakeholders: each at its influence and interest, those without are counted."""

from __future__ import annotations

from pathlib import Path

from handover.model.teams.stakeholder import Stakeholder
from handover.registers.figures.stakeholder_grid import stakeholder_charts
from tests.domain import a_project, a_row, a_workspace


def test_stakeholders_stand_at_their_influence_and_interest(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        a_row(workspace, project, Stakeholder(name="Mayor", influence=5, interest=2, attitude="against"))
        a_row(workspace, project, Stakeholder(name="Neighbours", influence=1, interest=4))
        a_row(workspace, project, Stakeholder(name="Press", influence=2))
        with workspace.read() as connection:
            charts = stakeholder_charts(connection, project)

    found = [(series.colour, dot.name, dot.x, dot.y) for series in charts.grid.series for dot in series.dots]
    assert found == [("danger", "Mayor", 2, 5), ("info", "Neighbours", 4, 1)]
    assert charts.without == 1
    assert charts.grid.zones[4] == ("warning", "warning", "danger", "danger", "danger")
