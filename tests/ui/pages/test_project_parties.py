"""The people and companies of a project in its dialog: offered, chosen, entered with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.parties import parties
from tests.ui.conftest import rest
from ui.pages.project import ProjectDialog
from ui.register.grid.editors import LineEdit
from ui.window.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def the_dialog(window: MainWindow) -> ProjectDialog:
    window.projects.show_properties()
    dialog = window.findChild(ProjectDialog)
    assert dialog is not None
    return dialog


def line(dialog: ProjectDialog, field: str) -> LineEdit:
    editor = dialog.boxes[field].editor
    assert isinstance(editor, LineEdit)
    return editor


def taken(window: MainWindow) -> dict[str, str]:
    with window.context.workspace.read() as connection:
        return {field: row.name for field, row in parties(connection, window.context.project.id).items()}


def test_person_is_chosen_and_a_new_company_is_entered(opened: MainWindow, qtbot: QtBot) -> None:
    dialog = the_dialog(opened)
    manager = line(dialog, "operations_manager")
    qtbot.keyClicks(manager, "na")
    assert [choice.label for choice in manager.matches("na")] == ["Li Na"]
    manager.take_marked()
    qtbot.keyClicks(line(dialog, "client"), "ACME")
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)

    assert taken(opened) == {"operations_manager": "Li Na", "client": "ACME"}
    again = the_dialog(opened)
    assert line(again, "client").text() == "ACME"
    line(again, "client").clear()
    qtbot.mouseClick(again.store, LEFT)
    rest(qtbot, opened)
    assert taken(opened) == {"operations_manager": "Li Na"}


def test_name_of_two_people_is_refused_at_its_field(opened: MainWindow, qtbot: QtBot) -> None:
    editing.add(opened.context.workspace, register("people"), opened.context.project.id, {"name": "Li Na"})
    dialog = the_dialog(opened)
    line(dialog, "manager").setText("Li Na")
    qtbot.mouseClick(dialog.store, LEFT)

    assert "fits several" in dialog.boxes["manager"].reason.text()
    assert taken(opened) == {}
    line(dialog, "manager").setText("PER-0002")
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)
    assert taken(opened) == {"manager": "Li Na"}


@pytest.mark.parametrize("field", ["manager", "client"])
def test_new_project_takes_people_and_companies_of_its_own(opened: MainWindow, qtbot: QtBot, field: str) -> None:
    opened.projects.new()
    dialog = opened.findChild(ProjectDialog)
    assert dialog is not None
    dialog.boxes["name"].editor.setText("Second")  # type: ignore[attr-defined]  # a line
    dialog.boxes["code"].editor.setText("P-2")  # type: ignore[attr-defined]  # a line
    line(dialog, field).setText("Li Na")
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)

    assert opened.context.project.code == "P-2"
    assert taken(opened) == {field: "Li Na"}
