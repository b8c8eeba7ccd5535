"""Stored runs: their rules, their logs, what refuses them and what of them stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handover.errors import NotLawful, NotValid, Refused
from handover.model import Person, Project, System
from handover.model.running.clocks import clock_of
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.rules import RunRules
from handover.model.running.run import ProvingRun
from handover.registers import query
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.blockers import blocked
from handover.registers.figures.today import today_lines
from handover.registers.running.run_log import interrupt, run_again
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_row, a_workspace, stored

RUNS, SEGMENTS, STOPS = register("runs"), register("segments"), register("interruptions")
START = dt.datetime(2026, 3, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def at(hours: float) -> str:
    return (START + dt.timedelta(hours=hours)).isoformat(timespec="minutes")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


class Plant:
    """A project with a system and a run of it that runs."""

    def __init__(self, workspace: Workspace, **values: Any) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.lead = a_row(workspace, self.project, Person(name="Lead")).id
        self.system = a_row(workspace, self.project, System(code="10-PU", name="Pumps")).id
        values = {"started_at": at(0), "status": "running", **values}
        self.run = a_row(workspace, self.project, ProvingRun(name="72 h", system_id=self.system, **values)).id

    def segment(self, start: float, end: float | None, **values: Any) -> str:
        given = {"run": self.run, "from_at": at(start), "to_at": None if end is None else at(end), **values}
        return editing.add(self.workspace, SEGMENTS, self.project, given)

    def stop(self, start: float, end: float | None, who: str | None, **values: Any) -> str:
        given = {"run": self.run, "from_at": at(start), "to_at": None if end is None else at(end), "cause": "Trip",
                 "attribution": who, **values}  # fmt: skip
        return editing.add(self.workspace, STOPS, self.project, given)

    def take(self, step: str, **answers: Any) -> None:
        taking.take(self.workspace, RUNS, self.project, [self.run], taking.step_of(RUNS, step), answers)

    def clock(self, hours: float) -> Any:
        with self.workspace.read() as connection:
            return clock_of(connection, self.run, START + dt.timedelta(hours=hours))


@pytest.fixture
def plant(workspace: Workspace) -> Plant:
    return Plant(workspace)


def end_of(reading: Any) -> float:
    return float((reading.earliest_end - START).total_seconds() / 3600)


def test_trip_by_the_contractor_at_36_h_lasting_3_h_needs_72_h_from_the_restart(plant: Plant) -> None:
    plant.segment(0, 36)
    plant.stop(36, 39, "contractor")
    plant.segment(39, None)

    reading = plant.clock(40)

    assert (end_of(reading), reading.accumulated, reading.resets) == (39 + 72, 60, 1)


def test_grid_outage_of_3_h_at_36_h_needs_36_h_more_from_its_end(plant: Plant) -> None:
    plant.segment(0, 36)
    plant.stop(36, 39, "external")
    plant.segment(39, None)

    reading = plant.clock(40)

    assert (end_of(reading), reading.accumulated, reading.resets) == (39 + 36, 37 * 60, 0)


def test_rules_of_the_contract_go_before_the_usual_ones(plant: Plant) -> None:
    rules = RunRules(name="Ours", required="24+12", effect_contractor="suspend", least_load=0.8)
    key = a_row(plant.workspace, plant.project, rules).id
    editing.change(plant.workspace, RUNS, plant.project, {plant.run: {"rules": key}})
    plant.segment(0, 10, load=0.5)
    plant.segment(10, 20, load=1.0)
    plant.stop(20, 21, "contractor")

    reading = plant.clock(30)

    assert (reading.required, reading.accumulated, reading.resets) == (36 * 60, 600, 0)
    with plant.workspace.read() as connection:
        shown = next(query.every(connection, STOPS, plant.project))
    assert dict(zip((f.field for f in STOPS.fields), shown.values, strict=True))["counts_as"] == "suspend"


def test_hours_of_the_run_itself_go_before_those_of_its_rules(plant: Plant) -> None:
    editing.change(plant.workspace, RUNS, plant.project, {plant.run: {"required": "168"}})

    assert plant.clock(1).required == 168 * 60


@pytest.mark.parametrize("text", ["soon", "72+", "-3"])
def test_hours_that_cannot_be_read_are_refused_in_words(plant: Plant, text: str) -> None:
    with pytest.raises(NotValid, match=r"no number of hours, such as 72, 168 or 72\+24"):
        editing.change(plant.workspace, RUNS, plant.project, {plant.run: {"required": text}})


def test_two_segments_cannot_overlap(plant: Plant) -> None:
    plant.segment(0, 10)

    with pytest.raises(Refused, match=r"Segment 1 tells of this time already.*can't overlap"):
        plant.segment(9, 12)
    plant.segment(10, 12)


def test_nothing_follows_a_segment_that_still_goes_on(plant: Plant) -> None:
    plant.segment(0, None)

    with pytest.raises(Refused, match=r"Segment 1 tells of this time already"):
        plant.segment(20, 22)


def test_moving_a_segment_over_another_is_refused(plant: Plant) -> None:
    plant.segment(0, 10)
    later = plant.segment(10, 20)

    with pytest.raises(Refused):
        editing.change(plant.workspace, SEGMENTS, plant.project, {later: {"from_at": at(8)}})


def test_two_interruptions_cannot_overlap(plant: Plant) -> None:
    plant.stop(5, 8, "owner")

    with pytest.raises(Refused, match=r"Interruption 1 tells of this time already.*can't overlap"):
        plant.stop(7, 9, "owner")


def test_entry_ends_after_it_begins(plant: Plant) -> None:
    with pytest.raises(NotValid, match="ends before it begins"):
        plant.segment(10, 9)


def test_time_without_its_offset_is_refused_in_words(plant: Plant) -> None:
    with pytest.raises(NotValid, match="no moment with its offset from UTC"):
        a_row(plant.workspace, plant.project, RunSegment(run_id=plant.run, from_at="2026-03-01 08:00"))


def test_summer_time_within_a_run_counts_the_hours_that_passed(workspace: Workspace) -> None:
    plant = Plant(workspace, started_at="2026-03-28T20:00+01:00")
    given = {"run": plant.run, "from_at": "2026-03-28T20:00+01:00", "to_at": "2026-03-29T20:00+02:00"}
    editing.add(workspace, SEGMENTS, plant.project, given)

    assert plant.clock(1000).accumulated == 23 * 60


def test_run_is_declared_passed_only_once_its_clock_is_through(plant: Plant) -> None:
    plant.segment(0, 71.5)

    with pytest.raises(Refused, match=r"The clock stands at 71:30 of 72:00 hours"):
        plant.take("pass", decided_by=plant.lead)
    plant.segment(71.5, 72)
    plant.take("pass", decided_by=plant.lead)

    assert stored(plant.workspace, ProvingRun, plant.run)["status"] == "passed"


def test_run_is_not_passed_while_nobody_answers_for_an_interruption(plant: Plant) -> None:
    plant.segment(0, 100)
    plant.stop(10, 11, None)

    with pytest.raises(Refused, match="For 1 interruption nobody has said yet"):
        plant.take("pass", decided_by=plant.lead)


def test_log_of_a_run_that_passed_is_locked(plant: Plant) -> None:
    segment = plant.segment(0, 72)
    plant.take("pass", decided_by=plant.lead)

    with pytest.raises(NotLawful, match="Passed"):
        editing.change(plant.workspace, SEGMENTS, plant.project, {segment: {"to_at": at(80)}})
    with pytest.raises(NotLawful):
        plant.stop(10, 11, "contractor")


def test_correction_of_the_log_leaves_its_trace(plant: Plant) -> None:
    segment = plant.segment(0, 30)
    editing.change(plant.workspace, SEGMENTS, plant.project, {segment: {"to_at": at(28)}})

    with plant.workspace.read() as connection:
        told = connection.exec_driver_sql(
            "SELECT fields FROM change WHERE row_id = ? ORDER BY rowid DESC LIMIT 1", (segment,)
        ).scalar()
    assert at(30) in str(told)
    assert at(28) in str(told)


def test_run_that_is_started_without_saying_when_starts_now(workspace: Workspace) -> None:
    plant = Plant(workspace, status="planned", started_at=None)

    plant.take("start")

    assert stored(workspace, ProvingRun, plant.run)["started_at"] is not None


def test_trip_ends_the_segment_and_the_restart_ends_the_trip_each_in_one_act(plant: Plant) -> None:
    plant.segment(0, None, load=0.9)
    interrupt(plant.workspace, plant.project, plant.run, "Pump trip", "contractor", at=at(36))
    run_again(plant.workspace, plant.project, plant.run, at=at(39))

    reading = plant.clock(40)

    assert (end_of(reading), reading.resets, [f.code for f in reading.findings]) == (39 + 72, 1, [])
    with plant.workspace.read() as connection:
        loads = connection.execute(select(RunSegment.load).order_by(RunSegment.from_at)).scalars().all()
        ends = connection.execute(select(RunInterruption.to_at)).scalars().all()
    assert (loads, ends) == ([0.9, 0.9], [at(39)])
    undo(plant.workspace)
    assert plant.clock(40).state == "reset"


def test_second_interruption_waits_for_the_end_of_the_first(plant: Plant) -> None:
    interrupt(plant.workspace, plant.project, plant.run, "Pump trip", at=at(5))

    with pytest.raises(NotLawful, match="An interruption goes on already"):
        interrupt(plant.workspace, plant.project, plant.run, "Another", at=at(6))


def test_nothing_is_logged_into_a_run_that_does_not_run(workspace: Workspace) -> None:
    plant = Plant(workspace, status="planned", started_at=None)

    with pytest.raises(NotLawful, match="isn't running: start the run first"):
        run_again(workspace, plant.project, plant.run)


def test_run_that_is_not_passed_stands_in_the_way_of_its_system(plant: Plant) -> None:
    def in_the_way() -> int:
        with plant.workspace.read() as connection:
            found = blocked(connection, plant.project)
        return sum(each.open.get("runs", 0) for each in found)

    assert in_the_way() == 1
    plant.segment(0, 72)
    plant.take("pass", decided_by=plant.lead)
    assert in_the_way() == 0


def test_failed_run_stands_in_the_way_until_another_passed(plant: Plant) -> None:
    plant.take("fail", failed_because="Two trips too many", decided_by=plant.lead)
    with plant.workspace.read() as connection:
        assert connection.execute(select(ProvingRun.ref).where(ProvingRun.blocking())).scalars().all() == ["RUN-0001"]

    a_row(plant.workspace, plant.project, ProvingRun(name="Again", system_id=plant.system, status="passed"))

    with plant.workspace.read() as connection:
        assert connection.execute(select(ProvingRun.ref).where(ProvingRun.blocking())).scalars().all() == []


def test_decision_goes_before_the_clock(plant: Plant) -> None:
    plant.segment(0, 10)
    plant.take("fail", failed_because="Bearing damaged", decided_by=plant.lead)

    reading = plant.clock(20)

    assert (reading.result, reading.earliest_end, reading.accumulated) == ("failed", None, 600)


def test_earliest_end_and_resets_stand_in_the_register(plant: Plant) -> None:
    plant.segment(0, 36)
    plant.stop(36, 39, "contractor")
    plant.segment(39, None)

    with plant.workspace.read() as connection:
        shown = next(query.every(connection, RUNS, plant.project))
    values = dict(zip((f.field for f in RUNS.fields), shown.values, strict=True))
    assert (values["earliest_end"], values["resets"]) == (at(39 + 72), 1)


def test_clock_of_a_run_that_runs_is_on_today(plant: Plant) -> None:
    plant.segment(0, None)

    with plant.workspace.read() as connection:
        (line,) = today_lines(connection, plant.project)

    assert (line.name, line.page, line.state) == ("10-PU  72 h", "run_clock", (("run", plant.run),))
    assert "72:00:00" in line.words()
