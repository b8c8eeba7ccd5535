"""The walk of a leaving holder by the command line: what is at risk, sessions, a pass, a fail, the gate, the plan."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handover.model import KnowledgeItem, Person, Pick, System
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A vital item that Tang and Cao are to learn from Chen alone, who leaves in three weeks."""
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("Add", project=a_project(workspace)) as work:
            chen, tang, cao, deng = (work.add(Person(name=n)) for n in ("Chen", "Tang", "Cao", "Deng"))
            leads = {"engineering_lead_id": chen.id, "operations_lead_id": deng.id}
            system = work.add(System(code="10", name="Welding", custody="care_custody", **leads))
            work.add(Pick(list="certificate_kind", code="HOC", meaning="to_operations"))
            chen.leaves_on = dt.date(2026, 6, 10)
            values = {"title": "Zero position", "system_id": system.id, "criticality": "5", "status": "planned"}
            item = work.add(KnowledgeItem(holder_id=chen.id, receiver_id=cao.id, sole_holder=True, **values))
            work.add(KnowledgeReceiver(item_id=item.id, person_id=tang.id, status="planned"))
            for n in (1, 2):
                session = work.add(TransferSession(title=f"Session {n}", item_id=item.id, giver_id=chen.id))
                for person in (tang, cao):
                    work.add(SessionAttendance(session_id=session.id, person_id=person.id, attended=True, level="2"))
        return workspace.path


class Walk:
    """The commands as they are typed one after the other."""

    def __init__(self, run: Run, plant: Path) -> None:
        self._run, self._plant = run, plant

    def do(self, *words: str) -> str:
        code, out, err = self._run("do", self._plant, *words, "--project", "P1")
        return out if code == 0 else err

    def list(self, key: str, view: str = "") -> list[dict[str, Any]]:
        words = ("--view", view) if view else ()
        return list(json.loads(self._run("list", self._plant, key, "--project", "P1", *words, "--json")[1]))


def test_gate_stays_shut_until_both_are_verified(plant: Path, tmp_path: Path, run: Run) -> None:
    walk = Walk(run, plant)
    (risk,) = walk.list("knowledge", "at_risk")
    assert (risk["ref"], risk["days_left"]) == ("KNW-0001", 21)

    for session in ("SES-0001", "SES-0002"):
        walk.do(session, "hold", "--held-on", "2026-05-19")
    assert [(r["status"], r["provisional_level"]) for r in walk.list("receivers")] == [("in_transfer", "2")] * 2
    for receiver in ("RCV-0001", "RCV-0002"):
        walk.do(receiver, "demonstrate")
    assert "can't verify his or her own" in walk.do(
        "RCV-0001", "verify", "--verified-level", "3", "--verified-by", "Tang"
    )
    walk.do("RCV-0001", "verify", "--verified-level", "3", "--verified-by", "Deng")
    failed = tmp_path / "failed.csv"
    failed.write_text(
        "Receiver of knowledge,Verified on,Verified by,Result\nRCV-0002,2026-05-20,Deng,Failed\n", "utf-8"
    )
    assert run("import", failed, "--into", plant, "--project", "P1", "--register", "verifications")[0] == 0

    assert [(r["status"], r["verified_level"]) for r in walk.list("receivers")] == [
        ("verified", "3"), ("in_transfer", None),
    ]  # fmt: skip
    certificate = ("certificate", plant, "HOC", "10", "--to", tmp_path, "--project", "P1")
    code, _, refused = run(*certificate)
    assert (code, "1 critical knowledge item of 10 is not verified yet: KNW-0001" in refused) == (1, True)
    plan = tmp_path / "plan.pdf"
    assert run("transfer-plan", plant, "--project", "P1", "--for", "PER-0001", "--to", plan)[0] == 0
    assert plan.stat().st_size > 2_000

    walk.do("RCV-0002", "demonstrate")
    walk.do("RCV-0002", "verify", "--verified-level", "3", "--verified-by", "Deng")
    assert run(*certificate)[0] == 0
    walk.do("SIG-0001", "sign", "--signed-name", "Chen")
    walk.do("SIG-0002", "sign", "--signed-name", "Deng")
    assert walk.list("systems")[0]["custody"] == "operations"


def test_workbooks_that_were_filled_in_come_home_by_command(plant: Path, tmp_path: Path, run: Run) -> None:
    walk, guide, sheets = Walk(run, plant), tmp_path / "guide.xlsx", tmp_path / "sheets.xlsx"
    of = ("--project", "P1")
    walk.do("SES-0001", "hold", "--held-on", "2026-05-19")
    assert run("interview-guide", plant, "PER-0001", *of, "--to", guide)[0] == 0
    assert run("verification-sheets", plant, "RCV-0001", "RCV-0002", *of, "--to", sheets, "--language", "en")[0] == 0
    book = load_workbook(guide)
    book.worksheets[2]["B2"] = "The cam of the gripper"
    book.save(guide)
    book = load_workbook(sheets)
    heads = {str(cell.value): cell.column for cell in book["Results"][1]}
    for row, by in ((2, "Deng"), (3, "Cao")):
        for name, value in {"Result": "Passed", "Level shown": "3", "Verified by": by}.items():
            book["Results"].cell(row, heads[name], value)
    book.save(sheets)

    assert run("interview-guide", plant, *of, "--from", guide)[0] == 0
    assert "The cam of the gripper" in walk.list("knowledge")[0]["description"]
    code, out, _ = run("verification-sheets", plant, *of, "--from", sheets, "--json")
    told = json.loads(out)
    assert (code, told["taken"]) == (1, ["RCV-0001"])
    assert told["refused"] == [{"ref": "RCV-0002", "reason": "The receiver can't verify his or her own level."}]
    assert run("interview-guide", plant, *of, "--from", sheets)[0] == 3


def test_loss_risks_are_written_by_command(plant: Path, tmp_path: Path, run: Run) -> None:
    for words, told in (((), False), (("--leaving",), True)):
        book = tmp_path / f"risks-{told}.xlsx"
        assert run("loss-risk", plant, "--project", "P1", "--to", book, "--language", "en", *words)[0] == 0
        assert any("Who leaves" in sheet.title for sheet in load_workbook(book)) is told
