"""The meeting on the screen: what is typed is stored, and lines become rows by key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Member, Person, Project, WorkingGroup
from handover.model.attachment import Attachment
from handover.model.punch import Punch
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.teams.meeting_page import MeetingPage
from ui.chapters.teams.meeting_screen import screen_beside
from ui.register.details.related import mentions
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
    screen.desk.agenda.setFocus()
    qtbot.keyClick(screen.desk.agenda, Qt.Key.Key_Return)
    qtbot.keyClicks(screen.minutes, "Ben showed the drawing.")
    screen.desk.people.setFocus()
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


def test_punch_item_noted_in_the_minutes_and_the_meeting_lead_to_each_other(screen: MeetingPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.minutes, "Seal of pump 2 weeps")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_P, _KEYS)
    assert screen.form is not None
    screen.form.take()
    _settled(screen, qtbot)

    ((ref, meeting),) = _stored(screen, Punch.ref, Punch.meeting_id)
    assert _stored(screen, Meeting.minutes) == [(f"**{ref}** Seal of pump 2 weeps",)]
    assert screen.board is not None and meeting == screen.board.meeting.id
    qtbot.waitUntil(lambda: screen.desk.status.text() == "1 row noted")
    found = mentions(screen.context, register("meetings"), str(meeting))
    assert ("punches", "meeting", 1) in [(each.register.key, each.field.field, each.rows) for each in found]


def test_full_screen_holds_the_meeting_until_escape_and_leaves_the_keyboard_where_it_was(
    screen: MeetingPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(screen.minutes, "Said before.")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_F11)
    shown = screen.screen_shown
    assert shown is not None and shown.isWindow() and shown.geometry().contains(shown.screen().geometry())
    qtbot.waitUntil(shown.isActiveWindow)
    assert screen.minutes.window() is shown and screen.minutes.hasFocus()
    assert screen.away.isVisible()

    qtbot.keyClicks(screen.minutes, " Order seals")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_A, _KEYS)
    assert screen.form is not None and screen.form.parentWidget() is shown
    screen.form.take()
    _settled(screen, qtbot)
    shown.activateWindow()  # no window manager does so here
    qtbot.waitUntil(shown.isActiveWindow)
    screen.desk.people.setFocus()
    qtbot.keyClick(screen.desk.people, Qt.Key.Key_F6)
    assert screen.minutes.hasFocus()
    qtbot.keyClick(screen.minutes, Qt.Key.Key_Escape)

    assert screen.screen_shown is None
    qtbot.waitUntil(lambda: screen.minutes.isVisible() and screen.minutes.window() is screen.window())
    screen.window().activateWindow()
    qtbot.waitUntil(screen.minutes.hasFocus)
    assert not screen.away.isVisible()
    assert "Order seals" in str(_stored(screen, Meeting.minutes))


def test_meeting_on_its_own_screen_goes_on_while_the_window_shows_another_page(
    screen: MeetingPage, qtbot: QtBot
) -> None:
    screen.desk.full_button.click()
    screen.context.go("actions")
    _settled(screen, qtbot)
    with screen.context.workspace.edit("Late", project=screen.context.project.id) as work:
        anna = work.session.scalars(select(Person).where(Person.name == "Anna Berg")).one()
        work.add(Action(text="Call the shift", owner_id=anna.id))
    qtbot.waitUntil(lambda: screen.desk.open_actions.topLevelItemCount() == 3)
    screen.leave_screen()


def test_meeting_is_shown_on_the_screen_beside_that_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    here, projector = _Screen(), _Screen()
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [here, projector])
    assert screen_beside(here) is projector
    assert screen_beside(projector) is here
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [here])
    assert screen_beside(here) is here


class _Screen:
    """A screen; no second one can be plugged in here."""


def test_open_actions_are_those_of_whom_is_ticked_as_present(screen: MeetingPage, qtbot: QtBot) -> None:
    assert screen.desk.open_actions.topLevelItemCount() == 2
    assert screen.desk.open_actions.topLevelItem(0).text(1) == "Order seals"
    screen.desk.people.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: screen.desk.open_actions.topLevelItemCount() == 1)

    assert screen.desk.open_actions.topLevelItem(0).text(1) == "Train the shift"
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
    screen.desk.people.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.keyClicks(screen.minutes, "Said.")
    screen.desk.step_button.click()
    _settled(screen, qtbot)
    qtbot.waitUntil(lambda: screen.board is not None and screen.board.meeting.status == "held")
    screen.desk.step_button.click()
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
