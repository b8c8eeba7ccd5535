"""The meeting on the screen: what is typed is stored, and lines become rows by key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Member, Person, Project, WorkingGroup
from handover.model.attachment import Attachment
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.teams.meeting_page import MeetingPage
from ui.window.window import MainWindow

_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MeetingPage:
    """The page of a weekly meeting with two people, an item of the agenda and an overdue action."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            anna = work.add(Person(name="Anna Berg", side="operations"))
            ben = work.add(Person(name="Ben Li", side="project"))
            group = work.add(WorkingGroup(name="Pumps group", status="active"))
            work.add(Member(group_id=group.id, person_id=ben.id, role="tech_lead"))
            work.add(Member(group_id=group.id, person_id=anna.id, role="ops_lead"))
            meeting = work.add(Meeting(group_id=group.id, title="Weekly", starts_at=dt.datetime(2026, 5, 19, 9)))
            for each in (anna, ben):
                work.add(Attendance(meeting_id=meeting.id, person_id=each.id))
            work.add(AgendaItem(meeting_id=meeting.id, topic="Seals of pump 2", presenter_id=ben.id))
            work.add(Action(text="Order seals", group_id=group.id, owner_id=ben.id, due_on=dt.date(2026, 1, 5)))
            work.add(Action(text="Train the shift", group_id=group.id, owner_id=anna.id))
    open_in(window, path, qtbot)
    window.context.go("meeting_page")
    shown = window.host.current
    assert isinstance(shown, MeetingPage)
    qtbot.waitUntil(lambda: shown.board is not None)
    shown.minutes.setFocus()
    return shown


def _stored(screen: MeetingPage, *columns: object) -> list[tuple[object, ...]]:
    with screen.context.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def _settled(screen: MeetingPage, qtbot: QtBot) -> None:
    rest(qtbot, screen.window())  # type: ignore[arg-type]  # the window of a page is the program's


def test_agenda_leads_to_its_heading_and_what_is_typed_is_stored_when_it_is_left(
    screen: MeetingPage, qtbot: QtBot
) -> None:
    screen.agenda.setFocus()
    qtbot.keyClick(screen.agenda, Qt.Key.Key_Return)
    qtbot.keyClicks(screen.minutes, "Ben showed the drawing.")
    screen.people.setFocus()
    _settled(screen, qtbot)

    assert _stored(screen, Meeting.minutes) == [("## Seals of pump 2\n\nBen showed the drawing.",)]


def test_line_becomes_an_action_whose_number_stands_in_the_minutes(screen: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.minutes, "Check the seals")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_A, _KEYS)
    assert screen.form is not None
    assert screen.form.boxes["text"].text() == "Check the seals"
    screen.form.take()
    qtbot.keyClicks(screen.minutes, "Then on.")
    screen.store()
    _settled(screen, qtbot)

    ref, text, meeting = _stored(screen, Action.ref, Action.text, Action.meeting_id)[-1]
    assert (text, meeting is not None) == ("Check the seals", True)
    assert _stored(screen, Meeting.minutes) == [(f"**{ref}** Check the seals\n\nThen on.",)]


def test_item_of_a_list_becomes_a_decision_and_stays_an_item(screen: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.minutes, "- Pumps start on Monday")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_D, _KEYS)
    assert screen.form is not None
    screen.form.take()
    _settled(screen, qtbot)

    (ref,) = _stored(screen, Decision.ref)[0]
    assert _stored(screen, Meeting.minutes) == [(f"- **{ref}** Pumps start on Monday",)]


def test_open_actions_are_those_of_whom_is_ticked_as_present(screen: MeetingPage, qtbot: QtBot) -> None:
    assert screen.open_actions.topLevelItemCount() == 2
    assert screen.open_actions.topLevelItem(0).text(1) == "Order seals"
    screen.people.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: screen.open_actions.topLevelItemCount() == 1)

    assert screen.open_actions.topLevelItem(0).text(1) == "Train the shift"
    assert sorted(_stored(screen, Attendance.presence)) == [("invited",), ("present",)]


def test_pasted_picture_becomes_a_file_of_the_meeting(screen: MeetingPage, qtbot: QtBot) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    screen.minutes.insert_picture(image, "sketch")
    screen.store()
    _settled(screen, qtbot)

    (key, owner) = _stored(screen, Attachment.id, Attachment.owner_id)[0]
    assert owner == screen.board.meeting.id
    assert _stored(screen, Meeting.minutes) == [(f"![sketch](attachment:{key})",)]


def test_issued_minutes_cannot_be_typed_into(screen: MeetingPage, qtbot: QtBot) -> None:
    screen.people.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.keyClicks(screen.minutes, "Said.")
    screen.step_button.click()
    _settled(screen, qtbot)
    qtbot.waitUntil(lambda: screen.board is not None and screen.board.meeting.status == "held")
    screen.step_button.click()
    _settled(screen, qtbot)
    if screen._steps.form is not None:
        screen._steps.form.take()
    qtbot.waitUntil(lambda: screen.board is not None and screen.board.meeting.status == "issued")

    assert screen.minutes.isReadOnly()
    assert not screen.notes["actions"].isEnabled()


def test_minutes_taken_back_are_shown_again(screen: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.minutes, "One.")
    screen.store()
    _settled(screen, qtbot)
    screen.context.undo()
    qtbot.waitUntil(lambda: screen.minutes.typed() == "")
