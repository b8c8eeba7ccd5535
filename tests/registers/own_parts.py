"""A register of parts of its own: minutes and their actions, which are numbered within the minutes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.cli.__main__ import main
from handover.model import Project
from handover.model.base import Row
from handover.pack.produce import export_register
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.acts.emptying import empty_bin
from handover.registers.catalogue import declare, parts_of, withdraw
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Column, Register
from handover.store.undo import undo
from handover.store.workspace import Workspace


class Minutes(Row):
    __tablename__ = "minutes"
    prefix = "MIN"

    title: Mapped[str] = mapped_column(String(60))


class MinutesAction(Row):
    __tablename__ = "minutes_action"
    prefix = "ACT"
    part_of = "minutes_id"

    minutes_id: Mapped[str] = mapped_column(String(32), ForeignKey("minutes.id"), index=True)
    number: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(60))


MINUTES = Register("minutes", Minutes, "Minutes", (Column("title", "Title"),), ("title",), (("title",),))
ACTIONS = Register(
    "actions",
    MinutesAction,
    "Actions",
    (Column("minutes", "Minutes"), Column("number", "No."), Column("what", "What")),
    ("what",),
    (("minutes", "number"),),
)


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    declare(Chapter("minutes", "Minutes", "handover", (MINUTES, ACTIONS), pack=(InPack("minutes"), InPack("actions"))))
    yield
    withdraw("minutes")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "plant.handover") as opened:
        with opened.edit("Project") as work:
            work.add(Project(code="P-01", name="Plant"))
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return workspace.project("P-01").id


def meeting(workspace: Workspace, project: str, title: str) -> str:
    return editing.add(workspace, MINUTES, project, {"title": title})


def action(workspace: Workspace, project: str, of: str, what: str) -> str:
    return editing.add(workspace, ACTIONS, project, {"minutes": of, "what": what})


def numbers(workspace: Workspace, project: str) -> dict[str, int]:
    fields = (ACTIONS["what"], ACTIONS["number"])
    with workspace.read() as connection:
        found = query.every(connection, ACTIONS, project, None, fields)
        return {row.values[0]: row.values[1] for row in found}


def test_parts_are_numbered_within_their_owner(workspace: Workspace, project: str) -> None:
    first, second = meeting(workspace, project, "Monday"), meeting(workspace, project, "Tuesday")
    for of, what in ((first, "a"), (second, "b"), (first, "c"), (second, "d")):
        action(workspace, project, of, what)

    # One owner after the other, each in the order of its numbers.
    assert list(numbers(workspace, project).items()) == [("a", 1), ("c", 2), ("b", 1), ("d", 2)]


def test_number_is_never_given_again(workspace: Workspace, project: str) -> None:
    of = meeting(workspace, project, "Monday")
    action(workspace, project, of, "a")
    undone = action(workspace, project, of, "b")
    undo(workspace)
    gone = action(workspace, project, of, "c")
    editing.delete(workspace, ACTIONS, project, [gone])
    empty_bin(workspace, ACTIONS, project)
    action(workspace, project, of, "d")

    assert undone
    assert numbers(workspace, project) == {"a": 1, "d": 4}


def test_part_that_goes_to_another_owner_gets_its_next_number(workspace: Workspace, project: str) -> None:
    first, second = meeting(workspace, project, "Monday"), meeting(workspace, project, "Tuesday")
    moved = action(workspace, project, first, "a")
    action(workspace, project, second, "b")

    editing.change(workspace, ACTIONS, project, {moved: {"minutes": second}})

    assert numbers(workspace, project) == {"a": 2, "b": 1}


def test_many_parts_inserted_at_once_are_numbered_too(workspace: Workspace, project: str) -> None:
    of = meeting(workspace, project, "Monday")
    action(workspace, project, of, "a")
    with workspace.edit("Many", project=project) as work:
        work.insert_many(
            MinutesAction, [{"minutes_id": of, "what": w, "number": n} for w, n in (("b", None), ("c", 7))]
        )
    action(workspace, project, of, "d")

    assert numbers(workspace, project) == {"a": 1, "b": 2, "c": 7, "d": 8}


def test_owner_counts_its_parts_in_one_statement(workspace: Workspace, project: str) -> None:
    first, second = meeting(workspace, project, "Monday"), meeting(workspace, project, "Tuesday")
    for of in (first, first, second):
        action(workspace, project, of, "x")

    assert parts_of(MINUTES) == (ACTIONS,)
    field = MINUTES["actions"]
    assert (field.computed, field.shown, field.label) == (True, False, "Actions")
    with workspace.read() as connection:
        ordered = query.Query(sort=(("actions", False),))
        rows = list(query.every(connection, MINUTES, project, ordered, (MINUTES["title"], field)))
    assert [row.values for row in rows] == [("Tuesday", 1), ("Monday", 2)]


def test_sheet_of_parts_names_their_owner_by_reference(workspace: Workspace, project: str, tmp_path: Path) -> None:
    of = meeting(workspace, project, "Monday")
    action(workspace, project, of, "Send the list")

    export_register(workspace, workspace.project("P-01"), ACTIONS, tmp_path / "actions.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "actions.xlsx")["Actions"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)]
    assert found == [["Ref.", "Minutes: ref.", "Minutes", "No.", "What"],
                     ["ACT-0001", "MIN-0001", "Monday", 1, "Send the list"]]  # fmt: skip


def test_parts_stand_below_their_owner_in_print(workspace: Workspace, project: str, tmp_path: Path) -> None:
    first, second = meeting(workspace, project, "Monday"), meeting(workspace, project, "Tuesday")
    for of, what in ((first, "Call"), (second, "Write"), (first, "Draw")):
        action(workspace, project, of, what)

    export_register(workspace, workspace.project("P-01"), ACTIONS, tmp_path / "actions.pdf")

    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "actions.pdf").pages)
    places = [text.index(word) for word in ("Monday", "Call", "Draw", "Tuesday", "Write")]
    assert places == sorted(places)


def test_export_of_owner_and_parts_comes_back_unchanged(
    workspace: Workspace, project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of = meeting(workspace, project, "Monday")
    action(workspace, project, of, "Send the list")
    export_register(workspace, workspace.project("P-01"), ACTIONS, tmp_path / "actions.xlsx")
    path = workspace.path
    workspace.close()

    with pytest.raises(SystemExit) as left:
        main(["import", str(tmp_path / "actions.xlsx"), "--into", str(path), "--project", "P-01", "--register",
              "actions", "--json"])  # fmt: skip

    assert int(left.value.code or 0) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["unchanged"] == 1


def test_parts_have_no_entry_of_their_own_unless_it_is_said(workspace: Workspace) -> None:
    assert (MINUTES.in_navigation, ACTIONS.in_navigation) == (True, False)
