"""Lists of documents whose numbers and codes break the schemes: taken with a remark, and ordered by the scheme."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.exchange.importing.summary import as_json, sentences
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.exchange.trying import a_file, imported, rows_of, the_project, tried

HEAD = ["Document no.", "Title", "Revision", "Revision date"]


@pytest.fixture
def schemes(workspace: Workspace) -> Workspace:
    project = the_project(workspace).id
    editing.add(workspace, register("number-schemes"), project, {"name": "Plant", "pattern": "PL-{serial:3}"})
    editing.add(workspace, register("revision-schemes"), project, {"name": "Letters, figures", "codes": "A-Z, 0-9"})
    return workspace


def test_number_that_breaks_the_scheme_is_taken_with_a_remark_at_its_cell(schemes: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [HEAD, ["PL-001", "Layout", "A", ""], ["PL-2", "Diagram", "??", ""]])

    run = tried(schemes, path, register="documents")

    assert run.rows["new"] == 2
    assert [(row, each.field, each.cell) for row, each in run.remarks()] == [
        (3, "number", "A3"),
        (3, "revision", "C3"),
    ]
    assert "breaks the scheme “Plant”" in str(next(run.remarks())[1])
    assert (run.remarked, run.noticed) == ([], [1])  # all of it could be read
    assert not any("couldn't be read" in said for said in sentences(run))
    assert {each["kind"] for each in as_json(run)["remarks"]} == {"noticed"}
    imported(schemes, path, register="documents")
    assert rows_of(schemes, "documents", "number", "notes") == [("PL-001", None), ("PL-2", None)]
    assert [*tried(schemes, path, register="documents").remarks()] == []  # they are no news any more


def test_code_that_was_skipped_is_remarked_when_a_list_comes_again(schemes: Workspace, tmp_path: Path) -> None:
    imported(schemes, a_file(tmp_path, [HEAD, ["PL-001", "Layout", "A", ""]]), register="documents")

    run = tried(schemes, a_file(tmp_path, [HEAD, ["PL-001", "Layout", "C", ""]]), register="documents")

    assert [str(each) for _, each in run.remarks()] == ["C2: “C” follows “A”: B was skipped."]


def test_order_of_the_codes_tells_which_row_is_the_newest(schemes: Workspace, tmp_path: Path) -> None:
    day = dt.date(2026, 3, 1)
    rows = [["PL-001", "Layout", "0", day], ["PL-001", "Layout", "B", day + dt.timedelta(9)]]
    imported(schemes, a_file(tmp_path, [HEAD, *rows]), register="documents")
    assert rows_of(schemes, "documents", "revision") == [("0",)]
