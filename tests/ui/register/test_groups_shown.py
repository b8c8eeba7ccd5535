"""Rows in groups: made from the menu, folded by keys and mouse, kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from handover.registers.grouping import laid_out
from ui.register.grid import loader, rows_in_view
from ui.register.grid.clipboard import put

from .conftest import Using

Open = Callable[..., Using]


def heads(at: Using) -> list[str]:
    """The names of the groups that are in view."""
    model = at.page.model
    return [str(model.index(n, 0).data()) for n in range(model.rowCount()) if model.head(n) is not None]


def group_by(at: Using, label: str) -> None:
    """Press the button and choose a field."""
    at.page.tools.groups.click()
    menu = at.page.tools.menu_shown
    assert menu is not None
    next(action for action in menu.actions() if action.text() == label).trigger()
    menu.close()
    at.rest()


def test_grouped_rows_stand_below_heads_that_count_and_add_up(using: Open) -> None:
    at = using()
    at.page.arrangement.show("copies")
    group_by(at, "Discipline")

    assert sorted(heads(at)) == sorted(f"{d} (50 rows)" for d in ("Electrical", "Mechanical", "Process", "仪表"))
    assert at.page.model.rowCount() == 204
    copies = at.page.model.index(0, at.column("copies")).data()
    assert copies == f"Σ {sum(int(t or 0) for t in at.texts('copies')[:50])}"
    assert at.page.bar.count.text() == "200"
    assert at.page.tools.groups.toolTip() == "Grouped by Discipline"

    group_by(at, "No groups")
    assert at.page.model.rowCount() == 200


def test_keys_fold_and_unfold_a_group_and_the_current_cell_stays_on_its_head(using: Open) -> None:
    at = using(grouped=["discipline"])
    at.go(0, "title")
    at.press(Qt.Key.Key_Left)
    assert at.page.model.rowCount() == 154
    at.press(Qt.Key.Key_Right)
    assert at.page.model.rowCount() == 204
    at.press(Qt.Key.Key_Return)
    assert at.page.model.rowCount() == 154
    at.press(Qt.Key.Key_Space)
    assert at.page.model.rowCount() == 204
    assert at.page.table.currentIndex().row() == 0

    named = {action.text(): action for action in at.page.page_actions()}
    named["Fold all groups"].trigger()
    assert at.page.model.rowCount() == 4
    named["Unfold all groups"].trigger()
    assert at.page.model.rowCount() == 204


def test_the_mouse_folds_by_the_arrow_and_by_a_double_click(using: Open) -> None:
    at = using(grouped=["discipline"])
    table = at.page.table
    arrow = table.visualRect(at.page.model.index(0, 0)).topLeft() + QPoint(14, 14)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert at.page.model.rowCount() == 154

    place = table.visualRect(at.page.model.index(0, 1)).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert at.page.model.rowCount() == 204


@pytest.fixture
def by_revision(using: Open) -> Using:
    """Documents that nothing locks, nine, eight and eight of them."""
    return using(where=[["status", "is", ["placeholder"]]], grouped=["revision"], sort=[["revision", False]])


def test_typing_goes_on_from_the_last_row_of_a_group_to_the_first_of_the_next(by_revision: Using) -> None:
    at = by_revision
    last = at.page.model.head(0).n
    at.go(last, "title")
    at.type("Last of the first")
    at.press(Qt.Key.Key_Return)

    assert at.page.model.head(last + 1) is not None
    assert at.page.table.currentIndex().row() == last + 2
    assert "Last of the first" in at.texts("title")


def test_a_block_is_pasted_over_rows_and_never_into_a_head(by_revision: Using) -> None:
    at = by_revision
    last = at.page.model.head(0).n
    at.go(last - 1, "title")
    put([["X1"], ["X2"], ["X3"]])
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [at.cell(n, "title") for n in (last - 1, last, last + 2)] == ["X1", "X2", "X3"]
    assert at.page.model.head(last + 1) is not None


def test_nothing_is_typed_into_a_head_and_acts_on_everything_leave_it_out(by_revision: Using) -> None:
    at = by_revision
    at.go(0, "title")
    at.type("x")
    assert at.editor() is None
    at.page.table.selectAll()
    assert len(at.page.model.numbers(at.page.table.block()[0])) == 25
    at.page.acts.delete()
    at.rest()
    assert at.page.model.rowCount() == 0


def test_groups_lie_in_one_another(using: Open) -> None:
    at = using(grouped=["discipline"])
    at.page.tools.groups.click()
    menu = at.page.tools.menu_shown
    assert menu is not None
    inner = next(action.menu() for action in menu.actions() if action.text() == "Within Discipline by")
    next(action for action in inner.actions() if action.text() == "Status").trigger()
    menu.close()
    at.rest()

    assert at.page.filtering.query.groups == ("discipline", "status")
    assert [at.page.model.head(n).level for n in (0, 1)] == [0, 1]


def test_a_row_that_somebody_asks_for_opens_its_group(using: Open) -> None:
    at = using(grouped=["discipline"])
    row = at.page.model.row(60)
    assert row is not None
    at.page.rows.fold_all()
    at.page.go_to_row(row.id)
    at.rest()

    here = at.page.model.row(at.page.table.currentIndex().row())
    assert here is not None
    assert here.id == row.id
    assert at.page.model.rowCount() == 54


def test_groups_are_there_at_the_next_start(using: Open) -> None:
    at = using(grouped=["discipline"])
    at.go(0, "title")
    at.press(Qt.Key.Key_Left)
    kept = at.page.state()

    again = using(**kept)
    assert again.page.model.rowCount() == 154
    again.page.views.save("By discipline")
    again.page.filtering.group_by()
    again.page.views.use("By discipline")
    again.rest()
    assert again.page.model.rowCount() == 154
    assert not again.page.views.altered


def test_many_groups_are_laid_out_in_a_thread_and_a_row_asked_for_opens_its_own(
    using: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[threading.Thread] = []

    def watched(*given: Any) -> Any:  # Any: what the function itself takes and gives
        where.append(threading.current_thread())
        return laid_out(*given)

    for module in (loader, rows_in_view):
        monkeypatch.setattr(module, "SMALL", 3)
        monkeypatch.setattr(module, "laid_out", watched)
    at = using(grouped=["discipline"])
    wanted = at.page.model.row(60)
    assert wanted is not None
    at.page.rows.fold_all()
    at.rest()
    assert at.page.model.rowCount() == 4

    at.page.go_to_row(wanted.id)
    at.rest()
    here = at.page.model.row(at.page.table.currentIndex().row())
    assert here is not None and here.id == wanted.id
    assert at.page.model.rowCount() == 54
    assert len(where) >= 3
    assert threading.main_thread() not in where


def test_groups_folded_twice_in_a_row_show_what_was_wanted_last(using: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_in_view, "SMALL", 3)
    at = using(grouped=["discipline"])
    at.page.rows.fold_all()
    at.page.rows.unfold_all()
    at.rest()
    assert at.page.model.rowCount() == 204
