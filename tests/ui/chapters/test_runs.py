"""The live pages of runs and cutover nights, as a shift uses them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Project, System
from handover.model.cutover.rollback import RollbackPlan
from handover.model.cutover.step import CutoverStep
from handover.model.cutover.wave import CutoverWave
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.registers.beginning import add_project
from handover.running import instants
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.running.run_clock import RunClockPage
from ui.chapters.running.run_sheet import RunSheetPage
from ui.pages.today_card import TodayCard
from ui.window.window import MainWindow


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a workspace with a run that runs and a wave that is under way."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        begun = instants.stamp(instants.now().replace(hour=0, minute=0))
        with workspace.edit("Rows", project=project) as work:
            system = work.add(System(code="BIW", name="Body")).id
            run = work.add(ProvingRun(name="72 h", system_id=system, status="running", started_at=begun)).id
            work.add(RunSegment(run_id=run, from_at=begun, load=0.9))
            wave = work.add(CutoverWave(name="Night", status="executing", planned_start=begun, started_at=begun)).id
            work.add(RollbackPlan(wave_id=wave, title="Back", minutes=45))
            for title in ("Back up", "Switch", "Check"):
                work.add(CutoverStep(wave_id=wave, title=title, planned_minutes=10))
    open_in(window, path, qtbot)
    return window


def clock_page(window: MainWindow, qtbot: QtBot) -> RunClockPage:
    window.context.go("run_clock")
    page = window.host.current
    assert isinstance(page, RunClockPage)
    qtbot.waitUntil(lambda: page.board is not None)
    return page


def test_clock_shows_the_run_that_runs(qtbot: QtBot, site: MainWindow) -> None:
    page = clock_page(site, qtbot)

    assert page.board is not None
    assert page.board.run.name == "72 h"
    assert "Running" in page.face.words()
    assert page.log.topLevelItemCount() == 1
    rest(qtbot, site)


def test_ticking_asks_nothing_of_the_workspace_and_takes_no_time(
    qtbot: QtBot, site: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = clock_page(site, qtbot)
    rest(qtbot, site)
    read: list[object] = []
    monkeypatch.setattr(page, "read", lambda *_: read.append(1))

    before = time.process_time()
    for _ in range(50):
        page._tick()
    spent = time.process_time() - before

    assert read == []
    assert spent / 50 < 0.05


def test_interruption_and_restart_are_typed_and_logged(qtbot: QtBot, site: MainWindow) -> None:
    page = clock_page(site, qtbot)
    form = page.entry
    form.boxes["attribution"].editor.setFocus()
    qtbot.keyClicks(form.boxes["attribution"].editor, "Contractor")
    form.boxes["cause"].editor.setFocus()
    qtbot.keyClicks(form.boxes["cause"].editor, "Pump trip")
    qtbot.keyClick(form.boxes["cause"].editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.log.topLevelItemCount() == 2)
    with site.context.workspace.read() as connection:
        stop = connection.execute(select(RunInterruption.cause, RunInterruption.attribution)).one()
        open_segments = connection.execute(select(RunSegment.id).where(RunSegment.to_at.is_(None))).all()
    assert tuple(stop) == ("Pump trip", "contractor")
    assert open_segments == []
    qtbot.waitUntil(lambda: "Back to zero" in page.face.words())

    form.boxes["load"].editor.setFocus()
    qtbot.keyClicks(form.boxes["load"].editor, "80 %")
    qtbot.keyClick(form.boxes["load"].editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.log.topLevelItemCount() == 3)
    with site.context.workspace.read() as connection:
        loads = connection.execute(select(RunSegment.load).order_by(RunSegment.number)).scalars().all()
    assert loads == [0.9, 0.8]
    rest(qtbot, site)


def test_interruption_without_a_cause_is_refused_at_its_field(qtbot: QtBot, site: MainWindow) -> None:
    page = clock_page(site, qtbot)

    qtbot.mouseClick(page.entry.stop_button, Qt.MouseButton.LeftButton)

    assert page.entry.boxes["cause"].faulty
    rest(qtbot, site)


def test_time_that_cannot_be_read_is_refused_at_its_field(qtbot: QtBot, site: MainWindow) -> None:
    page = clock_page(site, qtbot)
    page.entry.boxes["at"].editor.setFocus()
    qtbot.keyClicks(page.entry.boxes["at"].editor, "25:61")

    page.entry.log_running()

    assert page.entry.boxes["at"].faulty
    rest(qtbot, site)


def test_face_fills_the_screen_and_leaves_it(qtbot: QtBot, site: MainWindow) -> None:
    page = clock_page(site, qtbot)
    page.show_screen()
    screen = page.screen_shown
    assert screen is not None
    assert "left" in screen.face.words()

    qtbot.keyClick(screen, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: page.screen_shown is None)
    rest(qtbot, site)


def test_steps_are_ticked_with_the_space_bar(qtbot: QtBot, site: MainWindow) -> None:
    site.context.go("run_sheet")
    page = site.host.current
    assert isinstance(page, RunSheetPage)
    qtbot.waitUntil(lambda: page.board is not None)

    def states() -> list[str]:
        with site.context.workspace.read() as connection:
            return list(connection.execute(select(CutoverStep.status).order_by(CutoverStep.number)).scalars())

    page.steps.setFocus()
    qtbot.keyClick(page.steps, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.figures["busy"][0].text() == "–: Back up")
    assert states() == ["running", "waiting", "waiting"]
    qtbot.keyClick(page.steps, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.figures["done"][0].text() == "1 / 3")

    assert states() == ["done", "running", "waiting"]
    qtbot.waitUntil(lambda: page.steps.currentItem().text(1) == "Switch")
    rest(qtbot, site)


def test_overview_shows_the_clock_today_and_leads_to_it(qtbot: QtBot, site: MainWindow) -> None:
    site.context.go("overview")
    qtbot.waitUntil(lambda: bool(site.host.current.findChildren(TodayCard)))
    (card,) = site.host.current.findChildren(TodayCard)

    assert [link.text() for link in card.links] == ["BIW  72 h", "Night"]
    assert "on the clock" in card.said[0].text()
    qtbot.mouseClick(card.links[0], Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: isinstance(site.host.current, RunClockPage))
    rest(qtbot, site)
