"""``handover certificate``: as far as it comes, with exit codes and reasons, and signing by ``do``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from handover.model import Document, Person, Project, System
from handover.model.picks.pick import Pick
from handover.model.punch import Punch
from handover.registers.beginning import add_project
from tests.cli.conftest import Run
from tests.domain import a_workspace


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-11-16")


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A system that the commissioning team has, with a manual that hasn't come and a C item."""
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P1", name="Plant")).id
        with workspace.edit("Rows", project=project) as work:
            chen = work.add(Person(name="Chen Jie", side="project"))
            yang = work.add(Person(name="Yang Lei", side="operations"))
            leads = {"engineering_lead_id": chen.id, "operations_lead_id": yang.id}
            system = work.add(System(code="10", name="Pumps", custody="commissioning", **leads))
            work.add(Document(title="Manual", system_id=system.id))
            minor = work.session.query(Pick).filter_by(project_id=project, list="punch_category", code="C").one()
            work.add(Punch(description="Paint", system_id=system.id, category_id=minor.id, action_by_id=chen.id,
                           due_on=dt.date(2026, 12, 1)))  # fmt: skip
        return workspace.path


class Commands:
    """The commands as they are typed."""

    def __init__(self, run: Run, plant: Path, to: Path) -> None:
        self._run, self._plant, self.to = run, plant, to

    def certificate(self, *words: str) -> tuple[int, dict[str, Any], str]:
        code, out, err = self._run("certificate", self._plant, *words, "--to", self.to, "--project", "P1", "--json")
        return code, json.loads(out) if out.strip() else {}, err

    def do(self, *words: str) -> tuple[int, str]:
        code, out, err = self._run("do", self._plant, *words, "--project", "P1")
        return code, out + err

    def custody(self) -> str:
        return str(json.loads(self._run("list", self._plant, "systems", "--project", "P1", "--json")[1])[0]["custody"])


@pytest.fixture
def typed(run: Run, plant: Path, tmp_path: Path) -> Commands:
    return Commands(run, plant, tmp_path / "papers")


def test_refused_with_every_reason_and_nothing_stored(typed: Commands, run: Run, plant: Path) -> None:
    code, said, _ = typed.certificate("RFOC", "10")

    assert code == 1
    assert [each["reason"] for each in said["refused"]] == [
        "1 document of 10 that operations must have is not accepted yet: DOC-0001."
    ]
    assert (said["ref"], said["file"], said["exceptions"][0]["ref"]) == (None, None, "PNL-0001")
    assert json.loads(run("list", plant, "certificates", "--project", "P1", "--json")[1]) == []
    assert not typed.to.exists()


def test_issued_signed_and_written_as_it_was_signed(typed: Commands) -> None:
    typed.do("DOC-0001", "cancel")

    code, said, _ = typed.certificate("移交生产", "10")
    assert (code, said["status"], said["signers"]) == (0, "issued", ["Chen Jie", "Yang Lei"])
    assert Path(said["file"]).name == "CRT-0001 Draft.pdf"
    assert typed.custody() == "commissioning"

    assert "Chen Jie sign before" in typed.do("SIG-0002", "sign", "--signed-name", "Yang Lei")[1]
    assert typed.do("SIG-0001", "sign", "--signed-name", "Chen Jie", "--signed-on", "2026-11-16")[0] == 0
    assert typed.do("SIG-0002", "sign", "--signed-name", "Yang Lei")[0] == 0

    assert typed.custody() == "operations"
    code, said, _ = typed.certificate("HOC", "SYS-0001")
    assert (code, said["status"], said["number"]) == (0, "in_force", "P1-CC-0001")
    assert Path(said["file"]).read_bytes().startswith(b"%PDF")


def test_only_looked_at_nothing_is_stored_or_written(typed: Commands) -> None:
    assert typed.certificate("RET", "10", "--dry-run")[0] == 1
    code, said, _ = typed.certificate("RET", "10", "--reason", "Leaks", "--dry-run")

    assert (code, said["refused"], said["ref"]) == (0, [], None)
    assert not typed.to.exists()


@pytest.mark.parametrize(("kind", "system", "said"), [("XYZ", "10", "RFCC"), ("RFOC", "99", "no row")])
def test_what_is_not_there_is_wrong_use(typed: Commands, kind: str, system: str, said: str) -> None:
    code, _, err = typed.certificate(kind, system)

    assert code == 2
    assert said in err


def test_void_by_its_step_gives_custody_back(typed: Commands) -> None:
    typed.do("DOC-0001", "cancel")
    typed.certificate("HOC", "10")
    typed.do("SIG-0001", "sign", "--signed-name", "Chen Jie")
    typed.do("SIG-0002", "sign", "--signed-name", "Yang Lei")

    assert typed.do("CRT-0001", "void", "--void-because", "Wrong system")[0] == 0

    assert typed.custody() == "commissioning"
