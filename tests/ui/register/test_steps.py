"""Steps in the window: buttons, the small form, refusals with their rows, menus and the palette."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handover.clock import today
from handover.model import Document, KnowledgeItem, Pick, System
from handover.model.custody.certificate import Certificate
from handover.registers import query
from handover.registers.acts import editing, taking
from handover.registers.catalogue import register
from handover.registers.query import Query
from handover.store import undo, undo_label
from tests.domain import a_row, stored
from tests.ui.conftest import MakeWorkspace, open_in, rest
from ui.register.menus import StepMenu
from ui.register.view import RegisterPage
from ui.shell.context import Context
from ui.window.palette import Palette
from ui.window.window import MainWindow

from .conftest import Using
from .step_hands import form, status, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def at_document(using: Open, state: str) -> tuple[Using, str]:
    """The page of the documents with the details of the first one in a state."""
    at = using("documents", details=True)
    status_field = at.page.register["status"]
    rows = at.page.model.rows(range(at.page.model.rowCount()), (status_field,))
    place = next(n for n, row in enumerate(rows) if row.values[0] == state)
    at.go(place, "title")
    at.rest()
    return at, rows[place].id


def press(at: Using, key: str) -> None:
    QTest.mouseClick(at.page.detail.head.buttons[key], Qt.MouseButton.LeftButton)
    at.rest()


# -- the head of the details ------------------------------------------------------------------------------------------


def test_steps_that_lead_on_stand_above_the_fields_the_first_one_filled(using: Open) -> None:
    at, _ = at_document(using, "issued")

    head = at.page.detail.head
    assert list(head.buttons) == ["accept", "supersede", "cancel"]
    assert head.buttons["accept"].property("role") == "primary"
    assert head.buttons["supersede"].property("role") != "primary"


def test_more_than_three_steps_stand_in_a_menu_behind_the_first(using: Open) -> None:
    at, _ = at_document(using, "in_review")

    head = at.page.detail.head
    assert list(head.buttons) == ["approve"]
    assert list(head.entries) == ["return", "reject", "cancel"]
    assert head.more is not None


def test_step_that_asks_nothing_is_taken_at_once_and_can_be_taken_back(using: Open, context: Context) -> None:
    at, key = at_document(using, "received")

    press(at, "review")

    assert at.page.steps.form is None
    assert status(context, Document, key) == "in_review"
    ref = stored(context.workspace, Document, key)["ref"]
    assert at.told[-1] == f"{ref} is now “In review”."
    label = undo_label(context.workspace)
    assert label is not None and label.label == f"Start the review: {ref}"
    assert list(at.page.detail.head.buttons) == ["approve"]
    undo(context.workspace)
    at.rest()
    assert status(context, Document, key) == "received"
    assert list(at.page.detail.head.buttons) == ["review", "cancel"]


def a_draft(context: Context, system: str) -> str:
    """A certificate by which operations would take a system over."""
    kind = Pick(list="certificate_kind", code="OWN", meaning="to_operations")
    entry = a_row(context.workspace, context.project.id, kind)
    return a_row(context.workspace, context.project.id, Certificate(kind_id=entry.id, system_id=system)).id


def test_step_that_isnt_possible_is_off_and_says_why_with_rows_to_open(using: Open, context: Context) -> None:
    project = context.project.id
    system = a_row(context.workspace, project, System(code="10-PU", name="Pumps", custody="care_custody"))
    document = a_row(context.workspace, project, Document(title="Pump manual", system_id=system.id))
    at = using("certificates", row=a_draft(context, system.id))
    at.rest()

    head = at.page.detail.head
    button = head.buttons["issue"]
    assert not button.isEnabled()
    assert document.ref in button.toolTip()
    assert document.ref in button.accessibleDescription()
    assert f'<a href="documents/{document.id}">{document.ref}</a>' in head.reasons.label.text()
    assert head.reasons.isVisible()
    wanted: list[tuple[str, dict[str, object]]] = []
    context.wanted.connect(lambda key, state: wanted.append((key, state)))
    head.reasons.label.linkActivated.emit(f"documents/{document.id}")
    assert wanted == [("documents", {"row": document.id})]


def test_row_without_a_lifecycle_has_no_steps(using: Open) -> None:
    at = using("people", details=True)
    at.go(0, "name")
    at.rest()

    assert at.page.detail.head.isHidden()
    assert at.page.step_action not in at.page.page_actions()


# -- the form ---------------------------------------------------------------------------------------------------------


def test_form_starts_with_today_and_with_the_user(using: Open, knowledge: Callable[..., str], me: str) -> None:
    key = knowledge(status="demonstrated", target_level="3")
    at = using("knowledge", row=key)
    at.rest()

    press(at, "verify")

    shown = form(at)
    type_into(shown, "verified_level", "3 (U)")
    assert shown.go.text() == "Verify"
    assert shown.boxes["verified_by"].text() == "Li Na"
    assert shown.boxes["verified_on"].text() == _day(at, "verified_on", today())
    shown.go.click()
    at.rest()
    after = stored(at.context.workspace, KnowledgeItem, key)
    assert (after["status"], after["verified_by_id"], after["verified_on"]) == ("verified", me, today().isoformat())
    assert at.page.steps.form is None


def _day(at: Using, field: str, value: dt.date) -> str:
    from handover.registers import show

    return show.text(at.page.register[field], value)


def test_what_a_step_asks_is_marked_and_must_be_filled_in(
    using: Open, knowledge: Callable[..., str], context: Context
) -> None:
    key = knowledge()
    at = using("knowledge", row=key)
    at.rest()
    QTest.mouseClick(at.page.detail.head.buttons["accept_gap"], Qt.MouseButton.LeftButton)

    shown = form(at)
    box = shown.boxes["accepted_because"]
    assert box.asked
    assert box.editor.accessibleName().endswith("required")
    assert shown.focusWidget() is box.editor
    shown.go.click()
    assert box.reason.text() == "This field must be filled in."
    assert status(context, KnowledgeItem, key) == "identified"
    type_into(shown, "accepted_because", "On call for a year")
    QTest.keyClick(box.editor, Qt.Key.Key_Return, CTRL)
    at.rest()

    assert status(context, KnowledgeItem, key) == "accepted_gap"


def test_escape_leaves_everything_as_it_was(using: Open, knowledge: Callable[..., str], context: Context) -> None:
    key = knowledge()
    at = using("knowledge", row=key)
    at.rest()
    press(at, "accept_gap")
    shown = form(at)
    type_into(shown, "accepted_because", "Never mind")

    QTest.keyClick(shown.boxes["accepted_because"].editor, Qt.Key.Key_Escape)
    at.rest()

    assert at.page.steps.form is None
    assert status(context, KnowledgeItem, key) == "identified"


def test_refusal_stands_beside_its_field_and_what_was_typed_stays(using: Open, context: Context) -> None:
    document = Document(title="Manual", status="submitted", submitted_on=today())
    key = a_row(context.workspace, context.project.id, document).id
    at = using("documents", row=key)
    at.rest()
    press(at, "receive")
    shown = form(at)
    early = (today() - dt.timedelta(3)).isoformat()
    type_into(shown, "received_on", early)

    shown.go.click()

    assert "would be before the step before it" in shown.boxes["received_on"].reason.text()
    assert shown.boxes["received_on"].text() == early
    assert status(context, Document, key) == "submitted"
    type_into(shown, "received_on", today().isoformat())
    shown.go.click()
    at.rest()
    assert status(context, Document, key) == "received"


def test_unreadable_day_is_said_in_the_form(using: Open) -> None:
    at, _ = at_document(using, "placeholder")
    press(at, "submit")
    shown = form(at)
    type_into(shown, "submitted_on", "some day")

    shown.go.click()

    assert "is not a date" in shown.boxes["submitted_on"].reason.text()


def test_several_rows_take_a_step_together(using: Open, context: Context, knowledge: Callable[..., str]) -> None:
    keys = [knowledge(f"Item {n}") for n in range(3)]
    at = using("knowledge", details=True)
    at.page.table.select_block(0, 0, 2, 0)
    at.rest()

    press(at, "accept_gap")

    shown = form(at)
    assert shown.go.text() == "Accept the gap: 3 rows"
    type_into(shown, "accepted_because", "No shift needs it")
    shown.go.click()
    at.rest()
    assert {status(context, KnowledgeItem, key) for key in keys} == {"accepted_gap"}
    assert at.told[-1] == "3 rows are now “Gap accepted”."


def test_refusal_of_several_names_every_row_and_none_is_changed(
    using: Open, context: Context, knowledge: Callable[..., str]
) -> None:
    good = knowledge("Sound", status="demonstrated", target_level="1")
    bad = [knowledge(f"Short {n}", status="demonstrated", target_level="4") for n in range(2)]
    at = using("knowledge", details=True)
    at.page.steps.take([good, *bad], taking.step_of(register("knowledge"), "verify"))

    shown = form(at)
    type_into(shown, "verified_level", "1 (I)")
    shown.go.click()

    refs = [stored(context.workspace, KnowledgeItem, key)["ref"] for key in bad]
    said = [reason.sentence for reason in shown.reasons.label.reasons]
    assert [s.partition(":")[0] for s in said] == refs
    assert all(f">{ref}</a>" in shown.reasons.label.text() for ref in refs)
    assert status(context, KnowledgeItem, good) == "demonstrated"


# -- menus, keys, palette ---------------------------------------------------------------------------------------------


def open_menu(kind: type[QMenu]) -> QMenu:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def test_f8_opens_the_steps_of_the_row(using: Open, context: Context) -> None:
    at, key = at_document(using, "received")

    QTest.keyClick(at.page.table, Qt.Key.Key_F8)

    menu = open_menu(StepMenu)
    assert [action.text() for action in menu.actions()] == ["Start the review", "Mark as cancelled"]
    menu.actions()[0].trigger()
    menu.close()
    at.rest()
    assert status(context, Document, key) == "in_review"


def test_menu_of_a_row_offers_its_steps_and_says_why_not(using: Open, context: Context) -> None:
    project = context.project.id
    system = a_row(context.workspace, project, System(code="10-PU", name="Pumps", custody="care_custody"))
    document = a_row(context.workspace, project, Document(title="Pump manual", system_id=system.id))
    at = using("certificates", row=a_draft(context, system.id))
    at.rest()

    menu = at.page.page_steps.menu()
    assert menu is not None
    at.rest()

    (action,) = menu.actions()
    assert not action.isEnabled()
    assert document.ref in action.toolTip()


def _column(page: RegisterPage, field: str) -> int:
    return [f.field for f in page.model.fields].index(field)


def test_palette_offers_the_steps_of_the_row(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(), qtbot)
    window.context.go("documents")
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, RegisterPage)
    page.table.go_to(0, 0)

    window.overlays.show_palette()
    box = window.findChild(Palette)
    assert box is not None
    rest(qtbot, window)
    qtbot.keyClicks(box.field, "submit")
    assert box.names[0] == "Submit: DOC-0001"
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.steps.form is not None)
    assert page.steps.form is not None
    page.steps.form.go.click()
    rest(qtbot, window)

    assert page.model.value(page.model.index(0, _column(page, "status"))) == "submitted"


def test_button_is_off_in_a_workspace_for_reading(using: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "read_only", property(lambda _self: True))
    at, _ = at_document(using, "issued")

    button: QPushButton = at.page.detail.head.buttons["accept"]
    assert not button.isEnabled()
    assert button.toolTip() == "This workspace is open for reading only."


def test_steps_are_not_offered_in_the_bin(using: Open, context: Context) -> None:
    with context.workspace.read() as connection:
        first = next(query.every(connection, register("documents"), context.project.id, Query()))
    editing.delete(context.workspace, register("documents"), context.project.id, [first.id])
    at = using("documents", bin=True, details=True)
    at.go(0, "title")
    at.rest()

    assert at.page.detail.head.isHidden()
    assert at.page.row_actions() == []
