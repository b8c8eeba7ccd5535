"""From a template to a missing list, as its user clicks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from handover.model import Document, Project, System
from handover.model.documents.requirement import Requirement
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.requirement_dialogs import ListExpectedDialog, TakeTemplateDialog
from ui.matrix.page import MatrixPage
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a project with one system and nothing asked."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"), "factory_line")
        with workspace.edit("Rows", project=project.id) as work:
            work.add(System(code="10", name="Press line"))
    open_in(window, path, qtbot)
    return window


def count(window: MainWindow, model: type[Requirement] | type[Document]) -> int:
    with window.context.workspace.read() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def requirements(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    window.context.go("requirements")
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    rest(qtbot, window)
    return shown


def trigger(shown: RegisterPage, name: str) -> None:
    next(a for a in shown.page_actions() if a.text() == name).trigger()


def take(window: MainWindow, qtbot: QtBot) -> TakeTemplateDialog:
    shown = requirements(window, qtbot)
    trigger(shown, "Take a template…")
    dialog = window.findChildren(TakeTemplateDialog)[-1]
    dialog.choice.setCurrentIndex(dialog.choice.findData("factory_line"))
    return dialog


def test_a_template_is_taken_for_the_milestones_that_are_ticked(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = take(desk, qtbot)
    everything = dialog.told.text()
    for code in ("INS", "SOP", "PIL", "RUN"):
        qtbot.mouseClick(dialog.milestones[code], Qt.MouseButton.LeftButton)
    assert dialog.told.text() != everything
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(desk, Requirement) > 0)
    rest(qtbot, desk)
    with desk.context.workspace.read() as connection:
        assert len(set(connection.execute(select(Requirement.required_for_id)).scalars())) == 1


def test_nothing_is_taken_without_a_milestone(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = take(desk, qtbot)
    for box in dialog.milestones.values():
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert not dialog.go.isEnabled()


def test_documents_are_shown_before_they_are_listed_and_the_matrix_opens_them(desk: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(take(desk, qtbot).go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(desk, Requirement) > 0)
    rest(qtbot, desk)
    trigger(requirements(desk, qtbot), "List the documents…")
    qtbot.waitUntil(lambda: bool(desk.findChildren(ListExpectedDialog)))
    dialog = desk.findChildren(ListExpectedDialog)[-1]
    wanted = dialog.table.rowCount()
    assert wanted > 0
    assert count(desk, Document) == 0
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(desk, Document) == wanted)
    rest(qtbot, desk)

    desk.context.go("completeness_matrix")
    matrix = desk.host.current
    assert isinstance(matrix, MatrixPage)
    qtbot.waitUntil(lambda: matrix.view.model.rowCount() == 1)
    matrix.view.grid.go_to(0, 0)
    qtbot.keyClick(matrix.view.grid, Qt.Key.Key_M)
    assert matrix.view.grid.reason.isVisible()  # nobody types how things stand
    qtbot.keyClick(matrix.view.grid, Qt.Key.Key_Return)
    shown = desk.host.current
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
