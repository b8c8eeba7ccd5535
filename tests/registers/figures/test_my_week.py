"""My week: what needs somebody in every project, as its owner or because he is asked to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.model import Person, WorkingGroup
from handover.model.documents.document import Document
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import Transmittal
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.teams.action import Action
from handover.model.teams.meeting import Attendance, Meeting
from handover.pack.single.week_sheet import calendar_of, write_week
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.figures.my_week import MyWeek, my_week
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace

TODAY = dt.date(2026, 5, 20)


def day(n: int) -> dt.date:
    """So many days from today."""
    return TODAY + dt.timedelta(days=n)


class Desk:
    """A workspace in which Ben works under the account ben in two projects."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.projects = {code: a_project(workspace, code) for code in ("P1", "P2", "P3")}
        self.ben = {code: self.add(code, Person(name="Ben Li", account="ben")).id for code in ("P1", "P2")}

    def add(self, code: str, row: object) -> object:
        return a_row(self.workspace, self.projects[code], row)

    def week(self, days: int = 7) -> MyWeek:
        with self.workspace.read() as connection:
            return my_week(connection, "ben", days)

    def refs(self, days: int = 7) -> list[tuple[str, str]]:
        return [(each.code, item.row.ref) for each in self.week(days).projects for item in each.items]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())
    with a_workspace(tmp_path) as workspace:
        yield Desk(workspace)


def test_what_is_late_and_what_falls_due_within_the_days_is_listed_project_by_project(desk: Desk) -> None:
    for n in (6, -3, 7):
        desk.add("P1", Action(text=f"In {n}", owner_id=desk.ben["P1"], due_on=day(n)))
    desk.add("P2", Document(title="Manual", holder_id=desk.ben["P2"], due_on=day(0)))

    assert desk.refs() == [("P1", "ACT-0002"), ("P1", "ACT-0001"), ("P2", "DOC-0001")]
    assert desk.refs(8)[2] == ("P1", "ACT-0003")
    week = desk.week()
    assert (week.total, week.overdue, week.unknown) == (3, 1, ("P3",))


def test_what_is_done_or_another_ones_or_in_the_bin_isnt_listed(desk: Desk) -> None:
    ann = desk.add("P1", Person(name="Ann", account="ann"))
    desk.add("P1", Action(text="Hers", owner_id=ann.id, due_on=day(1)))
    desk.add("P1", Action(text="Over", owner_id=desk.ben["P1"], due_on=day(1), status="verified"))
    gone = desk.add("P1", Action(text="Gone", owner_id=desk.ben["P1"], due_on=day(1)))
    editing.delete(desk.workspace, register("actions"), desk.projects["P1"], [gone.id])
    assert desk.refs() == []


def test_meeting_needs_those_who_are_asked_until_they_excuse_themselves(desk: Desk) -> None:
    group = desk.add("P1", WorkingGroup(name="Pumps"))
    meeting = desk.add("P1", Meeting(group_id=group.id, title="Weekly", starts_at=dt.datetime(2026, 5, 22, 9)))
    assert desk.refs() == []
    asked = desk.add("P1", Attendance(meeting_id=meeting.id, person_id=desk.ben["P1"]))
    assert desk.refs() == [("P1", "MTG-0001")]
    editing.change(desk.workspace, register("attendance"), desk.projects["P1"], {asked.id: {"presence": "excused"}})
    assert desk.refs() == []


def test_session_needs_those_who_are_to_be_there(desk: Desk) -> None:
    session = desk.add("P1", TransferSession(title="Start the pump", planned_on=dt.datetime(2026, 5, 21, 8)))
    desk.add("P1", SessionAttendance(session_id=session.id, person_id=desk.ben["P1"]))
    assert desk.refs() == [("P1", "SES-0001")]


def test_choice_in_a_name_is_said_by_its_word(desk: Desk) -> None:
    sent = desk.add("P1", Transmittal(subject="Manuals"))
    desk.add("P1", TransferError(kind="not_asbuilt", description="Strip X12", transmittal_id=sent.id, found_on=day(-1),
                                 owner_id=desk.ben["P1"], due_on=day(0)))  # fmt: skip
    assert [item.row.name for item in desk.week().projects[0].items] == ["Not as it was built Strip X12"]


def test_calendar_has_a_day_for_each_thing(desk: Desk) -> None:
    desk.add("P1", Action(text="Order bolts", owner_id=desk.ben["P1"], due_on=day(2)))
    written = calendar_of(desk.week()).decode()
    assert "SUMMARY:P1 ACT-0001 Order bolts" in written
    assert "DTSTART;VALUE=DATE:20260522" in written and "DTEND;VALUE=DATE:20260523" in written


def test_paper_is_written(desk: Desk, tmp_path: Path) -> None:
    desk.add("P1", Action(text="Order bolts", owner_id=desk.ben["P1"], due_on=day(2)))
    path = tmp_path / "week.pdf"
    write_week(desk.workspace, desk.week(), path, language="both")
    assert path.read_bytes().startswith(b"%PDF")
