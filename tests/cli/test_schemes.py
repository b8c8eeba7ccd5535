"""Schemes and revisions by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Document
from handover.model.documents.schemes import NumberScheme, RevisionScheme
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            work.add(NumberScheme(name="Plant", pattern="{project}-{serial:3}"))
            work.add(RevisionScheme(name="Figures", codes="0-99"))
            work.add(Document(title="Manual", number="P1-001"))
            work.add(Document(title="Layout", number="X-001"))
        return workspace.path


def test_what_breaks_the_schemes_is_listed(run: Run, file: Path) -> None:
    code, out, _ = run("schemes", file, "--project", "P1", "--json")
    told = json.loads(out)
    assert (code, [f["ref"] for f in told["findings"]]) == (1, ["DOC-0002"])
    assert told["numbers"] == [{"name": "Plant", "pattern": "{project}-{serial:3}"}]
    assert run("schemes", file, "--project", "P1", "--number", "P1-077")[0] == 0
    assert "sign 6, in serial" in run("schemes", file, "--project", "P1", "--number", "P1-07A")[1]
    for key in ("number-schemes", "revision-schemes"):
        assert len(json.loads(run("list", file, key, "--project", "P1", "--json")[1])) == 1


def test_next_revision_is_added_with_the_proposed_code(run: Run, file: Path) -> None:
    tried = json.loads(run("revise", file, "DOC-0001", "--project", "P1", "--dry-run", "--json")[1])
    assert (tried["proposed"], tried["ref"]) == ("0", None)
    assert run("revise", file, "DOC-0001", "--project", "P1")[0] == 0

    code, out, _ = run("revise", file, "DOC-0001", "--project", "P1", "--code", "4", "--on", "2026-03-05", "--json")

    told = json.loads(out)
    assert (code, told["before"], told["proposed"], told["code"]) == (1, "0", "1", "4")
    assert "was skipped" in told["noticed"][0]["said"]
    assert json.loads(run("list", file, "documents", "--project", "P1", "--json")[1])[0]["revision"] == "4"
