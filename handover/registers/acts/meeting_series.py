"""Meetings of a series: the next one with those who are asked, and the open actions that are carried over to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, case, or_, select

from handover import clock
from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.group import Member
from handover.model.picks.pick import Pick
from handover.model.teams.action import Action
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.model.teams.stakeholder import next_after
from handover.registers.declare import Register
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

#: Saturday and Sunday, as ``date.weekday`` counts them.
_WEEKEND = (5, 6)


def carry_over(workspace: Workspace, project_id: str, key: str) -> int:
    """Put the open actions of its group on the agenda of a meeting, the overdue ones first; returns how many came.

    Raises:
        Refused: the meeting is over.
    """
    with workspace.edit(N_("Carry open actions over to {ref}"), project=project_id, ref="") as work:
        meeting = work.get(Meeting, key)
        work.told["ref"] = meeting.ref
        return _carried(work, meeting)


def next_meeting(workspace: Workspace, project_id: str, key: str) -> str:
    """Make the meeting after one of a series, with who is asked and what is open; returns its key.

    Raises:
        NotLawful: the meeting isn't one of a series, nobody knows when it is, or the next one is there already.
    """
    with workspace.edit(N_("Add the meeting after {ref}"), project=project_id, ref="") as work:
        former = work.get(Meeting, key)
        work.told["ref"] = former.ref
        if not former.repeats or former.starts_at is None:
            raise NotLawful(N_("{ref} has no day or doesn't repeat, so that no meeting follows from it."),
                            ref=former.ref)  # fmt: skip
        there = select(Meeting.ref).where(Meeting.follows_id == key, Meeting.deleted_at.is_(None)).limit(1)
        if (after := work.session.scalar(there)) is not None:
            raise NotLawful(N_("{after} follows {ref} already."), ref=former.ref, after=after)
        kept = ("group_id", "title", "kind_id", "lasts", "place", "chair_id", "recorder_id", "repeats")
        made = work.add(
            Meeting(
                **{attr: getattr(former, attr) for attr in kept},
                follows_id=former.id,
                starts_at=after_this(former.starts_at, former.repeats),
            )
        )
        for person in _asked(work, former):
            work.add(Attendance(meeting_id=made.id, person_id=person))
        _carried(work, made)
    return made.id


def after_this(starts_at: dt.datetime, repeats: str) -> dt.datetime:
    """When the next meeting of a series begins; meetings of every working day leave the weekend out."""
    day = next_after(starts_at.date(), repeats)
    while repeats == "daily" and day.weekday() in _WEEKEND:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, starts_at.time())


def open_actions(connection: Connection, meeting_id: str) -> list[str]:
    """The open actions of a meeting's group, the overdue ones first, then by their days."""
    group = select(Meeting.group_id).where(Meeting.id == meeting_id).scalar_subquery()
    wanted = (
        select(Action.id)
        .where(Action.group_id == group, Action.deleted_at.is_(None), Action.open())
        .order_by(case((Action.overdue(), 0), else_=1), case((Action.due_on.is_(None), 1), else_=0), Action.due_on,
                  Action.id)
    )  # fmt: skip
    return list(connection.execute(wanted).scalars())


def noted_in(
    connection: Connection, project_id: str, meeting_id: str, register: Register
) -> dict[str, Any]:  # Any: what each field holds
    """What a row that is noted in a meeting has of it, by field: the meeting, its group, the day, the source."""
    group = connection.execute(select(Meeting.group_id).where(Meeting.id == meeting_id)).scalar()
    known: dict[str, Any] = {"meeting": meeting_id, "group": group, "raised_on": clock.today()}
    listed = register["source"].pick if "source" in register else ""
    if listed:
        entry = select(Pick.id).where(Pick.project_id == project_id, Pick.list == listed, Pick.meaning == "meeting",
                                      Pick.deleted_at.is_(None))  # fmt: skip
        known["source"] = connection.execute(entry.limit(1)).scalar()
    return {field: value for field, value in known.items() if value is not None and field in register}


def _carried(work: UnitOfWork, meeting: Meeting) -> int:
    connection = work.session.connection()
    listed = set(
        connection.execute(
            select(AgendaItem.action_id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.deleted_at.is_(None))
        ).scalars()
    )
    group = select(Action).where(Action.group_id == meeting.group_id, Action.deleted_at.is_(None), Action.open())
    late = case((Action.overdue(), 0), else_=1)
    open_ = work.session.scalars(group.order_by(late, Action.due_on.is_(None), Action.due_on, Action.id)).all()
    new = [each for each in open_ if each.id not in listed and each.meeting_id != meeting.id]
    for each in new:
        topic = f"{each.ref} {each.text}"[:500]
        work.add(AgendaItem(meeting_id=meeting.id, topic=topic, presenter_id=each.owner_id, action_id=each.id))
    return len(new)


def _asked(work: UnitOfWork, former: Meeting) -> list[str]:
    """Those who were asked before and are still in the group, and those who came to it since."""
    today = clock.today()
    here = (Member.group_id == former.group_id, Member.deleted_at.is_(None))
    seated = or_(Member.to_on.is_(None), Member.to_on >= today), or_(Member.from_on.is_(None), Member.from_on <= today)
    members = list(work.session.scalars(select(Member.person_id).where(*here, *seated).order_by(Member.id)))
    all_ = set(work.session.scalars(select(Member.person_id).where(*here)))
    asked = work.session.scalars(
        select(Attendance.person_id).where(Attendance.meeting_id == former.id, Attendance.deleted_at.is_(None))
        .order_by(Attendance.id)
    )  # fmt: skip
    guests = [key for key in asked if key not in all_]
    return list(dict.fromkeys([*members, *guests]))
