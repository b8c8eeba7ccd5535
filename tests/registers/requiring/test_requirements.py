"""Requirements: taken from a template, listed as documents, kept in step, and how each document stands to them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handover.errors import NotFound, NotValid, Refused
from handover.model import Document, Milestone, Project, System
from handover.model.documents.requirement import Requirement
from handover.model.picks.pick import Pick
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.blockers import blocked
from handover.registers.figures.completeness_charts import completeness_charts
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.registers.query import Query
from handover.registers.requiring.listing import list_expected, look_ahead
from handover.registers.requiring.taking_over import take_template
from handover.registers.requiring.templates import requirement_template, requirement_templates
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_row, a_workspace, stored
from tests.handing_over import issue_certificate

DOCUMENTS, SYSTEMS = register("documents"), register("systems")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


class Plant:
    """A project with two systems, one of them a pump system, and a milestone that is past."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.pumps = self.entry("system_type", "Pumps")
        self.water = self.system("10", "Cooling water", self.pumps)
        self.power = self.system("20", "Power")
        past = Milestone(name="Start-up", planned_on=dt.date(2026, 5, 1))
        self.past = a_row(workspace, self.project, past).id
        self.ahead = a_row(workspace, self.project, Milestone(name="Handover", planned_on=dt.date(2027, 1, 1))).id

    def entry(self, list_: str, word: str) -> str:
        with self.workspace.read() as connection:
            wanted = select(Pick.id).where(Pick.list == list_, Pick.en == word)
            found = connection.execute(wanted).scalar()
        return found or a_row(self.workspace, self.project, Pick(list=list_, code=word, en=word)).id

    def system(self, code: str, name: str, type_: str | None = None) -> str:
        return a_row(self.workspace, self.project, System(code=code, name=name, system_type_id=type_)).id

    def below(self, code: str, parent: str, type_: str | None = None) -> str:
        made = System(code=code, name=f"Part {code}", parent_id=parent, level="subsystem", system_type_id=type_)
        return a_row(self.workspace, self.project, made).id

    def ask(self, type_: str, **values: Any) -> str:
        asked = Requirement(doc_type_id=self.entry("document_type", type_), **values)
        return a_row(self.workspace, self.project, asked).id

    def document(self, type_: str, system: str | None = None, **values: Any) -> str:
        values = {"title": type_, "system_id": system, "doc_type_id": self.entry("document_type", type_), **values}
        return a_row(self.workspace, self.project, Document(**values)).id

    def accepted(self, type_: str, system: str | None, purpose: str | None) -> str:
        return self.document(type_, system, status="accepted", revision="0", number=type_, purpose=purpose)

    def titles(self, view: str = "") -> list[str]:
        with self.workspace.read() as connection:
            numbers = query.keys(connection, DOCUMENTS, self.project, Query(view=view))
            found = query.rows(connection, DOCUMENTS, numbers, [DOCUMENTS["title"]])
            return sorted(row.values[0] for row in found)

    def standing(self) -> dict[str, str]:
        with self.workspace.read() as connection:
            numbers = query.keys(connection, DOCUMENTS, self.project, Query())
            found = query.rows(connection, DOCUMENTS, numbers, [DOCUMENTS["title"], DOCUMENTS["standing"]])
            return {row.values[0]: row.values[1] for row in found}


@pytest.fixture
def plant(workspace: Workspace) -> Plant:
    return Plant(workspace)


def test_what_is_asked_of_a_type_is_listed_for_each_system_of_it(plant: Plant) -> None:
    plant.ask("Manual", system_type_id=plant.pumps)
    plant.ask("Diagram")
    list_expected(plant.workspace, plant.project)
    assert plant.titles() == ["Cooling water: Diagram", "Cooling water: Manual", "Power: Diagram"]


def test_what_is_asked_of_the_project_is_listed_once_and_of_no_system(plant: Plant) -> None:
    whole = a_row(plant.workspace, plant.project, Pick(list="system_type", code="W", en="Whole", meaning="project"))
    plant.ask("Permit", system_type_id=whole.id)
    list_expected(plant.workspace, plant.project)
    assert plant.titles() == ["Permit"]


def test_listing_is_one_act_that_undo_takes_back_and_looking_ahead_changes_nothing(plant: Plant) -> None:
    plant.ask("Diagram")
    assert len(look_ahead(plant.workspace, plant.project).new) == 2
    assert plant.titles() == []
    list_expected(plant.workspace, plant.project)
    assert not look_ahead(plant.workspace, plant.project).new
    undo(plant.workspace)
    assert plant.titles() == []


def test_a_document_that_is_there_is_not_listed_again(plant: Plant) -> None:
    plant.ask("Diagram")
    plant.document("Diagram", plant.water, number="D-1", revision="A")
    list_expected(plant.workspace, plant.project)
    assert plant.titles() == ["Diagram", "Power: Diagram"]


