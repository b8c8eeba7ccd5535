"""Comment sheets: out to a workbook, filled in by the other side, back as changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from handover.model import Document, Person
from handover.model.documents.review import Comment
from handover.model.documents.revision import Revision
from handover.pack.comment_sheet import sheet_of, write_comment_sheet
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.exchange.trying import imported, rows_of, the_project, tried


@pytest.fixture
def commented(workspace: Workspace) -> Workspace:
    """A revision with two comments of Anna's, and one of another revision."""
    with workspace.edit("Rows", project=the_project(workspace).id) as work:
        anna = work.add(Person(name="Anna Berg"))
        work.add(Person(name="Bob Supplier"))
        for number in ("D-1", "D-2"):
            document = work.add(Document(number=number, title=f"Manual {number}"))
            revision = work.add(Revision(document_id=document.id, code="A", status="in_review"))
            work.add(Comment(revision_id=revision.id, text=f"Torque missing in {number}", reviewer_id=anna.id))
            if number == "D-1":
                work.add(Comment(revision_id=revision.id, text="Wrong tag", page="12", reviewer_id=anna.id))
    return workspace


def written(workspace: Workspace, path: Path) -> Path:
    documents = register("documents")
    with workspace.read() as connection:
        key = connection.execute(select(Document.id).where(Document.number == "D-1")).scalar_one()
        sheet = sheet_of(connection, documents, key)
    assert (sheet.name, sheet.comments) == ("D-1 A", 2)
    assert write_comment_sheet(workspace, the_project(workspace), sheet, path) == 2
    return path


def filled(path: Path, fill: Callable[[Worksheet, dict[str, int]], None]) -> Path:
    book = load_workbook(path)
    (page,) = [book[name] for name in book.sheetnames if "omment" in name]
    heads, first = {}, 0
    for row in page.iter_rows():
        for cell in row:
            if cell.value in ("Comment", "Response", "Status", "Responded by", "Closed by"):
                heads.setdefault(str(cell.value), cell.column)
                first = max(first, cell.row)
    page_first = first + 1
    heads["first"] = page_first
    fill(page, heads)
    book.save(path)
    return path


def test_responses_come_back_as_changes_and_answer_the_comments(commented: Workspace, tmp_path: Path) -> None:
    path = written(commented, tmp_path / "comments.xlsx")
    assert tried(commented, path).rows["changed"] == 0

    def respond(page: Worksheet, at: dict[str, int]) -> None:
        page.cell(at["first"], at["Response"], "Added on sheet 3")

    run = tried(commented, filled(path, respond))
    assert (run.rows["changed"], run.rows["unchanged"], run.rows["error"]) == (1, 1, 0)
    imported(commented, path)
    assert sorted(rows_of(commented, "comments", "response", "status"), key=str) == [
        ("Added on sheet 3", "answered"), (None, "open"), (None, "open"),
    ]  # fmt: skip


@pytest.mark.parametrize("closer", [None, "Bob Supplier"])
def test_closing_by_somebody_else_is_left_out_and_the_rest_of_the_row_comes_in(
    commented: Workspace, tmp_path: Path, closer: str | None
) -> None:
    path = written(commented, tmp_path / "comments.xlsx")

    def close(page: Worksheet, at: dict[str, int]) -> None:
        page.cell(at["first"], at["Response"], "Done on sheet 3")
        page.cell(at["first"], at["Status"], "Closed")
        page.cell(at["first"], at["Closed by"], closer)

    imported(commented, filled(path, lambda page, at: page.cell(at["first"], at["Response"], "Seen")))
    path = written(commented, tmp_path / "again.xlsx")
    run = tried(commented, filled(path, close))

    assert (run.rows["changed"], run.rows["error"]) == (1, 0)
    assert [(each.field, "Only who raised a comment closes it." in str(each)) for _, each in run.remarks()] == [
        ("closed_by" if closer else "status", True)
    ]
    imported(commented, path)
    assert sorted(rows_of(commented, "comments", "response", "status", "closed_by"), key=str) == [
        ("Done on sheet 3", "answered", None), (None, "open", None), (None, "open", None),
    ]  # fmt: skip


def test_comment_closed_before_it_is_answered_comes_in_as_answered(commented: Workspace, tmp_path: Path) -> None:
    path = written(commented, tmp_path / "comments.xlsx")

    def close(page: Worksheet, at: dict[str, int]) -> None:
        page.cell(at["first"], at["Response"], "Done on sheet 3")
        page.cell(at["first"], at["Status"], "Closed")

    run = tried(commented, filled(path, close))
    assert [str(each).partition(": ")[2] for _, each in run.remarks()] == [
        "“Open” can't become “Closed”. Possible now: Answered."
    ]
    imported(commented, path)
    assert ("Done on sheet 3", "answered") in rows_of(commented, "comments", "response", "status")


def test_who_raised_a_comment_closes_it_by_a_sheet(commented: Workspace, tmp_path: Path) -> None:
    path = written(commented, tmp_path / "comments.xlsx")
    imported(commented, filled(path, lambda page, at: page.cell(at["first"], at["Response"], "Done")))
    again = written(commented, tmp_path / "again.xlsx")

    def close(page: Worksheet, at: dict[str, int]) -> None:
        page.cell(at["first"], at["Status"], "Closed")
        page.cell(at["first"], at["Closed by"], "Anna Berg")

    run = tried(commented, filled(again, close))

    assert (run.rows["changed"], run.rows["error"], run.remarked) == (1, 0, [])
    imported(commented, again)
    assert ("Done", "closed") in rows_of(commented, "comments", "response", "status")
