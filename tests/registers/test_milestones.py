"""Milestones have the days of the plan where they are linked to it; phases, gates and signatories stand in order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handover.errors import NotValid
from handover.model import Document, Person, System, Task
from handover.model.signatory import signatory_of
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.query import Query, every
from handover.registers.scheduling import baselines
from tests.exchange.trying import a_file, imported, tried
from tests.registers.conftest import TODAY, Site


def add(site: Site, key: str, **values: Any) -> str:
    return editing.add(site.workspace, register(key), site.project, values)


def shown(site: Site, key: str, *fields: str, view: str = "") -> list[tuple[Any, ...]]:
    listed = register(key)
    with site.workspace.read() as connection:
        rows = every(connection, listed, site.project, Query(view=view), [listed[f] for f in fields])
        return [row.values for row in rows]


def day(n: int) -> dt.date:
    return TODAY + dt.timedelta(days=n)


def a_task(site: Site, name: str, **values: Any) -> str:
    return add(site, "tasks", name=name, kind="milestone", **values)


def test_typed_days_count_without_a_link(site: Site) -> None:
    add(site, "milestones", name="Fire acceptance", planned_on=day(-20), forecast_on=day(9), actual_on=None)

    assert shown(site, "milestones", "baseline_on", "scheduled_on", "reached_on", "status") == [
        (day(-20), day(9), None, "due_soon")
    ]


def test_linked_milestone_takes_its_days_from_the_plan_whatever_was_typed(site: Site) -> None:
    when = dt.datetime.combine(day(30), dt.time())
    task = a_task(site, "Handed over", start=when, finish=when)
    baselines.take(site.workspace, site.project, "First")
    baselines.take(site.workspace, site.project, "As agreed")
    later = dt.datetime.combine(day(40), dt.time(17))
    editing.change(site.workspace, register("tasks"), site.project, {task: {"start": later, "finish": later}})

    add(site, "milestones", name="Handover", task=task, planned_on=day(1), forecast_on=day(2), actual_on=day(-1))

    fields = ("baseline_on", "scheduled_on", "reached_on", "status")
    assert shown(site, "milestones", *fields) == [(day(30), day(40), None, "planned")]
    assert [r[0] for r in shown(site, "milestones", "name", view="slipping")] == ["Handover"]
    done = dt.datetime.combine(day(-2), dt.time())
    editing.change(site.workspace, register("tasks"), site.project, {task: {"actual_finish": done}})
    assert shown(site, "milestones", "reached_on", "status") == [(day(-2), "reached")]


def test_milestone_is_overdue_once_its_day_has_passed(site: Site) -> None:
    past = dt.datetime.combine(day(-3), dt.time())
    add(site, "milestones", name="Linked", task=a_task(site, "Late", start=past, finish=past))
    add(site, "milestones", name="Typed", planned_on=day(-1))
    add(site, "milestones", name="Moved", planned_on=day(-1), forecast_on=day(20))
    add(site, "milestones", name="Done", planned_on=day(-1), actual_on=day(-1))

    assert [r[0] for r in shown(site, "milestones", "name", view="overdue")] == ["Linked", "Typed"]
    assert [r[0] for r in shown(site, "milestones", "name", view="open")] == ["Linked", "Typed", "Moved"]


def test_phase_is_expected_on_its_forecast_and_keeps_its_place(site: Site) -> None:
    add(site, "phases", name="Second", position=2, planned_finish=day(-5), forecast_finish=day(5))
    add(site, "phases", name="Unplaced", planned_finish=day(-1))
    add(site, "phases", name="First", position=1, actual_start=day(-9), actual_finish=day(-2))

    assert shown(site, "phases", "name", "expected_finish", "status") == [
        ("First", None, "finished"),
        ("Second", day(5), "not_started"),
        ("Unplaced", day(-1), "overdue"),
    ]


def test_phase_is_left_by_another_gate_than_it_is_entered_by(site: Site) -> None:
    gate = add(site, "gates", name="G1")

    with pytest.raises(NotValid, match="left by another gate"):
        add(site, "phases", name="Trial", entry_gate=gate, exit_gate=gate)
    with pytest.raises(NotValid, match="finishes before it starts"):
        add(site, "phases", name="Trial", forecast_start=day(2), forecast_finish=day(1))


def test_signatories_stand_in_their_order(site: Site) -> None:
    anna, zhang = site.ids["anna"], site.ids["zhang"]
    add(site, "signatories", signs_for="pack", person=anna, side="operations", sign_seq=2)
    add(site, "signatories", signs_for="pack", person=zhang, side="project", sign_seq=1)

    assert [str(r[0]) for r in shown(site, "signatories", "person")] == ["张三", "Anna Berg"]
    with pytest.raises(NotValid, match="person who signs, or the role"):
        add(site, "signatories", signs_for="pack")
    with pytest.raises(NotValid, match="begins with 1"):
        add(site, "signatories", signs_for="pack", person=anna, sign_seq=0)


def test_system_is_signed_for_by_its_operations_lead(site: Site) -> None:
    weld, anna = site.ids["weld"], site.ids["anna"]
    with site.workspace.edit("Look", project=site.project) as work:
        system = work.get(System, weld)
        assert signatory_of(work.session, system) is None
        system.operations_lead_id = anna
        assert signatory_of(work.session, system) == anna
    with site.workspace.edit("Leave", project=site.project) as work:
        work.delete(work.get(Person, anna))
    with site.workspace.edit("Look", project=site.project) as work:
        assert signatory_of(work.session, work.get(System, weld)) is None


def test_document_is_required_for_a_milestone_that_its_list_names(site: Site, tmp_path: Path) -> None:
    add(site, "milestones", name="72-hour run", code="M7")
    path = a_file(tmp_path, [
        ("Document no.", "Title", "Required for"),
        ("D-50", "Run report", "m7"),
        ("D-51", "Test record", "72-hour run"),
        ("D-52", "As built", "Handover"),
        ("D-53", "Spare list", "handover"),
    ])  # fmt: skip

    run = tried(site.workspace, path, register="documents")
    assert [(made.table, made.name) for made in run.created] == [("milestone", "Handover")]
    imported(site.workspace, path, register="documents")

    named = {r[0]: str(r[1]) for r in shown(site, "documents", "number", "required_for") if r[1]}
    assert named == {"D-50": "72-hour run", "D-51": "72-hour run", "D-52": "Handover", "D-53": "Handover"}


def test_milestone_in_the_bin_is_emptied_without_what_names_it(site: Site) -> None:
    from handover.registers.acts.emptying import empty_bin

    milestone = add(site, "milestones", name="Handover")
    editing.change(site.workspace, register("documents"), site.project, {site.ids["late"]: {"required_for": milestone}})
    editing.delete(site.workspace, register("milestones"), site.project, [milestone])

    assert empty_bin(site.workspace, register("milestones"), site.project) == 1

    with site.workspace.edit("Look", project=site.project) as work:
        assert work.get(Document, site.ids["late"]).required_for_id is None
        assert work.session.query(Task).count() == 3
