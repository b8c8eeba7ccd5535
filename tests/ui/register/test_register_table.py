"""Keys, typing and order in the table of a register."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from handover.clock import today
from handover.store import undo
from handover.values import shown
from ui.register.grid.editors import LineEdit, OfferList

from .conftest import Using

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., Using]


def test_typing_replaces_a_cell_and_enter_goes_down(using: Open) -> None:
    at = using()
    at.go(2, "title")

    at.type("Boiler log")
    at.press(Qt.Key.Key_Return)

    assert at.cell(2, "title") == "Boiler log"
    assert at.page.table.currentIndex().row() == 3
    assert at.editor() is None


def test_tab_stores_and_goes_right(using: Open) -> None:
    at = using()
    at.go(0, "title")

    at.type("X")
    at.press(Qt.Key.Key_Tab)

    assert at.cell(0, "title") == "X"
    assert at.page.table.currentIndex().column() == at.column("title") + 1


def test_escape_drops_what_was_typed(using: Open) -> None:
    at = using()
    before = at.cell(0, "title")
    at.go(0, "title")

    at.type("X")
    at.press(Qt.Key.Key_Escape)

    assert at.editor() is None
    assert at.cell(0, "title") == before


def test_f2_edits_in_place(using: Open) -> None:
    at = using()
    at.go(0, "number")

    at.press(Qt.Key.Key_F2)
    at.press(Qt.Key.Key_End)
    at.type("-A")
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "number") == "00-OP-0000-A"


@pytest.mark.parametrize(("typed", "days"), [("+7", 7), ("today", 0), ("今天", 0)])
def test_dates_are_typed_as_people_say_them(using: Open, typed: str, days: int) -> None:
    import datetime as dt

    at = using()
    at.go(0, "due_on")
    QTest.keyClick(at.page.table, Qt.Key.Key_F2)
    editor = at.editor()
    assert isinstance(editor, LineEdit)
    editor.setText(typed)
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "due_on") == shown.moment(today() + dt.timedelta(days))


def test_a_wrong_entry_stays_with_its_reason_and_blocks_nothing(using: Open) -> None:
    at = using()
    at.go(1, "due_on")

    at.type("soonish")
    at.press(Qt.Key.Key_Return)

    assert at.cell(1, "due_on") == "soonish"
    assert at.page.table._reason.isVisible() is False  # the user went on
    index = at.page.model.index(1, at.column("due_on"))
    assert "not a date" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert at.page.table.currentIndex().row() == 2
    at.type("+1")
    at.press(Qt.Key.Key_Return)
    assert "soonish" not in at.cell(2, "due_on")
    assert at.cell(1, "due_on") == "soonish"


def test_the_reason_shows_beside_the_cell_when_one_comes_back_and_escape_drops_it(using: Open) -> None:
    at = using()
    stored = at.cell(1, "due_on")
    at.go(1, "due_on")
    at.type("soonish")
    at.press(Qt.Key.Key_Return)

    at.press(Qt.Key.Key_Up)
    assert at.page.table._reason.isVisible()
    at.press(Qt.Key.Key_Escape)

    assert at.cell(1, "due_on") == stored
    assert not at.page.table._reason.isVisible()


def test_a_state_offers_only_what_is_lawful_now(using: Open) -> None:
    at = using()
    at.go(0, "status")  # Outstanding

    at.press(Qt.Key.Key_F2)

    editor = at.editor()
    assert isinstance(editor, LineEdit)
    assert [c.label for c in editor.offered] == ["Outstanding", "Submitted", "Cancelled"]


def test_a_word_is_completed_by_its_beginning(using: Open) -> None:
    at = using()
    at.go(0, "status")

    at.type("sub")
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "status") == "Submitted"


def test_people_are_completed_by_the_initials_of_their_pinyin(using: Open) -> None:
    at = using()
    at.go(0, "holder")

    at.type("ls")
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "holder") == "李四"


def test_a_choice_is_taken_by_a_click(using: Open) -> None:
    at = using()
    at.go(0, "status")
    at.press(Qt.Key.Key_F2)
    editor = at.editor()
    assert isinstance(editor, LineEdit)
    offers = editor.findChild(OfferList)

    centre = offers.visualRect(offers.offers.index(1, 0)).center()
    QTest.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    at.rest()

    assert at.cell(0, "status") == "Submitted"
    assert at.editor() is None


def test_arrows_choose_from_the_list(using: Open) -> None:
    at = using()
    at.go(0, "status")
    at.press(Qt.Key.Key_F2)

    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "status") == "Submitted"


def test_an_edit_is_one_step_of_undo(using: Open) -> None:
    at = using()
    before = at.cell(0, "title")
    at.go(0, "title")
    at.type("X")
    at.press(Qt.Key.Key_Return)

    undo(at.context.workspace)
    at.rest()

    assert at.cell(0, "title") == before


def test_delete_empties_the_selected_cells_in_one_step(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("discipline"), 2, at.column("doc_type"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_Delete)
    assert at.texts("discipline")[:4] == ["", "", "", "Mechanical"]
    undo(at.context.workspace)
    at.rest()

    assert at.texts("discipline")[:2] == ["Process", "仪表"]
    assert at.texts("doc_type")[0] == "Operating manual"


def test_ctrl_d_fills_down(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("system"), 3, at.column("discipline"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_D, CTRL)

    assert at.texts("discipline")[:5] == ["Process"] * 5
    assert len(set(at.texts("system")[:4])) == 1


def test_ctrl_d_on_one_cell_takes_the_value_above(using: Open) -> None:
    at = using()
    at.go(1, "holder")

    at.press(Qt.Key.Key_D, CTRL)

    assert at.cell(1, "holder") == at.cell(0, "holder")


def test_ctrl_r_fills_right_in_one_step(using: Open) -> None:
    at = using()
    first = at.column("number")
    assert at.column("title") == first + 1
    numbers, titles = at.texts("number")[:4], at.texts("title")[:4]
    at.page.table.select_block(0, first, 2, first + 1)
    at.page.table.setFocus()

    at.press(Qt.Key.Key_R, CTRL)

    assert at.texts("title")[:4] == [*numbers[:3], titles[3]]
    undo(at.context.workspace)
    at.rest()
    assert at.texts("title")[:4] == titles


def test_ctrl_r_on_one_cell_takes_the_value_left_of_it(using: Open) -> None:
    at = using()
    at.go(1, "title")

    at.press(Qt.Key.Key_R, CTRL)

    assert at.cell(1, "title") == at.cell(1, "number")


def test_ctrl_semicolon_puts_the_day(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("due_on"), 1, at.column("due_on"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_Semicolon, CTRL)

    assert at.texts("due_on")[:2] == [shown.moment(today())] * 2


def test_a_state_is_never_emptied(using: Open) -> None:
    at = using()
    at.go(0, "status")

    at.press(Qt.Key.Key_Delete)

    assert at.cell(0, "status") == "Outstanding"
    assert at.told == ["These cells always have a value."]


def test_ctrl_home_and_end_go_to_the_corners(using: Open) -> None:
    at = using()
    at.go(5, "system")

    at.press(Qt.Key.Key_End, CTRL)
    corner = at.page.table.currentIndex()
    assert (corner.row(), corner.column()) == (199, at.page.model.columnCount() - 1)
    at.press(Qt.Key.Key_Home, CTRL)

    assert (at.page.table.currentIndex().row(), at.page.table.currentIndex().column()) == (0, 0)
    assert at.page.table.horizontalScrollBar().value() == 0


def test_space_with_shift_takes_the_row_and_with_ctrl_the_column(using: Open) -> None:
    at = using()
    at.go(3, "system")

    at.press(Qt.Key.Key_Space, SHIFT)
    rows, columns = at.page.table.block()
    assert (list(rows), len(columns)) == ([3], at.page.model.columnCount())
    at.go(3, "system")
    at.press(Qt.Key.Key_Space, CTRL)
    rows, columns = at.page.table.block()

    assert (len(rows), columns) == (200, [at.column("system")])


def test_shift_and_arrows_extend_the_selection(using: Open) -> None:
    at = using()
    at.go(3, "system")

    at.press(Qt.Key.Key_Down, SHIFT)
    at.press(Qt.Key.Key_Right, SHIFT)

    rows, columns = at.page.table.block()
    assert (list(rows), len(columns)) == ([3, 4], 2)


def test_a_click_on_a_head_sorts_and_a_third_one_ends_it(using: Open) -> None:
    at = using()
    column = at.column("title")
    plain = at.texts("title")

    at.page.table.head.sectionClicked.emit(column)
    assert at.texts("title") == sorted(plain, key=lambda t: t.casefold().encode("gb18030"))
    assert "↑" in at.page.model.headerData(column, Qt.Orientation.Horizontal)
    at.page.table.head.sectionClicked.emit(column)
    assert at.texts("title")[0] == sorted(plain, key=lambda t: t.casefold().encode("gb18030"))[-1]
    at.page.table.head.sectionClicked.emit(column)

    assert at.texts("title") == plain


def test_sorting_keeps_the_current_row_current(using: Open) -> None:
    at = using()
    at.go(10, "title")
    ref = at.page.model.row(10).ref

    at.page.filtering.sort_by((("title", True),))
    at.rest()

    assert at.page.model.row(at.page.table.currentIndex().row()).ref == ref


def test_the_first_column_stays_in_place_when_scrolled_sideways(using: Open) -> None:
    at = using()
    table = at.page.table
    table.horizontalScrollBar().setValue(400)

    assert table.frozen.isVisible()
    assert table.frozen.columnAt(5) == 0
    assert not table.frozen.isColumnHidden(0)
    assert table.frozen.isColumnHidden(1)
    at.go(0, "title")
    assert table.visualRect(table.currentIndex()).left() >= table.frozen.breadth()


def test_a_cell_in_a_frozen_column_is_typed_into(using: Open) -> None:
    at = using()
    at.page.table.horizontalScrollBar().setValue(200)
    at.go(4, "number")

    at.type("N-1")
    at.press(Qt.Key.Key_Return)

    assert at.cell(4, "number") == "N-1"
    assert at.page.table.horizontalScrollBar().value() == 200


def test_a_change_elsewhere_doesnt_take_what_is_being_typed(using: Open) -> None:
    at = using(sort=[["title", False]])
    at.go(3, "discipline")
    row = at.page.model.row(3)
    at.type("Half")

    at.page.model.change({at.page.model.row(0).id: {"title": "zzz last"}})
    at.rest()
    editor = at.editor()
    assert isinstance(editor, LineEdit) and editor.text() == "Half"
    at.press(Qt.Key.Key_Return)

    position = at.page.model.position(row.number)
    assert at.cell(position, "discipline") == "Half"


def test_a_tooltip_and_a_screen_reader_get_the_whole_cell(using: Open) -> None:
    at = using()
    index = at.page.model.index(0, at.column("due_on"))

    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert spoken.startswith("DOC-0001, Due: ")
    assert "20 days overdue" in spoken


def test_tasks_are_indented_by_their_outline(using: Open) -> None:
    at = using("tasks")
    name = at.column("name")

    assert at.page.model.depth(at.page.model.index(0, name)) == 0
    assert at.page.model.depth(at.page.model.index(1, name)) == 1
    assert at.page.model.heads(at.page.model.index(0, name))


def test_rows_are_as_high_as_was_chosen_at_once_and_at_the_next_start(using: Open) -> None:
    at = using()
    table = at.page.table
    before = table.viewport().height() // table.rowHeight(0)
    at.context.choose_rows("compact")
    assert {table.rowHeight(0), table.frozen.rowHeight(0), at.page.pane.line.rowHeight(0)} == {24}
    assert at.page.pane.line.height() == 26
    assert table.viewport().height() // table.rowHeight(0) > before

    assert using().page.table.rowHeight(5) == 24
    at.context.choose_rows("roomy")
    assert table.rowHeight(0) == 36
