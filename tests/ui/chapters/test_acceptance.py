"""The pages of acceptance, as a test crew uses them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Project
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.rectification import Rectification
from handover.model.issued import Issued
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.acceptance import AcceptanceChartsPage
from ui.chapters.measuring.chain_page import ParameterChainPage
from ui.chapters.measuring.entry_page import ReadingsEntryPage
from ui.chapters.measuring.table import NEW
from ui.window.window import MainWindow


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a workspace with three parameters, 9.9 to 10.1 mm each."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        named = [{"no": f"P-{n}", "name": f"Gap {n}", "limits": "10±0.1", "unit": "mm"} for n in (1, 2, 3)]
        editing.add_many(workspace, register("parameters"), project, named)
    open_in(window, path, qtbot)
    return window


def entry(window: MainWindow, qtbot: QtBot) -> ReadingsEntryPage:
    window.context.go("readings_entry")
    page = window.host.current
    assert isinstance(page, ReadingsEntryPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    return page


def type_reading(qtbot: QtBot, page: ReadingsEntryPage, text: str) -> None:
    """Type digits at the line in hand, as with the number keys, and press Enter."""
    known = len(stored_values(page.window())) + len(page.model.refused)
    qtbot.keyClicks(page.table, text[0])
    editor = page.table.indexWidget(page.table.currentIndex()) or page.table.findChildren(QLineEdit)[-1]
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(stored_values(page.window())) + len(page.model.refused) > known)
    rest(qtbot, page.window())


def stored_values(window: MainWindow) -> list[str]:
    with window.context.workspace.read() as connection:
        return list(connection.execute(select(ParameterReading.value).order_by(ParameterReading.id)).scalars())


def test_enter_stores_a_reading_judges_it_and_goes_down(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)

    type_reading(qtbot, page, "10.05")
    type_reading(qtbot, page, "10.3")

    assert stored_values(site) == ["10.05", "10.3"]
    assert [row.result for row in page.model.rows] == ["pass", "fail", "pending"]
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (2, NEW)
    with site.context.workspace.read() as connection:
        assert len(connection.execute(select(Rectification.id)).all()) == 1


def test_what_cannot_count_is_refused_with_its_reason(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)

    type_reading(qtbot, page, "10 um")

    assert stored_values(site) == []
    assert page.fault.isVisibleTo(page)
    assert "is measured in mm, this reading is in μm" in page.fault.text()
    assert page.table.currentIndex().row() == 0


def test_what_is_said_above_holds_for_all_readings(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)
    qtbot.keyClicks(page.boxes["shift"].editor, "Shift A")

    page.table.setFocus()
    type_reading(qtbot, page, "10")

    with site.context.workspace.read() as connection:
        assert connection.execute(select(ParameterReading.shift)).scalar_one() == "Shift A"


def test_the_model_keeps_to_the_rules_of_qt(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)

    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.show(page.model.rows[:1])

    assert page.model.rowCount() == 1


def test_the_chain_shows_what_a_reading_raised(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)
    type_reading(qtbot, page, "10.3")
    with site.context.workspace.read() as connection:
        key = connection.execute(
            select(AcceptanceParameter.id).where(AcceptanceParameter.no == "P-1")
        ).scalar_one()  # fmt: skip

    site.context.go("parameter_chain", parameter=key)
    chain = site.host.current
    assert isinstance(chain, ParameterChainPage)
    qtbot.waitUntil(lambda: len(chain.cards) == 2)

    assert chain.chosen == key


def test_the_charts_are_drawn(qtbot: QtBot, site: MainWindow) -> None:
    project = site.context.project.id
    with site.context.workspace.read() as connection:
        key = connection.execute(select(AcceptanceParameter.id)).scalars().first()
    editing.add(
        site.context.workspace, register("readings"), project,
        {"parameter": key, "value": "11", "taken_at": dt.datetime(2026, 5, 20, 8)},
    )  # fmt: skip
    site.context.go("acceptance_charts")
    page = site.host.current
    assert isinstance(page, AcceptanceChartsPage)

    qtbot.waitUntil(lambda: page.views["results"].chart is not None)


def issue_here(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Press what issues the paper of the page, and wait until it is shown among the issued ones."""
    next(action for action in window.host.current.page_actions() if action.text() == name).trigger()
    qtbot.waitUntil(lambda: window.host.current.key == "issued")
    rest(qtbot, window)


def test_sheet_and_chain_are_issued_from_their_pages(qtbot: QtBot, site: MainWindow) -> None:
    page = entry(site, qtbot)
    type_reading(qtbot, page, "10.3")
    issue_here(qtbot, site, "Issue the sheet")
    site.context.go("parameter_chain")
    chain = site.host.current
    assert isinstance(chain, ParameterChainPage)
    qtbot.waitUntil(lambda: bool(chain.chosen))
    issue_here(qtbot, site, "Issue the chain")

    with site.context.workspace.read() as connection:
        issued = connection.execute(select(Issued.kind, Issued.number).order_by(Issued.id)).all()
    assert [tuple(row) for row in issued] == [
        ("readings_sheet", "P-1-RDS-001"), ("parameter_chain", "P-1-CHN-001")
    ]  # fmt: skip
