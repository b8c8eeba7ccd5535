"""Where gates stand, by the command line: words, data, exit codes, the report, templates, the readiness pack."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.model.phase import Phase
from handover.model.readiness.condition import GateCondition
from tests.cli.conftest import Run
from tests.domain import a_workspace
from tests.model.readiness_site import TODAY, ReadySite

SOON = TODAY + dt.timedelta(days=10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ReadySite]:
    with a_workspace(tmp_path) as opened:
        yield ReadySite(opened)


def conditional(site: ReadySite) -> Path:
    key = site.criterion(2, "in_progress", area="people")
    site.criterion(3, "met", area="people")
    review = site.review()
    site.sign(review, "conditional_go")
    site.row(GateCondition(review_id=review, title="Paint it", criterion_id=key, owner_id=site.tech, due_on=SOON))
    site.take("gate-reviews", review, "go_on_conditions")
    site.workspace.close()
    return site.workspace.path


def test_gate_is_told_as_data(site: ReadySite, run: Run) -> None:
    code, out, _ = run("gate", conditional(site), "Ready for the run", "--json")
    (told,) = json.loads(out)["gates"]
    assert code == 0
    assert (told["decision"], told["score"], told["met"], told["applicable"], told["open_blockers"]) == (
        "conditional_go", 0.6, 1, 2, 0,
    )  # fmt: skip
    assert told["conditions"] == [
        {"ref": "CND-0001", "title": "Paint it", "owner": "Tech", "due": "2026-05-30", "status": "open",
         "ran_out": False}
    ]  # fmt: skip
    assert [each["vote"] for each in told["signatures"]] == ["conditional_go", "conditional_go"]


def test_lapsed_pass_and_open_blocker_are_findings(site: ReadySite, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = conditional(site)
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=1)).isoformat())
    code, out, _ = run("gate", path)
    assert code == 1
    assert "Lapsed" in out and "CND-0001 Paint it" in out and "ran out" in out
    assert "放行已失效" in run("--speak", "zh", "gate", path)[1]


def test_what_a_gate_opens_is_shut_again_by_a_lapse(site: ReadySite, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    site.row(Phase(name="Line integration", entry_gate_id=site.gate))
    path = conditional(site)
    (open_gate,) = json.loads(run("gate", path, "--json")[1])["gates"]
    monkeypatch.setenv("HANDOVER_TODAY", (SOON + dt.timedelta(days=1)).isoformat())
    (shut_gate,) = json.loads(run("gate", path, "--json")[1])["gates"]
    phases = ["Line integration"]
    assert open_gate["opens"] == {"certificate": None, "system": None, "phases": phases, "open": True}
    assert shut_gate["opens"]["open"] is False
    assert "this is shut again: phase “Line integration”" in run("gate", path)[1]


def test_unknown_gate_is_told_with_those_that_there_are(site: ReadySite, run: Run) -> None:
    site.workspace.close()
    code, _, told = run("gate", site.workspace.path, "G9")
    assert code == 2
    assert "Ready for the run" in told


def test_report_is_written_as_pdf_and_workbook(site: ReadySite, run: Run, tmp_path: Path) -> None:
    path = conditional(site)
    for name in ("report.pdf", "report.xlsx"):
        assert run("gate", path, "GAT-0001", "--to", tmp_path / name)[0] == 0
        assert (tmp_path / name).stat().st_size > 2_000
    assert run("gate", path, "GAT-0001", "--to", tmp_path / "report.doc")[0] == 2


def test_deciding_a_review_issues_its_report(site: ReadySite, run: Run) -> None:
    site.criterion(3, "met")
    review = site.review()
    site.sign(review, "go")
    site.workspace.close()
    path = site.workspace.path
    code, out, _ = run("do", path, "GRV-0001", "go", "--project", "P1")
    assert code == 0, out
    (paper,) = json.loads(run("list", path, "issued", "--project", "P1", "--json")[1])
    assert (paper["kind"], paper["number"]) == ("gate_report", "P1-GATE-001")


def test_phases_of_an_industry_are_told_and_taken(site: ReadySite, run: Run) -> None:
    site.workspace.close()
    path = site.workspace.path
    templates = json.loads(run("phases", path, "--json")[1])["templates"]
    assert [each["key"] for each in templates] == [
        "process_plant", "power_unit", "factory_line", "it_system", "building", "rail",
    ]  # fmt: skip
    words = ("phases", path, "--project", "P1", "--template", "rail", "--only", "gates", "--json")
    assert json.loads(run(*words, "--dry-run")[1])["stored"] is False
    assert json.loads(run(*words)[1])["new"]["gates"] == 4
    assert json.loads(run(*words)[1])["new"]["gates"] == 0


def test_readiness_pack_is_written_and_issued(site: ReadySite, run: Run, tmp_path: Path) -> None:
    site.workspace.close()
    path, to = site.workspace.path, tmp_path / "pack.pdf"
    assert run("readiness-pack", path, "--project", "P1", "--to", to)[0] == 0
    assert to.stat().st_size > 2_000
    told = json.loads(run("readiness-pack", path, "--project", "P1", "--issue", "--json")[1])
    assert told["number"] == "P1-ORP-001"
