"""Keys that the user gives to commands: told in menus and tooltips, refused where taken, kept over starts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWorkspace, end, open_in, rest
from ui.application import Application
from ui.pages.keys_settings import KeysDialog, declared
from ui.plan.plan_keys import PLAN_COMMANDS
from ui.register.row_commands import ROW_COMMANDS, TABLE_COMMANDS
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.shell.help import KEYS, Help
from ui.window.window import MainWindow


def dialog_of(window: MainWindow) -> KeysDialog:
    window.bars.commands["set_keys"].trigger()
    return next(each for each in window.findChildren(KeysDialog) if each.isVisible())


def choose(dialog: KeysDialog, name: str) -> None:
    dialog.search.clear()
    QTest.keyClicks(dialog.search, name)
    assert dialog.list.currentItem() is not None
    assert dialog.list.currentItem().text(0) == name


def press(dialog: KeysDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    dialog.pressed.setFocus()
    QTest.keyClick(dialog.pressed, key, modifiers)


CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_new_keys_hold_at_once_and_are_told_where_the_command_is(opened: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(opened)
    choose(dialog, "Read again")
    press(dialog, Qt.Key.Key_U, CTRL | ALT)
    dialog.give.click()
    assert dialog.list.currentItem().text(2) == "Ctrl+Alt+U"
    dialog.accept()

    action = opened.bars.commands["refresh"]
    assert action.shortcut() == QKeySequence("Ctrl+Alt+U")
    assert "Ctrl+Alt+U" in action.toolTip()
    heard: list[bool] = []
    action.triggered.connect(lambda: heard.append(True))
    QTest.keyClick(opened, Qt.Key.Key_F5)
    assert not heard
    QTest.keyClick(opened, Qt.Key.Key_U, CTRL | ALT)
    assert heard


def test_keys_of_a_page_change_on_the_page_in_view(opened: MainWindow, qtbot: QtBot) -> None:
    opened._visit("documents")
    rest(qtbot, opened)
    page = opened.host.current
    assert page is not None
    dialog = dialog_of(opened)
    choose(dialog, "Add row")
    press(dialog, Qt.Key.Key_Insert, ALT)
    dialog.give.click()
    dialog.accept()

    add = next(action for action in page.page_actions() if action.text() == "Add row")
    assert add.shortcut() == QKeySequence("Alt+Ins")
    assert "Alt+Ins" in add.toolTip()


def test_taken_keys_are_refused_by_the_name_of_who_has_them(opened: MainWindow) -> None:
    dialog = dialog_of(opened)
    choose(dialog, "Read again")
    for keys, name in ((Qt.Key.Key_K, "Go to"), (Qt.Key.Key_D, "Fill down"), (Qt.Key.Key_H, "Replace")):
        press(dialog, keys, CTRL)
        assert name in dialog.said.text()
        assert not dialog.give.isEnabled()
    press(dialog, Qt.Key.Key_J, SHIFT)
    dialog.give.click()
    assert "for typing" in dialog.said.text()


def test_pages_that_are_never_in_view_together_may_have_the_same_keys(opened: MainWindow) -> None:
    dialog = dialog_of(opened)
    shortcuts = opened.context.shortcuts
    shortcuts.assign(ROW_COMMANDS["replace"], ["Ctrl+T"])
    assert shortcuts.keys(PLAN_COMMANDS["today"]) == ("Ctrl+T",)
    dialog.accept()


def test_keys_are_kept_and_put_back(
    start: Callable[[], Application], a_workspace: MakeWorkspace, qtbot: QtBot, settings: Settings
) -> None:
    first = start()
    open_in(first.window, a_workspace(), qtbot)
    dialog = dialog_of(first.window)
    choose(dialog, "Replace")
    dialog.none.click()
    choose(dialog, "Read again")
    press(dialog, Qt.Key.Key_U, CTRL | ALT)
    dialog.give.click()
    dialog.accept()
    end(first, qtbot)

    again = start()
    assert again.window.bars.commands["refresh"].shortcut() == QKeySequence("Ctrl+Alt+U")
    dialog = dialog_of(again.window)
    choose(dialog, "Replace")
    assert dialog.list.currentItem().text(2) == ""
    dialog.usual.click()
    assert dialog.list.currentItem().text(2) == "Ctrl+H"
    dialog.all_usual.click()
    dialog.accept()
    assert again.window.bars.commands["refresh"].shortcut() == QKeySequence("F5")
    assert settings.get("keys") is None


@pytest.mark.parametrize("kept", [[1], {"window.refresh": "F9"}, {"window.refresh": [1, None]}, {"x": ["¿¿ nothing"]}])
def test_settings_of_any_content_leave_the_usual_keys(
    start: Callable[[], Application], settings: Settings, kept: object
) -> None:
    settings.put("keys", kept)
    assert start().window.bars.commands["refresh"].shortcut() == QKeySequence("F5")


def test_no_two_commands_have_the_same_keys_to_begin_with(opened: MainWindow) -> None:
    shortcuts = opened.context.shortcuts
    dialog = dialog_of(opened)
    twice = [
        (command.label, keys, other)
        for command in shortcuts.all
        for keys in command.usual
        if (other := shortcuts.used_by(keys, command))
    ]
    dialog.accept()
    assert twice == []


def test_keys_of_tables_are_given_anew_and_hold_at_once(opened: MainWindow, qtbot: QtBot) -> None:
    opened._visit("documents")
    rest(qtbot, opened)
    page = opened.host.current
    assert isinstance(page, RegisterPage)
    table = page.table
    table.go_to(1, 0)
    table.setFocus()
    assert not table.editing
    dialog = dialog_of(opened)
    choose(dialog, "Jump to the first row")
    press(dialog, Qt.Key.Key_Home, CTRL | ALT)
    dialog.give.click()
    choose(dialog, "Edit the cell")
    press(dialog, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    dialog.give.click()
    dialog.accept()

    QTest.keyClick(table, Qt.Key.Key_Up, CTRL)
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert not table.editing
    QTest.keyClick(table, Qt.Key.Key_F9)
    assert table.editing
    QTest.keyClick(table.viewport().focusWidget() or table, Qt.Key.Key_Escape)
    table.go_to(2, 0)
    QTest.keyClick(table, Qt.Key.Key_Home, CTRL | ALT)
    assert table.currentIndex().row() == 0


def test_every_key_of_a_table_is_put_back(opened: MainWindow) -> None:
    shortcuts = declared(opened.context)
    for command in TABLE_COMMANDS.values():
        shortcuts.assign(command, ())
        shortcuts.reset(command)
        assert shortcuts.is_usual(command)


def test_keys_of_sections_are_given_anew_and_told_in_the_navigation(opened: MainWindow, qtbot: QtBot) -> None:
    opened._visit("overview")
    rest(qtbot, opened)
    dialog = dialog_of(opened)
    choose(dialog, "Go to section 3")
    press(dialog, Qt.Key.Key_J, CTRL | ALT)
    dialog.give.click()
    dialog.accept()

    QTest.keyClick(opened, Qt.Key.Key_3, CTRL)
    assert opened.host.current is not None
    assert opened.host.current.key == "overview"
    QTest.keyClick(opened, Qt.Key.Key_J, CTRL | ALT)
    rest(qtbot, opened)
    assert opened.host.current.key != "overview"
    tree = opened.navigation.tree
    told = [tree.topLevelItem(n).toolTip(0) for n in range(tree.topLevelItemCount())]
    assert any(text.endswith("(Ctrl+Alt+J)") for text in told)
    assert not any(text.endswith("(Ctrl+3)") for text in told)


def test_help_tells_the_keys_of_tables_and_sections_as_they_are(opened: MainWindow) -> None:
    shortcuts = declared(opened.context)
    shortcuts.assign(TABLE_COMMANDS["fill"], ["Ctrl+Alt+D"])

    text = Help((KEYS,), opened.all_actions(), opened, shortcuts)._text_of(KEYS)

    assert "| **Ctrl+Alt+D** | Fill down |" in text
    assert "| **Ctrl+3** | Go to section 3 |" in text


def test_the_keys_of_a_chapters_own_acts_are_given_anew(opened: MainWindow, qtbot: QtBot) -> None:
    dialog = dialog_of(opened)
    choose(dialog, "Take in")
    press(dialog, Qt.Key.Key_N, CTRL)
    assert "Add row" in dialog.said.text()
    press(dialog, Qt.Key.Key_I, CTRL | ALT)
    dialog.give.click()
    dialog.accept()

    opened._visit("transmittals")
    rest(qtbot, opened)
    page = opened.host.current
    assert page is not None
    take_in = next(action for action in page.page_actions() if action.text().startswith("Take in"))
    assert take_in.shortcut() == QKeySequence("Ctrl+Alt+I")
