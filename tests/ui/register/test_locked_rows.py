"""Rows in a final state: a lock and its reason in the table and in the form, and nothing opens for typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from handover.model import Document, Member, Person, WorkingGroup
from tests.domain import a_row, stored
from ui.register.details.parts_panel import PartsPanel
from ui.register.grid import clipboard
from ui.shell.context import Context

from .conftest import Using

Open = Callable[..., Using]
TOOLTIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def accepted(context: Context) -> Document:
    document = Document(title="Manual", revision="A", status="accepted", number="0")
    return a_row(context.workspace, context.project.id, document)


@pytest.fixture
def at(using: Open, accepted: Document) -> Using:
    """The page of the documents on an accepted one."""
    hands = using("documents", row=accepted.id)
    hands.rest()
    return hands


def here(at: Using, field: str) -> int:
    at.page.table.go_to(at.page.table.currentIndex().row(), at.column(field))
    at.page.table.setFocus()
    return at.page.table.currentIndex().row()


def reason(accepted: Document) -> str:
    return f"{accepted.ref} is “Accepted by operations” and can't be changed. Take its last step back, or supersede it."


def test_locked_cell_says_why_as_tooltip_and_to_a_screen_reader(at: Using, accepted: Document) -> None:
    row = here(at, "revision")
    index = at.page.model.index(row, at.column("revision"))

    assert index.data(TOOLTIP) == f"A\n{reason(accepted)}"
    assert index.data(SPOKEN) == f"{accepted.ref}, Revision: A. Locked: {reason(accepted)}"
    assert at.page.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole) is not None


def test_key_on_a_locked_cell_opens_nothing_and_says_why(at: Using, accepted: Document) -> None:
    here(at, "revision")

    at.type("B")

    assert at.editor() is None
    assert at.told == [reason(accepted)]


def test_double_click_on_a_locked_cell_says_why(at: Using, accepted: Document) -> None:
    row = here(at, "revision")
    spot = at.page.table.visualRect(at.page.model.index(row, at.column("revision"))).center()

    QTest.mouseDClick(at.page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    at.rest()

    assert at.editor() is None
    assert at.told == [reason(accepted)]


def test_what_stays_open_can_be_typed(at: Using, context: Context, accepted: Document) -> None:
    here(at, "receiver")
    assert at.page.model.held(at.page.table.currentIndex()) == ""

    at.type("zs")
    at.press(Qt.Key.Key_Return)

    assert stored(context.workspace, Document, accepted.id)["receiver_id"] is not None


def test_form_shows_a_lock_and_takes_what_stays_open(at: Using, context: Context, accepted: Document) -> None:
    boxes = at.page.detail.boxes
    locked, free = boxes["revision"], boxes["notes"]

    assert (locked.lock.isHidden(), free.lock.isHidden()) == (False, True)
    assert locked.editor.toolTip() == locked.editor.accessibleDescription() == reason(accepted)
    locked.editor.setFocus()
    QTest.keyClicks(locked.editor, "B")
    assert (locked.text(), at.told) == ("A", [reason(accepted)])
    free.editor.setFocus()
    QTest.keyClicks(free.editor, "Two copies")
    boxes["title"].editor.setFocus()
    at.rest()
    free.finish()
    assert stored(context.workspace, Document, accepted.id)["notes"] == "Two copies"


def test_lock_goes_with_the_state(at: Using, context: Context, accepted: Document) -> None:
    at.page.detail.head.buttons["cancel"].click()
    at.rest()

    assert at.page.detail.boxes["revision"].lock.isHidden()
    here(at, "revision")
    at.type("B")
    at.press(Qt.Key.Key_Return)
    assert stored(context.workspace, Document, accepted.id)["revision"] == "B"


def test_delete_of_a_locked_row_is_refused_with_its_reason(at: Using, context: Context, accepted: Document) -> None:
    here(at, "title")

    at.page.delete_action.trigger()
    at.rest()

    assert at.complaints == [f"{accepted.ref} is “Accepted by operations” and can't be deleted."]
    assert stored(context.workspace, Document, accepted.id)["deleted_at"] is None


def test_paste_shows_which_cells_are_locked(at: Using, accepted: Document) -> None:
    row = here(at, "revision")
    at.page.table.select_block(row, at.column("title"), row, at.column("revision"))
    width = at.column("revision") - at.column("title") + 1
    clipboard.put([["New title", *[""] * (width - 2), "B"]])

    at.page.acts.paste()
    at.rest()

    dialog = at.page.acts.dialog
    assert dialog is not None
    assert {r.field for r in dialog._pasting.refused} >= {"title", "revision"}
    assert str(dialog._pasting.refused[0].reason) == reason(accepted)
    dialog.reject()


def test_parts_of_a_locked_row_are_locked_beside_it_and_on_their_own_page(using: Open, context: Context) -> None:
    project = context.project.id
    with context.workspace.edit("Add", project=project) as work:
        group = work.add(WorkingGroup(name="Dissolved group", status="winding_down"))
        person = work.add(Person(name="Xu Ming"))
        member = work.add(Member(group_id=group.id, person_id=person.id))
    with context.workspace.edit("Close", project=project) as work:
        work.get(WorkingGroup, group.id).status = "dissolved"
    sentence = f"{group.ref} is “Dissolved”: what belongs to it can't be changed."
    at = using("groups", row=group.id, tab="members")
    at.rest()

    panel = at.page.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    assert panel.locked.text() == sentence
    assert not panel.line.isEnabled()
    assert not panel.more.isEnabled()
    panel.table.go_to(0, 0)
    QTest.keyClicks(panel.table, "x")
    assert at.told == [sentence]
    there = using("members", row=member.id)
    there.rest()
    assert there.page.model.held(there.page.table.currentIndex()) == sentence
    assert not there.page.detail.boxes["role"].lock.isHidden()
