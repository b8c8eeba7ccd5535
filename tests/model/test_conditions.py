"""Which rows count as open, overdue, missing or at risk: the conditions behind every number of the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select

from handover.model import Document, KnowledgeItem, Person, Row, System, Task, WorkingGroup
from handover.store import Workspace
from tests.domain import a_project, a_workspace

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def at(days: int, hour: int = 0) -> dt.datetime:
    return dt.datetime.combine(in_days(days), dt.time(hour))


def kept(workspace: Workspace, rows: dict[str, Row], condition: ColumnElement[bool]) -> set[str]:
    """The names of the rows that meet a condition."""
    project = a_project(workspace)
    with workspace.edit("Add", project=project) as work:
        keys = {work.add(row).id: name for name, row in rows.items()}
    model = type(next(iter(rows.values())))
    with workspace.read() as connection:
        return {keys[key] for key in connection.scalars(select(model.id).where(condition))}


def documents(**values: dict[str, Any]) -> dict[str, Row]:
    return {name: Document(title=name, **more) for name, more in values.items()}


def test_documents_are_open_until_operations_has_them(workspace: Workspace) -> None:
    rows = documents(
        placeholder={},
        issued={"status": "issued"},
        returned={"status": "returned"},
        accepted={"status": "accepted"},
        superseded={"status": "superseded"},
        cancelled={"status": "cancelled"},
    )

    assert kept(workspace, rows, Document.open()) == {"placeholder", "issued", "returned"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("overdue", {"yesterday"}),
        ("due_soon", {"today", "in_two_weeks"}),
    ],
)
def test_documents_by_their_due_date(workspace: Workspace, condition: str, expected: set[str]) -> None:
    rows = documents(
        yesterday={"due_on": in_days(-1)},
        yesterday_accepted={"due_on": in_days(-1), "status": "accepted"},
        today={"due_on": in_days(0)},
        in_two_weeks={"due_on": in_days(14)},
        later={"due_on": in_days(15)},
        never={},
    )

    assert kept(workspace, rows, getattr(Document, condition)()) == expected


def test_placeholder_words_count_as_missing(workspace: Workspace) -> None:
    rows = documents(
        nothing={},
        named={"status": "submitted", "number": "PU-OM-001"},
        tbd={"status": "submitted", "number": "TBD"},
        dash={"status": "approved", "number": "-"},
        tbd_cancelled={"status": "cancelled", "number": "TBD"},
    )

    assert kept(workspace, rows, Document.missing()) == {"nothing", "tbd", "dash"}


def test_only_documents_that_operations_must_have_block(workspace: Workspace) -> None:
    rows = documents(must={}, nice={"mandatory": False}, had={"status": "accepted"})

    assert kept(workspace, rows, Document.blocking()) == {"must"}


def tasks(**values: dict[str, Any]) -> dict[str, Row]:
    return {name: Task(name=name, **more) for name, more in values.items()}


PLAN = {
    "done": {"percent": 1.0, "finish": at(-9)},
    "late": {"percent": 0.5, "finish": at(-1, 17)},
    "today": {"percent": 0.5, "finish": at(0, 8)},
    "soon": {"start": at(1), "finish": at(14, 17)},
    "later": {"start": at(1), "finish": at(15)},
    "not_begun": {"start": at(-2), "finish": at(5)},
    "begun": {"start": at(-2), "finish": at(20), "actual_start": at(-1)},
    "undated": {},
    "inactive": {"finish": at(-9), "inactive": True},
    "summary": {"kind": "summary", "finish": at(-9)},
    "milestone": {"kind": "milestone", "finish": at(-3)},
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("completed", {"done"}),
        ("open", {"late", "today", "soon", "later", "not_begun", "begun", "undated", "milestone"}),
        ("overdue", {"late", "milestone"}),
        ("due_soon", {"today", "soon", "not_begun"}),
        ("milestones", {"milestone"}),
    ],
)
def test_tasks_by_their_progress_and_dates(workspace: Workspace, condition: str, expected: set[str]) -> None:
    assert kept(workspace, tasks(**PLAN), getattr(Task, condition)()) == expected


def test_status_of_a_task_follows_from_its_dates_and_progress(workspace: Workspace) -> None:
    project = a_project(workspace)
    with workspace.edit("Add", project=project) as work:
        for row in tasks(**PLAN).values():
            work.add(row)
    with workspace.read() as connection:
        found = dict(connection.execute(select(Task.name, Task.status)).all())

    assert found == {
        "done": "completed",
        "late": "overdue",
        "today": "in_progress",
        "soon": "not_started",
        "later": "not_started",
        "not_begun": "at_risk",
        "begun": "in_progress",
        "undated": "not_started",
        "inactive": "not_started",
        "summary": "not_started",
        "milestone": "overdue",
    }


def test_task_whose_kind_was_cleared_is_a_task(workspace: Workspace) -> None:
    project = a_project(workspace)
    with workspace.edit("Add", project=project) as work:
        key = work.add(Task(name="x", finish=at(-1))).id
    with workspace.edit("Clear", project=project) as work:
        work.update_many(Task, {key: {"kind": None}})
    with workspace.read() as connection:
        assert connection.scalar(select(Task.id).where(Task.overdue())) == key


def items(people: dict[str, str], **values: dict[str, Any]) -> dict[str, Row]:
    return {
        name: KnowledgeItem(title=name, **{key: people.get(str(value), value) for key, value in more.items()})
        for name, more in values.items()
    }


def test_knowledge_at_risk_is_critical_without_a_receiver_or_leaves_with_its_only_holder(workspace: Workspace) -> None:
    project = a_project(workspace, "P0")
    with workspace.edit("Add", project=project) as work:
        li = work.add(Person(name="Li Na")).id
    rows = items(
        {"li": li},
        critical={"criticality": "4"},
        critical_received={"criticality": "5", "receiver_id": "li"},
        minor={"criticality": "3"},
        leaves_soon={"sole_holder": True, "holder_until": in_days(28)},
        has_left={"sole_holder": True, "holder_until": in_days(-5)},
        leaves_later={"sole_holder": True, "holder_until": in_days(29)},
        two_know={"sole_holder": False, "holder_until": in_days(1)},
        verified={"criticality": "5", "status": "verified", "verified_level": "3", "verified_by_id": "li"},
    )

    assert kept(workspace, rows, KnowledgeItem.at_risk()) == {"critical", "leaves_soon", "has_left"}


def test_critical_knowledge_blocks_until_it_is_verified_or_accepted(workspace: Workspace) -> None:
    rows = items(
        {},
        vital={"criticality": "5"},
        high={"criticality": "4", "status": "demonstrated"},
        expired={"criticality": "4", "status": "expired"},
        medium={"criticality": "3"},
        accepted={"criticality": "5", "status": "accepted_gap", "accepted_because": "On call for a year"},
    )

    assert kept(workspace, rows, KnowledgeItem.blocking()) == {"vital", "high", "expired"}


def test_gap_and_risk_are_the_same_in_a_query_and_on_a_row(workspace: Workspace) -> None:
    project = a_project(workspace)
    levels = [None, "0", "1", "3", "4"]
    with workspace.edit("Add", project=project) as work:
        li = work.add(Person(name="Li Na")).id
        made = [
            work.add(
                KnowledgeItem(
                    title="x",
                    target_level=target,
                    verified_level=verified,
                    attrition=verified and "4",
                    criticality=target and "5",
                    verified_by_id=li if verified else None,
                )
            )
            for target in levels[1:]
            for verified in levels
        ]
    with workspace.read() as connection:
        query = select(KnowledgeItem.id, KnowledgeItem.gap, KnowledgeItem.loss_risk)
        found = {key: (gap, risk) for key, gap, risk in connection.execute(query)}

    assert found == {item.id: (item.gap, item.loss_risk) for item in made}


def test_people_who_leave_within_four_weeks(workspace: Workspace) -> None:
    rows: dict[str, Row] = {
        name: Person(name=name, leaves_on=day)
        for name, day in {
            "gone": in_days(-1), "today": in_days(0), "soon": in_days(28), "later": in_days(29), "stays": None,
        }.items()
    }  # fmt: skip

    assert kept(workspace, rows, Person.leaving()) == {"today", "soon"}


def test_systems_are_open_until_operations_has_custody(workspace: Workspace) -> None:
    rows: dict[str, Row] = {
        custody: System(code=custody, name=custody, custody=custody)
        for custody in ("constructor", "commissioning", "care_custody", "operations")
    }

    assert kept(workspace, rows, System.open()) == {"constructor", "commissioning", "care_custody"}


def test_groups_block_until_they_are_at_work(workspace: Workspace) -> None:
    rows: dict[str, Row] = {
        status: WorkingGroup(name=status, status=status)
        for status in ("forming", "active", "winding_down", "dissolved")
    }

    assert kept(workspace, rows, WorkingGroup.blocking()) == {"forming"}
