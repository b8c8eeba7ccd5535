"""The commands about what may be lost, sessions with their clashes, sheets and guides."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from handover.model import KnowledgeItem, Person
from handover.model.knowledge.session import SessionAttendance, TransferSession
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Chen alone knows a vital item and leaves; two sessions of his are at one time."""
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("Add", project=a_project(workspace)) as work:
            chen = work.add(Person(name="Chen", leaves_on=dt.date(2026, 6, 10))).id
            tang = work.add(Person(name="Tang")).id
            item = work.add(KnowledgeItem(title="Zero", holder_id=chen, receiver_id=tang, criticality="5"))
            for n in (1, 2):
                session = TransferSession(title=f"S{n}", item_id=item.id, giver_id=chen, hours=2)
                session.planned_on = dt.datetime(2026, 6, 1, 8 + n)
                work.add(SessionAttendance(session_id=work.add(session).id, person_id=tang))
        return workspace.path


def test_loss_risk_is_ranked_and_gravity_is_the_exit_code(plant: Path, run: Run) -> None:
    code, out, _ = run("loss-risk", plant, "--project", "P1", "--json")

    told = json.loads(out)
    assert code == 1
    assert [(p["name"], p["days_left"], p["alone"]) for p in told["people"]] == [("Chen", 21, 1)]
    assert [(i["ref"], i["score"], i["why"], i["next"]) for i in told["items"]] == [
        ("KNW-0001", 25, ["outlived", "single"], "Hold the session of 1 Jun 2026"),
    ]  # fmt: skip


def test_unknown_method_is_refused_with_those_that_there_are(plant: Path, run: Run) -> None:
    code, _, error = run("loss-risk", plant, "--project", "P1", "--method", "guess")

    assert code == 2 and "tva, scarcity" in error


def test_sessions_are_listed_with_their_clashes_and_invited_to(plant: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("sessions", plant, "--project", "P1", "--json")
    assert code == 1
    assert [(s["ref"], {c["kind"] for c in s["clashes"]}) for s in json.loads(out)] == [
        ("SES-0001", {"double"}), ("SES-0002", {"double"}),
    ]  # fmt: skip

    code, out, error = run("sessions", plant, "--project", "P1", "--invite", tmp_path / "mail")
    assert len(list((tmp_path / "mail").glob("*.ics"))) == 2
    assert "has no address" in error
    assert run("sessions", plant, "--project", "P1", "--from", "2026-06-02", "--until", "2026-06-01")[0] == 2


def test_sheets_and_guides_are_written_and_issued(plant: Path, run: Run, tmp_path: Path) -> None:
    for command, ref, number in (
        ("verification-sheets", "RCV-0001", "P1-KVS-001"), ("interview-guide", "PER-0001", "P1-KIG-001"),
    ):  # fmt: skip
        pdf = tmp_path / f"{command}.pdf"
        code, out, _ = run(command, plant, ref, "--project", "P1", "--to", pdf, "--issue", "--json")
        assert (code, json.loads(out)["number"]) == (0, number)
        assert pdf.read_bytes().startswith(b"%PDF")

    assert run("verification-sheets", plant, "KNW-0001", "--project", "P1", "--issue")[0] == 2
    assert "nothing to ask about" in run("interview-guide", plant, "PER-0002", "--project", "P1", "--issue")[2]
