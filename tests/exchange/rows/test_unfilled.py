"""Rows that a template prepared are left out; rows that somebody began to fill in are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, outcomes, reasons, tried

HEAD = ("#", "Discipline", "Document No.", "Title", "Status")
FULL = tuple((n, "MECH", f"D-{n}", f"Title {n}", "submitted") for n in (1, 2))


@pytest.mark.parametrize(
    "prepared",
    [
        [(n, "MECH") for n in range(3, 9)],
        [(n, None, None, None, "outstanding") for n in range(3, 9)],
        [(3, "MECH")],
        [(n, "MECH", None, None, "— ") for n in range(3, 9)],
    ],
    ids=["discipline", "status", "one", "dash"],
)
def test_rows_that_only_repeat_what_others_say_are_left_out(
    tmp_path: Path, workspace: Workspace, prepared: list[tuple[Any, ...]]
) -> None:
    run = tried(workspace, a_file(tmp_path, (HEAD, *FULL, *prepared)), register="documents")
    assert (run.rows["new"], run.rows["skipped"], run.rows["error"]) == (2, len(prepared), 0)


def test_prepared_rows_within_a_list_are_left_out_as_well(tmp_path: Path, workspace: Workspace) -> None:
    rows = (HEAD, *FULL, *((n, "MECH") for n in range(3, 7)), (7, "ELEC", "D-7", "Seven", "submitted"))
    assert set(outcomes(tried(workspace, a_file(tmp_path, rows), register="documents")).values()) == {"new", "skipped"}


def test_row_without_its_title_that_says_something_of_its_own_is_an_error(tmp_path: Path, workspace: Workspace) -> None:
    rows = (HEAD, *FULL, (3, "MECH", "D-3"), (4, "MECH"), (5, "MECH", "D-5", "Five", "submitted"))
    run = tried(workspace, a_file(tmp_path, rows), register="documents")
    assert reasons(run) == {4: "D4: This field must be filled in.", 5: "D5: This field must be filled in."}


def test_task_with_a_day_and_no_name_is_an_error(tmp_path: Path, workspace: Workspace) -> None:
    rows = (("ID", "Task Name", "Start"), (1, "Check", "2026-03-05"), (2, None, "2026-03-05"), (3, None, "2026-03-05"))
    assert tried(workspace, a_file(tmp_path, rows), register="tasks").rows["error"] == 2


def test_row_that_names_a_phase_is_taken(tmp_path: Path, workspace: Workspace) -> None:
    rows = (("Phase", "Task Name", "Owner"), ("A", "Check", "Li Si"), ("A", "Run", "Li Si"), ("B", None, None))
    assert tried(workspace, a_file(tmp_path, rows), register="tasks").rows["skipped"] == 0
