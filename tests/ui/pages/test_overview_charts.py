"""The charts of the overview: those of which something is known, each with the way to its page and its rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.model import Project
from handover.model.readiness.criterion import Criterion
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Query
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.pages.overview import OverviewPage
from ui.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> OverviewPage:
    """The overview of a project with a reading, a punch item and a criterion."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        parameter = editing.add(workspace, register("parameters"), project, {"name": "Gap", "limits": "10±0.1"})
        told = {"parameter": parameter, "value": "10", "taken_at": dt.datetime(2026, 5, 20, 8)}
        editing.add(workspace, register("readings"), project, told)
        editing.add(workspace, register("punches"), project, {"description": "Leaks"})
        with workspace.edit("Criterion", project=project) as work:
            work.add(Criterion(question="Fire brigade knows the plant", area="programmes"))
    open_in(window, path, qtbot)
    window.context.go("overview")
    shown = window.host.current
    assert isinstance(shown, OverviewPage)
    qtbot.waitUntil(lambda: shown.charts is not None and len(shown.charts.views) == 4)
    return shown


def test_overview_shows_the_charts_of_which_something_is_known(page: OverviewPage) -> None:
    assert page.charts is not None
    assert [view.title.text() for view in page.charts.views] == [
        "Burn-down of the punch list",
        "Parameters passed over time",
        "Readiness by area",
        "Readiness by system and area",
    ]  # fmt: skip


def test_chart_leads_to_its_page_and_a_value_to_its_rows(page: OverviewPage, window: MainWindow, qtbot: QtBot) -> None:
    assert page.charts is not None
    page.charts.views[2].picked.emit(RowsBehind("criteria", Query()))
    assert window.host.current.key == "criteria"
    rest(qtbot, window)
    window.context.go("overview")
    qtbot.waitUntil(lambda: page.charts is not None and len(page.charts.links) == 4)

    qtbot.mouseClick(page.charts.links[1], Qt.MouseButton.LeftButton)

    assert window.host.current.key == "acceptance_charts"


def test_empty_project_shows_none(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "Empty.handover"
    with Workspace.create(path) as workspace, workspace.edit("Project") as work:
        add_project(work, Project(code="P-2", name="Empty"))
    open_in(window, path, qtbot)
    window.context.go("overview")
    rest(qtbot, window)

    shown = window.host.current
    assert isinstance(shown, OverviewPage)
    assert shown.charts is None or not shown.charts.isVisible()
