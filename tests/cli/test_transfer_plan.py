"""The command of the knowledge-transfer plan: written, issued under a number, and refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handover.model import KnowledgeItem, Person
from handover.store import Workspace
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("Add", project=a_project(workspace)) as work:
            chen, tang = (work.add(Person(name=name)).id for name in ("Chen", "Tang"))
            work.add(KnowledgeItem(title="Zero position", holder_id=chen, receiver_id=tang))
            work.add(KnowledgeItem(title="Nobody's", holder_id=tang))
        return workspace.path


def test_plan_of_a_person_is_written_and_issued(plant: Path, tmp_path: Path, run: Run) -> None:
    pdf = tmp_path / "plan.pdf"

    code, out, _ = run("transfer-plan", plant, "--project", "P1", "--for", "PER-0002", "--to", pdf, "--issue", "--json")

    told = json.loads(out)
    assert (code, told["number"]) == (0, "P1-KTP-001")
    assert pdf.read_bytes().startswith(b"%PDF")
    with Workspace.open(plant, "read") as workspace, workspace.read() as connection:
        about = connection.exec_driver_sql("SELECT kind, about_table FROM issued").one()
    assert tuple(about) == ("transfer_plan", "person")


def test_whole_plan_goes_into_a_workbook(plant: Path, tmp_path: Path, run: Run) -> None:
    book = tmp_path / "plan.xlsx"

    assert run("transfer-plan", plant, "--project", "P1", "--to", book, "--language", "en")[0] == 0

    sheet = load_workbook(book)["What passes to whom"]
    assert [[cell.value for cell in row][1:5] for row in sheet.iter_rows(min_row=2, max_row=2)] == [
        ["Zero position", None, "Chen", "Tang"]
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "DOC-0001", "--issue"), "neither a person nor a system"),
        ((), "--to"),
        (("--to", "x.txt"), "must end"),
    ],
)
def test_what_makes_no_plan_is_refused_with_the_reason(
    plant: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    code, _, error = run("transfer-plan", plant, "--project", "P1", *words)

    assert code == 2 and said in error
