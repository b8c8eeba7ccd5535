"""The lists that a site edits: changed in place, put in order, retired, and taken from an industry."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handover.model import Project
from handover.registers import picks
from handover.registers.beginning import add_project
from handover.registers.picks import PickEntry
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.picks import PickListsPage
from ui.pages.settings import SettingsPage
from ui.shell.chapters import sections
from ui.window.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, tmp_path, qtbot: QtBot) -> PickListsPage:
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace, workspace.edit("Project") as work:
        add_project(work, Project(code="P-1", name="Plant"))
    open_in(window, path, qtbot)
    window.context.go("settings")
    settings = window.host.current
    assert isinstance(settings, SettingsPage)
    (link,) = (b for b in settings.findChildren(QPushButton) if b.text().startswith("Pick lists"))
    qtbot.mouseClick(link, LEFT)
    page = window.host.current
    assert isinstance(page, PickListsPage)
    page.restore({"list": "punch_category"})
    settle(qtbot, page)
    return page


def settle(qtbot: QtBot, page: PickListsPage) -> None:
    rest(qtbot, page.window())


def entries(page: PickListsPage, key: str = "punch_category") -> list[PickEntry]:
    with page.context.workspace.read() as connection:
        return picks.entries(connection, page.context.project.id, key)


def shown(page: PickListsPage) -> list[str]:
    model = page.entries.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def go_to(page: PickListsPage, code: str, column: int = 0) -> None:
    page.entries.table.go_to(shown(page).index(code), column)


def test_word_is_changed_in_place(page: PickListsPage, qtbot: QtBot) -> None:
    go_to(page, "A", 1)
    table = page.entries.table
    qtbot.keyClicks(table, "X")
    editor = table.focusWidget()
    qtbot.keyClicks(editor, "1")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, page)

    assert entries(page)[0].en == "X1"


def test_entry_is_added_with_a_word_and_moved_up_by_keyboard_and_mouse(page: PickListsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.entries.code, "S")
    qtbot.keyClicks(page.entries.word, "Safety")
    qtbot.keyClick(page.entries.word, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert shown(page) == ["A", "B", "C", "S"]
    assert entries(page)[-1].meaning == "blocks"

    qtbot.keyClick(page.entries.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, page)
    qtbot.mouseClick(page.entries.up, LEFT)
    settle(qtbot, page)

    assert shown(page) == ["A", "S", "B", "C"]


def test_code_that_is_there_already_is_refused_beside_the_field(page: PickListsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.entries.code, "A")
    qtbot.mouseClick(page.entries.plus, LEFT)

    assert "unique" in page.entries.reason.text()
    assert page.entries.code.text() == "A"


def test_entry_is_retired_and_offered_again(page: PickListsPage, qtbot: QtBot) -> None:
    go_to(page, "C")
    qtbot.mouseClick(page.entries.retire, LEFT)
    settle(qtbot, page)
    assert [e.retired for e in entries(page)] == [False, False, True]
    assert page.entries.retire.text() == "Offer again"

    qtbot.mouseClick(page.entries.retire, LEFT)
    settle(qtbot, page)
    assert not any(e.retired for e in entries(page))


def test_entry_without_use_is_deleted(page: PickListsPage, qtbot: QtBot) -> None:
    go_to(page, "B")
    assert page.entries.used.text() == "No row uses it."
    qtbot.mouseClick(page.entries.delete, LEFT)
    settle(qtbot, page)

    assert shown(page) == ["A", "C"]


def test_meanings_are_offered_that_the_list_knows(page: PickListsPage) -> None:
    meaning = next(f for f in page.entries.model.fields if f.field == "meaning")
    assert [o.code for o in meaning.words] == ["blocks", "before_operations", "after_operations"]
    page.restore({"list": "discipline"})
    assert "meaning" not in [f.field for f in page.entries.model.fields]


def test_lists_of_an_industry_are_taken(page: PickListsPage, qtbot: QtBot) -> None:
    page.industry.choice.setCurrentIndex(page.industry.choice.findData("it_system"))
    qtbot.mouseClick(page.industry.go, LEFT)
    settle(qtbot, page)

    assert entries(page)[0].en == "A Blocks go-live"
    assert {"EA", "NET"} <= {e.code for e in entries(page, "discipline")}


def test_all_entries_are_a_register_of_their_own(page: PickListsPage, qtbot: QtBot) -> None:
    window = page.window()
    qtbot.mouseClick(page.table_of_all, LEFT)
    settle(qtbot, page)

    assert window.host.current.key == "picks"
    assert not any(p.key == "picks" for section in sections() for p in section.pages)
