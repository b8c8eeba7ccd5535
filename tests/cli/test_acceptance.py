"""The walk of a failing parameter by the command line: read, rectified, measured again, closed, on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from handover.model import Person, Project, System
from handover.registers.acceptance.chain import parameter_key
from handover.registers.acceptance.measuring import take_reading
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A system with two key parameters, one of which failed."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Add", project=project) as work:
            system = work.add(System(code="10", name="Welding"))
            chief = work.add(Person(name="Chief"))
            work.add(Person(name="Mender"))
            work.session.flush()
            work.get(Project, project).chief_engineer_id = chief.id
        told = {"system": system.id, "limits": "10±0.1", "unit": "mm", "key": True}
        keys = editing.add_many(workspace, register("parameters"), project,
                                [{"no": f"P-{n}", "name": f"Gap {n}", **told} for n in (1, 2)])  # fmt: skip
        read = [{"parameter": keys[0], "value": "10.3"}, {"parameter": keys[1], "value": "10.1"}]
        editing.add_many(workspace, register("readings"), project, read)
        return workspace.path


def _overall(run: Run, plant: Path, *more: str) -> dict[str, object]:
    code, out, _ = run("acceptance", plant, "--project", "P1", "--json", *more)
    assert code == 0
    told: dict[str, object] = json.loads(out)
    return told


def test_one_that_fails_fails_the_whole(run: Run, plant: Path) -> None:
    assert _overall(run, plant) == {"result": "fail", "total": 2, "counts": {"fail": 1, "pass": 1}}
    assert _overall(run, plant, "--system", "10")["total"] == 2


def test_a_failing_parameter_walks_to_its_closed_rectification(run: Run, plant: Path) -> None:
    assert run("do", plant, "RCT-0001", "start", "--project", "P1")[0] == 0
    code, out, err = run("do", plant, "RCT-0001", "close", "--project", "P1")
    assert code != 0 and "isn't possible now" in out + err
    mended = ("--measure", "Shimmed", "--mended_by", "Mender")
    assert run("do", plant, "RCT-0001", "mend", "--project", "P1", *mended)[0] == 0
    with Workspace.open(plant, "write") as workspace:
        project = workspace.project("P1").id
        with workspace.read() as connection:
            key = parameter_key(connection, project, "P-1")
        take_reading(workspace, project, key, "10.02", {})

    assert run("do", plant, "RCT-0001", "close", "--project", "P1")[0] == 0

    listed = json.loads(run("list", plant, "rectifications", "--project", "P1", "--json")[1])
    assert "closed" in json.dumps(listed)
    assert _overall(run, plant)["result"] == "pass"


def test_a_key_parameter_is_signed_by_the_chief_engineer_alone(run: Run, plant: Path) -> None:
    code, out, err = run("do", plant, "PAR-0002", "sign", "--project", "P1", "--signed_by", "Mender")
    assert code != 0 and "chief engineer signs it" in out + err
    assert run("do", plant, "PAR-0002", "sign", "--project", "P1", "--signed_by", "Chief")[0] == 0


def test_the_chain_is_told_and_written(run: Run, plant: Path, tmp_path: Path) -> None:
    code, out, _ = run("parameter-chain", plant, "P-1", "--project", "P1", "--json")
    assert code == 0
    assert [(each["register"], each["state"]) for each in json.loads(out)["links"]] == [
        ("readings", "fail"), ("rectifications", "opened"),
    ]  # fmt: skip
    paper = tmp_path / "chain.pdf"

    assert run("parameter-chain", plant, "P-1", "--project", "P1", "--to", paper, "--language", "en")[0] == 0

    text = "\n".join(page.extract_text() for page in PdfReader(paper).pages)
    assert "10.3 mm" in text and "RCT-0001" in text and "Signature" in text


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_the_sheet_is_written_to_be_filled_in(run: Run, plant: Path, tmp_path: Path, suffix: str) -> None:
    sheet = tmp_path / f"sheet{suffix}"

    assert run("readings-sheet", plant, "--project", "P1", "--to", sheet, "--blank", "--language", "en")[0] == 0

    assert sheet.stat().st_size > 1000
    if suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(sheet).pages)
        assert "10±0.1 (9.9~10.1)" in text and "10.3" not in text


def test_a_parameter_that_is_not_there_is_told(run: Run, plant: Path) -> None:
    code, out, err = run("parameter-chain", plant, "P-9", "--project", "P1")

    assert code != 0 and "There is no parameter P-9" in out + err


def test_the_chain_is_issued_under_one_number_in_editions(run: Run, plant: Path, tmp_path: Path) -> None:
    for edition in (1, 2):
        code, out, _ = run("parameter-chain", plant, "P-1", "--project", "P1", "--issue", "--json")
        assert (code, json.loads(out)["number"]) == (0, "P1-CHN-001")
        listed = json.loads(run("list", plant, "issued", "--project", "P1", "--json")[1])
        assert len(listed) == edition
    told = json.dumps(listed)
    assert "superseded" in told and "parameter_chain" in told


def test_each_sheet_of_readings_that_is_issued_has_a_number_of_its_own(run: Run, plant: Path, tmp_path: Path) -> None:
    paper = tmp_path / "sheet.pdf"
    for number in ("P1-RDS-001", "P1-RDS-002"):
        asked = ("--project", "P1", "--system", "10", "--issue", "--to", paper, "--json")
        code, out, _ = run("readings-sheet", plant, *asked)
        assert (code, json.loads(out)["number"]) == (0, number)
    assert paper.stat().st_size > 1000


def test_a_sheet_goes_somewhere(run: Run, plant: Path) -> None:
    code, out, err = run("readings-sheet", plant, "--project", "P1")

    assert code != 0 and "--issue" in out + err
