"""The fill handle: dragged down or right, it continues series; one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from handover.clock import today

from .conftest import Using

Open = Callable[..., Using]
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def drag(at: Using, row: int, field: str, keys: Qt.KeyboardModifier = NONE) -> None:
    """Drag the handle to a cell."""
    table, handle = at.page.table, at.page.acts.handle
    assert handle.isVisible()
    target = table.viewport().mapTo(table, table.visualRect(at.page.model.index(row, at.column(field))).center())
    end = handle.mapFrom(table, target)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, NONE, QPoint(4, 4))
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, keys, handle.mapFrom(table, target))
    at.rest()


def put(at: Using, row: int, field: str, text: str) -> None:
    at.page.model.setData(at.page.model.index(row, at.column(field)), text)
    at.rest()


def test_a_code_goes_on_by_its_number_and_one_undo_takes_it_back(using: Open) -> None:
    at = using(sort=[["ref", False]])
    before = at.texts("number")
    put(at, 0, "number", "TAG-009")
    at.go(0, "number")
    drag(at, 3, "number")

    assert at.texts("number")[:5] == ["TAG-009", "TAG-010", "TAG-011", "TAG-012", before[4]]
    assert at.page.table.block()[0] == range(4)
    at.context.undo()
    at.rest()
    assert at.texts("number")[1:] == before[1:]


def test_two_days_go_on_by_their_step_beside_texts_that_repeat(using: Open) -> None:
    at = using(sort=[["ref", False]])
    at.page.arrangement._set(["number", "title", "revision", "due_on"])
    for row, (revision, days) in enumerate((("A", "+0"), ("B", "+7"))):
        put(at, row, "revision", revision)
        put(at, row, "due_on", days)
    at.page.table.select_block(0, 2, 1, 3)
    drag(at, 4, "due_on")

    assert at.texts("revision")[:5] == ["A", "B", "A", "B", "A"]
    rows = at.page.model.rows(range(5), (at.page.register["due_on"],))
    assert [(row.values[0] - today()).days for row in rows] == [0, 7, 14, 21, 28]


def test_with_ctrl_it_copies(using: Open) -> None:
    at = using(sort=[["ref", False]])
    put(at, 0, "number", "TAG-009")
    at.go(0, "number")
    drag(at, 2, "number", CTRL)
    assert at.texts("number")[:3] == ["TAG-009"] * 3


def test_what_is_chosen_from_words_or_names_a_row_is_copied(using: Open) -> None:
    at = using(sort=[["ref", False]])
    at.go(0, "system")
    drag(at, 2, "system")
    assert len(set(at.texts("system")[:3])) == 1


def test_to_the_right_it_fills_columns(using: Open) -> None:
    at = using(sort=[["ref", False]])
    at.page.arrangement._set(["number", "title", "location", "revision"])
    put(at, 0, "number", "R-1")
    at.go(0, "number")
    drag(at, 0, "location")
    assert [at.cell(0, key) for key in ("number", "title", "location")] == ["R-1", "R-2", "R-3"]


def test_escape_and_a_drag_that_goes_nowhere_fill_nothing(using: Open) -> None:
    at = using(sort=[["ref", False]])
    before = at.texts("number")
    at.go(0, "number")
    drag(at, 0, "number")
    handle = at.page.acts.handle
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, NONE, QPoint(4, 4))
    assert handle.dragging
    at.press(Qt.Key.Key_Escape)
    assert not handle.dragging
    assert at.texts("number") == before


def test_the_keyboard_continues_what_the_first_cells_of_a_selection_begin(using: Open) -> None:
    at = using(sort=[["ref", False]])
    for row, text in enumerate(("L-02", "L-04", "", "", "")):
        put(at, row, "number", text)
    at.page.table.select_block(0, at.column("number"), 4, at.column("number"))
    next(a for a in at.page.page_actions() if a.text() == "Continue the series down").trigger()
    at.rest()
    assert at.texts("number")[:5] == ["L-02", "L-04", "L-06", "L-08", "L-10"]


def test_there_is_no_handle_where_nothing_can_be_written(using: Open) -> None:
    at = using()
    at.go(0, "title")
    assert at.page.acts.handle.isVisible()
    at.page.filtering.switch_bin()
    at.rest()
    assert not at.page.acts.handle.isVisible()
