"""A row is never lost for a cell: what can't be taken of it goes to its notes, once, in the row's language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from handover.exchange.importing.summary import as_json, sentences
from handover.i18n import in_language
from handover.store import Workspace
from tests.exchange.trying import a_file, imported, outcomes, rows_of, tried

HEAD = ("Task", "Start", "Finish", "Owner", "Predecessors", "Notes")
DAY = dt.date(2027, 3, 5)


def a_list(folder: Path, *rows: tuple[Any, ...]) -> Path:
    return a_file(folder, (HEAD, ("Look", DAY, DAY, "Li", None, None), *rows))


def test_what_cannot_be_read_goes_to_the_notes_behind_what_stands_there(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, ("Pull", DAY, "TBC", "Li", None, "By crane")))
    assert rows_of(workspace, "tasks", "name", "finish", "notes")[1] == ("Pull", None, "By crane\nFinish: TBC")


def test_notes_speak_the_language_of_the_row_whatever_the_program_speaks(workspace: Workspace, tmp_path: Path) -> None:
    path = a_list(tmp_path, ("电缆敷设", DAY, "待商定", "Li", None, None), ("Pull", DAY, "待商定", "Li", None, None))
    with in_language("zh"):
        imported(workspace, path)
    assert [notes for (notes,) in rows_of(workspace, "tasks", "notes")[1:]] == ["完成：待商定", "Finish: 待商定"]


def test_the_same_file_once_more_is_no_change_and_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Pull", DAY, "TBC", "Li", "99", "By crane"), ("Weld", DAY, DAY - dt.timedelta(1), "Wu", "Look", None))
    path = a_list(tmp_path, *rows)
    imported(workspace, path)
    held = rows_of(workspace, "tasks", "name", "notes")
    for code in ("en", "zh"):
        with in_language(code):
            again = tried(workspace, path)
            assert set(outcomes(again).values()) == {"unchanged"} and len(again.remarked) == 2
            imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "notes") == held


def test_a_row_that_we_have_keeps_its_value_and_its_notes(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, ("Pull", DAY, DAY, "Li", None, "By crane")))
    imported(workspace, a_list(tmp_path, ("Pull", DAY, "TBC", "Li", None, None)))
    notes = "By crane\nFinish: TBC"
    assert rows_of(workspace, "tasks", "finish", "notes")[1] == (dt.datetime(2027, 3, 5), notes)


def test_each_row_counts_once_and_remarks_stand_apart(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(
        workspace, a_list(tmp_path, ("Pull", "asap", "TBC", "Li", None, None), (None, DAY, DAY, "Wu", None, None))
    )
    data = as_json(run)
    assert data["rows"] == {"new": 2, "changed": 0, "unchanged": 0, "skipped": 0, "error": 1}
    assert [(r["row"], r["field"], r["text"]) for r in data["remarks"]] == [(3, "start", "asap"), (3, "finish", "TBC")]
    assert "1 row is taken with a remark: what couldn't be read goes to its notes." in sentences(run)


def test_nobody_is_made_for_a_row_that_is_not_taken(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_list(tmp_path, (None, DAY, DAY, "Total of the sheet", None, None)))
    assert [made.name for made in run.created] == ["Li"]


def test_a_mark_for_the_cell_above_means_it(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(
        workspace, a_list(tmp_path, ("Pull", DAY, DAY, "as above", None, None), ("Weld", DAY, DAY, "同上", None, None))
    )
    assert [made.name for made in run.created] == ["Li"]


def test_links_to_rows_that_a_filter_hides_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("ID", "Task", "Predecessors"), (1, "A", None), (2, "B", 1), (3, "C", 2)):
        book.active.append(row)
    book.active.auto_filter.ref = "A1:C4"
    book.active.auto_filter.add_filter_column(1, ["C"])
    book.active.row_dimensions[2].hidden = book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "list.xlsx")
    run = tried(workspace, tmp_path / "list.xlsx")
    assert run.rows["new"] == 3 and not run.remarked
    assert "A filter in the workbook hides 2 of 3 rows of the list; they are taken like the others." in sentences(run)


def test_closed_rows_without_who_closed_them_are_counted_in_one_sentence(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("No", "Description", "Category", "Status"), *((n, f"Weld {n}", "A", "closed") for n in range(1, 4)))
    run = tried(workspace, a_file(tmp_path, rows, "punch list.xlsx"), register="punches")
    (said,) = [s for s in sentences(run) if "without saying who closed them" in s]
    assert said.startswith("3 rows come in as closed")
