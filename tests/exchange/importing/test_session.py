"""One session for both faces: what the window chooses and what a command asks come to the same import."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from handover.errors import NotFound, UnusableFile
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.command import Asked, rehearse, session_for
from handover.exchange.importing.session import Intake
from handover.store import Workspace
from tests.exchange.cobie.cobie_book import cobie_workbook
from tests.exchange.trying import a_file, the_project

DRAWINGS = (("Document number", "Title", "Revision", "Discipline"), ("D-001", "Pump house", "A", "Civil"))


def chosen_in_the_window(workspace: Workspace, path: Path) -> Intake:
    intake = Intake(workspace, the_project(workspace).code)
    intake.read(path)
    return intake


def test_the_file_decides_its_register_for_both(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, DRAWINGS, "drawings.xlsx")

    asked = rehearse(workspace, the_project(workspace), path)
    chosen = chosen_in_the_window(workspace, path).rehearse()

    assert isinstance(asked, DryRun)
    assert isinstance(chosen, DryRun)
    assert asked.register.key == chosen.register.key == "documents"


def test_a_text_without_a_known_heading_is_refused_for_both(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\nplease come to the site.\nYours\n")

    with pytest.raises(UnusableFile, match="no list that can be recognised"):
        rehearse(workspace, the_project(workspace), path)
    with pytest.raises(UnusableFile, match="no list that can be recognised"):
        chosen_in_the_window(workspace, path).rehearse()


def test_a_text_whose_columns_somebody_named_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Fetch the pump\nFetch the motor\nFetch the valve\n")
    intake = chosen_in_the_window(workspace, path)
    mapping = intake.propose()

    intake.choices.mapping = mapping.changed(mapping.columns[0].column, "name")

    assert intake.rehearse().rows["new"] == 3
    asked = rehearse(workspace, the_project(workspace), path, Asked("tasks", maps={"A": "name"}))
    assert asked.rows["new"] == 3


def test_hidden_rows_of_the_sheets_of_a_cobie_workbook_count_for_both(workspace: Workspace, tmp_path: Path) -> None:
    path = cobie_workbook(tmp_path)
    book = load_workbook(path)
    book["Contact"].row_dimensions[3].hidden = True
    book.save(path)

    without = rehearse(workspace, the_project(workspace), path)
    asked = rehearse(workspace, the_project(workspace), path, Asked(hidden=True))
    intake = chosen_in_the_window(workspace, path)
    intake.hidden_rows = True

    assert asked.rows["new"] == without.rows["new"] + 1
    assert intake.rehearse().rows == asked.rows


def test_a_sheet_that_is_not_there_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Sheet1"):
        session_for(workspace, the_project(workspace), a_file(tmp_path, DRAWINGS), Asked(sheet="Plan"))
