"""Sessions: how knowledge passes from a giver to receivers, who was there, and what it brought for the time being."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Due, Moment, Problem, Row, choice, link, state
from handover.model.dialect import day, today_
from handover.model.entailed import after_many_new, at_hand, entailed_by
from handover.model.knowledge.levels import LEVEL
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person, must_have, must_name
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option
from handover.values.moments import day_of
from handover.values.shown import ShownDay

SESSION_STATUS = Lifecycle(
    (
        Option("planned", "Planned", "info", ("计划",)),
        Option("held", "Held", "ok", ("done", "completed", "已举行", "已完成")),
        Option("cancelled", "Cancelled", "neutral", ("取消",)),
    ),
    steps=(
        Step("hold", N_("Record that it was held"), ("planned",), "held", on="held_on",
             may=("result", "evidence", "next_step"), needs="nobody_attended"),
        Step("cancel", N_("Cancel"), ("planned",), "cancelled", asks=("cancelled_because",)),
        Step("reopen", N_("Take it back"), ("held", "cancelled"), "planned", wipes=("held_on", "cancelled_because")),
    ),
    closed=frozenset({"held", "cancelled"}),
    locked=frozenset({"held", "cancelled"}),
    stays_open=frozenset({"result", "evidence", "next_step", "notes", "invitation"}),
)  # fmt: skip


class TransferSession(Due, Row):
    """A session in which knowledge is passed on. What it brings is provisional: only a verification closes a gap.

    ``planned_on`` is the day, or day and time, on which it begins; ``hours`` how long it takes; ``invitation`` how
    often its invitation changed, as calendars count it.
    """

    __tablename__ = "transfer_session"
    prefix: ClassVar[str] = "SES"

    title: Mapped[str] = mapped_column(String(300))
    item_id: Mapped[str | None] = link("knowledge_item")
    method_id: Mapped[str | None] = pick("transfer_method")
    giver_id: Mapped[str | None] = link("person")
    planned_on: Mapped[dt.datetime | None] = mapped_column(Moment)
    hours: Mapped[float | None]
    place: Mapped[str | None] = mapped_column(String(200))
    material: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = state(SESSION_STATUS)
    held_on: Mapped[dt.date | None]
    result: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[str | None] = mapped_column(String(300))
    next_step: Mapped[str | None] = mapped_column(Text)
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    invitation: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what it is about."""
        yield from must_have(values, "title")
        if (values.get("hours") or 0) < 0:
            yield Problem("hours", N_("This number can't be negative."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Who has left by then can't give it."""
        session = object_session(self)
        told = {a for a in ("giver_id", "planned_on") if before.get(a) != getattr(self, a)}
        person = at_hand(session, Person, self.giver_id) if session is not None and told else None
        if taker.history or person is None or person.leaves_on is None or self.planned_on is None:
            return
        if day_of(self.planned_on) > person.leaves_on:
            values = {"name": person.name, "day": ShownDay(person.leaves_on)}
            yield Reason(N_("{name} leaves on {day} and can't give it after that."), values, field="giver")

    def nobody_attended(self, taker: Taker) -> Iterator[Reason]:
        """Somebody was there, and it wasn't in the future."""
        session = object_session(self)
        if session is None or taker.history:
            return
        if not any(each.attended for each in attendances_of(session, self.id)):
            yield Reason(N_("Nobody is recorded as having been there. Add the attendance first."))
        if self.held_on is not None and self.held_on > taker.today:
            yield Reason(N_("It can't have been held in the future."), field="held_on")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Planned."""
        return cls.status == "planned"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is to be."""
        return day(cls.planned_on)

    @classmethod
    def needs(cls, person_id: str) -> ColumnElement[bool]:
        """Somebody who is to be there."""
        there = SessionAttendance.__table__.c
        return exists().where(there.session_id == cls.id, there.person_id == person_id, there.deleted_at.is_(None))

    @classmethod
    def unrecorded(cls) -> ColumnElement[bool]:
        """Its day has passed, and nobody has said whether it was held and who was there."""
        return and_(cls.status == "planned", day(cls.planned_on) < today_())


class SessionAttendance(Row):
    """Somebody who is to be at a session, whether he was, and the level to which it brought him for the time being."""

    __tablename__ = "session_attendance"
    prefix: ClassVar[str] = "SAT"
    part_of: ClassVar[str] = "session_id"
    outlives_lock: ClassVar[bool] = True

    session_id: Mapped[str] = link("transfer_session")
    person_id: Mapped[str] = link("person")
    attended: Mapped[bool | None]
    level: Mapped[str | None] = choice(LEVEL)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is somebody, at a session."""
        yield from must_name(values, "session", "person")


def attendances_of(session: Session, session_id: str) -> list[SessionAttendance]:
    """Those who are to be at a session, in their order."""
    stored = session.scalars(select(SessionAttendance).where(SessionAttendance.session_id == session_id)).all()
    added = [r for r in session.new if isinstance(r, SessionAttendance) and r.session_id == session_id]
    return sorted((row for row in (*stored, *added) if row.deleted_at is None), key=lambda row: row.id)


@entailed_by(TransferSession)
def bring_on(held: TransferSession, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """A session that was held brings those who were there on, for the time being."""
    if "status" in changed and held.status == "held":
        for each in attendances_of(session, held.id):
            yield from _brought_on(each, held, session)


@entailed_by(SessionAttendance)
def bring_on_one(each: SessionAttendance, _changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """So does an attendance that is told of afterwards."""
    held = at_hand(session, TransferSession, each.session_id)
    if held is not None and held.status == "held":
        yield from _brought_on(each, held, session)


@after_many_new(SessionAttendance)
def bring_on_many(attendances: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: column values
    """And many of them."""
    for row in attendances:
        each = session.get(SessionAttendance, row["id"])
        held = session.get(TransferSession, row["session_id"])
        if each is not None and held is not None and held.status == "held":
            yield from _brought_on(each, held, session)


def _brought_on(each: SessionAttendance, held: TransferSession, session: Session) -> Iterator[KnowledgeReceiver]:
    """The receiver of a session's item, or who becomes one by having been there, with the level that it brought."""
    if not each.attended or held.item_id is None or each.deleted_at is not None:
        return
    received = KnowledgeReceiver.item_id == held.item_id, KnowledgeReceiver.person_id == each.person_id
    living = select(KnowledgeReceiver).where(*received, KnowledgeReceiver.deleted_at.is_(None)).limit(1)
    receiver = session.scalars(living).first()
    if receiver is None:
        receiver = KnowledgeReceiver(item_id=held.item_id, person_id=each.person_id, project_id=held.project_id)
    if receiver.status in ("verified", "accepted_gap"):
        return
    with receiver.shows_another:
        if receiver.status in (None, "identified", "planned", "expired"):
            receiver.status = "in_transfer"
    if each.level is not None:
        receiver.provisional_level = each.level
    yield receiver
