"""What forbids a row, field by field, and what follows from a change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from handover.model import Base, Document, KnowledgeItem, Member, Organisation, Person, Project, System, Task, TaskLink
from handover.model import WorkingGroup as Group
from handover.model.steps import Taker, settle

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def faults(model: type[Base], **values: Any) -> list[str]:
    """The fields that a row with these values may not have so."""
    return [problem.field for problem in model.problems(values)]


SOUND: list[tuple[type[Base], dict[str, Any]]] = [
    (Project, {"code": "P1", "name": "Plant"}),
    (Organisation, {"name": "Plant"}),
    (Person, {"name": "Li Na"}),
    (System, {"code": "10", "name": "Pumps"}),
    (Group, {"name": "Pumps"}),
    (Member, {"group_id": "g", "person_id": "p"}),
    (Task, {"name": "Pump test"}),
    (Document, {"title": "Manual"}),
    (KnowledgeItem, {"title": "Start-up"}),
]


@pytest.mark.parametrize(("model", "values"), SOUND, ids=lambda v: getattr(v, "__name__", ""))
def test_row_with_its_required_fields_is_sound_and_without_one_is_not(
    model: type[Base], values: dict[str, Any]
) -> None:
    assert faults(model, **values) == []
    for key in values:
        field = key.removesuffix("_id")
        assert faults(model, **{**values, key: None}) == [field]
        assert faults(model, **{k: v for k, v in values.items() if k != key}) == [field]
        if not key.endswith("_id"):
            assert faults(model, **{**values, key: "  \n"}) == [field]


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Project, {"window_from": day("2026-03-02"), "window_to": day("2026-03-01")}, "window_to"),
        (System, {"id": "s", "parent_id": "s"}, "parent"),
        (Group, {"started_on": day("2026-03-02"), "ends_on": day("2026-03-01")}, "ends_on"),
        (Member, {"role": "tech_lead", "side": "operations"}, "role"),
        (Member, {"role": "ops_lead", "side": "project"}, "role"),
        (Member, {"role": "ops_lead", "side": "third"}, "role"),
        (Member, {"allocation": 1.01}, "allocation"),
        (Member, {"allocation": -0.01}, "allocation"),
        (Task, {"id": "t", "parent_id": "t"}, "parent"),
        (Task, {"percent": 1.01}, "percent"),
        (Task, {"percent": -0.01}, "percent"),
        (Task, {"duration": -1}, "duration"),
        (Task, {"duration": 480, "kind": "milestone"}, "duration"),
        (Task, {"start": at("2026-03-02"), "finish": at("2026-03-01 17:00")}, "finish"),
        (Task, {"actual_start": at("2026-03-02"), "actual_finish": at("2026-03-01")}, "actual_finish"),
        (Document, {"submitted_on": day("2026-03-02"), "received_on": day("2026-03-01")}, "received_on"),
        (Document, {"copies": -1}, "copies"),
        (Document, {"pages": -1}, "pages"),
        (KnowledgeItem, {"receiver_id": "p", "verified_by_id": "p"}, "verified_by"),
        (KnowledgeItem, {"verified_level": "2"}, "verified_by"),
        (KnowledgeItem, {"status": "accepted_gap"}, "accepted_because"),
        (KnowledgeItem, {"status": "accepted_gap", "accepted_because": " "}, "accepted_because"),
        (KnowledgeItem, {"status": "verified"}, "verified_level"),
        (KnowledgeItem, {"status": "verified", "verified_level": "2", "verified_by_id": "p"}, "verified_level"),
    ],
)
def test_impossible_values_are_refused_at_their_field(model: type[Base], values: dict[str, Any], field: str) -> None:
    sound = next(good for kind, good in SOUND if kind is model)

    assert faults(model, **sound, **values) == [field]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Project, {"window_from": day("2026-03-01"), "window_to": day("2026-03-01")}),
        (System, {"id": "s", "parent_id": "other"}),
        (System, {"id": None, "parent_id": None}),
        (Group, {"started_on": day("2026-03-01"), "ends_on": day("2026-03-01")}),
        (Member, {"role": "tech_lead", "side": "project", "allocation": 0}),
        (Member, {"role": "ops_lead", "side": "operations", "allocation": 1}),
        (Member, {"role": "tech_lead"}),
        (Member, {"role": "sponsor", "side": "third"}),
        (Task, {"percent": 0, "duration": 0, "kind": "milestone"}),
        (Task, {"start": at("2026-03-02 08:00"), "finish": at("2026-03-02")}),
        (Document, {"submitted_on": day("2026-03-01"), "received_on": day("2026-03-01"), "copies": 0}),
        (Document, {"received_on": day("2026-03-01")}),
        (KnowledgeItem, {"receiver_id": "p", "verified_by_id": "q", "verified_level": "1"}),
        (KnowledgeItem, {"status": "verified", "verified_level": "3", "verified_by_id": "q"}),
        (KnowledgeItem, {"status": "verified", "verified_level": "2", "target_level": "2", "verified_by_id": "q"}),
        (KnowledgeItem, {"status": "accepted_gap", "accepted_because": "Supplier stays for two years"}),
    ],
)
def test_values_at_the_edge_of_what_is_possible_are_taken(model: type[Base], values: dict[str, Any]) -> None:
    sound = next(good for kind, good in SOUND if kind is model)

    assert faults(model, **sound, **values) == []


def test_task_does_not_depend_on_itself() -> None:
    assert faults(TaskLink, predecessor_id="a", successor_id="a") == ["predecessors"]
    assert faults(TaskLink, predecessor_id="a", successor_id="b") == []


def test_every_table_says_what_is_wrong_with_an_empty_row_without_failing() -> None:
    for mapper in Base.registry.mappers:
        list(mapper.class_.problems({}))
        assert isinstance(mapper.class_.consequences({}, set()), dict)


# -- tasks: 100 % and an actual finish belong together ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "changed", "follows"),
    [
        # done: finished as planned if that has passed, else today
        ({"percent": 1.0, "finish": at("2026-05-04 17:00")}, {"percent"}, {"actual_finish": at("2026-05-04 17:00")}),
        ({"percent": 1.0, "finish": at("2026-05-20 17:00")}, {"percent"}, {"actual_finish": at("2026-05-20 17:00")}),
        ({"percent": 1.0, "finish": at("2026-07-01")}, {"percent"}, {"actual_finish": at("2026-05-20")}),
        ({"percent": 1.0}, {"percent"}, {"actual_finish": at("2026-05-20")}),
        # ... but not before it began
        (
            {"percent": 1.0, "finish": at("2026-05-04"), "actual_start": at("2026-05-11")},
            {"percent"},
            {"actual_finish": at("2026-05-20")},
        ),
        (
            {"percent": 1.0, "finish": at("2026-05-04"), "actual_start": at("2026-05-20 10:30")},
            {"percent"},
            {"actual_finish": at("2026-05-20 10:30")},
        ),
        # an actual finish means done, also when both are new
        ({"actual_finish": at("2026-05-04")}, {"actual_finish"}, {"percent": 1.0}),
        ({"actual_finish": at("2026-05-04"), "percent": 0.4}, {"actual_finish", "percent"}, {"percent": 1.0}),
        # taking one back takes back the other
        ({"actual_finish": at("2026-05-04"), "percent": 0.5}, {"percent"}, {"actual_finish": None}),
        ({"actual_finish": None, "percent": 1.0}, {"actual_finish"}, {"percent": None}),
        # nothing follows from what agrees
        ({"actual_finish": at("2026-05-04"), "percent": 1.0}, {"percent"}, {}),
        ({"percent": 0.5}, {"percent"}, {}),
        ({}, {"name"}, {}),
        # a task that was told to be done on no certain day stays so whatever else changes
        ({"percent": 1.0, "finish": at("2026-05-04")}, {"name", "finish"}, {}),
        # milestones
        ({"kind": "milestone"}, {"kind"}, {"duration": 0}),
        ({"kind": "milestone", "duration": 0}, {"kind"}, {}),
    ],
)
def test_what_follows_from_a_change_of_a_task(
    values: dict[str, Any], changed: set[str], follows: dict[str, Any]
) -> None:
    assert Task.consequences(values, changed) == follows


@pytest.mark.parametrize(
    ("values", "follows"),
    [
        ({"finish": at("2026-05-04 17:00")}, {"actual_finish": at("2026-05-04 17:00")}),
        ({"finish": at("2026-07-01")}, {}),
        ({}, {}),
        ({"finish": at("2026-05-04"), "actual_start": at("2026-05-11")}, {}),
    ],
)
def test_no_day_is_invented_for_what_a_file_says_is_done(values: dict[str, Any], follows: dict[str, Any]) -> None:
    assert Task.consequences_told({"percent": 1.0, **values}, {"percent", *values}) == follows


def test_what_follows_never_breaks_a_rule() -> None:
    starts = [None, at("2026-05-01"), at("2026-05-20 10:30"), at("2026-06-01")]
    for finish in starts:
        for started in starts:
            values = {"name": "x", "percent": 1.0, "finish": finish, "actual_start": started}
            values |= Task.consequences(values, {"percent"})
            assert faults(Task, **values) == [], values


# -- dates that a state carries ---------------------------------------------------------------------------------------


def test_submitting_receiving_and_accepting_carry_the_day() -> None:
    document = Document(title="Manual", status="placeholder", approved_by_id="p")

    for status in ("submitted", "received", "in_review", "approved", "issued", "accepted"):
        document.status = status
    settle(document, Taker(None, TODAY))

    assert (document.submitted_on, document.received_on, document.accepted_on) == (TODAY, TODAY, TODAY)


def test_date_that_is_known_is_kept() -> None:
    document = Document(title="Manual", status="placeholder", submitted_on=day("2026-05-01"))

    document.status = "submitted"
    settle(document, Taker(None, TODAY))

    assert document.submitted_on == day("2026-05-01")


def test_verification_carries_the_day() -> None:
    item = KnowledgeItem(
        title="Start-up", status="demonstrated", target_level="3", verified_level="4", verified_by_id="q"
    )

    item.status = "verified"
    settle(item, Taker(None, TODAY))

    assert item.verified_on == TODAY


# -- knowledge --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "verified", "gap"), [("3", None, 3), ("3", "1", 2), ("3", "3", 0), ("2", "4", 0), (None, "1", 2)]
)
def test_gap_counts_verified_levels_only(target: str | None, verified: str | None, gap: int) -> None:
    item = KnowledgeItem(title="x", target_level=target, verified_level=verified, current_level="4")

    assert item.gap == gap


@pytest.mark.parametrize(("attrition", "criticality", "risk"), [("5", "4", 20), ("1", "1", 1), (None, "5", None)])
def test_risk_of_loss_is_attrition_times_criticality(attrition: str | None, criticality: str, risk: int | None) -> None:
    assert KnowledgeItem(title="x", attrition=attrition, criticality=criticality).loss_risk == risk


def test_expired_verification_counts_no_longer() -> None:
    item = KnowledgeItem(
        title="x", status="verified", target_level="3", verified_level="3", verified_by_id="q", verified_on=TODAY
    )

    item.status = "expired"
    settle(item, Taker(None, TODAY))

    assert item.gap == 3
    assert (item.verified_level, item.verified_by_id, item.verified_on) == (None, None, None)


# -- the project ------------------------------------------------------------------------------------------------------


def test_day_that_counts_is_the_actual_then_the_forecast_then_the_planned() -> None:
    project = Project(code="P1", name="Plant", planned_handover=day("2026-06-01"))
    assert project.handover_on == day("2026-06-01")
    project.forecast_handover = day("2026-07-01")
    assert project.handover_on == day("2026-07-01")
    project.actual_handover = day("2026-07-15")
    assert project.handover_on == day("2026-07-15")
