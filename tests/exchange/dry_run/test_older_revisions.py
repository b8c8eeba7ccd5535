"""Lists with a row for each revision: one document of all rows of a number, the others its older revisions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handover.exchange.importing.session import Intake
from handover.exchange.importing.summary import as_json, sentences
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace, undo
from tests.domain import a_project, a_workspace, contents
from tests.exchange.trying import a_file, imported, outcomes, reasons, rows_of, the_project, tried

HEAD = ["Document no.", "Title", "Revision", "Revision date", "Status"]


def day(n: int) -> dt.date:
    return dt.date(2026, 3, 1) + dt.timedelta(n)


def revisions(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Number in the document, code, state and successor of each revision, in their order."""
    found = rows_of(workspace, "revisions", "document", "number", "code", "status", "superseded_by")
    return [(row[1], row[2], row[3], row[4] is not None) for row in sorted(found, key=lambda row: (row[0], row[1]))]


def a_list(folder: Path, *rows: list[Any], name: str = "list.xlsx") -> Path:
    return a_file(folder, [HEAD, *rows], name)


HISTORY = (
    ["D-1", "Layout", "A", day(0), "Returned"],
    ["D-1", "Layout", "C", day(9), "Accepted"],
    ["D-1", "Layout", "B", day(5), "Approved"],
    ["D-2", "Diagram", "0", day(1), "Issued"],
)


def test_rows_of_one_number_become_one_document_and_its_older_revisions(workspace: Workspace, tmp_path: Path) -> None:
    path = a_list(tmp_path, *HISTORY)

    run = tried(workspace, path, register="documents")

    assert (run.rows["new"], run.rows["older"], run.rows["skipped"], run.further_revisions) == (2, 2, 0, 2)
    assert reasons(run)[2] == "An older revision of “D-1”, whose current one is in row 3."
    assert "2 older revisions come in with their documents, which stand in other rows." in sentences(run)
    assert as_json(run)["older_revisions"] == 2
    report = imported(workspace, path, register="documents")
    assert report.new == 4
    assert rows_of(workspace, "documents", "number", "revision", "status") == [
        ("D-1", "C", "accepted"),
        ("D-2", "0", "issued"),
    ]
    assert revisions(workspace) == [
        (1, "A", "superseded", True),
        (2, "B", "superseded", True),
        (3, "C", "accepted", False),
        (1, "0", "issued", False),
    ]
    assert {ref.partition("-")[0] for row, _, ref, _ in report.lines() if row in (2, 4)} == {"REV"}


def test_the_same_list_changes_nothing_the_second_time(workspace: Workspace, tmp_path: Path) -> None:
    path = a_list(tmp_path, *HISTORY)
    imported(workspace, path, register="documents")

    again = tried(workspace, path, register="documents")

    assert set(outcomes(again).values()) == {"unchanged"} and not again.changes_anything


def test_undo_takes_the_older_revisions_back_with_their_documents(workspace: Workspace, tmp_path: Path) -> None:
    before = contents(workspace.path)
    imported(workspace, a_list(tmp_path, *HISTORY), register="documents")
    undo(workspace)
    after = contents(workspace.path)
    assert {k: v for k, v in after.items() if k != "counter"} == {k: v for k, v in before.items() if k != "counter"}


def test_older_revisions_go_before_the_current_one_that_we_have(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, HISTORY[1]), register="documents")
    assert revisions(workspace) == [(1, "C", "accepted", False)]

    imported(workspace, a_list(tmp_path, *HISTORY[:3], name="history.xlsx"), register="documents")

    assert revisions(workspace) == [
        (1, "A", "superseded", True),
        (2, "B", "superseded", True),
        (3, "C", "accepted", False),
    ]
    assert rows_of(workspace, "documents", "number", "revision", "status") == [("D-1", "C", "accepted")]


def test_revisions_that_were_missed_come_between_ours_and_the_new_one(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, ["D-1", "Layout", "A", day(0), "Submitted"]), register="documents")

    imported(workspace, a_list(tmp_path, *HISTORY[:3], name="history.xlsx"), register="documents")

    assert [row[:3] for row in revisions(workspace)] == [(1, "A", "superseded"), (2, "B", "superseded"),
                                                         (3, "C", "accepted")]  # fmt: skip
    assert all(row[3] for row in revisions(workspace)[:2])


def test_list_that_is_older_than_ours_leaves_ours_the_current_one(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, ["D-1", "Layout", "D", day(20), "Issued"]), register="documents")

    run = tried(workspace, a_list(tmp_path, *HISTORY[:3], name="old.xlsx"), register="documents")

    assert run.further_revisions == 3
    assert "the one that you have, “D”, is newer" in reasons(run)[3]
    imported(workspace, a_list(tmp_path, *HISTORY[:3], name="old.xlsx"), register="documents")
    assert [row[1] for row in revisions(workspace)] == ["A", "B", "C", "D"]
    assert rows_of(workspace, "documents", "revision", "status") == [("D", "issued")]


