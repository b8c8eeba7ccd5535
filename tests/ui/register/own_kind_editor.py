"""A kind of the test's own with an editor of its own, in the table and the form; in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from handover.registers.acts import editing
from handover.registers.catalogue import declare, withdraw
from handover.registers.query import Query
from tests.registers.stars import CHAPTER, CONTRACTORS, STAR
from ui.register.grid.editors import LineEdit
from ui.register.grid.kind_editors import KindEditor, use_editor
from ui.register.narrowing.filter_popup import FilterPopup

from .conftest import Using

Open = Callable[..., Using]


class StarLine(LineEdit):
    """Plus adds a star."""

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt's own name
        if event.text() == "+":
            self.setText(self.text() + STAR)
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


@pytest.fixture(autouse=True, scope="module")
def _declared() -> Iterator[None]:
    declare(CHAPTER)
    use_editor("stars", KindEditor(StarLine, StarLine))
    yield
    withdraw("contractors")


@pytest.fixture
def page(using: Open) -> Using:
    at = using("contractors")
    for name in ("Bolt", "Arc"):
        editing.add(at.context.workspace, CONTRACTORS, at.context.project.id, {"name": name, "rating": 2})
    at.rest()
    return at


def test_cell_is_edited_with_the_editor_of_the_kind(page: Using) -> None:
    page.go(0, "rating")
    page.press(Qt.Key.Key_F2)
    assert isinstance(page.editor(), StarLine)

    page.press(Qt.Key.Key_End)
    page.type("+")
    page.press(Qt.Key.Key_Return)

    assert page.cell(0, "rating") == "★★★"


def test_form_has_the_editor_of_the_kind_and_offers_its_choices(page: Using) -> None:
    page.page.restore({"details": True})
    page.go(0, "rating")
    page.rest()
    editor = page.page.detail.boxes["rating"].editor
    assert isinstance(editor, StarLine)
    editor.setFocus()

    editor.open_list()
    assert [choice.label for choice in editor.offered] == [STAR * n for n in range(1, 6)]
    editor.selectAll()
    QTest.keyClicks(editor, "****")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    page.rest()

    assert page.cell(0, "rating") == "★★★★"
    assert not page.complaints


def test_filter_asks_what_the_kind_can_be_asked(page: Using) -> None:
    popup = FilterPopup(page.context, CONTRACTORS, Query(), CONTRACTORS["rating"], page.page)

    offered = [popup.operator.itemText(n) for n in range(popup.operator.count())]

    assert offered == ["is", "is less than", "is more than", "is empty", "is not empty"]
