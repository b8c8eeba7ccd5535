"""The sessions of some days with what each clashes with, for the calendar, and the people in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.orm import aliased

from handover.model.dialect import day
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.people import Person
from handover.model.picks.pick import Pick
from handover.model.task import Task
from handover.model.teams.meeting import Attendance, Meeting
from handover.plan.calendar import fold
from handover.registers.knowing.clashes import Around, Busy, SessionAttendee, SessionClash, SessionPlanned, clashes
from handover.registers.scheduling.planning import read_calendars
from handover.values.moments import midnight

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SessionDays:
    """The sessions of some days in the order in which they begin, what clashes with each, by key, and the days off."""

    first: dt.date
    last: dt.date
    sessions: tuple[SessionPlanned, ...]
    clashes: dict[str, tuple[SessionClash, ...]]
    days_off: frozenset[dt.date] = frozenset()

    def on(self, date: dt.date) -> list[SessionPlanned]:
        """Those that begin on a day."""
        return [each for each in self.sessions if each.begins.date() == date]

    def people(self) -> list[SessionAttendee]:
        """Everybody in them, by name."""
        found = {each.id: each for session in self.sessions for each in session.everybody}
        return sorted(found.values(), key=lambda each: (each.shift, each.name))


def session_days(connection: Connection, project_id: str, first: dt.date, last: dt.date) -> SessionDays:
    """The sessions from a day to another, both included, in a handful of statements."""
    sessions = _sessions(connection, project_id, day(TransferSession.planned_on).between(first, last))
    around = _around(connection, project_id, sessions, first, last)
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    off = frozenset(day for day in days if not around.works(day))
    return SessionDays(first, last, tuple(sessions), clashes(sessions, around), off)


def clashes_of(connection: Connection, project_id: str, session: SessionPlanned) -> tuple[SessionClash, ...]:
    """What a session clashes with that is being planned, or is planned already."""
    date = session.begins.date()
    here = _sessions(connection, project_id, day(TransferSession.planned_on) == date)
    sessions = [*(each for each in here if each.id != session.id), session]
    return clashes(sessions, _around(connection, project_id, sessions, date, date)).get(session.id, ())


def _around(
    connection: Connection, project_id: str, sessions: Sequence[SessionPlanned], first: dt.date, last: dt.date
) -> Around:
    people = {each.id for session in sessions for each in session.everybody}
    return Around(
        _busy(connection, people, first, last),
        _works(connection, project_id, first, last),
        _shifts(connection, project_id, first),
    )


def attendees(connection: Connection, keys: Iterable[str]) -> list[SessionAttendee]:
    """People as sessions see them, in the order of their keys as given."""
    wanted = list(dict.fromkeys(keys))
    query = select(Person.id, Person.name, Person.shift, Person.leaves_on).where(Person.id.in_(wanted))
    found = {row[0]: SessionAttendee(row[0], row[1], row[2] or "", row[3]) for row in connection.execute(query)}
    return [found[key] for key in wanted if key in found]


def _sessions(connection: Connection, project_id: str, within: ColumnElement[bool]) -> list[SessionPlanned]:
    giver = aliased(Person)
    s = TransferSession
    query = (
        select(
            s.id,
            s.ref,
            s.title,
            s.planned_on,
            s.hours,
            s.status,
            s.place,
            Pick.word.label("method"),
            KnowledgeItem.ref,
            giver.id,
            giver.name,
            giver.shift,
            giver.leaves_on,
        )
        .outerjoin(giver, giver.id == s.giver_id)
        .outerjoin(KnowledgeItem, KnowledgeItem.id == s.item_id)
        .outerjoin(Pick, Pick.id == s.method_id)
        .where(s.project_id == project_id, s.deleted_at.is_(None), within)
        .order_by(s.planned_on, s.id)
    )
    rows = connection.execute(query).all()
    there = _attending(connection, project_id, within)
    return [
        SessionPlanned(
            row[0], row[1], row[2], row[3], row[4], row[5], row[6] or "", row[7] or "", row[8] or "",
            SessionAttendee(row[9], row[10], row[11] or "", row[12]) if row[9] else None, tuple(there.get(row[0], ())),
        )
        for row in rows
        if row[3] is not None
    ]  # fmt: skip


def _attending(
    connection: Connection, project_id: str, within: ColumnElement[bool]
) -> dict[str, list[SessionAttendee]]:
    query = (
        select(SessionAttendance.session_id, Person.id, Person.name, Person.shift, Person.leaves_on)
        .join(Person, Person.id == SessionAttendance.person_id)
        .join(TransferSession, TransferSession.id == SessionAttendance.session_id)
        .where(TransferSession.project_id == project_id, SessionAttendance.deleted_at.is_(None), within)
        .order_by(SessionAttendance.id)
    )
    found: dict[str, list[SessionAttendee]] = defaultdict(list)
    for session, key, name, shift, leaves in connection.execute(query):
        found[session].append(SessionAttendee(key, name, shift or "", leaves))
    return found


def _busy(connection: Connection, people: set[str], first: dt.date, last: dt.date) -> dict[str, list[Busy]]:
    """What else people have on between two days: meetings to which they are asked, and tasks of theirs."""
    found: dict[str, list[Busy]] = defaultdict(list)
    if not people:
        return found
    meetings = (
        select(Attendance.person_id, Meeting.ref, Meeting.title, Meeting.starts_at, Meeting.lasts)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Attendance.person_id.in_(people), Attendance.deleted_at.is_(None), Meeting.deleted_at.is_(None),
               Meeting.status != "cancelled", day(Meeting.starts_at).between(first, last))
    )  # fmt: skip
    for person, ref, title, begins, lasts in connection.execute(meetings):
        if begins is None:
            continue
        timed = begins.time() != dt.time()
        lasting = dt.timedelta(minutes=lasts or 60) if timed else _DAY
        found[person].append(Busy("meeting", ref, title, begins, begins + lasting, timed))
    own = or_(Task.kind.is_(None), Task.kind != "summary"), Task.inactive.is_not(True), ~Task.completed()
    tasks = select(Task.owner_id, Task.ref, Task.name, Task.scheduled_start, Task.scheduled_finish).where(
        Task.owner_id.in_(people), Task.deleted_at.is_(None), *own, Task.scheduled_start <= last,
        Task.scheduled_finish >= first,
    )  # fmt: skip
    for owner, ref, name, start, finish in connection.execute(tasks):
        if owner is not None and start is not None and finish is not None:
            found[owner].append(Busy("task", ref, name, midnight(start), midnight(finish) + _DAY, False))
    return found


def _works(connection: Connection, project_id: str, first: dt.date, last: dt.date) -> Callable[[dt.date], bool]:
    """Whether a day is worked by the standard calendar."""
    calendars, standard = read_calendars(connection, project_id)
    pattern = fold({each.id: each for each in calendars}, standard, (first.toordinal(), last.toordinal() + 1))
    return lambda date: bool(pattern.on(date.toordinal()))


def _shifts(connection: Connection, project_id: str, date: dt.date) -> Counter[str]:
    """How many people of operations each shift has on a day."""
    here = or_(Person.leaves_on.is_(None), Person.leaves_on > date)
    query = select(Person.shift).where(
        Person.project_id == project_id, Person.deleted_at.is_(None), Person.side == "operations", here,
        Person.shift.is_not(None), Person.shift != "",
    )  # fmt: skip
    return Counter(shift for shift in connection.execute(query).scalars() if shift)
