"""The keyboard never dies: every page and every dialog is walked by keys alone, and somebody always has the focus."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from handover.store import undo_label
from tests.ui.conftest import MakeWorkspace, open_in, rest
from ui.plan.page import PlanPage
from ui.register.narrowing.filter_popup import FilterPopup
from ui.register.view import RegisterPage
from ui.shell.keyboard import _taker, is_within
from ui.window.section_tree import PAGE
from ui.window.window import MainWindow

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
TABS = 8
#: The commands that open a dialog over a page, or the settings.
DIALOGS = (
    "palette", "search", "help", "keys", "about", "import", "export", "pack", "verify", "template", "reports",
    "new_project", "properties", "settings", "set_keys",
)  # fmt: skip


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the keyboard sends it: to whoever has the focus."""
    qtbot.keyClick(held("before a key"), key, modifiers)


def type_in(qtbot: QtBot, text: str) -> None:
    """Letters one after the other, each to whoever has the focus by then."""
    for letter in text:
        qtbot.keyClicks(held(""), letter)


def held(where: str) -> QWidget:
    for _ in range(5):  # what gives it back does so once the act is over
        QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None, f"nobody has the keyboard {where}"
    assert focus.isVisible(), f"what has the keyboard is out of sight {where}"
    return focus


def at(window: MainWindow, key: str, qtbot: QtBot) -> QWidget:
    window.activateWindow()
    window.context.go(key)
    rest(qtbot, window)
    window.keyboard.to_page()
    page = window.host.current
    assert page is not None
    return page


def entries(window: MainWindow) -> list[QTreeWidgetItem]:
    return [item for item in window.navigation.tree._items() if item.data(0, PAGE)]


def test_every_page_is_reached_and_walked_by_keys_alone(opened: MainWindow, qtbot: QtBot) -> None:
    tree = opened.navigation.tree
    opened.resize(1280, 800)
    opened.activateWindow()
    tree.expandAll()
    for item in entries(opened):
        key = item.data(0, PAGE)
        tree.setFocus()
        tree.setCurrentItem(item)
        press(qtbot, KEY.Key_Return)
        rest(qtbot, opened)
        page = opened.host.current
        assert page is not None and page.key == key
        assert is_within(held(f"on {key}"), page), f"{key} has not the keyboard but {held(key)}"
        for _ in range(TABS):
            press(qtbot, KEY.Key_Tab)
            held(f"after Tab on {key}")
        for _ in range(7):
            opened.next_pane()
            held(f"after F6 on {key}")


def reached(window: MainWindow) -> list[QWidget]:
    """The panes that can be seen and take the keyboard."""
    return [pane for pane in window._panes() if pane.isVisible() and _taker(pane) is not None]


