"""What a file leaves open is asked in the wizard, the likeliest answer first; it doesn't go on before one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.pack.produce import export_register, make_pack
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.transfer.conftest import Hands
from ui.transfer.wizard import import_wizard as steps

Importing = Callable[..., Hands]
AList = Callable[..., Path]


def test_which_register_is_asked_before_one_goes_on(importing: Importing, a_list: AList) -> None:
    hands = importing(
        a_list(("Risk", "Probability", "Impact"), ("Crane not free", "High", "Low"), ("Rain", "Low", "High"))
    )
    table = hands.wizard.table_step
    assert "list of risks" in table.which.sentence.text() and not hands.wizard.next.isEnabled()
    first = next(iter(table.which.buttons.values()))
    assert first.hasFocus() and first.text() == table.register.currentText()
    first.click()
    hands.go_on()
    hands.click(hands.wizard.back)
    assert first.isChecked() and hands.wizard.next.isEnabled()


def test_the_unit_of_durations_is_asked(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(("Task", "Duration"), ("A", 16), ("B", 8), ("C", 40), ("D", 24)), "tasks")
    hands.go_on()
    unit = hands.wizard.mapping_step.unit
    assert unit.isVisible() and not hands.wizard.next.isEnabled()
    assert [b.text() for b in unit.buttons.values()] == ["hours", "days", "minutes", "weeks", "months"]
    qtbot.keyClick(unit.buttons["h"], Qt.Key.Key_Space)
    hands.go_on()
    assert hands.cell(2, "duration") == "2 d"


def test_what_stands_below_the_list_is_asked_about(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    days = ((f"Check {n}", date(2026, 3, n), date(2026, 3, n + 1), "Ann") for n in range(1, 7))
    hands = importing(a_list(("Task", "Start", "Finish", "Owner"), *days, ("Oil", "300 a year")), "tasks")
    hands.go_on()
    below = hands.wizard.mapping_step.below
    assert below.isVisible() and not hands.wizard.next.isEnabled()
    qtbot.keyClick(below.buttons["leave"], Qt.Key.Key_Space)
    hands.go_on()
    assert hands.verdicts().count("new") == 6


def test_a_filter_that_hides_most_rows_is_asked_about(importing: Importing, a_list: AList) -> None:
    path = a_list(("Task", "Owner"), *((f"Task {n}", "Ann") for n in range(10)))
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    page.auto_filter.ref = "A1:B11"
    page.auto_filter.add_filter_column(0, ["Task 9"])
    for row in range(2, 11):
        page.row_dimensions[row].hidden = True
    book.save(path)
    hands = importing(path, "tasks")
    box = hands.wizard.table_step.filter
    assert box.isVisible() and not hands.wizard.next.isEnabled()
    box.buttons["leave"].click()
    hands.go_on(2)
    assert hands.verdicts().count("new") == 1


def filled(workspace: Workspace, a_list: AList) -> None:
    project = workspace.projects()[0]
    path = a_list(("Document no.", "Title", "Location"), ("D-1", "Pump", "Rack"), ("D-2", "Fan", "Rack"), name="d.xlsx")
    apply(rehearse(workspace, project, path, Asked(register="documents")), workspace)


def test_emptied_cells_of_ours_are_asked_about_and_may_be_kept(
    importing: Importing, a_list: AList, workspace: Workspace, tmp_path: Path
) -> None:
    filled(workspace, a_list)
    path = tmp_path / "out.xlsx"
    export_register(workspace, workspace.projects()[0], register("documents"), path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[1]
    at = next(c.column for c in page[1] if c.value == "Location")
    page.cell(2, at).value = None
    book.save(path)
    hands = importing(path)
    hands.go_on(2)
    box = hands.wizard.preview_step.emptied
    assert box.isVisible() and box.buttons["clear"].isChecked() and hands.verdicts().count("changed") == 1
    box.buttons["keep"].click()
    hands.rest()
    assert hands.verdicts().count("unchanged") == 2 and box.isVisible()


def test_renamed_columns_of_sheets_that_come_together_are_asked_about(
    importing: Importing, a_list: AList, workspace: Workspace, tmp_path: Path
) -> None:
    filled(workspace, a_list)
    pack = make_pack(workspace, workspace.projects()[0], tmp_path / "pack", language="en", pdf=False)
    assert pack.workbook is not None
    book = openpyxl.load_workbook(pack.workbook)
    page = book["Documents"]
    head = next(cell for row in page.iter_rows(max_row=12) for cell in row if cell.value == "Title")
    head.value, page.cell(head.row, head.column + 1).value = "X1", "X2"
    book.save(pack.workbook)
    hands = importing(pack.workbook)
    hands.go_on()
    preview = hands.wizard.preview_step
    assert hands.wizard.at == steps.PREVIEW and preview.asked.isVisible() and not hands.wizard.next.isEnabled()
    preview.asked.buttons["X1=title"].click()
    hands.rest()
    assert "X2" in preview.asked.sentence.text()
    preview.asked.buttons["X2="].click()
    hands.rest()
    assert not preview.asked.isVisible() and hands.wizard.next.isEnabled()
