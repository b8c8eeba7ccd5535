"""The page of a register for people who compose, hear or only type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handover import i18n
from tests.ui.conftest import rest
from ui.register.menus import ColumnMenu
from ui.register.view import RegisterPage
from ui.window.window import MainWindow

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def test_the_first_key_of_an_input_method_already_composes(using: Open) -> None:
    at = using()
    at.go(0, "title")

    QApplication.sendEvent(at.page.table, QInputMethodEvent("ni", []))
    editor = at.editor()
    assert editor is not None
    committed = QInputMethodEvent()
    committed.setCommitString("你好")
    QApplication.sendEvent(editor, committed)
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "title") == "你好"


def test_no_input_method_opens_a_cell_that_cant_be_typed_into(using: Open) -> None:
    at = using("tasks")
    at.go(1, "status")

    QApplication.sendEvent(at.page.table, QInputMethodEvent("ni", []))

    assert at.editor() is None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", ["documents", "groups", "tasks", "knowledge"])
def test_everything_that_takes_the_focus_has_a_name(using: Open, key: str, language: str) -> None:
    i18n.use(language)
    at = using(key, details=True)
    at.go(0, at.page.model.fields[0].field)

    nameless = []
    for widget in at.page.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")

    assert not nameless


def test_tab_leads_through_the_fields_in_reading_order(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    boxes = list(at.page.detail.boxes.values())
    boxes[0].editor.setFocus()

    seen = []
    for _ in range(5):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert seen == [box.editor for box in boxes[:5]]


def test_the_whole_page_works_from_the_keyboard(using: Open) -> None:
    at = using()
    at.page.find_here()
    QTest.keyClicks(at.page.bar.quick, "steam")
    at.rest()
    QTest.keyClick(at.page.bar.quick, Qt.Key.Key_Down)
    assert at.page.table.hasFocus()

    at.press(Qt.Key.Key_F4)
    assert not at.page.detail.isHidden()
    at.press(Qt.Key.Key_Delete, CTRL)

    assert at.page.bar.count.text() == "28 of 199"


def test_the_menu_of_a_column_opens_by_a_key(using: Open) -> None:
    at = using()
    at.go(0, "due_on")

    QTest.keyClick(at.page.table, Qt.Key.Key_F10, CTRL | Qt.KeyboardModifier.ShiftModifier)

    (menu,) = at.page.findChildren(ColumnMenu)
    assert menu.isVisible()
    next(a for a in menu.actions() if a.text() == "Sort descending").trigger()
    menu.close()
    at.rest()
    assert at.page.query().sort == (("due_on", True),)


def test_ctrl_enter_goes_into_the_details_and_escape_comes_back(using: Open) -> None:
    at = using()
    at.go(2, "discipline")

    at.press(Qt.Key.Key_Return, CTRL)
    field = at.page.detail.boxes["discipline"].editor
    assert field.hasFocus()
    QTest.keyClicks(field, "Half")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Electrical"
    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert at.page.table.hasFocus()
    assert at.cell(2, "discipline") == "Electrical"


def test_texts_of_users_are_no_markup(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    evil = '<img src="x"><b>bold</b>'
    at.page.model.setData(at.page.model.index(0, at.column("title")), evil)
    at.rest()

    at.page.bar.quick.setText("<b>bold</b>")
    at.rest()

    assert at.cell(0, "title") == evil
    (chip,) = at.page.chips.chips
    assert evil[16:] in chip.text


def test_f6_goes_from_the_navigation_into_the_table_and_back(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents")
    rest(qtbot, opened)
    opened.activateWindow()
    opened.navigation.tree.setFocus()
    opened.bars.commands["pane"].trigger()

    page = opened.host.current
    assert isinstance(page, RegisterPage)
    assert QApplication.focusWidget() is page.table
    opened.bars.commands["pane"].trigger()
    assert QApplication.focusWidget() is opened.navigation.tree
