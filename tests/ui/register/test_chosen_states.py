"""A next state that is chosen in a cell, a form or a block is a step, and asks what the step asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from handover.model import KnowledgeItem
from handover.store import undo_label
from ui.register.grid import clipboard
from ui.shell.context import Context

from .conftest import Using
from .step_hands import form, status, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


@pytest.fixture
def item(knowledge: Callable[..., str], using: Open) -> Iterator[tuple[Using, str]]:
    key = knowledge()
    at = using("knowledge", details=True)
    at.go(0, "status")
    yield at, key


def test_state_that_is_chosen_in_a_cell_is_a_step(item: tuple[Using, str]) -> None:
    at, key = item

    at.type("Planned")
    at.press(Qt.Key.Key_Return)

    assert status(at.context, KnowledgeItem, key) == "planned"
    label = undo_label(at.context.workspace)
    assert label is not None and label.label == "Plan the transfer: KNW-0001"


def test_state_whose_step_asks_something_opens_the_form(item: tuple[Using, str]) -> None:
    at, key = item

    at.type("Gap acc")
    at.press(Qt.Key.Key_Return)

    assert status(at.context, KnowledgeItem, key) == "identified"
    type_into(form(at), "accepted_because", "Nobody needs it")
    form(at).go.click()
    at.rest()
    assert status(at.context, KnowledgeItem, key) == "accepted_gap"


def test_list_of_states_names_the_step_to_each(item: tuple[Using, str]) -> None:
    at, _ = item
    from ui.register.grid.choices import choices

    offered = choices(at.context, at.page.register["status"], "identified")
    assert offered is not None
    assert [(c.label, c.note) for c in offered("")] == [
        ("Identified", ""),
        ("Planned", "Plan the transfer"),
        ("Gap accepted", "Accept the gap"),
    ]


def test_state_that_is_chosen_in_the_form_asks_the_same(item: tuple[Using, str]) -> None:
    at, key = item
    editor = at.page.detail.boxes["status"].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Gap acc")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    at.rest()

    assert at.page.detail.boxes["status"].text() == "Identified"
    type_into(form(at), "accepted_because", "Nobody needs it")
    form(at).go.click()
    at.rest()
    assert status(at.context, KnowledgeItem, key) == "accepted_gap"


def test_state_that_is_filled_down_asks_once_for_all(
    using: Open, context: Context, knowledge: Callable[..., str]
) -> None:
    knowledge("First", status="accepted_gap", accepted_because="Agreed")
    others = [knowledge(f"Other {n}") for n in range(2)]
    at = using("knowledge")
    column = at.column("status")
    at.page.table.select_block(0, column, 2, column)

    at.page.acts.fill_down()
    at.rest()

    assert form(at).go.text() == "Accept the gap: 2 rows"
    type_into(form(at), "accepted_because", "As the first")
    form(at).go.click()
    at.rest()
    assert {status(context, KnowledgeItem, key) for key in others} == {"accepted_gap"}


def test_state_that_is_pasted_asks_after_the_rest_is_written(
    using: Open, context: Context, knowledge: Callable[..., str]
) -> None:
    keys = [knowledge(f"Item {n}") for n in range(2)]
    at = using("knowledge")
    column = at.column("status")
    at.page.table.select_block(0, column, 1, column)
    clipboard.put([["Gap accepted"], ["Planned"]])

    at.page.acts.paste()
    at.rest()

    assert status(context, KnowledgeItem, keys[1]) == "planned"
    type_into(form(at), "accepted_because", "Agreed")
    form(at).go.click()
    at.rest()
    assert status(context, KnowledgeItem, keys[0]) == "accepted_gap"