def test_a_document_that_came_takes_the_place_of_the_expected_one(plant: Plant) -> None:
    plant.ask("Diagram")
    list_expected(plant.workspace, plant.project)
    plant.document("Diagram", plant.water, number="D-1", revision="A")
    changes = list_expected(plant.workspace, plant.project)
    assert [each.title for each in changes.gone] == ["Cooling water: Diagram"]
    assert plant.titles() == ["Diagram", "Power: Diagram"]


def test_nothing_that_somebody_touched_goes(plant: Plant) -> None:
    asked = plant.ask("Diagram", system_id=plant.water)
    list_expected(plant.workspace, plant.project)
    with plant.workspace.edit("Number it", project=plant.project) as work:
        document = work.session.scalars(select(Document)).one()
        document.number = "D-7"
    with plant.workspace.edit("Ask no more", project=plant.project) as work:
        work.delete(work.get(Requirement, asked))
    assert list_expected(plant.workspace, plant.project).gone == ()
    assert plant.titles() == ["Cooling water: Diagram"]


def test_a_cancelled_document_is_not_wanted_again(plant: Plant) -> None:
    plant.ask("Diagram", system_id=plant.water)
    list_expected(plant.workspace, plant.project)
    with plant.workspace.edit("Not needed", project=plant.project) as work:
        work.session.scalars(select(Document)).one().status = "cancelled"
    assert not look_ahead(plant.workspace, plant.project).new
    assert plant.standing() == {"Cooling water: Diagram": None}


def test_a_system_that_is_added_has_its_documents_listed_in_the_same_act(plant: Plant) -> None:
    plant.ask("Manual", system_type_id=plant.pumps)
    list_expected(plant.workspace, plant.project)
    plant.system("30", "Feed water", plant.pumps)
    assert plant.titles() == ["Cooling water: Manual", "Feed water: Manual"]
    undo(plant.workspace)
    assert plant.titles() == ["Cooling water: Manual"]


def test_systems_that_are_imported_have_their_documents_listed(plant: Plant) -> None:
    plant.ask("Diagram")
    list_expected(plant.workspace, plant.project)
    rows = [{"code": str(n), "name": f"S{n}"} for n in (41, 42)]
    editing.add_many(plant.workspace, SYSTEMS, plant.project, rows, source="import")
    assert plant.titles()[-2:] == ["S41: Diagram", "S42: Diagram"]


def test_a_system_of_another_type_has_other_documents_expected(plant: Plant) -> None:
    plant.ask("Manual", system_type_id=plant.pumps)
    plant.ask("Setting list", system_type_id=plant.entry("system_type", "Electrical"))
    list_expected(plant.workspace, plant.project)
    change = {plant.water: {"system_type": plant.entry("system_type", "Electrical")}}
    editing.change(plant.workspace, SYSTEMS, plant.project, change)
    assert plant.titles() == ["Cooling water: Setting list"]


def test_nothing_is_listed_by_itself_before_it_was_once_asked_for(plant: Plant) -> None:
    plant.ask("Diagram")
    plant.system("30", "Feed water")
    assert plant.titles() == []


def test_standing_tells_what_is_held_missing_and_in_the_wrong_status(plant: Plant) -> None:
    plant.ask("Manual", required_for_id=plant.ahead, required_status="IFU")
    plant.ask("Diagram", required_for_id=plant.ahead, required_status="IAB")
    plant.ask("Permit", required_for_id=plant.past, required_status="APP")
    plant.accepted("Manual", plant.water, "IFU")
    plant.accepted("Diagram", plant.water, "IFC")
    plant.document("Permit", plant.water)
    list_expected(plant.workspace, plant.project)
    assert plant.standing() == {
        "Manual": "held",
        "Diagram": "wrong_status",
        "Permit": "missing_at_milestone",
        "Power: Manual": "expected",
        "Power: Diagram": "expected",
        "Power: Permit": "missing_at_milestone",
    }
    assert plant.titles("missing_at_milestone") == ["Permit", "Power: Permit"]
    assert plant.titles("wrong_status") == ["Diagram"]


def test_a_status_that_has_come_further_serves_what_asks_for_less(plant: Plant) -> None:
    plant.ask("Diagram", required_status="IFC")
    plant.accepted("Diagram", plant.water, "IAB")
    assert plant.standing() == {"Diagram": "held"}


def test_a_document_without_a_status_does_not_serve_what_asks_for_one(plant: Plant) -> None:
    plant.ask("Diagram", required_status="IFC")
    plant.accepted("Diagram", plant.water, None)
    assert plant.standing() == {"Diagram": "wrong_status"}


