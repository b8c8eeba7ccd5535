"""A COBie workbook in the wizard: its sheets are listed, taken in one step and undone in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.exchange.cobie.cobie_book import SHEETS, cobie_workbook
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.verdict_model import ROW, SHEET, TAKE, WHICH, WHY


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return cobie_workbook(tmp_path)


def test_all_sheets_go_in_one_step_and_come_back_with_one_undo(importing, book: Path, qtbot) -> None:
    hands = importing(book)
    wizard = hands.wizard
    assert wizard.at == steps.TABLE
    listed = wizard.table_step.sheets.sheets
    assert [(s.name, s.rows) for s in listed.sheets if s.register] == [
        ("Contact", 2), ("System", 3), ("Component", 6), ("Document", 5), ("Job", 5),
    ]  # fmt: skip
    assert [s.name for s in listed.sheets if s.why] == ["Facility", "Floor", "Space", "Type", "Spare", "Resource"]
    assert not wizard.table_step.preview.isVisible()

    hands.go_on()
    preview = wizard.preview_step
    assert wizard.at == steps.PREVIEW
    assert len(hands.verdicts()) == 21
    assert not preview.view.isColumnHidden(SHEET)
    assert not preview.view.isColumnHidden(WHICH)
    assert {preview.model.index(n, SHEET).data() for n in range(21)} == {
        "Contact",
        "System",
        "Component",
        "Document",
        "Job",
    }
    qtbot.mouseClick(preview.filters["skipped"], Qt.MouseButton.LeftButton)
    assert [preview.model.index(n, WHY).data() for n in range(2)] == [
        "It is the same system as above, with another component.",
        "It is the same document as above, for another row.",
    ]

    hands.go_on()
    assert wizard.agree_step.sentences[:2] == ["2 rows are added to People.", "8 rows are added to Systems."]
    assert "6 sheets aren't taken: Facility, Floor, Space, Type, Spare, Resource." in wizard.agree_step.sentences
    hands.go_on()
    assert wizard.at == steps.DONE
    assert len(hands.names("systems")) == 8
    assert wizard.done_step.show_register.text() == "Show in Systems"
    hands.click(wizard.done_step.undo)
    assert [hands.names(key) for key in ("systems", "people", "documents", "tasks")] == [[], [], [], []]


def test_sheet_is_chosen_to_correct_its_cells(importing, tmp_path: Path, qtbot) -> None:
    jobs = (*SHEETS["Job"], ("Wait", None, None, "Pump", None, "soon", None, None, None, None, None, 7, None, None))
    hands = importing(cobie_workbook(tmp_path, {"Job": jobs}))
    hands.go_on()
    preview = hands.wizard.preview_step
    hands.click(preview.filters["remark"])
    assert hands.verdicts() == ["new"]
    preview.view.setFocus()
    preview.view.setCurrentIndex(preview.model.index(0, ROW))
    qtbot.keyClick(preview.view, Qt.Key.Key_Return)
    assert preview.model.sheet == "Job"
    assert preview.view.isColumnHidden(WHICH)
    assert preview.view.currentIndex().column() == preview.model.column("duration")
    hands.correct(7, "duration", "2 days")
    assert not preview.intake.run.remarked
    hands.pick_at(preview.sheet, 0)
    assert hands.verdicts().count("new") == 20


def test_rows_and_sheets_are_left_out(importing, book: Path, qtbot) -> None:
    hands = importing(book)
    sheets = hands.wizard.table_step.sheets
    sheets.setFocus()
    sheets.setCurrentIndex(sheets.sheets.index(4, 1))
    qtbot.keyClick(sheets, Qt.Key.Key_Space)
    hands.go_on()
    preview = hands.wizard.preview_step
    assert "Job" not in {preview.model.index(n, SHEET).data() for n in range(preview.model.rowCount())}
    preview.view.setFocus()
    at = preview.model.position(2, "System")
    preview.view.setCurrentIndex(preview.model.index(at, TAKE))
    qtbot.keyClick(preview.view, Qt.Key.Key_Space)
    hands.rest()
    assert preview.model.verdict(preview.model.index(preview.model.position(2, "System"), 0)).outcome == "skipped"
    assert preview.model.verdict(preview.model.index(preview.model.position(2, "Contact"), 0)).outcome == "new"
    hands.go_on(2)
    assert hands.names("systems")[0] == "Air"
    assert hands.names("tasks") == []


def test_one_sheet_alone_goes_through_all_steps(importing, book: Path) -> None:
    hands = importing(book)
    hands.pick(hands.wizard.table_step.sheet, "Component")
    assert hands.wizard.table_step.preview.isVisible()
    assert hands.wizard.intake.register.key == "systems"
    hands.go_on()
    assert hands.wizard.at == steps.MAPPING
    hands.go_on(3)
    assert len(hands.names("systems")) == 6
    assert hands.names("people") == []
