"""Stored waves: the way back that they need, the night as it is ticked, and rehearsals that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.errors import NotLawful, NotValid, Refused
from handover.model import Person, Project, System
from handover.model.cutover.rollback import CutoverRehearsal, RollbackPlan
from handover.model.cutover.step import CutoverStep
from handover.model.cutover.wave import CutoverWave
from handover.model.teams.decision import Decision
from handover.registers import query
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.today import today_lines
from handover.registers.running.sheets import sheet_of
from handover.registers.running.ticking import tick
from handover.store import Workspace
from tests.domain import a_row, a_workspace, stored

WAVES, STEPS, PLANS, REHEARSALS = map(register, ("waves", "cutover-steps", "rollback-plans", "rehearsals"))
TEN = "2026-12-05T22:00+08:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


class Night:
    """A wave of three steps, without a way back yet."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.lead = a_row(workspace, self.project, Person(name="Lead")).id
        self.system = a_row(workspace, self.project, System(code="MES", name="MES")).id
        wave = CutoverWave(name="Wave 1", system_id=self.system, planned_start=TEN, back_by="2026-12-06T06:00+08:00")
        self.wave = a_row(workspace, self.project, wave).id
        rows = [{"wave": self.wave, "title": t, "planned_minutes": m, "owner": self.lead}
                for t, m in (("Back up", 30), ("Switch", 20), ("Check", 10))]  # fmt: skip
        self.steps = editing.add_many(workspace, STEPS, self.project, rows)

    def way_back(self, **values: Any) -> str:
        plan = RollbackPlan(**{"wave_id": self.wave, "title": "Back", "minutes": 45, **values})
        return a_row(self.workspace, self.project, plan).id

    def take(self, step: str, **answers: Any) -> None:
        taking.take(self.workspace, WAVES, self.project, [self.wave], taking.step_of(WAVES, step), answers)

    def states(self) -> list[str]:
        return [stored(self.workspace, CutoverStep, key)["status"] for key in self.steps]


@pytest.fixture
def night(workspace: Workspace) -> Night:
    return Night(workspace)


def test_wave_without_a_rollback_plan_cannot_start(night: Night) -> None:
    with pytest.raises(Refused, match="Wave 1 has no rollback plan: it can't start before there is a way back"):
        night.take("start")

    night.way_back()
    night.take("start")

    wave = stored(night.workspace, CutoverWave, night.wave)
    assert (wave["status"], wave["started_at"] is not None) == ("executing", True)


def test_rollback_plan_that_does_not_say_how_long_it_takes_is_no_way_back(night: Night) -> None:
    night.way_back(minutes=None)

    with pytest.raises(Refused, match="doesn't say how many minutes going back takes"):
        night.take("start")


def test_void_plan_is_no_way_back(night: Night) -> None:
    night.way_back(status="void")

    with pytest.raises(Refused, match="has no rollback plan"):
        night.take("start")


def test_last_safe_moment_follows_from_the_plan_and_the_rollback(night: Night) -> None:
    night.way_back()

    with night.workspace.read() as connection:
        board = sheet_of(connection, night.wave, dt.datetime.fromisoformat("2026-12-05T20:00+08:00"))

    assert board is not None
    assert board.sheet is not None
    assert board.sheet.last_safe == dt.datetime.fromisoformat("2026-12-06T05:15+08:00")
    assert (board.sheet.planned_end.isoformat(), board.sheet.slip) == ("2026-12-05T23:00:00+08:00", 0)


def test_steps_are_ticked_one_after_the_other(night: Night) -> None:
    night.way_back()
    night.take("start")

    tick(night.workspace, night.project, night.steps[0])
    assert night.states() == ["running", "waiting", "waiting"]
    tick(night.workspace, night.project, night.steps[0])
    assert night.states() == ["done", "running", "waiting"]

    first = stored(night.workspace, CutoverStep, night.steps[0])
    assert first["real_minutes"] is not None
    with night.workspace.read() as connection:
        board = sheet_of(connection, night.wave)
        lines = today_lines(connection, night.project)
    assert board is not None
    assert [(step.title, step.owner) for step in board.busy] == [("Switch", "Lead")]
    assert [(line.name, line.page) for line in lines] == [("MES  Wave 1", "run_sheet")]
    assert "1 of 3 steps" in lines[0].words()


def test_step_beside_another_begins_with_it(night: Night) -> None:
    night.way_back()
    night.take("start")
    editing.change(night.workspace, STEPS, night.project, {night.steps[2]: {"together": True}})

    tick(night.workspace, night.project, night.steps[0])
    tick(night.workspace, night.project, night.steps[0])

    assert night.states() == ["done", "running", "running"]


def test_step_is_not_ticked_before_its_wave_is_under_way(night: Night) -> None:
    with pytest.raises(NotLawful, match="Wave 1 isn't under way: start the wave first"):
        tick(night.workspace, night.project, night.steps[0])