def test_of_several_milestones_the_one_that_asks_for_most_counts(plant: Plant) -> None:
    plant.ask("Diagram", required_for_id=plant.past, required_status="IFC")
    plant.ask("Diagram", required_for_id=plant.ahead, required_status="IAB")
    plant.accepted("Diagram", plant.water, "IFC")
    assert plant.standing() == {"Diagram": "wrong_status"}


def test_the_gate_counts_what_is_held_with_the_wrong_status_and_says_so(plant: Plant) -> None:
    plant.ask("Diagram", system_id=plant.water, required_status="IAB")
    plant.accepted("Diagram", plant.water, "IFC")
    with plant.workspace.read() as connection:
        stands = {each.system.id: each.open for each in blocked(connection, plant.project) if each.system}
    assert stands[plant.water] == {"documents": 1}
    with pytest.raises(Refused) as refused:
        issue_certificate(plant.workspace, plant.project, plant.water)
    assert "1 document of 10 is held with the wrong status: DOC-0001." in str(refused.value)


def test_the_matrix_shows_the_standing_of_each_cell_and_no_empty_column(plant: Plant) -> None:
    plant.entry("document_type", "Nobody asks")
    plant.ask("Diagram", system_id=plant.water, required_for_id=plant.past)
    list_expected(plant.workspace, plant.project)
    with plant.workspace.read() as connection:
        reading = read_matrix(connection, matrix_named("completeness"), plant.project)
    (across,) = reading.across
    assert (across.name, reading.text(plant.water, across.id)) == ("Diagram", "M")
    assert reading.text(plant.power, across.id) == ""


def test_a_requirement_names_one_system_or_a_type_not_both(plant: Plant) -> None:
    with pytest.raises(NotValid):
        plant.ask("Diagram", system_id=plant.water, system_type_id=plant.pumps)
    with pytest.raises(NotValid):
        a_row(plant.workspace, plant.project, Requirement(system_id=plant.water))


# -- subsystems -------------------------------------------------------------------------------------------------------


def test_a_document_of_a_subsystem_counts_for_the_system_above(plant: Plant) -> None:
    plant.ask("Diagram", system_id=plant.water, required_status="IFC", required_for_id=plant.ahead)
    package = plant.below("10-1-1", plant.below("10-1", plant.water))
    plant.accepted("Diagram", package, "IFC")
    list_expected(plant.workspace, plant.project)
    assert plant.standing() == {"Diagram": "held"}
    with plant.workspace.read() as connection:
        numbers = query.keys(connection, DOCUMENTS, plant.project, Query())
        fields = [DOCUMENTS[key] for key in ("asked_of", "asked_for", "required_status")]
        (row,) = query.rows(connection, DOCUMENTS, numbers, fields)
        charts = completeness_charts(connection, plant.project)
        matrix = read_matrix(connection, matrix_named("completeness"), plant.project)
        (behind,) = [key for line in charts.milestones.keys for key in line if key is not None]
        assert len(query.keys(connection, DOCUMENTS, plant.project, behind.query)) == 1
    assert row.values == ("SYS-0001 10 Cooling water", "MLS-0002 Handover", "IFC")
    assert (charts.milestones.rows, charts.milestones.cells) == (("10",), ((1.0,),))
    assert matrix.text(package, matrix.across[0].id) == "H"


def test_a_document_of_a_subsystem_takes_the_place_of_the_expected_one_above(plant: Plant) -> None:
    plant.ask("Diagram")
    list_expected(plant.workspace, plant.project)
    part = plant.below("10-1", plant.water)
    plant.document("Diagram", part, number="D-1", revision="A")
    changes = list_expected(plant.workspace, plant.project)
    assert [each.title for each in changes.gone] == ["Cooling water: Diagram"]
    assert plant.titles() == ["Diagram", "Power: Diagram"]


def test_a_subsystem_that_is_asked_itself_keeps_its_documents_to_itself(plant: Plant) -> None:
    plant.ask("Manual", system_type_id=plant.pumps)
    part = plant.below("10-1", plant.water, plant.pumps)
    plant.accepted("Manual", part, "IFU")
    list_expected(plant.workspace, plant.project)
    assert plant.titles() == ["Cooling water: Manual", "Manual"]
    assert plant.standing() == {"Cooling water: Manual": "expected", "Manual": "held"}


def test_a_document_of_another_discipline_does_not_count_for_the_system_above(plant: Plant) -> None:
    one, other = plant.entry("discipline", "One"), plant.entry("discipline", "Other")
    plant.ask("Diagram", system_id=plant.water, discipline_id=one)
    plant.document("Diagram", plant.below("10-1", plant.water), number="D-1", revision="A", discipline_id=other)
    list_expected(plant.workspace, plant.project)
    assert plant.standing() == {"Diagram": None, "Cooling water: Diagram": "expected"}


