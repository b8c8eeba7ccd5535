"""Rows in the colours of rules, and with what was changed since a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from handover import clock
from handover.pack.issuing import issue
from handover.registers.chapter import PaperKind
from handover.registers.figures.blockers import rows_in_the_way
from handover.registers.query import Condition
from tests.pack.sample import a_pack
from ui.register.narrowing.colour_rules import ColourDialog
from ui.register.narrowing.since_dialog import SinceDialog
from ui.theme import tokens

from .conftest import Using

Open = Callable[..., Using]


def colour_dialog(at: Using) -> ColourDialog:
    at.page.tools.colours.click()
    assert isinstance(at.page.tools.dialog, ColourDialog)
    return at.page.tools.dialog


def choose(dialog: ColourDialog, when: str, look: str) -> None:
    dialog.when.setCurrentText(when)
    dialog.look.setCurrentText(look)
    dialog.add.click()


def ground(at: Using, row: int, field: str) -> str:
    """The colour of a cell, at its edge."""
    index = at.page.model.index(row, at.column(field))
    image = at.page.table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    point = at.page.table.visualRect(index).bottomLeft() * ratio
    return image.pixelColor(point.x() + 2, point.y() - 4).name()


def test_rules_colour_rows_by_views_and_conditions_and_the_first_wins(using: Open) -> None:
    at = using(sort=[["status", False]])
    dialog = colour_dialog(at)
    choose(dialog, "View: Overdue", "Orange, diamond")
    choose(dialog, "Discipline", "Blue, disc")
    popup = dialog.popup
    assert popup is not None
    item = next(i for i in popup._items() if i.text().startswith("Process"))
    item.setCheckState(Qt.CheckState.Checked)
    popup.go.click()
    assert [dialog.list.item(n).text() for n in range(2)] == ["Overdue", "Discipline is Process"]
    dialog.accept()
    at.rest()

    model = at.page.model
    for row in range(30):
        late = at.cell(row, "due_on") and model.late(model.index(row, at.column("due_on")))
        rule = model.marks.rule(model.row(row))
        expected = "danger" if late else "ok" if at.cell(row, "discipline") == "Process" else None
        assert (rule.tone if rule else None) == expected
    coloured = next(n for n in range(5, 20) if model.marks.rule(model.row(n)) is not None)
    tone = model.marks.rule(model.row(coloured)).tone
    assert ground(at, coloured, "title") == getattr(tokens.colours(), f"{tone}_soft")
    spoken = str(model.index(coloured, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert ("Overdue" if tone == "danger" else "Discipline is Process") in spoken


def test_rules_are_moved_deleted_and_kept(using: Open) -> None:
    at = using()
    dialog = colour_dialog(at)
    choose(dialog, "View: Overdue", "Orange, diamond")
    choose(dialog, "View: Open", "Grey, bar")
    dialog.list.setCurrentRow(1)
    dialog.up.click()
    assert [rule.view for rule in at.page.views.colours.all] == ["open", "overdue"]
    choose(dialog, "View: Open", "Blue, disc")
    assert [rule.tone for rule in at.page.views.colours.all] == ["ok", "danger"]
    dialog.accept()

    again = using()
    assert [rule.view for rule in again.page.views.colours.all] == ["open", "overdue"]
    dialog = colour_dialog(again)
    dialog.away.click()
    dialog.away.click()
    assert not dialog.away.isEnabled()
    assert using().page.views.colours.all == ()


def test_a_saved_view_brings_its_colours(using: Open) -> None:
    at = using()
    dialog = colour_dialog(at)
    choose(dialog, "View: Overdue", "Orange, diamond")
    at.page.views.save("Coloured")
    dialog.away.click()
    assert at.page.views.altered
    at.page.views.use("Coloured")
    assert len(at.page.views.colours.all) == 1
    assert not at.page.views.altered


def test_the_page_as_it_is_shown_brings_its_rules_in_both_languages(using: Open) -> None:
    at = using()
    dialog = colour_dialog(at)
    choose(dialog, "View: Overdue", "Orange, diamond")
    dialog._take_condition(Condition("discipline", "is", ("Process",)))

    told = at.page.as_shown().rules

    assert [rule.rule for rule in told] == list(at.page.views.colours.all)
    assert [str(rule.words.show("en")) for rule in told] == ["Overdue", "Discipline is Process"]
    assert told[0].words.show("zh") == "逾期"


def test_a_register_has_eight_rules_at_most(using: Open) -> None:
    at = using()
    dialog = colour_dialog(at)
    for revision in "ABCDEFGH":
        dialog._take_condition(Condition("revision", "is", (revision,)))
    assert len(at.page.views.colours.all) == 8
    assert not dialog.add.isEnabled()


@pytest.fixture
def changed(using: Open, monkeypatch: pytest.MonkeyPatch) -> Using:
    """Documents of a month ago, of which one was renamed today, one deleted and one added."""
    at = using(sort=[["ref", False]])
    monkeypatch.setenv("HANDOVER_TODAY", (clock.today() + dt.timedelta(30)).isoformat())
    at.go(0, "title")
    at.type("Another name")
    at.press(Qt.Key.Key_Return)
    at.go(2, "title")
    at.page.acts.delete()
    at.rest()
    at.go(3, "title")
    at.page.acts.duplicate()
    at.rest()
    return at


def show_changes(at: Using, day: str, who: str = "") -> SinceDialog:
    at.page.tools.since.click()
    dialog = at.page.tools.dialog
    assert isinstance(dialog, SinceDialog)
    dialog.since.setCurrentText("A day that you name")
    dialog.day.clear()
    QTest.keyClicks(dialog.day, day)
    if who:
        dialog.who.setCurrentText(who)
    dialog.go.click()
    at.rest()
    return dialog


def test_changes_since_a_day_show_old_and_new_added_and_removed(changed: Using) -> None:
    show_changes(changed, "-10")
    model = changed.page.model
    assert model.rowCount() == 3
    signs = {str(model.headerData(n, Qt.Orientation.Vertical))[0]: n for n in range(3)}
    assert set(signs) == {"•", "+", "−"}
    title = model.index(signs["•"], changed.column("title"))
    assert model.before(title) == "Operating manual 循环水 unit 1"
    assert title.data() == "Another name"
    assert "It was: Operating manual" in str(title.data(Qt.ItemDataRole.AccessibleTextRole))
    gone = model.index(signs["−"], changed.column("title"))
    assert not gone.flags() & Qt.ItemFlag.ItemIsEditable
    changed.go(gone.row(), "title")
    changed.type("x")
    assert changed.told[-1] == "This row was deleted. Restore it from the bin to change it."
    assert changed.page.chips.chips[0].text.startswith("Changes since ")

    changed.page.chips.chips[0].cross.click()
    changed.rest()
    assert model.rowCount() == 200
    assert model.before(model.index(0, changed.column("title"))) is None


def issue_pack(at: Using) -> str:
    """A pack is issued, and a day goes by; its number."""
    paper = issue(at.context.workspace, at.context.project.id, a_pack(2, 2), PaperKind("pack", "HP-{n:03}"))
    at.page.refresh(frozenset({"issued"}))
    at.rest()
    return paper.number


def test_rows_changed_since_the_last_handover_have_a_sign_and_say_so(
    using: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = using(sort=[["ref", False]])
    side, said = Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole
    before = [str(at.page.model.headerData(row, side)) for row in range(4)]
    number = issue_pack(at)
    assert [str(at.page.model.headerData(row, side)) for row in range(4)] == before
    later = clock.now() + dt.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    at.go(0, "title")
    at.type("Another name")
    at.press(Qt.Key.Key_Return)
    at.go(3, "title")
    at.page.acts.duplicate()
    at.rest()

    model = at.page.model
    signs = [str(model.headerData(row, side)) for row in range(model.rowCount())]
    assert signs[0].startswith("• ")
    assert [sign for sign in signs if sign.startswith("+ ")] != []
    assert signs[1] == before[1]
    assert f"Changed since {number} was issued" in str(model.headerData(0, side, said))
    assert model.before(model.index(0, at.column("title"))) is None


def test_rows_in_the_way_of_the_handover_have_a_sign_and_say_so(using: Open) -> None:
    at = using(sort=[["ref", False]])
    model, side = at.page.model, Qt.Orientation.Vertical
    with at.context.workspace.read() as connection:
        rows = model.rows(range(20), ())
        standing = rows_in_the_way(connection, at.page.register, [row.number for row in rows])
    assert 0 < len(standing) < 20

    for place, row in enumerate(rows):
        assert ("■ " in str(model.headerData(place, side))) == (row.number in standing)
        said = str(model.headerData(place, side, Qt.ItemDataRole.ToolTipRole))
        assert ("Stands in the way of the handover" in said) == (row.number in standing)


def test_changes_since_begin_at_the_last_issued_handover(using: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    at = using(sort=[["ref", False]])
    number = issue_pack(at)
    later = clock.now() + dt.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    at.go(0, "title")
    at.type("Another name")
    at.press(Qt.Key.Key_Return)

    at.page.tools.since.click()
    dialog = at.page.tools.dialog
    assert isinstance(dialog, SinceDialog)
    assert dialog.since.currentText().startswith(f"{number}, edition 1")
    dialog.go.click()
    at.rest()

    assert at.page.model.rowCount() == 1
    title = at.page.model.index(0, at.column("title"))
    assert at.page.model.before(title) == "Operating manual 循环水 unit 1"


def test_a_day_that_is_none_is_refused_beside_its_field(changed: Using) -> None:
    dialog = show_changes(changed, "no day")
    assert dialog.isVisible()
    assert "no day" in dialog.day_box.reason.text()


def test_changes_are_kept_with_a_view_and_asked_again_from_what_is_in_force(changed: Using) -> None:
    show_changes(changed, "-10", changed.context.workspace.user)
    assert " by " in changed.page.chips.chips[0].text
    kept = changed.page.state()
    changed.page.filtering.clear()
    changed.page.restore(kept)
    changed.rest()
    assert changed.page.model.rowCount() == 3
    changed.page.tools.since.click()
    dialog = changed.page.tools.dialog
    assert isinstance(dialog, SinceDialog)
    assert dialog.who.currentText() == changed.context.workspace.user
