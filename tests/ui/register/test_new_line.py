"""The empty last line of a register: rows are typed and pasted into it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handover.registers import query
from handover.registers.catalogue import register
from tests.ui.conftest import rest
from ui.register.grid import clipboard
from ui.register.grid.new_line import NewLine
from ui.register.view import RegisterPage
from ui.window.window import MainWindow

DOCUMENTS = register("documents")
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(opened: MainWindow, qtbot: QtBot) -> RegisterPage:
    opened.resize(1280, 800)
    opened.activateWindow()
    opened.context.go("documents")
    rest(qtbot, opened)
    shown = opened.host.current
    assert isinstance(shown, RegisterPage)
    shown.table.setFocus()
    return shown


def titles(page: RegisterPage) -> list[str]:
    with page.context.workspace.read() as connection:
        rows = query.every(connection, DOCUMENTS, page.context.project.id, fields=[DOCUMENTS["title"]])
        return [row.values[0] for row in rows]


def type_in(qtbot: QtBot, text: str) -> None:
    for letter in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, letter)


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifiers)


def into_the_line(page: RegisterPage, qtbot: QtBot, field: str = "number") -> NewLine:
    column = next(n for n, each in enumerate(page.model.fields) if each.field == field)
    page.table.go_to(page.model.rowCount() - 1, column)
    press(qtbot, KEY.Key_Down)
    line = page.pane.line
    assert line.hasFocus()
    return line


def test_down_from_the_last_row_leads_into_the_line_and_up_back(page: RegisterPage, qtbot: QtBot) -> None:
    line = into_the_line(page, qtbot)
    assert line.columnWidth(1) == page.table.columnWidth(1)
    assert line.verticalHeader().width() == page.table.verticalHeader().width()
    press(qtbot, KEY.Key_Up)
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == page.model.rowCount() - 1


def test_a_row_is_typed_cell_by_cell_and_added_with_enter(page: RegisterPage, opened: MainWindow, qtbot: QtBot) -> None:
    into_the_line(page, qtbot)
    type_in(qtbot, "D-9")
    press(qtbot, KEY.Key_Tab)
    type_in(qtbot, "Valve list")
    assert "Valve list" not in titles(page)
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert titles(page)[-1] == "Valve list"
    assert page.pane.line.hasFocus()
    assert not page.pane.line.new.begun


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    page: RegisterPage, opened: MainWindow, qtbot: QtBot
) -> None:
    line = into_the_line(page, qtbot)
    type_in(qtbot, "D-9")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert len(titles(page)) == 3
    assert "title" in line.new.faults
    assert line.new.field(line.currentIndex().column()).field == "title"
    assert "isn't added yet" in page.unsaved()
    press(qtbot, KEY.Key_Escape)
    assert not line.new.begun


def test_a_block_pasted_into_the_line_becomes_rows(page: RegisterPage, opened: MainWindow, qtbot: QtBot) -> None:
    into_the_line(page, qtbot)
    clipboard.put([["D-7", "Cable list"], ["D-8", "Motor list"]])
    press(qtbot, KEY.Key_V, CTRL)
    rest(qtbot, opened)
    if page.acts.dialog is not None and page.acts.dialog.isVisible():
        page.acts.dialog.go.click()
    rest(qtbot, opened)
    assert titles(page)[-2:] == ["Cable list", "Motor list"]


def test_text_columns_complete_from_values_that_repeat(page: RegisterPage, opened: MainWindow, qtbot: QtBot) -> None:
    context = page.context
    from handover.registers.acts import editing

    rows = [{"title": f"T{n}", "location": "Hall 2, shelf 4"} for n in range(2)]
    editing.add_many(context.workspace, DOCUMENTS, context.project.id, rows)
    rest(qtbot, opened)
    page.arrangement.show("location")
    rest(qtbot, opened)
    column = next(n for n, each in enumerate(page.model.fields) if each.field == "location")
    page.table.go_to(0, column)
    page.table.setFocus()
    type_in(qtbot, "hall")
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert page.model.index(0, column).data() == "Hall 2, shelf 4"


def test_a_duplicated_row_warns_of_its_doubled_number(page: RegisterPage, opened: MainWindow, qtbot: QtBot) -> None:
    page.table.go_to(0, 0)
    page.duplicate_action.trigger()
    rest(qtbot, opened)
    assert "Title" in opened.status.said.text()
    current = page.table.currentIndex()
    assert page.model.fields[current.column()].field == "title"
    assert page.model.row(current.row()).ref == "DOC-0004"  # type: ignore[union-attr]  # it is there