def test_f6_visits_every_pane_of_every_page_and_comes_round_either_way(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    for item in entries(opened):
        key = item.data(0, PAGE)
        page = at(opened, key, qtbot)
        if isinstance(page, RegisterPage):
            page.beside.show(True)
            page.table.setFocus()
        for modifiers in (Qt.KeyboardModifier.NoModifier, SHIFT):
            begun, panes = held(f"on {key}"), reached(opened)
            seen: set[int] = set()
            for _ in panes:
                before = held("")
                press(qtbot, KEY.Key_F6, modifiers)
                assert held(f"after F6 on {key}") is not before, f"F6 stays in {before} on {key}"
                seen.add(max(n for n, pane in enumerate(panes) if is_within(held(""), pane)))
            assert seen == set(range(len(panes))), f"F6 passes panes by on {key}"
            inside = max(n for n, pane in enumerate(panes) if is_within(begun, pane))
            assert is_within(held(""), panes[inside]), f"F6 doesn't come round on {key}"


def test_f6_leaves_a_cell_that_is_being_typed_into_and_keeps_what_was_typed(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    page.table.go_to(0, [f.field for f in page.model.fields].index("title"))
    type_in(qtbot, "Typed before")
    press(qtbot, KEY.Key_F6)
    rest(qtbot, opened)

    assert not is_within(held("after F6"), page.table)
    index = page.model.index(0, [f.field for f in page.model.fields].index("title"))
    assert index.data() == "Typed before"


def test_f6_leaves_the_sentence_of_an_empty_register(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "knowledge", qtbot)
    assert isinstance(page, RegisterPage)
    assert page.empty.isVisible()
    assert page.empty in reached(opened)
    page.empty.findChildren(QPushButton)[0].setFocus()
    press(qtbot, KEY.Key_F6)
    assert not is_within(held("after F6"), page.empty)


def test_every_dialog_is_walked_by_keys_and_gives_the_keyboard_back(opened: MainWindow, qtbot: QtBot) -> None:
    for command in DIALOGS:
        page = at(opened, "documents", qtbot)
        opened.bars.commands[command].trigger()
        rest(qtbot, opened)
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is None:  # the settings are a page
            assert is_within(held(command), opened)
            continue
        assert isinstance(dialog, QDialog)
        qtbot.waitUntil(lambda dialog=dialog: QApplication.activeWindow() is dialog)
        assert is_within(held(f"in {command}"), dialog)
        for _ in range(TABS):
            press(qtbot, KEY.Key_Tab)
            assert is_within(held(f"after Tab in {command}"), dialog)
        for _ in range(3):  # a list or a text that is being typed goes first
            if dialog.isVisible():
                press(qtbot, KEY.Key_Escape)
        assert not dialog.isVisible(), command
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        assert is_within(held(f"after {command}"), page)


def test_the_sidebar_gives_the_keyboard_to_the_page_and_marks_what_is_shown(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    at(opened, "overview", qtbot)
    tree = opened.navigation.tree
    tree.expandAll()
    item = tree.page_item("documents")
    assert item is not None
    tree.scrollToItem(item)
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(item).center())
    rest(qtbot, opened)
    assert isinstance(opened.host.current, RegisterPage)
    assert held("") is opened.host.current.table

    tree.setFocus()
    for _ in range(3):
        press(qtbot, KEY.Key_Up)
    assert tree.marks(tree.indexFromItem(item))  # the mark stays with the page in view
    opened.keyboard.to_page()
    assert tree.currentItem() is item


def test_an_edit_in_the_frozen_column_leaves_the_keyboard_in_the_table(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    opened.resize(900, 700)
    page.table.go_to(0, page.model.columnCount() - 1)
    page.table.horizontalScrollBar().setValue(page.table.horizontalScrollBar().maximum())
    page.table.go_to(0, 0)
    press(qtbot, KEY.Key_F2)
    press(qtbot, KEY.Key_Escape)
    assert held("after Escape") is page.table
    press(qtbot, KEY.Key_F2)
    press(qtbot, KEY.Key_Return)
    assert held("after Enter") is page.table


def test_f2_puts_the_caret_at_the_end_and_typing_replaces(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    title = next(n for n, field in enumerate(page.model.fields) if field.field == "title")
    page.table.go_to(0, title)
    before = page.model.index(0, title).data()
    press(qtbot, KEY.Key_F2)
    type_in(qtbot, " B")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert page.model.index(0, title).data() == f"{before} B"

    page.table.go_to(0, title)
    type_in(qtbot, "New")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert page.model.index(0, title).data() == "New"


def test_what_is_typed_into_a_filter_never_reaches_the_cells(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    page.table.go_to(0, 0)
    before = undo_label(opened.context.workspace)
    press(qtbot, KEY.Key_L, CTRL | SHIFT)
    (popup,) = opened.findChildren(FilterPopup)
    assert not popup.isWindow()
    assert is_within(held("in the filter"), popup)
    type_in(qtbot, "elec")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert undo_label(opened.context.workspace) == before
    assert is_within(held("after the filter"), page)


def test_filters_close_each_other_and_on_escape(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    head = page.table.head

    def popups() -> list[FilterPopup]:
        return [each for each in opened.findChildren(FilterPopup) if each.isVisible()]

    for column in (0, 1):
        arrow = head.arrow_of(column).center()
        qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(arrow.x(), arrow.y()))
        assert len(popups()) == 1
    press(qtbot, KEY.Key_Escape)
    assert not popups()
    assert held("after Escape") is page.table


def test_ctrl_z_passes_on_where_the_field_has_nothing_to_undo(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    page.table.go_to(0, 0)
    page.details_action.trigger()
    box = page.detail.boxes["title"]
    assert isinstance(box.editor, QLineEdit)
    box.editor.setFocus()
    box.editor.selectAll()
    type_in(qtbot, "Other title")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert box.editor.text() == "Other title"
    press(qtbot, KEY.Key_Z, CTRL)
    rest(qtbot, opened)
    assert box.editor.text() == "Pump manual"


def test_enter_presses_the_focused_card_of_the_welcome_page(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    welcome = window._middle.currentWidget()
    button = welcome.ways["new"].button  # type: ignore[union-attr]  # the welcome page is in view
    button.setFocus()
    press(qtbot, KEY.Key_Return)
    dialog = window.files.dialog
    assert dialog is not None and dialog.isVisible()
    press(qtbot, KEY.Key_Escape)


def test_the_primary_button_of_a_dialog_is_its_default(opened: MainWindow, qtbot: QtBot) -> None:
    at(opened, "documents", qtbot)
    for command in ("pack", "export", "template"):
        opened.bars.commands[command].trigger()
        rest(qtbot, opened)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        (default,) = [b for b in dialog.findChildren(QPushButton) if b.isDefault()]
        assert default.property("role") == "primary"
        dialog.close()


def test_after_a_dropped_trial_the_plan_has_the_keyboard(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "plan", qtbot)
    assert isinstance(page, PlanPage)
    qtbot.waitUntil(lambda: page.chart is not None)
    assert held("on arriving") is page.gantt.tree
    page.commands["try"].trigger()
    rest(qtbot, opened)
    page.banner.drop.setFocus()
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    qtbot.waitUntil(lambda: is_within(QApplication.focusWidget(), page))
    assert held("after Drop") is page.gantt.tree


def test_the_status_line_tells_the_latest_act(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    title = next(n for n, field in enumerate(page.model.fields) if field.field == "title")

    def typed(text: str) -> None:
        page.table.go_to(0, title)
        type_in(qtbot, text)
        press(qtbot, KEY.Key_Return)
        rest(qtbot, opened)

    typed("First")
    opened.context.undo()
    rest(qtbot, opened)
    assert opened.status.said.text().startswith("Undone")
    typed("Second")
    assert "Undone" not in opened.status.said.text()
    assert "Last:" in opened.status.said.text()


def test_nothing_is_called_saved_beside_a_refused_cell(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    due = next(n for n, field in enumerate(page.model.fields) if field.field == "due_on")
    page.table.go_to(0, due)
    type_in(qtbot, "soonish")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)
    assert "aved" not in opened.status.said.text().replace("isn't saved", "")
    page.table.go_to(0, due)
    press(qtbot, KEY.Key_Escape)
    rest(qtbot, opened)
    assert "All changes saved" in opened.status.said.text()


def test_the_status_line_says_when_the_last_act_was_stored(opened: MainWindow, qtbot: QtBot) -> None:
    page = at(opened, "documents", qtbot)
    assert isinstance(page, RegisterPage)
    title = next(n for n, field in enumerate(page.model.fields) if field.field == "title")
    page.table.go_to(0, title)
    type_in(qtbot, "Another name")
    press(qtbot, KEY.Key_Return)
    rest(qtbot, opened)

    assert re.search(r"saved at \d\d:\d\d:\d\d\. Last: Change Title of DOC-0001", opened.status.said.text())
    opened.context.choose_language("zh")
    rest(qtbot, opened)
    assert re.search(r"所有更改已于 \d\d:\d\d:\d\d 保存", opened.status.said.text())
    opened.context.choose_language("en")


def test_no_workspace_leaves_the_keyboard_on_the_welcome_page(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    window.activateWindow()
    open_in(window, a_workspace(), qtbot)
    held("with a workspace")
    window.files.close()
    rest(qtbot, window)
    assert is_within(held("on the welcome page"), window._middle)
    press(qtbot, KEY.Key_Tab)
    assert is_within(held("after Tab on the welcome page"), window)
