"""The sample's plan is a network that can be believed: its dates are those that its links and durations give."""

from __future__ import annotations

import datetime as dt
from graphlib import TopologicalSorter
from typing import Any

import pytest

from handover.model import Task, TaskLink
from handover.plan.schedule import Schedule, schedule
from handover.plan.values import Link, LinkType, Plan, PlanTask, TaskKind
from tests.sample.conftest import Sample


def planned(plant: Sample, tasks: list[dict[str, Any]]) -> Schedule:
    """The plan scheduled from its start, as if nothing had happened yet."""
    links = [
        Link(row["predecessor_id"], row["successor_id"], LinkType(row["kind"]), row["lag"])
        for row in plant.rows(TaskLink)
    ]
    start = min(row["start"] for row in tasks).replace(hour=8)
    listed = [
        PlanTask(row["id"], row["name"], row["parent_id"], TaskKind(row["kind"]), row["duration"] or 0) for row in tasks
    ]
    return schedule(Plan(start, tuple(listed), tuple(links)))


@pytest.fixture
def tasks(plant: Sample) -> list[dict[str, Any]]:
    return sorted(plant.rows(Task), key=lambda row: row["position"])


def test_links_make_no_circle_and_reach_every_task(plant: Sample, tasks: list[dict[str, Any]]) -> None:
    graph: dict[str, set[str]] = {}
    for row in plant.rows(TaskLink):
        graph.setdefault(row["successor_id"], set()).add(row["predecessor_id"])
    work = [row for row in tasks if row["kind"] != "summary"]

    list(TopologicalSorter(graph).static_order())  # raises CycleError

    assert [row["name"] for row in work if row["id"] not in graph] == [work[0]["name"]]


def test_dates_of_the_workbook_follow_from_its_links(plant: Sample, tasks: list[dict[str, Any]]) -> None:
    dates = planned(plant, tasks)

    differing = [
        (row["wbs"], row["start"], dates[row["id"]].early_start, row["finish"], dates[row["id"]].early_finish)
        for row in tasks
        if (row["start"].date(), row["finish"].date())
        != (dates[row["id"]].early_start.date(), dates[row["id"]].early_finish.date())
    ]

    assert dates.problems == ()
    assert differing == []


def test_critical_path_ends_in_the_handover(plant: Sample, tasks: list[dict[str, Any]]) -> None:
    dates = planned(plant, tasks)
    (handover,) = (row for row in tasks if row["wbs"] == "10.5")
    path = [row for row in tasks if dates[row["id"]].critical and row["kind"] != "summary"]

    assert handover in path
    assert handover["kind"] == "milestone"
    assert handover["finish"].date() == plant.project.planned_handover
    assert 15 <= len(path) <= 40


def test_outline_has_three_levels_with_their_summaries(tasks: list[dict[str, Any]]) -> None:
    by_id = {row["id"]: row for row in tasks}

    assert {row["depth"] for row in tasks} == {0, 1, 2}
    for row in tasks:
        parent = by_id.get(row["parent_id"])
        assert (row["depth"] == 0) is (parent is None)
        if parent is not None:
            assert parent["kind"] == "summary"
            assert row["wbs"].startswith(parent["wbs"] + ".")


def test_progress_fits_the_day(plant: Sample, tasks: list[dict[str, Any]]) -> None:
    today = dt.date.fromisoformat(plant.day)
    work = [row for row in tasks if row["kind"] != "summary"]
    done = [row for row in work if row["percent"] == 1]
    late = [row for row in work if row["percent"] < 1 and row["finish"].date() < today]

    assert 0.5 < len(done) / len(work) < 0.75
    assert 5 <= len(late) <= 20
    assert all(row["actual_finish"] for row in done)
    assert all(row["actual_start"] for row in work if row["percent"])
    assert all(row["owner_id"] for row in work)
    assert [row["name"] for row in work if row["deadline"] and row["deadline"] < row["finish"]] == []


def test_nothing_began_before_what_it_waits_for(plant: Sample, tasks: list[dict[str, Any]]) -> None:
    by_id = {row["id"]: row for row in tasks}
    early = [
        (by_id[link["predecessor_id"]]["name"], by_id[link["successor_id"]]["name"])
        for link in plant.rows(TaskLink)
        if link["kind"] == "FS"
        and by_id[link["successor_id"]]["percent"] > 0
        and by_id[link["predecessor_id"]]["percent"] < 1
    ]

    assert early == []
