"""Meetings of a group: who is asked and who came, what is spoken about, and the minutes, which are issued once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Due, Moment, Problem, Row, choice, link, state
from handover.model.dialect import day
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, must_have, must_name
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

#: The longest minutes, in characters: some hundred pages.
LONGEST_MINUTES = 200_000

MEETING_STATUS = Lifecycle(
    (
        Option("planned", NC_("meeting", "Planned"), "info", ("planned", "scheduled", "计划中", "待召开")),
        Option("held", NC_("meeting", "Held, minutes open"), "warning", ("held", "已召开", "纪要未发")),
        Option("issued", NC_("meeting", "Minutes issued"), "ok", ("issued", "minuted", "纪要已发")),
        Option("cancelled", NC_("meeting", "Cancelled"), "neutral", ("cancelled", "called off", "已取消", "取消")),
    ),
    steps=(
        Step("hold", NC_("meeting", "Hold"), ("planned",), "held"),
        Step("issue", N_("Issue the minutes"), ("planned", "held"), "issued", by="issued_by", on="issued_on",
             after=("starts_at",), needs="wanting_to_issue"),
        Step("correct", N_("Correct the minutes"), ("issued",), "held", asks=("corrected_because",),
             wipes=("issued_by", "issued_on")),
        Step("cancel", N_("Call it off"), ("planned",), "cancelled", asks=("cancelled_because",)),
    ),
    closed=frozenset({"issued", "cancelled"}),
    locked=frozenset({"issued", "cancelled"}),
    stays_open=frozenset({"notes", "invitation"}),
)  # fmt: skip

REPEATS = Vocabulary(
    (
        Option("daily", NC_("meeting", "Every working day"), aliases=("daily", "每日", "每天")),
        Option("weekly", NC_("meeting", "Every week"), aliases=("weekly", "每周")),
        Option("fortnightly", NC_("meeting", "Every two weeks"), aliases=("fortnightly", "biweekly", "每两周", "双周")),
        Option("monthly", NC_("meeting", "Every month"), aliases=("monthly", "每月")),
        Option("quarterly", NC_("meeting", "Every quarter"), aliases=("quarterly", "每季度")),
    )
)

PRESENCE = Vocabulary(
    (
        Option("invited", NC_("meeting", "Invited"), "neutral", ("invited", "受邀", "应到")),
        Option("present", NC_("meeting", "Present"), "ok", ("present", "attended", "yes", "出席", "到会", "参会")),
        Option("remote", NC_("meeting", "Present from afar"), "ok", ("remote", "online", "线上", "视频参会")),
        Option("excused", NC_("meeting", "Excused"), "warning", ("excused", "apologies", "请假")),
        Option("absent", NC_("meeting", "Absent"), "danger", ("absent", "no", "缺席", "未到")),
    )
)
CAME = ("present", "remote")


class Meeting(Due, Row):
    """A meeting of a group, single or one of a series.

    Attributes:
        starts_at: in the wall time of the site.
        lasts: in minutes.
        minutes: in the marks of rich text.
        number: of its minutes, drawn when they are issued first; their next edition keeps it.
        follows_id: the meeting before it in its series.
        invitation: how often its invitation changed, as calendars count it.
    """

    __tablename__ = "meeting"
    prefix: ClassVar[str] = "MTG"

    group_id: Mapped[str] = mapped_column(String(32), ForeignKey("working_group.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    kind_id: Mapped[str | None] = pick("meeting_kind")
    starts_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    lasts: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(200))
    chair_id: Mapped[str | None] = link("person")
    recorder_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(MEETING_STATUS)
    repeats: Mapped[str | None] = choice(REPEATS)
    follows_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("meeting.id"), index=True)
    minutes: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(String(100), index=True)
    issued_by_id: Mapped[str | None] = link("person")
    issued_on: Mapped[dt.date | None]
    corrected_because: Mapped[str | None] = mapped_column(Text)
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    invitation: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A meeting is one of a group and says what it is about; it isn't longer than a day."""
        if not values.get("group_id"):
            yield Problem("group", N_("A meeting is one of a working group: name the group."))
        yield from must_have(values, "title")
        if values.get("lasts") is not None and not 0 < values["lasts"] <= 24 * 60:
            yield Problem("lasts", N_("A meeting lasts between one minute and a day."))
        if values.get("follows_id") and values.get("follows_id") == values.get("id"):
            yield Problem("follows", N_("A meeting can't follow itself."))
        if len(str(values.get("minutes") or "")) > LONGEST_MINUTES:
            yield Problem("minutes", N_("The minutes are too long; attach what is quoted as a file."))

    def wanting_to_issue(self, taker: Taker) -> Iterator[Reason]:
        """Minutes say something, when the meeting was, and who was there; their number is drawn by the step."""
        session = object_session(self)
        if session is None or taker.history:
            return
        if self.starts_at is None:
            yield Reason(N_("Say when the meeting was: {field}."), {"field": "starts_at"}, field="starts_at")
        if not any(each.presence in CAME for each in attending(session, self.id)):
            yield Reason(N_("Nobody was there. Say in the attendance who came."))
        if not (self.minutes or "").strip():
            yield Reason(N_("The minutes are empty. Write what was said: {field}."), {"field": "minutes"},
                         field="minutes")  # fmt: skip

    def against_change(self, _before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Minutes have their number, and so their paper, from the step that issues them."""
        if self.status == "issued" and not self.number and not taker.history:
            yield Reason(N_("Minutes are issued by their own step, which draws their number and makes the paper."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Planned, or held and without minutes."""
        return cls.status.not_in(MEETING_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day of the meeting."""
        return day(cls.starts_at)

    @classmethod
    def needs(cls, person_id: str) -> ColumnElement[bool]:
        """Somebody who takes the minutes, or who is asked to come and hasn't excused himself."""
        here = and_(Attendance.meeting_id == cls.id, Attendance.person_id == person_id, Attendance.deleted_at.is_(None))
        asked = exists().where(here, Attendance.presence.not_in(("excused", "absent")))
        return or_(cls.recorder_id == person_id, and_(cls.status == "planned", asked))

    @classmethod
    def to_come(cls) -> ColumnElement[bool]:
        """Planned."""
        return cls.status == "planned"

    @classmethod
    def without_minutes(cls) -> ColumnElement[bool]:
        """Held, and its minutes aren't issued."""
        return cls.status == "held"


class Attendance(Row):
    """Somebody who is asked to a meeting, and whether he or she came."""

    __tablename__ = "attendance"
    prefix: ClassVar[str] = "PRS"
    part_of: ClassVar[str] = "meeting_id"
    guarded: ClassVar[frozenset[str]] = frozenset({"person_id", "meeting_id"})

    meeting_id: Mapped[str] = mapped_column(String(32), ForeignKey("meeting.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), index=True)
    presence: Mapped[str | None] = choice(PRESENCE, "invited")
    side: Mapped[str | None] = choice(SIDE)
    signed: Mapped[bool | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It names the meeting and the person."""
        yield from must_name(values, "meeting", "person")

    def against_change(self, _before: Mapping[str, Any], _taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Nobody is listed twice for one meeting."""
        session = object_session(self)
        if session is None or self.deleted_at is not None:
            return
        if any(each is not self and each.person_id == self.person_id for each in attending(session, self.meeting_id)):
            yield Reason(N_("He or she is listed for this meeting already."), field="person")

    @classmethod
    def came(cls) -> ColumnElement[bool]:
        """Was there."""
        return cls.presence.in_(CAME)


class AgendaItem(Row):
    """A point of the agenda; ``action_id`` names the open action that was carried over to it."""

    __tablename__ = "agenda_item"
    prefix: ClassVar[str] = "AGD"
    part_of: ClassVar[str] = "meeting_id"

    meeting_id: Mapped[str] = mapped_column(String(32), ForeignKey("meeting.id"), index=True)
    number: Mapped[int | None]
    topic: Mapped[str] = mapped_column(String(500))
    presenter_id: Mapped[str | None] = link("person")
    lasts: Mapped[int | None]
    action_id: Mapped[str | None] = link("action")
    outcome: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what is spoken about."""
        yield from must_have(values, "topic")
        yield from must_name(values, "meeting")
        if (values.get("lasts") or 0) < 0:
            yield Problem("lasts", N_("This number can't be negative."))

    @classmethod
    def carried(cls) -> ColumnElement[bool]:
        """An action that was open before the meeting."""
        return cls.action_id.is_not(None)


def attending(session: Session, meeting_id: str) -> list[Attendance]:
    """Who is asked to a meeting, with those whom the act adds and without those in the bin."""
    stored = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id)).all()
    added = [row for row in session.new if isinstance(row, Attendance) and row.meeting_id == meeting_id]
    return [row for row in (*stored, *added) if row.deleted_at is None]


def times_spoken_about(action_id: ColumnElement[str]) -> ColumnElement[int]:
    """How many meetings have an action on their agenda."""
    here = and_(AgendaItem.action_id == action_id, AgendaItem.deleted_at.is_(None))
    return select(func.count(AgendaItem.meeting_id.distinct())).where(here).scalar_subquery()
