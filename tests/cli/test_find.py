"""``handover find``: all registers at once, as a script and a person read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Document, Person
from handover.store.workspace import Workspace
from tests.cli.conftest import Run
from tests.domain import a_project, a_row, a_workspace


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        for code in ("P-01", "P-02"):
            project = a_project(workspace, code)
            a_row(workspace, project, Document(title="换热器操作规程", number=f"{code}-D", notes="见泵房"))
        a_row(workspace, project, Person(name="何小泉"))
        return workspace.path


def test_rows_of_all_projects_come_as_json(plant: Path, run: Run) -> None:
    code, out, _ = run("find", plant, "hrq", "--json")

    assert code == 0
    assert [(hit["register"], hit["ref"], hit["project"]) for hit in json.loads(out)] == [
        ("documents", "DOC-0001", "P-01"),
        ("documents", "DOC-0001", "P-02"),
    ]


def test_one_project_and_where_it_stands(plant: Path, run: Run) -> None:
    code, out, _ = run("find", plant, "泵房", "--project", "P-02", "--json")

    assert code == 0
    assert json.loads(out) == [
        {
            "register": "documents",
            "ref": "DOC-0001",
            "name": "P-02-D 换热器操作规程",
            "project": "P-02",
            "where": "notes",
            "text": "见泵房",
        }
    ]


def test_people_read_a_table(plant: Path, run: Run) -> None:
    code, out, _ = run("find", plant, "泵房")

    assert code == 0
    assert "Notes: 见泵房" in out
    assert "2 rows" in out


def test_nothing_found_is_no_error(plant: Path, run: Run) -> None:
    assert run("find", plant, "zeppelin") == (0, "0 rows\n", "")
    assert json.loads(run("find", plant, "zeppelin", "--json")[1]) == []


def test_wrong_use_says_what_is_right(plant: Path, run: Run) -> None:
    code, _, err = run("find", plant, "hrq", "--project", "P-09")

    assert code == 2
    assert "P-01" in err


def test_searching_leaves_the_workspace_as_it_is(plant: Path, run: Run) -> None:
    before = plant.read_bytes()
    with Workspace.open(plant):  # another window has it
        assert run("find", plant, "hrq")[0] == 0

    assert run("find", plant, "hrq")[0] == 0
    assert plant.read_bytes() == before
