"""The filters of a register's page: the quick filter, views, chips and the popup."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from handover.clock import today
from handover.registers.acts import editing
from handover.registers.query import Condition
from handover.store import undo
from handover.values import shown
from ui.register.menus import open_filter
from ui.register.narrowing.filter_popup import FilterPopup
from ui.register.narrowing.usual_views import LATELY, MINE
from ui.theme import tokens

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def test_the_quick_filter_finds_words_in_any_shown_column(using: Open) -> None:
    at = using()

    at.page.find_here()
    QTest.keyClicks(at.page.bar.quick, "steam data")
    at.rest()

    assert at.page.bar.count.text() == "5 of 200"
    assert all("Data sheet Steam" in title for title in at.texts("title"))
    assert [c.text for c in at.page.chips.chips] == ["Any column contains “steam data”"]


def test_escape_in_the_quick_filter_shows_all_rows_again(using: Open) -> None:
    at = using()
    QTest.keyClicks(at.page.bar.quick, "steam")
    at.rest()

    QTest.keyClick(at.page.bar.quick, Qt.Key.Key_Escape)
    at.rest()

    assert at.page.bar.count.text() == "200"


def test_a_view_shows_its_rows_and_a_second_press_all(using: Open) -> None:
    at = using()

    at.page.chips.views["returned"].click()
    at.rest()
    assert set(at.texts("status")) == {"Returned for revision"}
    assert at.page.bar.count.text() == "25 of 200"
    at.page.chips.views["returned"].click()
    at.rest()

    assert at.page.model.rowCount() == 200


def test_a_filter_made_in_the_popup_is_a_chip_that_can_go(using: Open) -> None:
    at = using()

    popup = open_filter(at.page.table, at.page.filtering, at.column("due_on"))
    popup.operator.setCurrentIndex(popup.operator.findData("before"))
    popup.value.setText("today")
    popup.apply()
    at.rest()
    assert at.page.model.rowCount() == 80
    (chip,) = at.page.chips.chips
    assert chip.text == f"Due is before {shown.moment(today())}"
    chip.cross.click()
    at.rest()

    assert at.page.model.rowCount() == 200
    assert not at.page.chips.chips


def test_a_filter_that_cant_be_read_says_so_and_stays_open(using: Open) -> None:
    at = using()
    popup = open_filter(at.page.table, at.page.filtering, at.column("due_on"))

    popup.value.setText("soonish")
    popup.apply()

    assert "not a date" in popup.reason.text()
    assert at.page.model.rowCount() == 200


def test_words_are_ticked_in_the_popup(using: Open) -> None:
    at = using()
    popup: FilterPopup = open_filter(at.page.table, at.page.filtering, at.column("status"))

    for row in (0, 1):
        popup.ticks.item(row).setCheckState(Qt.CheckState.Checked)
    popup.go.click()
    at.rest()

    assert set(at.texts("status")) == {"Outstanding", "Submitted"}


def test_several_filters_are_cleared_together(using: Open) -> None:
    at = using(text="steam", where=[["copies", "is", [3]]])
    assert len(at.page.chips.chips) == 2

    at.page.filtering.clear()
    at.rest()

    assert at.page.bar.quick.text() == ""
    assert at.page.model.rowCount() == 200


def test_a_filter_without_rows_says_so_and_offers_to_clear(using: Open) -> None:
    at = using(text="nowhere")
    assert at.page.stack.currentWidget() is at.page.empty
    assert at.page.empty.sentence.text() == "No row fits these filters."

    at.page.empty.clear.click()
    at.rest()

    assert at.page.stack.currentWidget() is at.page.table


def test_an_order_by_a_column_out_of_view_is_a_chip_that_can_go(using: Open) -> None:
    at = using()
    at.page.filtering.sort_by((("due_on", True),))
    at.page.arrangement.hide("due_on")
    at.rest()

    (chip,) = at.page.chips.chips
    assert chip.text == "Sorted by Due, descending"
    chip.cross.click()
    at.rest()
    assert at.page.filtering.query.sort == ()


def test_rows_of_a_file_are_called_by_its_name_also_after_a_way_back(using: Open) -> None:
    at = using()
    ids = tuple(row.id for row in at.page.model.rows(range(2), ()))
    at.page.restore({"where": [Condition("id", "is", ids)], "called": "plan.xlsx"})
    at.rest()
    assert [chip.text for chip in at.page.chips.chips] == ["2 rows from plan.xlsx"]

    state = at.page.state()
    at.page.filtering.clear()
    at.page.restore(state)
    at.rest()
    assert [chip.text for chip in at.page.chips.chips] == ["2 rows from plan.xlsx"]


def test_mine_shows_the_rows_of_whoever_is_at_the_keyboard(using: Open, me: str) -> None:
    at = using()
    editing.change(at.context.workspace, at.page.register, at.context.project.id, {
        at.page.model.row(n).id: {"holder": me} for n in (3, 5)
    })  # fmt: skip
    at.rest()

    at.page.chips.switches[MINE].click()
    at.rest()
    assert at.refs() == ["DOC-0004", "DOC-0006"]
    assert at.page.chips.switches[MINE].isChecked()
    assert [c.text for c in at.page.chips.chips] == ["Submitted by is Li Na"]

    at.page.chips.chips[0].cross.click()
    at.rest()
    assert not at.page.chips.switches[MINE].isChecked()
    assert at.page.bar.count.text() == "200"


def test_mine_says_where_one_is_chosen_when_nobody_is_the_user(using: Open) -> None:
    at = using()
    at.page.chips.switches[MINE].click()

    assert "choose yourself in the settings" in at.told[-1]
    assert not at.page.chips.switches[MINE].isChecked()


def test_changed_lately_narrows_a_view_and_is_kept_with_the_page(using: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    at = using()
    monkeypatch.setenv("HANDOVER_TODAY", (today() + dt.timedelta(30)).isoformat())
    editing.change(at.context.workspace, at.page.register, at.context.project.id, {
        at.page.model.row(n).id: {"title": "New words"} for n in (7, 8)
    })  # fmt: skip
    at.page.chips.views["returned"].click()
    at.rest()

    at.page.chips.switches[LATELY].click()
    at.rest()
    assert at.refs() == ["DOC-0008"]
    assert [c.text for c in at.page.chips.chips] == ["Changed within 14 days"]

    kept = json.loads(json.dumps(at.page.state()))
    at.page.filtering.clear()
    at.page.restore(kept)
    at.rest()
    assert at.refs() == ["DOC-0008"]
    assert at.page.chips.switches[LATELY].isChecked()


def test_what_the_filter_finds_is_marked_in_the_cells(using: Open) -> None:
    at = using()
    cell = at.page.table.visualRect(at.page.model.index(2, at.column("title")))
    plain = at.page.table.viewport().grab(cell).toImage()
    ground = tokens.colour("warning_soft").rgb()

    QTest.keyClicks(at.page.bar.quick, "steam")
    at.rest()
    found = at.page.table.viewport().grab(at.page.table.visualRect(at.page.model.index(2, at.column("title"))))
    marked = found.toImage()

    def signs(image: QImage) -> int:
        return sum(image.pixel(x, y) == ground for x in range(image.width()) for y in range(image.height()))

    assert signs(plain) == 0
    assert signs(marked) > 100


def test_texts_are_replaced_in_the_rows_shown_after_they_were_seen(using: Open) -> None:
    at = using(view="returned")
    total = len([title for title in at.texts("title") if "Steam" in title])
    assert total
    at.page._actions.replace.trigger()
    dialog = at.page.replacing
    QTest.keyClicks(dialog.old, "steam")
    QTest.keyClicks(dialog.new, "Vapour")
    at.qtbot.waitUntil(lambda: dialog.go.isEnabled())
    assert dialog.table.rowCount() == len(dialog.cells) >= total
    assert "Vapour" in dialog.table.item(0, 3).text()

    dialog.go.click()
    at.rest()

    assert not any("Steam" in title for title in at.texts("title"))
    assert at.told[-1].endswith("changed.")
    undo(at.context.workspace)
    at.rest()
    assert len([title for title in at.texts("title") if "Steam" in title]) == total


def test_f3_goes_from_one_hit_to_the_next_and_past_the_end(using: Open) -> None:
    at = using(text="steam")
    n, title = at.page.model.rowCount(), at.column("title")
    at.go(0, "title")

    at.press(Qt.Key.Key_F3)
    here = at.page.table.currentIndex()
    assert "steam" in str(here.data()).casefold()
    assert (here.row(), here.column()) != (0, title)
    at.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    at.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert at.page.table.currentIndex().row() == n - 1
