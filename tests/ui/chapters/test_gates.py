"""The pages of readiness and of the gates, as a committee and those who prepare it use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handover.model.readiness.condition import GateCondition
from tests.domain import a_workspace
from tests.model.readiness_site import TODAY, ReadySite
from tests.ui.conftest import open_in
from ui.chapters.gates import GatePage
from ui.chapters.readiness import ReadinessAreasPage, ReadinessChartsPage
from ui.chapters.readying.gate_report import write_report
from ui.chapters.readying.phase_template import TakePhasesDialog
from ui.window.window import MainWindow


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate with three criteria, of which one decides alone and is open, passed on a condition before."""
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())
    with a_workspace(tmp_path) as workspace:
        site = ReadySite(workspace)
        site.criterion(3, "met", area="people")
        late = site.criterion(2, "in_progress", area="procedures", question="Procedures in force")
        review = site.review()
        site.sign(review, "conditional_go")
        site.row(
            GateCondition(review_id=review, title="Sign them", criterion_id=late, owner_id=site.tech, due_on=TODAY)
        )
        site.take("gate-reviews", review, "go_on_conditions")
        site.criterion(5, area="equipment", question="Fire acceptance", blocker=True)
        return workspace.path


def labels(page: GatePage | ReadinessAreasPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def gate_page(window: MainWindow, qtbot: QtBot) -> GatePage:
    window.context.go("gate_page")
    page = window.host.current
    assert isinstance(page, GatePage)
    qtbot.waitUntil(lambda: "review" in page.buttons)
    return page


def test_gate_page_says_score_and_blockers_and_leads_to_the_rows(window: MainWindow, site: Path, qtbot: QtBot) -> None:
    open_in(window, site, qtbot)
    page = gate_page(window, qtbot)

    said = labels(page)
    assert "30.0%" in said and "1 / 3" in said
    assert "1 criterion that decides alone is open: no go, whatever the score." in said
    assert "Sign them" in said and "Fire acceptance" in said
    qtbot.mouseClick(page.buttons["CRI-0003"], Qt.MouseButton.LeftButton)
    assert window.host.current.key == "criteria"


def test_lapsed_pass_is_said_above_every_page_and_on_the_gate(
    window: MainWindow, site: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-21")
    open_in(window, site, qtbot)
    page = gate_page(window, qtbot)
    assert "The pass has lapsed: CND-0001 ran out. It takes a new review." in labels(page)
    assert any("has lapsed" in label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def test_area_leads_to_its_criteria(window: MainWindow, site: Path, qtbot: QtBot) -> None:
    open_in(window, site, qtbot)
    window.context.go("readiness_areas")
    page = window.host.current
    assert isinstance(page, ReadinessAreasPage)
    qtbot.waitUntil(lambda: "area/equipment" in page.buttons)
    assert "Procedures in force" in labels(page)
    qtbot.mouseClick(page.buttons["area/equipment"], Qt.MouseButton.LeftButton)
    assert window.host.current.key == "criteria"


def test_charts_of_readiness_show_areas_gates_and_systems(window: MainWindow, site: Path, qtbot: QtBot) -> None:
    open_in(window, site, qtbot)
    window.context.go("readiness_charts")
    page = window.host.current
    assert isinstance(page, ReadinessChartsPage)
    qtbot.waitUntil(lambda: "n = 3 criteria" in page.notes["areas"].text())


def test_report_is_written_where_the_user_says(window: MainWindow, site: Path, qtbot: QtBot, tmp_path: Path) -> None:
    open_in(window, site, qtbot)
    page = gate_page(window, qtbot)
    path = tmp_path / "report.pdf"
    write_report(window.context, str(page.choice.currentData()), path)
    qtbot.waitUntil(lambda: path.exists() and not window.context.jobs)


def test_template_says_before_what_would_come_and_takes_what_is_ticked(
    window: MainWindow, site: Path, qtbot: QtBot
) -> None:
    open_in(window, site, qtbot)
    window.context.go("criteria")
    dialog = TakePhasesDialog(window.context, window)  # it goes by itself when it is closed
    dialog.choice.setCurrentIndex(dialog.choice.findData("rail"))
    for part in ("phases", "milestones"):
        dialog.parts[part].click()
    assert "Gates: 4 new" in dialog.told.text()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.context.jobs)
    window.context.go("gate_page")
    page = window.host.current
    assert isinstance(page, GatePage)
    qtbot.waitUntil(lambda: page.choice.count() == 5)
