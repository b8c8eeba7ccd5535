"""A week of a working group in the window, in both languages: the meeting, a stop, a new lead, the score."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover import clock
from handover.errors import Refused
from handover.i18n import tr
from handover.model import Member, Person, Project, System, WorkingGroup
from handover.model.issued import Issued
from handover.model.teams.action import Action
from handover.model.teams.contribution import ScoreObjection
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.meeting_acts import MeetingMailDialog
from ui.chapters.teams.meeting_page import MeetingPage
from ui.chapters.teams.score_page import ContributionPage
from ui.register.stepping.step_form import StepForm
from ui.register.stepping.steps import StepActs
from ui.register.view import RegisterPage
from ui.window.window import MainWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = _CTRL | Qt.KeyboardModifier.ShiftModifier


class Week:
    """The window on a project with a group at work, its leads, a system and a meeting of tomorrow."""

    def __init__(self, window: MainWindow, folder: Path, language: str, qtbot: QtBot) -> None:
        self.window, self.folder, self.qtbot = window, folder, qtbot
        path = folder / "Plant.handover"
        with Workspace.create(path) as workspace:
            with workspace.edit("Project") as work:
                self.project = add_project(work, Project(code="P-1", name="Plant")).id
            with workspace.edit("Rows", project=self.project) as work:
                people = {name: work.add(Person(name=name, side=side, email=f"{name.split()[0]}@x.example")).id
                          for name, side in (("Anna Berg", "operations"), ("Ben Li", "project"),
                                             ("Cai Wu", "operations"))}  # fmt: skip
                self.anna, self.ben, self.cai = people.values()
                group = work.add(WorkingGroup(name="Pumps group"))
                self.tech = work.add(Member(group_id=group.id, person_id=self.ben, role="tech_lead", side="project")).id
                self.ops = work.add(Member(group_id=group.id, person_id=self.anna, role="ops_lead",
                                           side="operations")).id  # fmt: skip
                self.group, self.system = group.id, work.add(System(code="10", name="Pumps")).id
                day = dt.datetime.combine(clock.today(), dt.time(9))
                meeting = work.add(Meeting(group_id=group.id, title="Weekly", starts_at=day, chair_id=self.ben,
                                           recorder_id=self.anna))  # fmt: skip
                for each in (self.anna, self.ben):
                    work.add(Attendance(meeting_id=meeting.id, person_id=each))
                work.add(AgendaItem(meeting_id=meeting.id, topic="Seals"))
                self.meeting = meeting.id
            groups = register("groups")
            taking.take(workspace, groups, self.project, [group.id], taking.step_of(groups, "start"), {})
        open_in(window, path, qtbot)
        window.context.choose_language(language)
        self.rest()

    def rest(self) -> None:
        rest(self.qtbot, self.window)

    def rows(self, *columns: object) -> list[tuple[object, ...]]:
        with self.window.context.workspace.read() as connection:
            return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns

    def go(self, key: str) -> QWidget:
        self.window.context.go(key)
        self.rest()
        return self.window.host.current

    def step(self, key: str, row: str, name: str, **answers: str) -> None:
        """Take a step of a row with its small form, typed by keys."""
        shown = register(key)
        acts = StepActs(self.window.context, shown, self.window)
        acts.take([row], taking.step_of(shown, name))
        form = acts.form
        if form is not None:
            assert isinstance(form, StepForm)
            for field, text in answers.items():
                editor = form.boxes[field].editor
                editor.setFocus()
                editor.selectAll()
                self.qtbot.keyClicks(editor, text)
            self.qtbot.keyClick(form.boxes[next(iter(form.boxes))].editor, Qt.Key.Key_Return, _CTRL)
        self.rest()


@pytest.fixture(params=["en", "zh"])
def week(request: pytest.FixtureRequest, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Week:
    return Week(window, tmp_path, request.param, qtbot)


def test_weekly_meeting_goes_from_invitation_to_issued_minutes_by_keys(week: Week, qtbot: QtBot) -> None:
    page = week.go("meetings")
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    page.table.go_to(0, 0)
    next(each for each in week.window.all_actions() if each.text().replace("&", "") == tr("Invite…")).trigger()
    (dialog,) = week.window.findChildren(MeetingMailDialog)
    dialog.folder.edit.selectAll()
    qtbot.keyClicks(dialog.folder.edit, str(week.folder / "out"))
    dialog.go.setFocus()
    qtbot.keyClick(dialog.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: list((week.folder / "out").glob("*.ics")) != [])
    dialog.reject()
    week.window.activateWindow()  # no window manager does so here
    qtbot.waitUntil(week.window.isActiveWindow)

    screen = week.go("meeting_page")
    assert isinstance(screen, MeetingPage)
    qtbot.waitUntil(lambda: screen.board is not None)
    screen.desk.people.setFocus()
    qtbot.keyClick(screen.desk.people, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: screen.board.attendees[0].came)
    screen.desk.agenda.setFocus()
    qtbot.keyClick(screen.desk.agenda, Qt.Key.Key_Return)
    qtbot.keyClicks(screen.minutes, "Order two seals")
    qtbot.keyClick(screen.minutes, Qt.Key.Key_A, _SHIFT)
    assert screen.form is not None
    owner = screen.form.boxes["owner"].editor
    qtbot.keyClicks(owner, "Ben Li")
    qtbot.keyClick(owner, Qt.Key.Key_Return, _CTRL)
    week.rest()
    screen.minutes.setFocus()
    qtbot.keyClicks(screen.minutes, "The rest is well.")
    for state in ("held", "issued"):
        screen.desk.step_button.setFocus()
        qtbot.keyClick(screen.desk.step_button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda state=state: week.rows(Meeting.status) == [(state,)] or screen._steps.form is not None)
        if screen._steps.form is not None:
            editor = next(iter(screen._steps.form.boxes.values())).editor
            qtbot.keyClick(editor, Qt.Key.Key_Return, _CTRL)
        qtbot.waitUntil(lambda state=state: week.rows(Meeting.status) == [(state,)])
        week.rest()

    ((ref, owner_id),) = week.rows(Action.ref, Action.owner_id)
    assert owner_id == week.ben
    assert week.rows(Meeting.minutes) == [(f"## Seals\n\n**{ref}** Order two seals\n\nThe rest is well.",)]
    assert week.rows(Issued.kind, Issued.status) == [("minutes", "issued")]
    (pdf,) = [path for _, path in week.window.context.workspace.blobs.contents()]
    said = "".join(sheet.get_textpage().get_text_bounded() for sheet in PdfDocument(pdf))
    assert f"{ref} Order two seals" in said and "The rest is well." in said
    assert screen.minutes.isReadOnly()


def test_stop_is_ordered_by_one_lead_and_regularised_by_the_other(week: Week) -> None:
    decisions = register("decisions")
    made = editing.add(week.window.context.workspace, decisions, week.project,
                       {"title": "Leak", "authority": "emergency", "group": week.group,
                        "system": week.system})  # fmt: skip
    week.go("decisions")
    week.step("decisions", made, "decide", decided_by="Ben Li")
    assert week.rows(Decision.status) == [("in_force",)]
    week.rest()
    week.step("decisions", made, "regularise", regularised_by="Anna Berg")
    assert week.rows(Decision.status) == [("regularised",)]
    week.step("decisions", made, "lift", lifted_by="Ben Li", lifted_because="Mended")
    assert week.rows(Decision.status) == [("lifted",)]


def test_lead_leaves_only_with_a_successor_on_the_same_day(week: Week) -> None:
    members, workspace = register("members"), week.window.context.workspace
    week.go("members")
    with pytest.raises(Refused):
        editing.change(workspace, members, week.project, {week.ops: {"to_on": clock.today()}})
    follows = clock.today() + dt.timedelta(days=1)
    editing.add(workspace, members, week.project,
                {"group": week.group, "person": week.cai, "role": "ops_lead", "side": "operations",
                 "replaces": week.anna, "from_on": follows})  # fmt: skip
    week.rest()

    assert week.rows(Member.to_on, Member.person_id)[1] == (clock.today(), week.anna)


def test_score_is_explained_and_objected_to(week: Week, qtbot: QtBot) -> None:
    page = week.go("contribution_score")
    assert isinstance(page, ContributionPage)
    with week.window.context.workspace.edit("Done", project=week.project, source="import") as work:
        work.add(Action(text="Order seals", owner_id=week.ben, status="verified", due_on=clock.today(),
                        done_on=clock.today(), verified_by_id=week.anna, verified_on=clock.today(),
                        evidence="x"))  # fmt: skip
    page.shown.setFocus()
    qtbot.keyClick(page.shown, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.board is not None and page.board.shown == "people")
    week.rest()
    page.tree.setFocus()
    page.tree.setCurrentItem(page.tree.topLevelItem(0).child(0).child(0))
    page.object_action.trigger()
    assert page.form is not None
    qtbot.keyClicks(page.form.boxes["text"].editor, "Late")
    qtbot.keyClicks(page.form.boxes["raised_by"].editor, "Anna Berg")
    qtbot.keyClick(page.form.boxes["raised_by"].editor, Qt.Key.Key_Return, _CTRL)
    week.rest()

    ((key, person),) = week.rows(ScoreObjection.id, ScoreObjection.person_id)
    before = sum(score.points for score in page.board.scores)
    week.step("score-objections", key, "uphold", answer="Right", answered_by="Ben Li")
    assert week.rows(ScoreObjection.status) == [("upheld",)]
    qtbot.waitUntil(lambda: page.board.left_out == 1)
    assert sum(score.points for score in page.board.scores) < before
    assert person in (week.anna, week.ben)
