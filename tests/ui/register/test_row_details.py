"""The details of a row: its fields, new rows, its history and what points to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from handover.clock import today
from handover.store import undo
from handover.values import shown
from ui.register.details.history import RowHistory
from ui.register.details.related import RelatedRows

from .conftest import Using
from .hands import box, enter

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def test_details_follow_the_row_and_store_what_is_entered(using: Open) -> None:
    at = using(details=True)
    at.go(4, "title")
    assert at.page.detail.reference.text() == "DOC-0005"

    enter(at, "discipline", "Piping")

    assert at.cell(4, "discipline") == "Piping"


def test_a_wrong_entry_in_the_details_stays_with_its_reason(using: Open) -> None:
    at = using(details=True)
    at.go(4, "title")

    enter(at, "due_on", "soonish")
    assert box(at, "due_on").text() == "soonish"
    assert "not a date" in box(at, "due_on").reason.text()
    QTest.keyClick(box(at, "due_on").editor, Qt.Key.Key_Escape)

    assert box(at, "due_on").text() != "soonish"
    assert box(at, "due_on").reason.isHidden()


def test_ctrl_enter_stores_and_goes_to_the_next_row_in_the_same_field(using: Open) -> None:
    at = using(details=True)
    at.go(4, "title")
    editor = box(at, "revision").editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Z")

    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    at.rest()

    assert at.cell(4, "revision") == "Z"
    assert at.page.detail.reference.text() == "DOC-0006"
    assert editor.text() == at.cell(5, "revision")


def test_fields_stand_in_two_columns_when_there_is_room(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")

    at.page.splitter.setSizes([600, 680])
    at.rest()
    wide = box(at, "number").y() == box(at, "title").y()
    at.page.splitter.setSizes([900, 340])
    at.rest()

    assert wide
    assert box(at, "number").y() < box(at, "title").y()


def test_several_rows_are_edited_together_in_one_step(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    at.page.table.select_block(0, at.column("title"), 2, at.column("title"))
    assert at.page.detail.reference.text() == "3 rows"
    assert box(at, "discipline").text() == ""
    assert box(at, "discipline").editor.placeholderText() == "several values"

    enter(at, "discipline", "Piping")
    assert at.texts("discipline")[:4] == ["Piping", "Piping", "Piping", "Mechanical"]
    assert at.told == ["3 rows changed."]
    undo(at.context.workspace)
    at.rest()

    assert at.texts("discipline")[:3] == ["Process", "仪表", "Electrical"]


def test_a_new_row_needs_what_is_required_and_is_shown_when_added(using: Open) -> None:
    at = using(where=[["copies", "is", [3]]])
    at.page.add_action.trigger()
    assert box(at, "copies").text() == "3"

    at.page.detail.add_button.click()
    assert "must be filled in" in box(at, "title").reason.text()
    QTest.keyClicks(box(at, "title").editor, "New manual")
    at.page.detail.add_button.click()
    at.rest()

    assert at.page.detail.reference.text() == "DOC-0201"
    assert at.page.model.row(at.page.table.currentIndex().row()).ref == "DOC-0201"
    assert box(at, "title").text() == "New manual"
    assert box(at, "status").text() == "Outstanding"


def test_a_day_typed_into_a_new_row_is_told_as_it_was_understood(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()

    enter(at, "due_on", "+3")

    assert box(at, "due_on").text() == shown.moment(today() + dt.timedelta(3))
    enter(at, "title", "A manual")
    at.page.detail.add_button.click()
    at.rest()
    assert at.texts("due_on")[-1] == shown.moment(today() + dt.timedelta(3))


def test_a_row_that_was_begun_waits_when_the_details_are_closed(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()
    QTest.keyClicks(box(at, "title").editor, "Half a row")

    at.page.details_action.trigger()
    assert at.page.detail.isHidden()
    at.page.add_action.trigger()

    assert box(at, "title").text() == "Half a row"
    at.page.detail._give_up()
    at.page.details_action.trigger()
    assert at.page.detail.reference.text() == "DOC-0001"


def test_one_row_after_another_is_added_from_the_keyboard(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()

    for title in ("First", "Second"):
        QTest.keyClicks(box(at, "title").editor, title)
        QTest.keyClick(box(at, "title").editor, Qt.Key.Key_Return, CTRL)
        at.rest()

    assert at.texts("title")[-2:] == ["First", "Second"]
    assert at.page.detail.drafting
    assert box(at, "title").text() == ""


def test_the_history_tells_before_and_after(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    enter(at, "discipline", "Piping")

    at.page.detail.show_tab("history")
    told = at.page.detail.tabs.currentWidget()
    assert isinstance(told, RowHistory)

    head = told.tree.topLevelItem(0)
    assert "Change Discipline of DOC-0001" in head.text(0)
    assert [head.child(0).text(c) for c in range(3)] == ["Discipline", "Process", "Piping"]


def test_a_link_opens_its_row_in_its_register(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    wanted: list[tuple[str, object]] = []
    at.context.wanted.connect(lambda key, state: wanted.append((key, state)))

    box(at, "system")._open.trigger()

    assert wanted[0][0] == "systems"
    assert set(wanted[0][1]) == {"row"}  # type: ignore[call-overload]


def test_what_points_to_a_row_is_one_click_away(using: Open) -> None:
    at = using("systems", details=True)
    at.go(0, "name")
    wanted: list[tuple[str, dict[str, object]]] = []
    at.context.wanted.connect(lambda key, state: wanted.append((key, state)))

    at.page.detail.show_tab("related")
    mentions = at.page.detail.tabs.currentWidget()
    assert isinstance(mentions, RelatedRows)
    links = {b.text(): b for b in mentions.links}
    links["Documents, as System: 29"].click()
    there = using(wanted[0][0], **wanted[0][1])

    assert there.page.model.rowCount() == 29
    assert there.page.chips.chips[0].text == "System is S-00 循环水"


def _history(at: Using) -> RowHistory:
    at.page.detail.show_tab("history")
    told = at.page.detail.tabs.currentWidget()
    assert isinstance(told, RowHistory)
    return told


def test_a_value_is_put_back_from_the_history_and_undo_takes_that_back(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    enter(at, "discipline", "Piping")
    enter(at, "discipline", "Civil")
    told = _history(at)

    told.tree.setCurrentItem(told.tree.topLevelItem(1).child(0))
    told.value_back.setFocus()
    QTest.keyClick(told.value_back, Qt.Key.Key_Space)
    at.rest()

    assert at.cell(0, "discipline") == "Process"
    assert "Put Discipline of DOC-0001 back" in told.tree.topLevelItem(0).text(0)
    undo(at.context.workspace)
    at.rest()
    assert at.cell(0, "discipline") == "Civil"


def test_a_row_is_put_back_as_it_was_before_an_act(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    before = at.cell(0, "title")
    enter(at, "title", "Another name")
    enter(at, "discipline", "Piping")
    told = _history(at)

    told.tree.setCurrentItem(told.tree.topLevelItem(1))
    assert not told.value_back.isEnabled()
    told.row_back.click()
    at.rest()

    assert (at.cell(0, "title"), at.cell(0, "discipline")) == (before, "Process")


def test_the_history_offers_no_way_back_before_the_row_was_made(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    told = _history(at)

    told.tree.setCurrentItem(told.tree.topLevelItem(told.tree.topLevelItemCount() - 1).child(0))

    assert not told.value_back.isEnabled()
    assert not told.row_back.isEnabled()


def test_the_history_shows_long_names_and_values_whole(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    enter(at, "title", "A title that is a good deal longer than the narrow column in which it stands " * 2)
    told = _history(at)

    line = told.tree.topLevelItem(0).child(0)

    assert told.tree.visualItemRect(line).height() > 3 * told.tree.fontMetrics().height()


def test_the_tab_in_view_comes_back_with_the_page(using: Open) -> None:
    at = using(details=True)
    at.page.detail.show_tab("history")
    state = at.page.state()
    at.page.detail.show_tab("")
    at.page.detail.tabs.setCurrentIndex(0)

    at.page.restore(state)

    assert at.page.detail.tab == "history"
