"""The wizard on what is hard: our own exports, plans, real files of strangers, very long lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from handover.pack.produce import export_register
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.strangers import CORPUS, needs_corpus
from tests.ui.transfer.conftest import Hands
from ui.shell.context import Context
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.confidence import ConfidenceBar
from ui.transfer.wizard.grid_model import GridModel
from ui.transfer.wizard.verdict_model import ROW, WHY

Importing = Callable[..., Hands]
DOCUMENTS = register("documents")


def document(context: Context, **values: object) -> str:
    return editing.add(context.workspace, DOCUMENTS, context.project.id, values)


def title_of(context: Context, key: str) -> str:
    with context.workspace.read() as connection:
        row = query.one(connection, DOCUMENTS, key)
    return str(dict(zip([f.field for f in DOCUMENTS.fields], row.values, strict=True))["title"])


def exported(context: Context, path: Path, old: str, new: str) -> Path:
    """Our own export with a cell that somebody else changed."""
    project = context.workspace.project(context.project.code)
    export_register(context.workspace, project, DOCUMENTS, path)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == old:
                    cell.value = new
    book.save(path)
    return path


@pytest.mark.parametrize(("side", "title"), [("ours", "Ours"), ("file", "Theirs")])
def test_conflict_shows_both_values_and_lets_choose(
    importing: Importing, context: Context, tmp_path: Path, side: str, title: str
) -> None:
    key = document(context, title="Pump manual", number="D-1")
    document(context, title="Valve list", number="D-2")
    path = exported(context, tmp_path / "out.xlsx", "Pump manual", "Theirs")
    editing.change(context.workspace, DOCUMENTS, context.project.id, {key: {"title": "Ours"}})
    hands = importing(path)
    hands.go_on(2)
    preview = hands.wizard.preview_step
    assert sorted(hands.verdicts()) == ["conflict", "unchanged"]
    hands.click(preview.filters["conflict"])
    assert preview.detail.sides["title", "ours"].text() == "Keep here: Ours"
    assert preview.detail.sides["title", "file"].text() == "Take the file's: Theirs"
    preview.detail.sides["title", side].click()
    hands.rest()
    hands.go_on()
    if hands.wizard.next.isEnabled():
        hands.go_on()

    assert title_of(context, key) == title


def test_our_own_export_is_recognised(importing: Importing, context: Context, tmp_path: Path) -> None:
    document(context, title="Pump manual", number="D-1")
    hands = importing(exported(context, tmp_path / "out.xlsx", "Pump manual", "Pump handbook"))

    assert "an export of Handover" in hands.wizard.table_step.lead.text()
    hands.go_on(2)
    assert hands.verdicts() == ["changed"]


def test_filter_for_remarks_goes_to_the_cell_that_is_not_taken(
    importing: Importing, a_list: Callable[..., Path], qtbot: QtBot
) -> None:
    hands = importing(a_list(("Task name", "Start"), ("Flush", "2026-03-02"), ("Fill", "soon")))
    hands.go_on(2)
    preview = hands.wizard.preview_step
    hands.click(preview.filters["remark"])

    assert preview.view.currentIndex().column() == preview.model.column("start")


def test_the_preview_begins_at_the_faulty_cell_and_stays_there_when_it_is_corrected(
    importing: Importing, a_list: Callable[..., Path], qtbot: QtBot
) -> None:
    hands = importing(a_list(("Task name", "Start"), ("Flush", "2026-03-02"), ("Fill", "soon")))
    hands.go_on(2)
    preview, view = hands.wizard.preview_step, hands.wizard.preview_step.view
    start = preview.model.column("start")
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, start)
    assert not view.isColumnHidden(WHY)

    hands.correct(3, "start", "2026-03-09")

    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, start)
    assert not view.isColumnHidden(WHY)


PLANS = ("mspdi/sample.xml", "mspdi/links-all-types.xml")


@needs_corpus
@pytest.mark.parametrize("name", PLANS)
def test_plan_needs_neither_table_nor_columns(importing: Importing, name: str) -> None:
    hands = importing(CORPUS / name)
    assert hands.wizard.at == steps.PREVIEW
    taken = sum(v == "new" for v in hands.verdicts())
    hands.go_on()
    hands.click(hands.wizard.back)
    hands.click(hands.wizard.back)
    assert hands.wizard.at == steps.FILE
    hands.go_on(3)

    assert hands.wizard.at == steps.DONE
    assert len(hands.names()) == taken > 5


REAL = (
    ("tasks/gantt-zh.xlsx", 7),
    ("tasks/msproject-vba-export.xlsx", 48),
    ("tasks/project-plan-phases.xlsx", 23),
    ("tasks/gantt-titled.xlsx", 18),
    ("cobie/dormitory.xlsx", 300),
)


@needs_corpus
@pytest.mark.parametrize(("name", "least"), REAL)
def test_real_files_go_through_and_come_back_unchanged(importing: Importing, name: str, least: int) -> None:
    hands = importing(CORPUS / name)
    while hands.wizard.at != steps.DONE:
        hands.go_on()
    taken = hands.wizard.intake.run
    assert taken is not None and taken.rows["new"] >= least
    again = importing(CORPUS / name)
    while again.wizard.at != steps.PREVIEW:
        again.go_on()

    assert not {"new", "changed"} & set(again.verdicts())
    assert hands.complaints == []


def test_long_list_shows_only_what_is_in_view(importing: Importing, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "long.csv"
    lines = [f"Task {n},2026-03-{n % 28 + 1:02},Note {n % 97}" for n in range(100_000)]
    path.write_text("Task name,Start,Notes\n" + "\n".join(lines), encoding="utf-8")
    hands = importing()
    # A tester of models asks every row for everything; this is about asking only for those in view.
    hands.tester.setParent(None)
    del hands.tester
    hands.choose(path)
    hands.go_on(2)
    preview = hands.wizard.preview_step
    assert preview.model.rowCount() == 100_000
    qtbot.keyClick(preview.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert hands.cell(100_001, "name") == "Task 99999"
    assert len(preview.model._known) < 1_000
    qtbot.keyClicks(preview.quick, "100000")
    hands.rest()

    assert preview.model.index(0, ROW).data() == "100000"


def test_model_of_a_sheet_keeps_its_promises(importing: Importing, a_list: Callable[..., Path], qtbot: QtBot) -> None:
    hands = importing(a_list(("Plan of works",), ("Task name", "Start"), ("Flush", "2026-03-02"), ("Total", 1)))
    model = hands.wizard.table_step.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert isinstance(model, GridModel)
    hands.wizard.table_step.header.setValue(2)
    tips = [model.index(r, 0).data(Qt.ItemDataRole.ToolTipRole) for r in range(model.rowCount())]

    assert tips == [
        "The row is outside of the table.",
        "The headings stand in this row.",
        None,
        "The row adds up others.",
    ]
    del tester


def test_reason_of_a_skipped_row_is_shown(importing: Importing, a_list: Callable[..., Path]) -> None:
    hands = importing(a_list(("Task name", "Start"), ("Flush", "2026-03-02"), ("Fill", "2026-03-03"), ("Total", None)))
    hands.go_on(2)
    preview = hands.wizard.preview_step
    hands.click(preview.filters["skipped"])

    assert preview.model.index(0, WHY).data() == "The row adds up others."


def test_several_tables_of_a_sheet_are_offered_separately(importing: Importing, a_list: Callable[..., Path]) -> None:
    works = [(f"Dig {n}", "2026-03-02", "2026-03-04") for n in range(4)]
    manuals = [(f"D-{n}", f"Manual {n}", "A") for n in range(3)]
    hands = importing(
        a_list(
            ("Works of March",), ("Task name", "Start", "Finish"), *works, (None,), (None,),
            ("Documents to be handed over",), ("Document no.", "Title", "Revision"), *manuals,
        )
    )  # fmt: skip
    table = hands.wizard.table_step
    assert table.table_box.isVisible()
    assert [table.table.itemText(n) for n in range(table.table.count())] == [
        "Rows 3–6: Works of March",
        "Rows 11–13: Documents to be handed over",
    ]
    hands.pick_at(table.table, 1)
    hands.pick(table.register, "documents")
    assert "3 rows of data were found, from row 11 to row 13." in table.said.text()
    hands.go_on(4)

    assert hands.names("documents") == ["D-0", "D-1", "D-2"]


def test_summary_tasks_made_for_phases_are_announced(importing: Importing, a_list: Callable[..., Path]) -> None:
    rows = (("Phase", "Task name"), ("Civil", "Dig"), ("Civil", "Pour"), ("Piping", "Weld"))
    hands = importing(a_list(*rows), "tasks")
    hands.go_on(3)
    assert "2 summary tasks are made for the phases: Civil, Piping." in hands.wizard.agree_step.sentences
    hands.go_on()

    assert hands.names() == ["Civil", "Dig", "Pour", "Piping", "Weld"]


def test_hidden_columns_are_mapped_only_when_wanted(importing: Importing, a_list: Callable[..., Path]) -> None:
    path = a_list(("Task name", "Start", "Notes"), ("Flush", "2026-03-02", "with care"), ("Fill", "2026-03-03", "slow"))
    book = openpyxl.load_workbook(path)
    book.active.column_dimensions["C"].hidden = True
    book.save(path)
    hands = importing(path, "tasks")
    hidden = hands.wizard.table_step.hidden_columns
    assert hidden.text() == "Take the 1 hidden column, too"
    hands.go_on()
    assert [m.heading for m in hands.wizard.intake.propose().columns] == ["Task name", "Start"]
    hands.click(hands.wizard.back)
    hidden.click()
    hands.go_on(2)

    assert hands.cell(2, "notes") == "with care"


def test_the_wizard_says_why_a_column_is_taken(importing: Importing, a_list: Callable[..., Path]) -> None:
    hands = importing(a_list(("Task", "Owner"), ("Set the pump", "Ann"), ("Align the pump", "Bob")))
    hands.go_on()
    bars = hands.wizard.mapping_step.findChildren(ConfidenceBar)
    assert bars[0].toolTip().startswith("Taken because the heading says it")
