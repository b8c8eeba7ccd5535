"""What a session clashes with: other dates of its people, days off, shifts, and who has left by then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.model import KnowledgeItem, Person, Task
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance
from handover.registers.catalogue import register
from handover.registers.knowing.clashes import Around, Busy, SessionAttendee, SessionPlanned, clashes
from handover.registers.knowing.planning_sessions import plan_session
from handover.registers.knowing.session_days import session_days
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace

MONDAY = dt.datetime(2026, 6, 1, 9)
CHEN, TANG, CAO = (SessionAttendee(n.casefold(), n, "A" if n != "Chen" else "", None) for n in ("Chen", "Tang", "Cao"))


def session(key: str, begins: dt.datetime, *people: SessionAttendee, hours: float | None = 2) -> SessionPlanned:
    return SessionPlanned(key, key.upper(), key, begins, hours, "planned", "", "", "", CHEN, people)


def told(sessions: list[SessionPlanned], around: Around | None = None) -> list[tuple[str, str, str]]:
    found = clashes(sessions, around or Around())
    return [(key, clash.kind, clash.tone) for key, each in found.items() for clash in each]


def test_giver_of_two_sessions_at_one_time_clashes_in_both() -> None:
    two = [session("a", MONDAY), session("b", MONDAY + dt.timedelta(hours=1))]

    assert told(two) == [("a", "double", "danger"), ("b", "double", "danger")]


def test_sessions_one_after_the_other_do_not_clash() -> None:
    assert told([session("a", MONDAY), session("b", MONDAY + dt.timedelta(hours=2))]) == []


def test_session_without_a_time_is_only_a_warning() -> None:
    day = MONDAY.replace(hour=0)

    assert told([session("a", day), session("b", MONDAY)]) == [("a", "double", "warning"), ("b", "double", "warning")]


def test_whole_shift_in_one_session_is_told() -> None:
    around = Around(shifts={"A": 2})

    assert told([session("a", MONDAY, TANG, CAO)], around) == [("a", "shift", "warning")]
    assert told([session("a", MONDAY, TANG)], around) == []


def test_meetings_tasks_days_off_and_who_has_left_are_told_the_gravest_first() -> None:
    gone = TANG._replace(leaves=MONDAY.date())
    meeting = Busy("meeting", "MTG-0001", "Weekly", MONDAY, MONDAY + dt.timedelta(hours=1))
    task = Busy("task", "TSK-0001", "Loop checks", MONDAY.replace(hour=0), MONDAY + dt.timedelta(days=3), False)
    around = Around(busy={"chen": [meeting, task]}, works=lambda _day: False)

    assert told([session("a", MONDAY, gone)], around) == [
        ("a", "left", "danger"), ("a", "meeting", "danger"), ("a", "day_off", "warning"), ("a", "plan", "info"),
    ]  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    assert register("tasks")  # the registers are known
    return a_workspace(tmp_path)


def test_planned_session_asks_the_receivers_of_its_item_and_stands_in_its_day(workspace: Workspace) -> None:
    with workspace:
        project = a_project(workspace)
        chen, tang = (a_row(workspace, project, Person(name=n)).id for n in ("Chen", "Tang"))
        item = a_row(workspace, project, KnowledgeItem(title="Zero", holder_id=chen)).id
        a_row(workspace, project, KnowledgeReceiver(item_id=item, person_id=tang))
        days = {"start": dt.datetime(2026, 5, 30), "finish": dt.datetime(2026, 6, 12), "duration": 4800}
        a_row(workspace, project, Task(name="Loop checks", owner_id=tang, manual=True, **days))
        saturday = dt.datetime(2026, 6, 6, 9)

        key = plan_session(workspace, project, {"title": "Zero", "item": item, "giver": chen, "planned_on": saturday})

        with workspace.read() as connection:
            read = session_days(connection, project, dt.date(2026, 6, 1), dt.date(2026, 6, 7))
            invited = connection.execute(SessionAttendance.__table__.select()).all()
    (shown,) = read.on(dt.date(2026, 6, 6))
    assert (shown.id, shown.giver and shown.giver.name, [p.name for p in shown.people]) == (key, "Chen", ["Tang"])
    assert len(invited) == 1 and dt.date(2026, 6, 6) in read.days_off
    assert [clash.kind for clash in read.clashes[key]] == ["day_off", "plan"]
