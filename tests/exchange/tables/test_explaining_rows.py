"""Rows that speak of a list, boxes beside it, forms and cross tables are known from the rows of a list."""

from __future__ import annotations

from pathlib import Path

from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, outcomes, reasons, rows_of, tried


def test_a_row_that_says_how_to_fill_in_is_no_data(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task", "Start", "Owner"),
        ("必填", "选填", "选填"),
        ("Set pump", None, "Ann"),
        ("Align pump", None, "Bob"),
    )
    run = tried(workspace, a_file(tmp_path, rows), register="tasks")
    assert run.rows["new"] == 2 and reasons(run)[2] == "The row explains the columns."


def test_a_task_in_capitals_is_data_like_the_others(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Owner", "Days"), ("SET THE PUMP", "ANN", 2), ("ALIGN THE PUMP", "BOB", 3), ("FILL IT", "CID", 1))
    assert tried(workspace, a_file(tmp_path, rows), register="tasks").rows["new"] == 3


def test_a_sentence_goes_on_in_the_row_above(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("No", "Issue", "Owner"),
        (1, "The valve leaks", "Ann"),
        (None, "when it is cold.", None),
        (2, "No ladder.", "Bob"),
    )
    imported(workspace, a_file(tmp_path, rows), register="tasks")
    assert rows_of(workspace, "tasks", "name") == [("The valve leaks when it is cold.",), ("No ladder.",)]


def test_lines_to_sign_are_no_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Document no.", "Title", "Rev"),
        ("D-1", "Pump", "A"),
        ("D-2", "Fan", "B"),
        ("RECEIVED BY:", "__________", None),
        ("SUBMITTED BY:", "__________", None),
    )
    run = tried(workspace, a_file(tmp_path, rows), register="documents")
    assert outcomes(run) == {2: "new", 3: "new", 4: "skipped", 5: "skipped"}


def test_a_cross_table_of_people_gives_what_stands_across(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Who", "Pump start", "Alarm tour", "Valve tour"),
        ("a1", "√", None, "√"),
        ("a2", None, "√", "√"),
        ("a3", "√", "√", None),
    )
    imported(workspace, a_file(tmp_path, rows), register="knowledge")
    assert [row[0] for row in rows_of(workspace, "knowledge", "title")] == ["Pump start", "Alarm tour", "Valve tour"]


def test_the_newest_revision_stands_for_its_document(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Document no.", "Title", "Rev"), ("D-1", "Pump", "0"), ("D-1", "Pump", "2"), ("D-1", "Pump", "10"))
    path = a_file(tmp_path, rows)
    imported(workspace, path, register="documents")
    assert rows_of(workspace, "documents", "number", "revision") == [("D-1", "10")]
    assert rows_of(workspace, "revisions", "code") == [("0",), ("2",), ("10",)]
    assert tried(workspace, path, register="documents").rows["unchanged"] == 3


def test_the_same_number_with_the_same_revision_is_still_an_error(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Document no.", "Title", "Rev"), ("D-1", "Pump", "A"), ("D-1", "Fan", "A"), ("D-2", "Duct", "A"))
    assert tried(workspace, a_file(tmp_path, rows), register="documents").rows["error"] == 1
