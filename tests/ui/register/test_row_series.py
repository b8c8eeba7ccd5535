"""Rows entered one after the other in the details: where the keyboard begins, what is carried over, how one stops."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from .conftest import Using
from .hands import CTRL, box

Open = Callable[..., Using]


def test_a_new_row_begins_in_its_first_field(using: Open) -> None:
    at = using()

    at.page.add_action.trigger()

    assert box(at, "number").editor.hasFocus()


def test_escape_leaves_a_new_row_in_which_nothing_stands(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()

    QTest.keyClick(box(at, "number").editor, Qt.Key.Key_Escape)

    assert not at.page.detail.drafting
    assert at.page.detail.isHidden()
    assert at.page.table.hasFocus()


def test_escape_shows_the_row_again_where_the_details_were_open(using: Open) -> None:
    at = using(details=True)
    at.go(2, "title")
    at.page.add_action.trigger()

    QTest.keyClick(box(at, "number").editor, Qt.Key.Key_Escape)

    assert at.page.detail.reference.text() == "DOC-0003"
    assert at.page.table.hasFocus()


def test_escape_keeps_a_row_that_was_begun_and_says_that_it_is_not_added(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()
    QTest.keyClicks(box(at, "number").editor, "D-77")
    QTest.keyClick(box(at, "number").editor, Qt.Key.Key_Tab)

    QTest.keyClick(box(at, "title").editor, Qt.Key.Key_Escape)

    assert at.page.table.hasFocus()
    assert box(at, "number").text() == "D-77"
    assert "isn't added yet" in at.page.unsaved()


def test_going_on_to_other_rows_drops_a_new_row_in_which_nothing_stands(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()

    at.go(4, "title")
    at.press(Qt.Key.Key_Down)

    assert at.page.detail.reference.text() == "DOC-0006"


def test_the_next_row_of_a_series_takes_over_what_is_chosen_and_what_repeats(using: Open) -> None:
    at = using()
    at.page.add_action.trigger()
    for key, text in (
        ("number", "D-901"),
        ("title", "First of a series"),
        ("system", "S-00"),
        ("discipline", "Process"),
    ):
        editor = box(at, key).editor
        editor.setFocus()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)

    box(at, "title").editor.setFocus()
    QTest.keyClick(box(at, "title").editor, Qt.Key.Key_Return, CTRL)
    at.rest()

    assert "S-00" in box(at, "system").text()
    assert box(at, "discipline").text() == "Process"
    assert [box(at, key).text() for key in ("number", "title")] == ["", ""]
    assert box(at, "number").editor.hasFocus()
    last = at.page.model.rowCount() - 1
    assert at.page.table.currentIndex().row() == last
    assert at.page.table.visualRect(at.page.model.index(last, 0)).isValid()