def test_the_system_above_is_asked_again_when_a_subsystem_goes_or_moves(plant: Plant) -> None:
    plant.ask("Diagram")
    part = plant.below("10-1", plant.water)
    plant.document("Diagram", part, number="D-1", revision="A")
    list_expected(plant.workspace, plant.project)
    assert plant.titles() == ["Diagram", "Power: Diagram"]
    editing.change(plant.workspace, SYSTEMS, plant.project, {part: {"parent": plant.power}})
    assert plant.titles() == ["Cooling water: Diagram", "Diagram"]
    undo(plant.workspace)
    assert plant.titles() == ["Diagram", "Power: Diagram"]


def test_documents_expected_of_a_system_go_with_it(plant: Plant) -> None:
    plant.ask("Diagram")
    list_expected(plant.workspace, plant.project)
    with plant.workspace.edit("Take it off", project=plant.project) as work:
        work.delete(work.get(System, plant.power))
    assert plant.titles() == ["Cooling water: Diagram"]
    undo(plant.workspace)
    assert plant.titles() == ["Cooling water: Diagram", "Power: Diagram"]


# -- templates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", requirement_templates(), ids=lambda each: each.key)
def test_each_template_names_everything_in_both_languages(template: Any) -> None:
    named = [*template.milestones, *template.system_types, *template.document_types.values()]
    assert all(each.en and each.zh for each in named)
    assert {each.type for each in template.demands} == template.document_types.keys()
    places = Counter((each.of, each.type, each.discipline) for each in template.demands)
    assert max(places.values()) == 1


def test_the_process_plant_asks_for_every_discipline_document_type_that_cfihos_specifies() -> None:
    template = requirement_template("process_plant")
    assert len({(each.discipline, each.type) for each in template.demands}) == 855
    assert [each.code for each in template.milestones] == ["ENG", "CON", "COM", "SUP", "OPS"]
    assert "CC BY 4.0" in template.source


def test_names_that_nobody_of_the_trade_has_looked_at_are_told_and_stand_in_the_notes(plant: Plant) -> None:
    told = take_template(plant.workspace, plant.project, "process_plant")

    assert len(told.unsure) == 17  # the eighteenth is asked of nothing
    with plant.workspace.read() as connection:
        marked = connection.execute(
            select(Pick.zh, Requirement.notes)
            .join(Pick, Pick.id == Requirement.doc_type_id)
            .where(Requirement.notes.is_not(None))
        ).all()
    assert {name for name, _ in marked} == set(told.unsure)
    assert all(f"“{name}”" in note for name, note in marked)


def test_taking_a_template_twice_brings_nothing_more_and_loses_nothing(plant: Plant) -> None:
    first = take_template(plant.workspace, plant.project, "factory_line")
    with plant.workspace.edit("Change one", project=plant.project) as work:
        changed = work.session.scalars(select(Requirement).order_by(Requirement.id)).first()
        assert changed is not None
        changed.copies, key = 9, changed.id
    again = take_template(plant.workspace, plant.project, "factory_line")
    assert (again.requirements, again.present) == (0, first.requirements)
    assert stored(plant.workspace, Requirement, key)["copies"] == 9


def test_a_template_uses_milestones_and_entries_that_are_called_so(plant: Plant) -> None:
    told = take_template(plant.workspace, plant.project, "factory_line", dry_run=True)
    assert told.milestones == 4  # its fifth, the handover, is there
    take_template(plant.workspace, plant.project, "factory_line")
    with plant.workspace.read() as connection:
        names = connection.execute(select(Milestone.name).order_by(Milestone.id)).scalars().all()
    assert names.count("Handover") == 1


def test_only_the_milestones_that_are_wanted_come(plant: Plant) -> None:
    take_template(plant.workspace, plant.project, "power_unit", ["hnd"])
    with plant.workspace.read() as connection:
        asked = set(connection.execute(select(Requirement.required_for_id)).scalars())
    assert asked == {plant.ahead}
    with pytest.raises(NotFound):
        take_template(plant.workspace, plant.project, "power_unit", ["XYZ"])


def test_a_later_milestone_asks_again_only_where_it_asks_for_more(plant: Plant) -> None:
    take_template(plant.workspace, plant.project, "factory_line")
    with plant.workspace.read() as connection:
        rows = connection.execute(
            select(Pick.en, Requirement.required_status)
            .join(Pick, Pick.id == Requirement.doc_type_id)
            .where(Pick.en == "Operating procedure", Pick.list == "document_type")
        ).all()
    assert sorted(status for _, status in rows) == ["IFR", "IFU"] or rows == []