def test_real_minutes_follow_from_the_times(night: Night) -> None:
    given = {"started_at": TEN, "finished_at": "2026-12-05T22:42+08:00"}
    editing.change(night.workspace, STEPS, night.project, {night.steps[0]: given})

    with night.workspace.read() as connection:
        row = next(row for row in query.every(connection, STEPS, night.project) if row.id == night.steps[0])
    values = dict(zip((f.field for f in STEPS.fields), row.values, strict=True))
    assert (values["real_minutes"], values["slip"]) == (42, 12)


def test_wave_is_verified_once_every_step_is_done_or_skipped(night: Night) -> None:
    night.way_back()
    night.take("start")

    with pytest.raises(Refused, match="3 steps are neither done nor skipped: CUT-0001, CUT-0002, CUT-0003"):
        night.take("verify", verified_by=night.lead)
    for key in night.steps:
        taking.take(night.workspace, STEPS, night.project, [key], taking.step_of(STEPS, "skip"),
                    {"skipped_because": "Not needed"})  # fmt: skip
    night.take("verify", verified_by=night.lead)

    assert stored(night.workspace, CutoverWave, night.wave)["status"] == "verified"
    with pytest.raises(NotLawful):
        editing.change(night.workspace, STEPS, night.project, {night.steps[0]: {"title": "Other"}})


def test_wave_that_was_rolled_back_says_why_and_is_planned_anew(night: Night) -> None:
    night.way_back()
    night.take("start")

    with pytest.raises(Refused, match="Why it was rolled back"):
        night.take("roll_back")
    night.take("roll_back", rolled_back_because="Counts differ")
    night.take("plan_anew", planned_start="2026-12-12T22:00+08:00")

    wave = stored(night.workspace, CutoverWave, night.wave)
    assert (wave["status"], wave["started_at"]) == ("planned", None)


def test_wave_is_rolled_back_although_its_system_is_stopped(night: Night) -> None:
    night.way_back()
    night.take("start")
    stop = Decision(title="Stop", authority="emergency", system_id=night.system, status="in_force")
    a_row(night.workspace, night.project, stop)

    with pytest.raises(Refused, match="nothing goes on there until it is lifted"):
        night.take("verify", verified_by=night.lead)
    night.take("roll_back", rolled_back_because="Emergency stop")

    assert stored(night.workspace, CutoverWave, night.wave)["status"] == "rolled_back"


def test_plan_is_approved_once_it_says_all_that_is_relied_on(night: Night) -> None:
    plan = night.way_back()
    approve = taking.step_of(PLANS, "approve")

    with pytest.raises(Refused, match="A rollback plan that is relied on says this"):
        taking.take(night.workspace, PLANS, night.project, [plan], approve, {"approved_by": night.lead})
    editing.change(night.workspace, PLANS, night.project,
                   {plan: {"trigger": "No", "steps": "1. Back", "decided_by": night.lead}})  # fmt: skip
    taking.take(night.workspace, PLANS, night.project, [plan], approve, {"approved_by": night.lead})

    assert stored(night.workspace, RollbackPlan, plan)["status"] == "approved"


def test_plan_is_rehearsed_by_a_rehearsal_that_did_not_fail(night: Night) -> None:
    plan = night.way_back()

    def rehearsed() -> Any:
        with night.workspace.read() as connection:
            row = next(query.every(connection, PLANS, night.project))
        return dict(zip((f.field for f in PLANS.fields), row.values, strict=True))["rehearsed_on"]

    held = {"title": "Back", "wave_id": night.wave, "rollback_plan_id": plan, "held_on": dt.date(2026, 11, 1),
            "participants": "All", "findings": "Key missing"}  # fmt: skip
    a_row(night.workspace, night.project, CutoverRehearsal(**held, result="failed"))
    assert rehearsed() is None
    a_row(night.workspace, night.project, CutoverRehearsal(**held, result="findings"))
    assert rehearsed() == dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"result": "passed", "participants": "All"}, "was held on some day"),
        ({"result": "passed", "held_on": dt.date(2026, 11, 1)}, "only with those who took part"),
        ({"result": "failed", "held_on": dt.date(2026, 11, 1), "participants": "All"}, "Say what was found"),
    ],
)
def test_rehearsal_counts_with_its_day_its_people_and_its_findings(
    night: Night, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(NotValid, match=said):
        a_row(night.workspace, night.project, CutoverRehearsal(title="Dress rehearsal", **values))


def test_rehearsal_walks_the_way_back_of_its_own_wave(night: Night) -> None:
    other = a_row(night.workspace, night.project, CutoverWave(name="Wave 2")).id

    with pytest.raises(Refused, match="of another wave"):
        a_row(night.workspace, night.project,
              CutoverRehearsal(title="Back", wave_id=other, rollback_plan_id=night.way_back()))  # fmt: skip
