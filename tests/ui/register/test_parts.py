"""Parts beside the row that they belong to: added, edited, pasted, deleted, counted and found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from handover.model import Member, Person, WorkingGroup
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import undo
from tests.domain import a_row, stored
from ui.register.details.parts_panel import PartsPanel
from ui.register.grid import clipboard
from ui.shell.context import Context

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


class Beside:
    """The tab of the members of the first group, and the hands on it."""

    def __init__(self, at: Using, panel: PartsPanel) -> None:
        self.at, self.panel = at, panel
        self.tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)

    def names(self) -> list[str]:
        return [str(self.panel.model.index(r, 0).data()) for r in range(self.panel.model.rowCount())]

    def column(self, field: str) -> int:
        return [f.field for f in self.panel.model.fields].index(field)

    def go(self, row: int, field: str) -> None:
        self.panel.table.go_to(row, self.column(field))
        self.panel.table.setFocus()


@pytest.fixture
def beside(using: Open) -> Beside:
    at = using("groups", details=True)
    at.go(0, "name")
    at.page.detail.show_tab("members")
    at.rest()
    panel = at.page.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    return Beside(at, panel)


def title(beside: Beside) -> str:
    tabs = beside.at.page.detail.tabs
    return tabs.tabText(tabs.indexOf(beside.panel))


def test_tab_says_how_many_parts_there_are_and_doesnt_name_their_owner_in_each_row(beside: Beside) -> None:
    assert title(beside) == "Group members (3)"
    assert beside.names() == ["张三", "李四", "王小明"]
    assert "group" not in [f.field for f in beside.panel.model.fields]


def test_part_is_added_by_the_one_thing_that_it_needs(beside: Beside, context: Context) -> None:
    QTest.keyClicks(beside.panel.line, "bob")
    QTest.keyClick(beside.panel.line, Qt.Key.Key_Return)
    beside.at.rest()

    assert beside.names()[-1] == "Bob Stone"
    assert title(beside) == "Group members (4)"
    assert beside.at.told == ["Row added."]
    undo(context.workspace)
    beside.at.rest()
    assert len(beside.names()) == 3


def test_unknown_name_is_said_beside_the_line(beside: Beside) -> None:
    QTest.keyClicks(beside.panel.line, "zzz")
    QTest.keyClick(beside.panel.line, Qt.Key.Key_Return)
    beside.at.rest()

    assert "has no row “zzz”" in beside.panel.reason.text()
    assert beside.panel.line.text() == "zzz"


def test_part_is_added_with_more_of_its_fields(beside: Beside) -> None:
    beside.panel.more.click()
    form = beside.panel.form
    assert form is not None
    assert "group" not in form.boxes
    for field, text in (("person", "Anna Keller"), ("allocation", "50")):
        form.boxes[field].editor.setFocus()
        QTest.keyClicks(form.boxes[field].editor, text)
    form.go.click()
    beside.at.rest()

    row = beside.names().index("Anna Keller")
    assert beside.panel.model.index(row, beside.column("allocation")).data() == "50 %"
    assert beside.panel.table.currentIndex().row() == row


def test_form_of_a_new_part_says_what_is_missing(beside: Beside) -> None:
    beside.panel.more.click()
    form = beside.panel.form
    assert form is not None

    form.go.click()

    assert form.boxes["person"].reason.text() == "This field must be filled in."
    form.reject()


def test_cell_of_a_part_is_edited_in_place(beside: Beside) -> None:
    beside.go(0, "allocation")
    QTest.keyClicks(beside.panel.table, "7")
    editor = beside.panel.table.viewport().findChild(type(beside.panel.line), "cell")
    assert editor is not None
    QTest.keyClicks(editor, "5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    beside.at.rest()

    assert beside.panel.model.index(0, beside.column("allocation")).data() == "75 %"


def test_rows_that_are_pasted_below_belong_to_the_row(beside: Beside) -> None:
    beside.go(2, "person")
    clipboard.put([["王小明"], ["Bob Stone"]])

    beside.panel.acts.paste()
    beside.at.rest()
    dialog = beside.panel.acts.dialog
    assert dialog is not None
    dialog.go.click()
    beside.at.rest()

    assert beside.names() == ["张三", "李四", "王小明", "Bob Stone"]


def test_keys_of_the_page_mean_the_part_and_not_its_owner(beside: Beside, context: Context) -> None:
    beside.go(1, "person")

    QTest.keyClick(beside.panel.table, Qt.Key.Key_Delete, CTRL)
    beside.at.rest()

    assert beside.names() == ["张三", "王小明"]
    assert beside.at.page.model.rowCount() == 1
    QTest.keyClick(beside.panel.table, Qt.Key.Key_N, CTRL)
    assert beside.panel.form is not None
    beside.panel.form.reject()


def test_head_of_a_column_sorts_the_parts(beside: Beside) -> None:
    beside.panel.table.head.sorted.emit(beside.column("allocation"), False)
    beside.panel.table.head.sorted.emit(beside.column("allocation"), False)
    beside.at.rest()

    assert beside.names() == ["王小明", "李四", "张三"]


def test_of_several_rows_no_parts_are_shown(beside: Beside, context: Context) -> None:
    a_row(context.workspace, context.project.id, WorkingGroup(name="Another group"))
    beside.at.rest()
    beside.at.page.table.select_block(0, 0, 1, 0)
    beside.at.rest()

    assert beside.panel.table.isHidden()
    assert beside.panel.none.text() == "Choose one row to see what belongs to it."


def test_part_of_a_row_in_the_bin_is_refused_with_a_sentence(beside: Beside, context: Context) -> None:
    group = beside.at.page.model.rows([0], ())[0]
    person = a_row(context.workspace, context.project.id, Person(name="Xu Ming"))
    context.changed.disconnect(beside.at.page.refresh)
    editing.delete(context.workspace, register("groups"), context.project.id, [group.id])

    QTest.keyClicks(beside.panel.line, person.name)
    QTest.keyClick(beside.panel.line, Qt.Key.Key_Return)

    assert beside.panel.reason.text() == f"{group.ref} is in the bin. Restore it first."
    context.changed.connect(beside.at.page.refresh)


def test_number_of_parts_is_a_column_of_their_owner_to_be_shown_on_wish(using: Open) -> None:
    at = using("groups")
    assert "members" not in [f.field for f in at.page.model.fields]

    at.page.arrangement.show("members")
    at.rest()

    assert at.cell(0, "members") == "3"
    assert not at.page.model.flags(at.page.model.index(0, at.column("members"))) & Qt.ItemFlag.ItemIsEditable


def test_count_follows_its_parts(using: Open, context: Context) -> None:
    at = using("groups")
    at.page.arrangement.show("members")
    at.rest()
    (first, *_) = _members(context)

    editing.delete(context.workspace, register("members"), context.project.id, [first])
    at.rest()

    assert at.cell(0, "members") == "2"


def _members(context: Context) -> list[str]:
    with context.workspace.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM member ORDER BY id").scalars().all()
    return list(found)


def test_part_without_a_page_in_the_navigation_opens_beside_its_owner(
    using: Open, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(register("members")), "in_navigation", property(lambda self: self.part_of is None))
    last = _members(context)[-1]
    group = stored(context.workspace, Member, last)["group_id"]
    wanted: list[tuple[str, dict[str, Any]]] = []
    context.wanted.connect(lambda key, state: wanted.append((key, state)))

    context.open_row("members", last)

    assert wanted == [("groups", {"row": group, "tab": "members", "part": last})]
    at = using("groups", **wanted[0][1])
    at.rest()
    panel = at.page.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    assert panel.table.currentIndex().row() == 2
