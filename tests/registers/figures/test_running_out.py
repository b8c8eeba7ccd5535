"""*Today* on the overview names what runs out: calibrations, waivers, conditions of a pass, emergency plans, drills."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.i18n import in_language
from handover.model import Gate
from handover.model.acceptance.instrument import MeasuringInstrument
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.waiver import ParameterWaiver
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.drill import EmergencyDrill
from handover.model.readiness.emergency_plan import EmergencyPlan
from handover.model.readiness.review import GateReview
from handover.registers.figures.today import TodayLine, today_lines
from tests.domain import a_workspace
from tests.model.readiness_site import TODAY, ReadySite


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadySite:
    monkeypatch.setattr("handover.clock.today", lambda: TODAY)
    return ReadySite(a_workspace(tmp_path))


def _in(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


def _lines(site: ReadySite) -> list[TodayLine]:
    with site.workspace.read() as connection:
        return list(today_lines(connection, site.project))


def test_nothing_is_on_where_nothing_runs_out(site: ReadySite) -> None:
    site.row(MeasuringInstrument(name="Scale", calibration_due=_in(90)))

    assert _lines(site) == []


def test_calibrations_that_ran_out_and_that_run_out_are_told_apart(site: ReadySite) -> None:
    site.row(MeasuringInstrument(name="Scale", calibration_due=_in(-1)))
    site.row(MeasuringInstrument(name="Rule", calibration_due=_in(14)))

    gone, soon = _lines(site)

    assert (gone.name, gone.tone, gone.words()) == ("Calibration ran out", "danger", "INS-0001 Scale, 19 May 2026")
    assert (soon.name, soon.tone, soon.words()) == ("Calibration runs out", "warning", "INS-0002 Rule, 3 Jun 2026")
    assert (soon.page, soon.state) == ("instruments", (("view", "due_soon"),))
    with in_language("zh"):
        assert _lines(site)[0].words() == "INS-0001 Scale（2026-05-19）"


def test_of_many_the_first_three_are_named_and_the_others_counted(site: ReadySite) -> None:
    for n in range(5):
        site.row(MeasuringInstrument(name=f"Scale {n}", calibration_due=_in(10 - n)))

    (line,) = _lines(site)

    assert line.words().startswith("INS-0005 Scale 4, 26 May 2026; INS-0004 Scale 3")
    assert line.words().endswith("; 2 more")


def test_condition_of_a_pass_is_told_before_the_pass_lapses(site: ReadySite) -> None:
    gate = site.row(Gate(name="Ready for feed"))
    with site.workspace.edit("As it was", project=site.project, source="import") as work:
        for status, days in (("conditional_go", 3), ("no_go", 4)):
            review = work.add(GateReview(gate_id=gate, status=status, held_on=TODAY, decided_on=TODAY))
            work.add(GateCondition(review_id=review.id, title=status, owner_id=site.ops, due_on=_in(days)))

    (line,) = _lines(site)

    assert (line.name, line.words()) == (
        "Condition runs out, the pass lapses", "CND-0001 conditional_go, 23 May 2026"
    )  # fmt: skip


def test_plans_and_drills_that_run_out_are_told(site: ReadySite) -> None:
    with site.workspace.edit("As it was", project=site.project, source="import") as work:
        fire = work.add(EmergencyPlan(title="Fire", status="approved", approved_on=_in(-200), drill_months=6))
        work.add(EmergencyDrill(plan_id=fire.id, status="held", held_on=_in(-190), participants="All", findings="None"))
        work.add(EmergencyDrill(plan_id=fire.id, planned_on=_in(2)))

    assert [(line.page, line.name) for line in _lines(site)] == [
        ("emergency-plans", "Emergency plan not drilled in time"), ("drills", "Drill planned")
    ]  # fmt: skip


def test_waivers_and_retests_are_told(site: ReadySite) -> None:
    parameter = site.row(AcceptanceParameter(name="Gap", limits="10±0.1"))
    with site.workspace.edit("As it was", project=site.project, source="import") as work:
        work.add(ParameterWaiver(parameter_id=parameter, reason="Fits", measure="Shim", status="approved",
                                 approved_by_id=site.tech, valid_until=_in(5)))  # fmt: skip
        work.add(Rectification(parameter_id=parameter, deviation="10.3", status="awaiting_retest", mended_on=TODAY))

    assert [(line.page, line.words()) for line in _lines(site)] == [
        ("waivers", "WVR-0001 Gap, 25 May 2026"), ("rectifications", "RCT-0001 10.3, 20 May 2026")
    ]  # fmt: skip
