"""The matrix and the charts of knowledge, as a shift leader uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import KnowledgeItem, Person, Project
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.knowledge import KnowledgeChartsPage
from ui.matrix.page import MatrixPage
from ui.window.window import MainWindow


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Two people, and an item that one of them receives."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace, workspace.edit("Project") as work:
        work.project_id = work.add(Project(code="P-1", name="Plant")).id
        people = [work.add(Person(name=name, shift="A")).id for name in ("Chen", "Tang")]
        work.add(KnowledgeItem(title="Zero position", criticality="5", holder_id=people[0], receiver_id=people[1]))
    open_in(window, path, qtbot)
    return window


def test_levels_are_typed_by_number_keys_and_close_nothing(qtbot: QtBot, site: MainWindow) -> None:
    site.context.go("knowledge_matrix")
    page = site.host.current
    assert isinstance(page, MatrixPage)
    rest(qtbot, site)
    grid = page.view.grid
    grid.setFocus()
    for row in range(2):
        grid.go_to(row, 0)
        qtbot.keyClicks(grid, "3")
        rest(qtbot, site)

    with site.context.workspace.read() as connection:
        columns = KnowledgeReceiver.current_level, KnowledgeReceiver.verified_level, KnowledgeReceiver.status
        rows = connection.execute(select(*columns)).all()
    assert rows == [("3", None, "identified")] * 2


def test_charts_lead_to_the_rows_behind_them(qtbot: QtBot, site: MainWindow) -> None:
    site.context.go("knowledge_charts")
    charts = site.host.current
    assert isinstance(charts, KnowledgeChartsPage)
    qtbot.waitUntil(lambda: charts.views["load"].chart is not None)

    charts.views["load"].picked.emit(charts.views["load"].chart.series[0].keys[0])
    assert site.host.current.key == "knowledge"

    site.context.go("knowledge_charts")
    charts.views["teams"].picked.emit(charts.views["teams"].chart.series[1].keys[0])
    assert site.host.current.key == "receivers"


def test_matrix_narrows_by_shift_and_counts_coverage_below_and_load_beside(qtbot: QtBot, site: MainWindow) -> None:
    with site.context.workspace.edit("More", project=site.context.project.id) as work:
        work.add(Person(name="Gao", shift="B"))
    site.context.go("knowledge_matrix")
    page = site.host.current
    assert isinstance(page, MatrixPage)
    rest(qtbot, site)
    view = page.view
    assert {key: box.count() for (_, key), box in view.narrow_bar.boxes.items()}["shift"] == 3
    across, down = view.model.columns[0].id, view.model.rows[0].id
    assert view.counts["across"].counts[across].text == "0"
    assert view.counts["down"].counts[down].text == "1"
    assert "0 people are verified" in view.told.text()

    box = view.narrow_bar.boxes["down", "shift"]
    box.setCurrentIndex(box.findData("B"))
    box.activated.emit(box.currentIndex())
    rest(qtbot, site)
    assert [head.name for head in view.model.rows] == ["Gao"]
    assert view.state()["narrowed"] == {"down.shift": "B"}

    view.clear_filters()
    rest(qtbot, site)
    assert len(view.model.rows) == 3
