"""The command for matrices, and a matrix that goes to Excel and comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from handover.cli.__main__ import main
from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.matrix.filling import fill
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.store.workspace import Workspace


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Path]:
    """Two deliverables, two parties, one letter."""
    path = tmp_path / "plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant")).id
        add = editing.add
        manual = add(workspace, register("deliverables"), project, {"name": "Manual"})
        add(workspace, register("deliverables"), project, {"name": "Training"})
        lead = add(workspace, register("raci_parties"), project, {"name": "Lead", "side": "project"})
        add(workspace, register("raci_parties"), project, {"name": "Operator", "side": "operations"})
        fill(workspace, matrix_named("raci"), project, {(manual, lead): ("A",)})
    yield path


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(w) for w in words])
    return int(left.value.code or 0)


def cells(path: Path) -> dict[tuple[str, str], str]:
    with Workspace.open(path, "read") as workspace, workspace.read() as connection:
        found = read_matrix(connection, matrix_named("raci"), workspace.only_project().id)
    return {
        (d.name, a.name): text for d in found.down for a in found.across if (text := found.text(d.id, a.id))
    }  # fmt: skip


def written(plant: Path, changed: dict[str, str | None]) -> Path:
    """The matrix as a workbook in which somebody changed cells."""
    path = plant.with_name("raci.xlsx")
    assert run("matrix", plant, "raci", "--project", "P-01", "--to", path) == 0
    book = openpyxl.load_workbook(path)
    for place, text in changed.items():
        book["RACI matrix"][place] = text
    book.save(path)
    return path


def test_matrix_is_shown_with_what_breaks_its_rules(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("matrix", plant, "--project", "P-01", "raci", "--json") == 1

    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["cells"] == [{"down": "DLV-0001", "across": "PTY-0001", "values": ["A"]}]
    assert [head["mark"] for head in told["across"]] == ["Project side", "Operations side"]
    assert len(told["down"][1]["findings"]) == 2


def test_matrix_that_is_printed_names_its_columns(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("matrix", plant, "raci", "--project", "P-01", "--across", "Oper") == 1

    said = capsys.readouterr()
    assert "PTY-0002  Operator (Operations side)" in said.out
    assert "PTY-0001" not in said.out
    assert "DLV-0002 Training: nobody is accountable" in said.err


def test_sheet_has_turned_heads_lists_and_held_panes(plant: Path) -> None:
    sheet = openpyxl.load_workbook(written(plant, {}))["RACI matrix"]

    assert [c.value for c in sheet[2]][:4] == ["Ref.", "Deliverable", "Lead", "Operator"]
    assert [c.value for c in sheet[1]][2:4] == ["Project side", "Operations side"]
    assert (sheet["C2"].alignment.textRotation, sheet.freeze_panes) == (90, "C3")
    assert [(rule.type, str(rule.sqref)) for rule in sheet.data_validations.dataValidation] == [("list", "C3:D4")]
    assert sheet["E3"].value == '=COUNTIF(C3:D3,"*R*")'


def test_changes_made_in_excel_come_back_as_one_act(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(plant, {"C3": "R/A", "D3": "i", "D4": "A", "C4": None})

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path, "--json") == 0

    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert [(c["before"], c["after"]) for c in told["changes"]] == [("A", "R/A"), ("", "I"), ("", "A")]
    assert cells(plant) == {
        ("Manual", "Lead"): "R/A", ("Manual", "Operator"): "I", ("Training", "Operator"): "A",
    }  # fmt: skip


def test_cell_emptied_in_excel_is_emptied_here(plant: Path) -> None:
    assert run("matrix", plant, "raci", "--project", "P-01", "--from", written(plant, {"C3": None})) == 0

    assert cells(plant) == {}


def test_dry_run_changes_nothing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(plant, {"D3": "C"})

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path, "--dry-run") == 0

    assert "1 cell will change." in capsys.readouterr().out
    assert cells(plant) == {("Manual", "Lead"): "A"}


def test_cell_that_both_sides_changed_stays_unless_theirs_is_asked_for(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(plant, {"C3": "R"})
    with Workspace.open(plant) as workspace, workspace.read() as connection:
        project = workspace.only_project().id
        found = read_matrix(connection, matrix_named("raci"), project)
    with Workspace.open(plant) as workspace:
        fill(workspace, found.matrix, project, {(found.down[0].id, found.across[0].id): ("C",)})

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path) == 1
    assert "it says C, the workbook says R" in capsys.readouterr().err
    assert cells(plant) == {("Manual", "Lead"): "C"}

    run("matrix", plant, "raci", "--project", "P-01", "--from", path, "--conflicts", "theirs")
    assert cells(plant) == {("Manual", "Lead"): "R"}


def test_what_is_no_letter_is_refused_by_its_address_and_the_rest_is_taken(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(plant, {"C3": "Q", "D3": "R", "B5": "Something new"})

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path) == 1

    said = capsys.readouterr().err
    assert "C3: Q: “Q” is none of R, A, C, I." in said
    assert "B5: Something new: There is no such row here." in said
    assert cells(plant) == {("Manual", "Lead"): "A", ("Manual", "Operator"): "R"}


def test_row_that_stands_twice_and_says_different_things_changes_nothing_of_what_differs(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(plant, {"C3": "R", "D3": "I", "A5": "DLV-0001", "B5": "Manual", "C5": "C", "D5": "I"})

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path) == 1

    assert "C5: C: Manual stands in rows 3 and 5, which say different things." in capsys.readouterr().err
    assert cells(plant) == {("Manual", "Lead"): "A", ("Manual", "Operator"): "I"}


def test_workbook_that_is_no_matrix_of_ours_is_refused(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = plant.with_name("other.xlsx")
    openpyxl.Workbook().save(path)

    assert run("matrix", plant, "raci", "--project", "P-01", "--from", path) == 3
    assert "holds no matrix that Handover wrote" in capsys.readouterr().err


def test_matrix_stands_in_the_pack(plant: Path, tmp_path: Path) -> None:
    assert run("pack", plant, "--project", "P-01", "--to", tmp_path / "pack", "--language", "en") == 0

    book = openpyxl.load_workbook(next((tmp_path / "pack").glob("*.xlsx")))
    assert "RACI matrix" in book.sheetnames
