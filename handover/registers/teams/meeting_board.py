"""A meeting as the page on the screen shows it: agenda, attendance, minutes, and the open actions of those present."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from handover.clock import today
from handover.model.learning.lesson import LessonLearned
from handover.model.people import Person
from handover.model.punch import Punch
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.meeting import CAME, MEETING_STATUS, AgendaItem, Attendance, Meeting
from handover.registers.declare import Register

#: So many meetings are offered, and so many open actions shown.
_MOST, _MOST_ACTIONS = 200, 300


@dataclass(frozen=True, slots=True)
class MeetingNamed:
    """A meeting to be chosen."""

    id: str
    ref: str
    title: str
    begins: dt.datetime | None
    status: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item of the agenda."""

    id: str
    number: int | None
    topic: str
    presenter: str
    lasts: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is asked to come."""

    id: str
    person: str
    presence: str

    @property
    def came(self) -> bool:
        """Whether he or she is there."""
        return self.presence in CAME


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An open action of somebody present, or one that was agreed in the meeting."""

    id: str
    ref: str
    text: str
    owner: str
    due_on: dt.date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class MeetingBoard:
    """A meeting with all that stands on its page.

    Attributes:
        minutes: in marks.
        closed: nothing of it can be changed.
        actions: open ones of those present, of all who are asked as long as nobody is marked as present; overdue first.
        noted: how many rows were noted in it.
    """

    meeting: MeetingNamed
    place: str
    minutes: str
    closed: bool
    agenda: tuple[AgendaLine, ...]
    attendees: tuple[Attendee, ...]
    actions: tuple[ActionLine, ...]
    noted: int


def meetings_to_run(connection: Connection, project_id: str) -> list[MeetingNamed]:
    """The meetings of a project: first those that are open, the nearest first, then the others, the latest first."""
    open_ = case((Meeting.open(), 0), else_=1)
    wanted = (
        select(Meeting.id, Meeting.ref, Meeting.title, Meeting.starts_at, Meeting.status)
        .where(Meeting.project_id == project_id, Meeting.deleted_at.is_(None))
        .order_by(open_, Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(_MOST)
    )
    found = [MeetingNamed(*row) for row in connection.execute(wanted)]
    near = [each for each in found if each.status not in MEETING_STATUS.closed]
    near.sort(key=lambda each: abs((each.begins.date() - today()).days) if each.begins else 10_000)
    return [*near, *(each for each in found if each.status in MEETING_STATUS.closed)]


def meeting_board(connection: Connection, meeting_id: str) -> MeetingBoard | None:
    """The board of a meeting; None where it isn't there any more."""
    row = connection.execute(
        select(Meeting.id, Meeting.ref, Meeting.title, Meeting.starts_at, Meeting.status, Meeting.place,
               Meeting.minutes, Meeting.project_id).where(Meeting.id == meeting_id, Meeting.deleted_at.is_(None))
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    attending = connection.execute(
        select(Attendance.id, Attendance.person_id, Person.name, Attendance.presence)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.meeting_id == meeting_id, Attendance.deleted_at.is_(None))
        .order_by(Attendance.id)
    ).all()
    there = [each.person_id for each in attending if each.presence in CAME]
    asked = there or [each.person_id for each in attending if each.presence == "invited"]
    return MeetingBoard(
        MeetingNamed(*row[:5]),
        row.place or "",
        row.minutes or "",
        row.status in MEETING_STATUS.locked,
        _agenda_of(connection, meeting_id),
        tuple(Attendee(each.id, each.name, each.presence or "") for each in attending),
        _actions_of(connection, row.project_id, asked),
        _noted(connection, meeting_id),
    )


def ref_of(connection: Connection, register: Register, key: str) -> str:
    """The reference of a row, as minutes name it."""
    return str(connection.execute(select(register.model.ref).where(register.model.id == key)).scalar_one())


def _agenda_of(connection: Connection, meeting_id: str) -> tuple[AgendaLine, ...]:
    wanted = (
        select(AgendaItem.id, AgendaItem.number, AgendaItem.topic, Person.name, AgendaItem.lasts, AgendaItem.outcome)
        .outerjoin(Person, Person.id == AgendaItem.presenter_id)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.deleted_at.is_(None))
        .order_by(AgendaItem.number, AgendaItem.id)
    )
    return tuple(
        AgendaLine(key, number, topic, name or "", lasts, outcome or "")
        for key, number, topic, name, lasts, outcome in connection.execute(wanted)
    )


def _actions_of(connection: Connection, project_id: str, people: list[str]) -> tuple[ActionLine, ...]:
    late = case((Action.overdue(), 1), else_=0)
    wanted = (
        select(Action.id, Action.ref, Action.text, Person.name, Action.due_on, late.label("late"))
        .join(Person, Person.id == Action.owner_id)
        .where(Action.project_id == project_id, Action.deleted_at.is_(None), Action.open(),
               Action.owner_id.in_(people))
        .order_by(late.desc(), case((Action.due_on.is_(None), 1), else_=0), Action.due_on, Action.id)
        .limit(_MOST_ACTIONS)
    )  # fmt: skip
    return tuple(
        ActionLine(row.id, row.ref, row.text, row.name, row.due_on, bool(row.late))
        for row in connection.execute(wanted)
    )


def _noted(connection: Connection, meeting_id: str) -> int:
    counted = [
        connection.execute(
            select(func.count()).select_from(model).where(model.meeting_id == meeting_id, model.deleted_at.is_(None))
        ).scalar_one()
        for model in (Action, Decision, LessonLearned, Punch)
    ]
    return sum(counted)
