"""The facts that a contribution score counts: rows of the store by which somebody did something for the other side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, select

from handover.model.base import Row
from handover.model.dialect import day, days_after
from handover.model.documents.document import Document
from handover.model.documents.review import Comment
from handover.model.documents.revision import Revision
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.knowledge.verification import LevelVerification
from handover.model.learning.lesson import LessonLearned
from handover.model.punch import Punch
from handover.model.teams.action import Action
from handover.model.teams.meeting import CAME, Attendance, Meeting


class ScoreFact(NamedTuple):
    """One act of somebody: a row that counts.

    Attributes:
        act: a code of ``SCORE_ACT``.
        table: of the row, by which its register is found.
    """

    act: str
    person: str
    day: dt.date
    table: str
    key: str
    ref: str
    text: str


def facts_of(connection: Connection, project_id: str) -> list[ScoreFact]:
    """All facts of a project, act by act, the earliest first."""
    found = []
    for act, table, query in _queries(project_id):
        for person, on, key, ref, text in connection.execute(query):
            if person is not None and on is not None:
                found.append(ScoreFact(act, person, _as_day(on), table, key, ref, text or ""))
    return sorted(found, key=lambda fact: (fact.act, fact.day, fact.key))


def _as_day(value: Any) -> dt.date:  # Any: a day, a moment, or the text of one
    if isinstance(value, str):
        return dt.date.fromisoformat(value[:10])
    return value.date() if isinstance(value, dt.datetime) else value


def _queries(project_id: str) -> Iterator[tuple[str, str, Select[Any]]]:  # Any: as the columns
    """Each act with the table of its rows and the query of person, day, key, reference and words."""

    def of(
        model: type[Row], person: Any, on: Any, text: Any, *where: ColumnElement[bool]
    ) -> Select[Any]:  # Any: columns of the models
        here = (model.project_id == project_id, model.deleted_at.is_(None))
        return select(person, on, model.id, model.ref, text).where(*here, *where)

    done = Action.status == "verified"
    yield "action", "action", of(Action, Action.owner_id, Action.done_on, Action.text, done,
                                 Action.done_on <= Action.due_on)  # fmt: skip
    yield "action_verified", "action", of(Action, Action.verified_by_id, Action.verified_on, Action.text, done)
    held = Meeting.status.in_(("held", "issued"))
    yield "meeting", "meeting", (
        of(Meeting, Attendance.person_id, Meeting.starts_at, Meeting.title, held, Attendance.presence.in_(CAME),
           Attendance.deleted_at.is_(None)).join(Attendance, Attendance.meeting_id == Meeting.id)
    )  # fmt: skip
    in_time = Meeting.issued_on <= days_after(day(Meeting.starts_at), 1)
    yield "minutes", "meeting", of(Meeting, Meeting.recorder_id, Meeting.issued_on, Meeting.title,
                                   Meeting.status == "issued", in_time)  # fmt: skip
    given = TransferSession.status == "held"
    yield (
        "session_given",
        "transfer_session",
        of(TransferSession, TransferSession.giver_id, TransferSession.held_on, TransferSession.title, given),
    )
    yield "session_received", "transfer_session", (
        of(TransferSession, SessionAttendance.person_id, TransferSession.held_on, TransferSession.title, given,
           SessionAttendance.attended.is_(True), SessionAttendance.deleted_at.is_(None))
        .join(SessionAttendance, SessionAttendance.session_id == TransferSession.id)
    )  # fmt: skip
    yield "verification", "level_verification", (
        of(LevelVerification, LevelVerification.verifier_id, LevelVerification.verified_on,
           KnowledgeItem.title)
        .join(KnowledgeReceiver, KnowledgeReceiver.id == LevelVerification.receiver_id)
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeReceiver.item_id)
    )  # fmt: skip
    yield "document", "revision", (
        of(Revision, Revision.author_id, Revision.accepted_on, Document.title, Revision.number == 1)
        .join(Document, Document.id == Revision.document_id)
    )  # fmt: skip
    yield "comment", "comment", of(
        Comment, Comment.responded_by_id, Comment.responded_on, Comment.text,
        Comment.responded_on <= Comment.due_on,
    )  # fmt: skip
    yield "punch", "punch", of(Punch, Punch.cleared_by_id, Punch.cleared_on, Punch.description,
                               Punch.status == "verified", Punch.cleared_on <= Punch.due_on)  # fmt: skip
    yield (
        "lesson",
        "lesson_learned",
        of(
            LessonLearned,
            LessonLearned.owner_id,
            LessonLearned.applied_on,
            LessonLearned.title,
            LessonLearned.status == "applied",
        ),
    )
