"""What projects of an industry start from: the shipped templates, and taking one without losing what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handover.i18n import in_language
from handover.model import Gate, Milestone, Phase, Project
from handover.model.picks.templates import pick_template
from handover.model.readiness.areas import AREA
from handover.model.readiness.criterion import COUNTED, CRITERION_KIND, Criterion
from handover.registers.beginning import add_project
from handover.registers.readying.taking_phases import take_phases
from handover.registers.readying.templates import KEYS, phase_template
from handover.store import Workspace, undo
from tests.domain import a_row, a_workspace


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("New project") as work:
            project = add_project(work, Project(code="P1", name="Plant"), "process_plant").id
        yield workspace, project


def counted(workspace: Workspace, *models: type) -> list[int]:
    with workspace.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(m).where(m.deleted_at.is_(None))).scalar_one()  # type: ignore[attr-defined]  # rows
            for m in models
        ]


@pytest.mark.parametrize("key", KEYS)
def test_template_hangs_together(key: str) -> None:
    template = phase_template(key)
    phases, milestones = {p.code for p in template.phases}, {m.code for m in template.milestones}
    gates = {g.code for g in template.gates}
    kinds = {(e.list, e.code) for e in pick_template(key).entries}

    assert all({each.entry, each.exit} <= gates | {""} for each in template.phases)
    assert all(("phase_kind", each.kind) in kinds for each in template.phases)
    assert all(each.phase in phases and ("milestone_kind", each.kind) in kinds for each in template.milestones)
    assert all(each.phase in phases and each.milestone in milestones for each in template.gates)
    assert {c.gate for c in template.criteria} == gates
    for each in template.criteria:
        assert each.area in AREA and each.kind in CRITERION_KIND and 1 <= each.weight <= 5
        assert not each.counted or each.counted in COUNTED
        assert all((each.question.en, each.question.zh, each.evidence.en, each.evidence.zh))
    assert len({c.question.en for c in template.criteria}) == len(template.criteria)
    assert any(c.blocker for c in template.criteria)


@pytest.mark.parametrize("key", KEYS)
def test_template_speaks_of_all_areas_of_readiness(key: str) -> None:
    assert {each.area for each in phase_template(key).criteria} == {option.code for option in AREA}


def test_template_is_taken_in_one_act_and_taken_back_by_one_undo(plant: tuple[Workspace, str]) -> None:
    workspace, project = plant
    template = phase_template("process_plant")
    told = take_phases(workspace, project, "process_plant")
    sizes = [len(template.phases), len(template.milestones), len(template.gates), len(template.criteria)]
    assert list(told.new.values()) == sizes
    assert counted(workspace, Phase, Milestone, Gate, Criterion) == sizes
    with workspace.read() as connection:
        row = connection.execute(
            select(Phase.name, Milestone.name.label("milestone"))
            .select_from(Gate)
            .join(Phase, Phase.id == Gate.phase_id)
            .join(Milestone, Milestone.id == Gate.milestone_id)
            .where(Gate.code == "G4")
        ).one()
        entry = connection.execute(
            select(Gate.code).join(Phase, Phase.entry_gate_id == Gate.id).where(Phase.code == "P6")
        ).scalar()
    assert (row.name, row.milestone, entry) == ("Load trial", "First feed", "G4")
    undo(workspace)
    assert counted(workspace, Phase, Milestone, Gate, Criterion) == [0, 0, 0, 0]


def test_what_the_project_has_stays_as_it_is(plant: tuple[Workspace, str]) -> None:
    workspace, project = plant
    a_row(workspace, project, Gate(name="移交生产放行", code="X", notes="Ours"))
    a_row(workspace, project, Criterion(question="Spare parts lie in stock at their minimum", weight=1))
    told = take_phases(workspace, project, "process_plant")
    assert (told.present["gates"], told.present["criteria"]) == (1, 1)
    with workspace.read() as connection:
        gate = connection.execute(select(Gate.code, Gate.notes, Gate.phase_id).where(Gate.code == "X")).one()
        of_it = connection.execute(
            select(func.count()).select_from(Criterion).join(Gate, Gate.id == Criterion.gate_id).where(Gate.code == "X")
        ).scalar_one()
    assert (gate.code, gate.notes, gate.phase_id) == ("X", "Ours", None)
    assert of_it > 10


def test_template_taken_twice_brings_nothing_the_second_time(plant: tuple[Workspace, str]) -> None:
    workspace, project = plant
    take_phases(workspace, project, "power_unit")
    with in_language("zh"):
        assert take_phases(workspace, project, "power_unit").total == 0


def test_criteria_alone_bring_the_gates_that_they_belong_to(plant: tuple[Workspace, str]) -> None:
    workspace, project = plant
    told = take_phases(workspace, project, "it_system", ["criteria"], dry_run=True)
    assert told.new["gates"] == len(phase_template("it_system").gates)
    assert (told.new["phases"], told.new["milestones"]) == (0, 0)
    assert counted(workspace, Gate) == [0]
