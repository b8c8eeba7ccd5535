"""Tables of one thing against another, as strangers send them: their cells become rows, never people or systems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.lists.import_file import open_import
from handover.exchange.tables.cross_table import CrossTable, cross_table
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, outcomes, rows_of, tried

RACI = (
    ("Activity", "Plant owner", "Project manager", "Operations lead", "Vendor"),
    ("Write test plan", "I", "A", "C", "R"),
    ("Run the test", "C", "A/R", "R", None),
    ("Sign the record", "A", "R", "I", "C"),
)
TRAINING = (
    ("User ID", "Start-up of pumps", "Alarm list", "Local Quality Manual"),
    ("operator1", 30, 0, 90),
    ("operator2", 0, 30, 90),
    ("operator3", 30, 30, 30),
)


def seen(path: Path) -> CrossTable | None:
    file = open_import(path)
    sheet = file.sheets[0]
    return cross_table(file.grid(sheet), file.tables(sheet)[0], heading_likeness)


def test_cells_of_a_raci_become_its_rows_with_the_deliverables_and_parties_that_they_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = imported(workspace, a_file(tmp_path, RACI), register="raci")

    assert (report.new, report.error) == (12, 0)
    found = rows_of(workspace, "raci", "deliverable", "party", "letter")
    assert ("Run the test", "Project manager", "A") in found
    assert ("Run the test", "Project manager", "R") in found
    assert {name for (name,) in rows_of(workspace, "raci_parties", "name")} == set(RACI[0][1:])
    assert [name for (name,) in rows_of(workspace, "deliverables", "name")] == [row[0] for row in RACI[1:]]


def test_raci_is_recognised_without_being_told(workspace: Workspace, tmp_path: Path) -> None:
    assert tried(workspace, a_file(tmp_path, RACI)).register.key == "raci"


def test_raci_that_comes_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, RACI)
    imported(workspace, path, register="raci")

    assert set(outcomes(tried(workspace, path, register="raci")).values()) == {"unchanged"}


def test_roles_down_and_tasks_across_are_turned(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Role", "Write the plan", "Run the test"), ("Lead", "A", "R"), ("Vendor", "R", "A"))
    imported(workspace, a_file(tmp_path, rows), register="raci")

    assert ("Run the test", "Vendor", "A") in rows_of(workspace, "raci", "deliverable", "party", "letter")


def test_tasks_are_taken_from_a_raci_without_people_called_by_its_letters(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Deliverable or task", "Status", "Sponsor", "Project team", None),
        ("Test plan", "Completed", "I", "R", "A"),
        ("Test", "Planned", "I", "C", "R"),
        (None, None, None, None, None),
        ("R", "Responsible: does the work", None, None, None),
        ("A", "Accountable: decides", None, None, None),
    )
    path = a_file(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("D1:E1")
    book.save(path)

    imported(workspace, path, register="tasks")

    assert rows_of(workspace, "tasks", "name", "owner") == [("Test plan", None), ("Test", None)]
    assert rows_of(workspace, "people", "name") == []


def test_topics_of_a_training_matrix_become_knowledge_not_systems(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, a_file(tmp_path, TRAINING), register="knowledge")

    assert report.error == 0
    assert [title for (title,) in rows_of(workspace, "knowledge", "title")] == list(TRAINING[0][1:])
    assert rows_of(workspace, "systems", "code") == []


@pytest.mark.parametrize(
    ("rows", "signs"),
    [
        (RACI, "letters"),
        (TRAINING, "numbers"),
        ((("姓名", "安全", "起重", "带电作业"), ("张三", "√", None, "√"), ("李四", None, "√", "√")), "ticks"),
        ((("Name", "Qty", "Price", "Weight"), ("Bolt", 4, 2, 1), ("Nut", 8, 1, 1)), None),
        ((("Item", "Status", "Priority"), ("Pump", "R", "A"), ("Fan", "B", "C")), None),
        ((("No.", "Title", "Status"), ("D-1", "Manual", "IFR"), ("D-2", "Drawing", "IFA")), None),
        ((("Task Name", "Duration", "% Complete", "Priority"), ("Flush", 5, 50, 1), ("Fill", 3, 0, 2)), None),
    ],
)
def test_only_such_tables_are_taken_for_one(tmp_path: Path, rows: Sequence[Sequence[Any]], signs: str | None) -> None:
    found = seen(a_file(tmp_path, rows))

    assert (found.signs if found else None) == signs
