"""What stands alone in its list is told at its cell, and taken: a slip of the keyboard, or a fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from handover.exchange.importing.summary import sentences
from handover.store import Workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

HEAD = ["Document no.", "Title", "Due date"]


def a_list(*odd: list[object], rows: int = 12) -> list[list[object]]:
    usual = [[f"D-{n:03}", f"Manual {n}", dt.date(2026, 3, 1) + dt.timedelta(days=9 * n)] for n in range(rows)]
    return [list(HEAD), *usual, *odd]


def test_date_years_from_the_others_is_told_and_taken(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, a_list(["D-900", "Typed in haste", dt.date(2015, 4, 1)]))

    run = tried(workspace, path, register="documents")

    assert [(row, each.cell, str(each)) for row, each in run.remarks()] == [
        (14, "C14", "C14: It lies 11 years from most dates of its column.")
    ]
    assert run.rows["new"] == 13
    assert any("something about it is odd" in said for said in sentences(run))
    imported(workspace, path, register="documents")
    assert ("D-900", "2015-04-01") in [(n, str(d)) for n, d in rows_of(workspace, "documents", "number", "due_on")]
    assert [*tried(workspace, path, register="documents").remarks()] == []  # it is no news any more


def test_row_without_the_number_that_all_others_have_is_told(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, a_list([None, "No number", None])), register="documents")

    assert [(each.cell, each.noticed) for _, each in run.remarks()] == [("A14", True)]
    assert run.rows["new"] == 13


def test_what_many_rows_do_is_no_slip(workspace: Workspace, tmp_path: Path) -> None:
    bare = [[None, f"Sheet {n}", None] for n in range(6)]
    early = [[f"D-8{n:02}", f"Old {n}", dt.date(2015, 4, 1)] for n in range(6)]

    assert [*tried(workspace, a_file(tmp_path, a_list(*bare, *early)), register="documents").remarks()] == []


def test_a_short_list_says_nothing_of_what_is_usual(workspace: Workspace, tmp_path: Path) -> None:
    odd = [None, "Alone", dt.date(2015, 4, 1)]

    assert [*tried(workspace, a_file(tmp_path, a_list(odd, rows=4)), register="documents").remarks()] == []