def test_next_revision_follows_on_those_that_came_with_the_list(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_list(tmp_path, *HISTORY), register="documents")
    imported(workspace, a_list(tmp_path, ["D-1", "Layout", "D", day(20), "Submitted"], name="n.xlsx"),
             register="documents")  # fmt: skip
    assert [row[:3] for row in revisions(workspace)][:4] == [
        (1, "A", "superseded"), (2, "B", "superseded"), (3, "C", "superseded"), (4, "D", "submitted"),
    ]  # fmt: skip


def test_revision_still_in_preparation_comes_after_the_one_in_force(workspace: Workspace, tmp_path: Path) -> None:
    rows = (["D-1", "Layout", "A", day(0), "Approved"], ["D-1", "Layout", "B", day(5), "Outstanding"])
    run = tried(workspace, a_list(tmp_path, *rows), register="documents")
    assert reasons(run)[3] == "A later revision of “D-1”, which hasn't come; row 2 has the current one."
    imported(workspace, a_list(tmp_path, *rows), register="documents")
    assert revisions(workspace) == [(1, "A", "approved", False), (2, "B", "placeholder", False)]
    assert rows_of(workspace, "documents", "revision", "status") == [("A", "approved")]


def test_list_without_states_makes_the_newest_a_submitted_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Document no.", "Title", "Revision"], ["D-1", "Layout", "A"], ["D-1", "Layout", "B"]]
    imported(workspace, a_file(tmp_path, rows), register="documents")
    assert revisions(workspace) == [(1, "A", "superseded", True), (2, "B", "submitted", False)]


def test_number_that_is_still_to_come_makes_no_document_of_others(workspace: Workspace, tmp_path: Path) -> None:
    rows = (["TBD", "Layout", "A", day(0), ""], ["TBD", "Diagram", "B", day(1), ""])
    run = tried(workspace, a_list(tmp_path, *rows), register="documents")
    assert run.further_revisions == 0


def test_nothing_of_a_document_comes_whose_current_row_is_in_error(workspace: Workspace, tmp_path: Path) -> None:
    rows = (["D-1", "Layout", "A", day(0), ""], ["D-1", None, "B", day(1), ""])
    run = tried(workspace, a_list(tmp_path, *rows), register="documents")
    assert outcomes(run) == {2: "error", 3: "error"}
    assert "Row 3 has the current revision of “D-1” and isn't taken." in reasons(run)[2]


def test_current_row_that_is_left_out_gives_its_place_to_the_one_before(workspace: Workspace, tmp_path: Path) -> None:
    intake = Intake(workspace, the_project(workspace).code, "documents")
    intake.read(a_list(tmp_path, *HISTORY))
    intake.choices.left_out.add(3)
    run = intake.rehearse()
    assert reasons(run)[2] == "An older revision of “D-1”, whose current one is in row 4."
    assert (run.verdict(1).outcome, run.verdict(2).outcome) == ("skipped", "new")


def test_cell_of_an_older_revision_that_cannot_be_read_goes_to_its_notes(workspace: Workspace, tmp_path: Path) -> None:
    rows = (["D-1", "Layout", "A", "soon", "Issued"], ["D-1", "Layout", "B", day(1), "Issued"])
    run = tried(workspace, a_list(tmp_path, *rows), register="documents")
    assert [(row, each.field, each.text) for row, each in run.remarks()] == [(2, "revision_on", "soon")]
    imported(workspace, a_list(tmp_path, *rows), register="documents")
    assert rows_of(workspace, "revisions", "code", "notes") == [("A", "Revision date: soon"), ("B", None)]


def test_code_of_an_older_revision_that_breaks_the_scheme_is_noticed(workspace: Workspace, tmp_path: Path) -> None:
    editing.add(workspace, register("revision-schemes"), the_project(workspace).id, {"name": "L", "codes": "A-Z"})
    run = tried(workspace, a_list(tmp_path, ["D-1", "Layout", "7", day(0), ""], ["D-1", "Layout", "B", day(1), ""]),
                register="documents")  # fmt: skip
    assert [(row, each.field, each.noticed) for row, each in run.remarks()] == [(2, "revision", True)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["A", "B", "C", "0", "1"]), first=st.integers(0, 5))
def test_order_of_the_rows_and_of_the_lists_changes_nothing(
    order: list[str], first: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was imported before, and however the rows stand, the same revisions are there in the same order."""
    folder = tmp_path_factory.mktemp("order")
    with a_workspace(folder) as workspace:
        project = a_project(workspace)
        editing.add(workspace, register("revision-schemes"), project, {"name": "S", "codes": "A-Z, 0-9"})
        rows = [["D-1", "Layout", code, None, "Issued"] for code in order]
        for part, name in ((rows[:first], "one.xlsx"), (rows, "all.xlsx")):
            if part:
                imported(workspace, a_list(folder, *part, name=name), register="documents")
        assert [row[1] for row in revisions(workspace)] == ["A", "B", "C", "0", "1"]
        assert [row[0] for row in revisions(workspace)] == [1, 2, 3, 4, 5]
        assert [row[2] for row in revisions(workspace)] == ["superseded"] * 4 + ["issued"]
        assert rows_of(workspace, "documents", "revision") == [("1",)]
