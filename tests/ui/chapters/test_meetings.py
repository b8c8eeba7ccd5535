"""Meetings in the window: what is noted beside the minutes, what is carried over and sent out, and the charter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Member, Person, Project, System, WorkingGroup
from handover.model.issued import Issued
from handover.model.punch import Punch
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.model.teams.secondment import Secondment, SecondmentCover
from handover.model.teams.stakeholder import Stakeholder
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.groups import CoveragePage
from ui.chapters.meeting_acts import MeetingMailDialog, RemindActionsDialog
from ui.chapters.stakeholders import StakeholderGridPage
from ui.chapters.teams.minutes_in import MinutesInDialog
from ui.chapters.teams.noting import NoteForm
from ui.register.view import RegisterPage
from ui.transfer.wizard.import_wizard import ImportWizard
from ui.window.window import MainWindow


@pytest.fixture
def room(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a weekly meeting of a group with an open action."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            anna = work.add(Person(name="Anna Berg", side="operations", email="anna@ops.example"))
            ben = work.add(Person(name="Ben Li", side="project"))
            group = work.add(WorkingGroup(name="Pumps group", status="active"))
            work.add(Member(group_id=group.id, person_id=ben.id, role="tech_lead"))
            work.add(Member(group_id=group.id, person_id=anna.id, role="ops_lead"))
            meeting = work.add(Meeting(group_id=group.id, title="Weekly", starts_at=dt.datetime(2026, 5, 19, 9),
                                       repeats="weekly"))  # fmt: skip
            work.add(Attendance(meeting_id=meeting.id, person_id=anna.id))
            work.add(Action(text="Order seals", group_id=group.id, owner_id=ben.id))
            system = work.add(System(code="10", name="Pumps"))
            lent = work.add(Secondment(person_id=ben.id, from_on=dt.date(2026, 5, 4), to_on=dt.date(2026, 5, 29)))
            work.add(SecondmentCover(secondment_id=lent.id, system_id=system.id))
    open_in(window, path, qtbot)
    return window


def page(window: MainWindow, key: str, qtbot: QtBot) -> RegisterPage:
    window.context.go(key)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    rest(qtbot, window)
    shown.table.go_to(0, 0)
    return shown


def press(window: MainWindow, key: str, name: str, qtbot: QtBot) -> None:
    """Take an act of a register's own on its first row."""
    page(window, key, qtbot)
    act = next(each for each in window.all_actions() if each.text().replace("&", "") == name)
    act.trigger()


