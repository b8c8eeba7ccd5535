"""Places, columns, the bin and other projects on a register's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from handover.clock import today
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.query import Condition
from handover.store import Workspace, undo
from handover.values import shown
from ui.register.details.parts_panel import PartsPanel
from ui.register.menus import ColumnMenu
from ui.register.view import RegisterPage
from ui.shell.context import Context, ProjectInHand

from .conftest import Using
from .hands import box

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def test_an_empty_register_says_what_belongs_there_and_offers_the_first_row(using: Open) -> None:
    at = using("knowledge")

    assert at.page.empty.sentence.text() == register("knowledge").empty
    at.page.empty.add.click()

    assert at.page.detail.drafting


def test_the_column_menu_hides_and_the_layout_is_remembered(using: Open) -> None:
    at = using()
    menu = ColumnMenu(
        at.page.table, at.page.filtering, at.page.arrangement, at.page.columns_action, at.column("discipline")
    )

    next(a for a in menu.actions() if a.text() == "Hide this column").trigger()
    again = RegisterPage(at.context, "documents")
    at.qtbot.addWidget(again)

    assert "discipline" not in [f.field for f in again.visible_fields()]


def test_a_dragged_column_keeps_its_new_place(using: Open) -> None:
    at = using()

    at.page.table.head.moveSection(1, 3)
    at.qtbot.waitUntil(lambda: at.page.model.fields[3].field == "title")

    assert [f.field for f in at.page.visible_fields()][:4] == ["number", "status", "holder", "title"]
    assert at.page.table.head.visualIndex(1) == 1


# -- places ---------------------------------------------------------------------------------------------------------


def test_a_page_comes_back_where_it_was_left(using: Open) -> None:
    at = using()
    at.page.restore({"view": "open", "text": "unit 2", "sort": [["title", True]], "details": True})
    at.rest()
    at.go(7, "system")
    state, ref = at.page.state(), at.page.model.row(7).ref

    other = using()
    other.page.restore(state)
    other.rest()

    assert other.refs() == at.refs()
    current = other.page.table.currentIndex()
    assert (other.page.model.row(current.row()).ref, current.column()) == (ref, other.column("system"))
    assert not other.page.detail.isHidden()


def test_a_state_survives_json(using: Open) -> None:
    import json

    at = using(where=[Condition("due_on", "before", (today(),))])

    again = json.loads(json.dumps(at.page.state()))
    at.page.restore({})
    at.page.restore(again)
    at.rest()

    assert at.page.query().where == (Condition("due_on", "before", (today(),)),)


def test_who_asks_for_a_row_sees_it_even_when_a_filter_hides_it(using: Open) -> None:
    at = using(view="returned")
    wanted = at.page.model.rows([0], ())[0].id
    at.page.restore({"view": "missing"})
    at.rest()

    at.page.restore({"row": wanted})
    at.rest()

    assert at.page.detail.reference.text() == "DOC-0008"
    assert at.page.model.row(at.page.table.currentIndex().row()).id == wanted


def test_rows_that_come_from_elsewhere_keep_selection_and_scroll(using: Open) -> None:
    at = using(sort=[["title", False]])
    at.page.table.verticalScrollBar().setValue(1400)
    at.page.table.select_block(60, 1, 62, 2)
    rows = [at.page.model.row(r).ref for r in (60, 61, 62)]

    editing.add(at.context.workspace, register("documents"), at.context.project.id, {"title": "AAA first"})
    at.rest()

    held, columns = at.page.table.block()
    assert [at.page.model.row(r).ref for r in held] == rows
    assert columns == [1, 2]
    assert at.page.model.rowCount() == 201


def test_the_status_bar_sums_a_column(using: Open) -> None:
    at = using()
    at.page.arrangement.show("copies")
    said: list[str] = []
    at.page.summary_changed.connect(said.append)

    column = at.column("copies")
    at.page.table.select_block(0, column, 4, column)
    at.qtbot.waitUntil(lambda: bool(said))

    assert said[-1] == "5 rows selected · sum 10 · average 2"


def test_rows_in_the_bin_are_shown_but_not_changed(using: Open) -> None:
    at = using(details=True)
    at.go(0, "title")
    at.page.delete_action.trigger()
    at.page.bin_action.trigger()
    at.rest()

    assert at.page.detail.reference.text() == "DOC-0001"
    assert box(at, "title").editor.isReadOnly()
    at.type("x")
    assert at.editor() is None
    assert at.told[-1] == "Rows in the bin can't be changed. Restore them first."


def test_typing_into_a_cell_that_takes_nothing_says_why(using: Open) -> None:
    at = using("tasks")
    at.go(1, "status")

    at.type("x")

    assert at.told == ["Status follows from other fields and can't be typed."]


def test_a_group_gets_a_member_by_initials(using: Open) -> None:
    at = using("groups", details=True)
    at.go(0, "name")
    at.page.detail.show_tab("members")
    panel = at.page.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    assert panel.model.rowCount() == 3

    QTest.keyClicks(panel.line, "cjg")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    at.rest()

    assert panel.model.rowCount() == 4
    assert panel.model.index(3, 0).data() == "陈建国"


# -- the bin --------------------------------------------------------------------------------------------------------


def test_deleted_rows_can_be_undone_or_restored_from_the_bin(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, 0, 1, 0)

    at.page.delete_action.trigger()
    at.rest()
    assert at.page.model.rowCount() == 198
    assert at.told == ["2 rows are in the bin, with 2 that belong to them."]  # their revisions
    at.page.bin_action.trigger()
    at.rest()
    assert at.refs() == ["DOC-0001", "DOC-0002"]
    assert at.page.page_actions()[0] is at.page.restore_action
    assert at.page.restore_action.isEnabled() and at.page.empty_action.isEnabled()
    assert "DOC-0001 was deleted by" in at.page.banner.sentence.text()
    at.page.table.select_block(0, 0, 0, 0)
    at.page.restore_action.trigger()
    at.rest()

    assert at.refs() == ["DOC-0002"]
    at.page.restore_action.trigger()
    at.rest()
    assert not at.page.restore_action.isEnabled() and not at.page.empty_action.isEnabled()
    undo(at.context.workspace)
    at.rest()
    at.page.bin_action.trigger()
    at.rest()
    assert at.page.model.rowCount() == 199


def test_emptying_the_bin_asks_first(using: Open) -> None:
    at = using()
    at.go(0, "title")
    at.page.delete_action.trigger()
    at.page.bin_action.trigger()
    at.rest()

    at.page.empty_action.trigger()
    question = at.page._question
    assert isinstance(question, QMessageBox)
    assert question.text() == "Remove 1 row for good?"
    question.buttons()[0].click()
    at.rest()
    assert at.page.model.rowCount() == 1
    at.page.empty_action.trigger()
    go = next(b for b in at.page._question.buttons() if b.text() == "Remove for good")
    go.click()
    at.rest()

    assert at.page.model.rowCount() == 0
    assert at.page.empty.sentence.text() == "The bin is empty."
    at.page.beside.show(True)
    assert at.page.detail.reference.text() == "No row chosen"
    assert not [box.text() for box in at.page.detail.boxes.values() if box.text()], "nothing of the row before is left"


def test_a_duplicate_is_one_more_row_and_the_current_one(using: Open) -> None:
    at = using()
    at.go(3, "title")

    at.page.duplicate_action.trigger()
    at.rest()

    assert at.page.model.rowCount() == 201
    assert at.page.model.row(at.page.table.currentIndex().row()).ref == "DOC-0201"
    undo(at.context.workspace)
    at.rest()
    assert at.page.model.rowCount() == 200


def test_a_workspace_for_reading_takes_no_typing(using: Open, tmp_path: object, qtbot: object) -> None:
    at = using()
    path = at.context.workspace.path
    project = at.context.project
    at.context.take_workspace(Workspace.open(path, "read"))
    at.context.take_project(project)
    reader = using()
    before = reader.cell(0, "title")

    reader.go(0, "title")
    reader.type("X")

    assert reader.editor() is None
    assert reader.cell(0, "title") == before
    assert not reader.page.add_action.isEnabled()


def test_a_large_register_is_filtered_off_the_windows_thread(context: Context, using: Open, tmp_path: object) -> None:
    from handover.model import Document

    with context.workspace.edit("Fill", project=context.project.id) as work:
        work.insert_many(Document, [{"title": f"Bulk {n}", "status": "placeholder"} for n in range(4_000)])
    at = using()
    assert at.page.model.rowCount() == 4_200

    jobs: list[str] = []
    at.context.job_started.connect(lambda job, _background: jobs.append(job.title))
    at.page.bar.quick.setText("Bulk 3999")
    at.qtbot.waitUntil(lambda: bool(jobs))
    at.rest()

    assert at.page.bar.count.text() == "2 of 4,200"


def test_two_projects_of_one_file_dont_mix(using: Open, tmp_path_factory: object) -> None:
    at = using()
    from tests.domain import a_project

    other = a_project(at.context.workspace, "OTHER")
    at.context.take_project(ProjectInHand(other, "OTHER", "Other"))
    page = using("documents").page

    assert page.model.rowCount() == 0


def test_what_is_being_typed_is_stored_before_other_rows_are_shown(using: Open) -> None:
    at = using()
    at.page.activateWindow()
    at.go(0, "discipline")
    at.type("Piping")

    at.page.chips.views["missing"].click()
    at.rest()
    assert at.editor() is None
    assert set(at.texts("status")) == {"Outstanding"}

    assert at.cell(0, "discipline") == "Piping"


def test_a_row_that_leaves_the_filter_gives_its_place_to_the_next(using: Open) -> None:
    at = using(view="missing")
    at.go(3, "status")
    after = at.page.model.row(4).ref

    at.type("sub")
    at.press(Qt.Key.Key_Tab)

    assert set(at.texts("status")) == {"Outstanding"}
    assert at.page.model.row(at.page.table.currentIndex().row()).ref == after


def test_a_fault_is_forgotten_with_the_next_good_entry(using: Open) -> None:
    at = using()
    at.go(0, "due_on")
    at.type("soonish")
    at.press(Qt.Key.Key_Return)

    at.press(Qt.Key.Key_Up)
    at.type("+3")
    at.press(Qt.Key.Key_Return)

    assert at.cell(0, "due_on") == shown.moment(today() + dt.timedelta(3))