def rows(window: MainWindow, *columns: object) -> list[tuple[object, ...]]:
    with window.context.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def test_action_is_noted_by_key_and_names_the_meeting(room: MainWindow, qtbot: QtBot) -> None:
    shown = page(room, "meetings", qtbot)
    qtbot.keyClick(shown.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (form,) = room.findChildren(NoteForm)
    qtbot.keyClicks(form.boxes["text"].editor, "Flush the line")
    form.take()

    ((meeting, group),) = rows(room, Meeting.id, Meeting.group_id)
    noted = rows(room, Action.text, Action.meeting_id, Action.group_id, Action.source)
    assert ("Flush the line", meeting, group, "meeting") in noted


def test_decision_is_noted_as_a_proposal(room: MainWindow, qtbot: QtBot) -> None:
    press(room, "meetings", "Note a decision…", qtbot)
    (form,) = room.findChildren(NoteForm)
    qtbot.keyClicks(form.boxes["title"].editor, "Flush twice")
    form.take()
    assert rows(room, Decision.title, Decision.status) == [("Flush twice", "draft")]


def test_punch_item_is_noted_as_one_of_a_meeting(room: MainWindow, qtbot: QtBot) -> None:
    press(room, "meetings", "Note a punch item…", qtbot)
    (form,) = room.findChildren(NoteForm)
    qtbot.keyClicks(form.boxes["description"].editor, "Leak")
    form.take()
    ((description, source),) = rows(room, Punch.description, Punch.source_id)
    assert description == "Leak" and source is not None


def test_open_actions_are_carried_over(room: MainWindow, qtbot: QtBot) -> None:
    press(room, "meetings", "Carry open actions over", qtbot)
    assert rows(room, AgendaItem.topic) == [("ACT-0001 Order seals",)]


def test_next_meeting_is_made_and_shown(room: MainWindow, qtbot: QtBot) -> None:
    press(room, "meetings", "Next meeting", qtbot)
    assert [str(at) for (at,) in rows(room, Meeting.starts_at)] == ["2026-05-19 09:00:00", "2026-05-26 09:00:00"]


def test_invitation_is_written(room: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    press(room, "meetings", "Invite…", qtbot)
    (dialog,) = room.findChildren(MeetingMailDialog)
    dialog.folder.edit.setText(str(tmp_path / "out"))
    dialog.start()
    qtbot.waitUntil(lambda: (tmp_path / "out").is_dir() and any((tmp_path / "out").iterdir()))
    qtbot.waitUntil(lambda: rows(room, Meeting.invitation) == [(1,)])
    rest(qtbot, room)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".ics"]


def test_charter_is_issued_and_shown(room: MainWindow, qtbot: QtBot) -> None:
    press(room, "groups", "Issue the charter", qtbot)
    qtbot.waitUntil(lambda: rows(room, Issued.kind, Issued.edition) == [("charter", 1)], timeout=20_000)
    rest(qtbot, room)


def test_coverage_is_drawn(room: MainWindow, qtbot: QtBot) -> None:
    room.context.go("secondment_coverage")
    rest(qtbot, room)
    shown = room.host.current
    assert isinstance(shown, CoveragePage)
    assert shown.views["coverage"].chart.rows == ("10 Pumps",)


def test_emergency_stop_stands_above_every_page_until_it_is_lifted(room: MainWindow, qtbot: QtBot) -> None:
    context, decisions = room.context, register("decisions")
    with context.workspace.read() as connection:
        ben = connection.execute(select(Person.id).where(Person.name == "Ben Li")).scalar_one()
        group, system = (connection.execute(select(model.id)).scalar_one() for model in (WorkingGroup, System))
    values = {"title": "Seal leaks", "authority": "emergency", "group": group, "system": system}
    key = editing.add(context.workspace, decisions, context.project.id, values)

    def step(name: str, **answers: object) -> None:
        taking.take(context.workspace, decisions, context.project.id, [key], taking.step_of(decisions, name), answers)
        rest(qtbot, room)

    assert not room.alarm_banner.isVisibleTo(room)
    step("decide", decided_by=ben)
    for page_key in ("overview", "tasks", "documents"):
        context.go(page_key)
        rest(qtbot, room)
        qtbot.waitUntil(lambda: room.alarm_banner.isVisibleTo(room))
        assert "10 and all below it is stopped by DCS-0001" in room.alarm_banner.sentence.text()
    step("lift", lifted_by=ben, lifted_because="Mended")
    qtbot.waitUntil(lambda: not room.alarm_banner.isVisibleTo(room))


def test_stakeholder_that_is_moved_on_the_grid_has_other_numbers_and_undo_takes_them_back(
    room: MainWindow, qtbot: QtBot
) -> None:
    context = room.context
    editing.add(context.workspace, register("stakeholders"), context.project.id,
                {"name": "Fire brigade", "interest": 2, "influence": 3})  # fmt: skip
    context.go("stakeholder_grid")
    grid = room.host.current
    assert isinstance(grid, StakeholderGridPage)
    qtbot.waitUntil(lambda: bool(grid.views["grid"].canvas.drawing.fields))
    (key,) = rows(room, Stakeholder.id)[0]
    grid.views["grid"].canvas.moved.emit(key, 5, 1)

    assert rows(room, Stakeholder.interest, Stakeholder.influence) == [(5, 1)]
    context.undo()
    qtbot.waitUntil(lambda: rows(room, Stakeholder.interest, Stakeholder.influence) == [(2, 3)])


def test_minutes_of_others_are_looked_at_and_then_taken_in(room: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    book = Workbook()
    for row in (["Minutes of Meeting"], ["Subject:", "Weekly of the vendor"], ["Date:", dt.datetime(2026, 5, 12, 9)],
                ["Attendees:", "Ben Li, Guest"], [], ["No.", "Action item", "Owner", "Due date"],
                [1, "Send the drawings", "Ben Li", dt.date(2026, 5, 20)]):  # fmt: skip
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(tmp_path / "mom.xlsx")
    page(room, "meetings", qtbot)
    wizard = ImportWizard(room.context, tmp_path / "mom.xlsx", "actions", room)
    wizard.open()
    qtbot.waitUntil(lambda: wizard.table_step.whole.isVisible())
    assert wizard.table_step.whole.text() == "Take it in as minutes…"
    wizard.table_step.whole.click()
    (dialog,) = room.findChildren(MinutesInDialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.came is not None)
    assert dialog.lines.topLevelItem(0).text(1) == "Ben Li"
    dialog.go.click()
    qtbot.waitUntil(lambda: ("Weekly of the vendor", "held") in rows(room, Meeting.title, Meeting.status))

    assert ("Send the drawings", "meeting") in rows(room, Action.text, Action.source)


def test_owners_of_chosen_actions_are_reminded(room: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    press(room, "actions", "Remind…", qtbot)
    (dialog,) = room.findChildren(RemindActionsDialog)
    dialog.folder.edit.setText(str(tmp_path / "out"))
    dialog.go.click()
    qtbot.waitUntil(lambda: (tmp_path / "out" / "P-1 Ben Li.eml").exists())
