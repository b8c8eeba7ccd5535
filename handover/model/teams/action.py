"""Actions: what somebody has to do until a day, wherever it was agreed; done by one, verified by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import today_
from handover.model.entailed import at_hand, entailed_by
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, Person, must_have
from handover.model.punch import PRIORITY
from handover.model.steps import Taker
from handover.model.teams.meeting import times_spoken_about
from handover.model.vocabulary import Option, Vocabulary

ACTION_SOURCE = Vocabulary(
    (
        Option("meeting", NC_("action", "Meeting"), aliases=("meeting", "minutes", "会议", "纪要")),
        Option("decision", NC_("action", "Decision"), aliases=("decision", "决议", "决策")),
        Option("punch", NC_("action", "Punch item"), aliases=("punch", "尾项")),
        Option("gate", NC_("action", "Gate criterion"), aliases=("gate", "关口", "阶段门")),
        Option("lesson", NC_("action", "Lesson learned"), aliases=("lesson", "复盘", "经验教训")),
        Option("other", NC_("action", "Other"), aliases=("other", "其他")),
    )
)
#: The links that say by themselves where an action comes from, the nearest first.
_SAID_BY = (
    ("punch_id", "punch"),
    ("gate_id", "gate"),
    ("lesson_id", "lesson"),
    ("decision_id", "decision"),
    ("meeting_id", "meeting"),
)

ACTION_STATUS = Lifecycle(
    (
        Option("open", NC_("action", "Open"), "warning", ("open", "new", "not started", "未开始", "未完成", "待办")),
        Option("in_progress", NC_("action", "In progress"), "info", ("in progress", "ongoing", "进行中")),
        Option("done", NC_("action", "Done, to verify"), "info", ("done", "completed", "已完成", "完成", "待确认")),
        Option("verified", NC_("action", "Closed"), "ok", ("verified", "closed", "已关闭", "关闭", "已确认")),
        Option("cancelled", NC_("action", "Cancelled"), "neutral", ("cancelled", "void", "取消", "已取消")),
    ),
    steps=(
        Step("start", NC_("action", "Start"), ("open",), "in_progress", on="started_on"),
        Step("complete", N_("Report done"), ("open", "in_progress"), "done", may=("result",), by="done_by",
             on="done_on", needs="done_by_its_owner"),
        Step("verify", N_("Verify"), ("done",), "verified", asks=("verified_by", "evidence"), by="verified_by",
             on="verified_on", after=("done_on",), by_other_than=("done_by", "owner")),
        Step("reject", N_("Reject"), ("done",), "open", asks=("rejected_because",), may=("due_on",),
             wipes=("done_by", "done_on"), counts="reopened"),
        Step("reopen", N_("Reopen"), ("verified",), "open", asks=("rejected_because",), may=("due_on",),
             wipes=("done_by", "done_on", "verified_by", "verified_on", "evidence"), counts="reopened"),
        Step("cancel", NC_("action", "Cancel"), ("open", "in_progress"), "cancelled", asks=("cancelled_because",)),
    ),
    closed=frozenset({"verified", "cancelled"}),
    locked=frozenset({"verified", "cancelled"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class Action(Due, Row):
    """Something to do, with one owner and a day; ``criterion`` says what will show that it is done."""

    __tablename__ = "action"
    prefix: ClassVar[str] = "ACT"
    #: It goes on while the work stands still: what ends a stop is often one.
    goes_on_when_stopped: ClassVar[bool] = True

    text: Mapped[str] = mapped_column(String(1000))
    status: Mapped[str] = state(ACTION_STATUS)
    owner_id: Mapped[str | None] = link("person")
    side: Mapped[str | None] = choice(SIDE)
    due_on: Mapped[dt.date | None]
    priority: Mapped[str | None] = choice(PRIORITY)
    criterion: Mapped[str | None] = mapped_column(Text)
    group_id: Mapped[str | None] = link("working_group")
    source: Mapped[str | None] = choice(ACTION_SOURCE)
    meeting_id: Mapped[str | None] = link("meeting")
    decision_id: Mapped[str | None] = link("decision")
    punch_id: Mapped[str | None] = link("punch")
    gate_id: Mapped[str | None] = link("gate")
    lesson_id: Mapped[str | None] = link("lesson_learned")
    system_id: Mapped[str | None] = link("system")
    raised_on: Mapped[dt.date | None]
    started_on: Mapped[dt.date | None]
    result: Mapped[str | None] = mapped_column(Text)
    done_by_id: Mapped[str | None] = link("person")
    done_on: Mapped[dt.date | None]
    evidence: Mapped[str | None] = mapped_column(Text)
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    rejected_because: Mapped[str | None] = mapped_column(Text)
    reopened: Mapped[int | None]
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    reminded_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def carried(self) -> int:
        """On the agenda of how many meetings it was."""
        raise AttributeError("carried is counted in SQL")

    @carried.inplace.expression
    @classmethod
    def _carried(cls) -> ColumnElement[int]:
        return times_spoken_about(cls.__table__.c.id)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An action says what is to be done, and what happened to it stands in its order."""
        yield from must_have(values, "text")
        for earlier, later, sentence in (
            ("raised_on", "done_on", N_("Done before it was agreed.")),
            ("done_on", "verified_on", N_("Verified before it was done.")),
        ):
            first, last = values.get(earlier), values.get(later)
            if first and last and last < first:
                yield Problem(later, sentence)

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as in the base
        """Where it comes from is said by what it is linked with."""
        if values.get("source"):
            return {}
        said = next((source for attr, source in _SAID_BY if values.get(attr)), None)
        return {"source": said} if said else {}

    def done_by_its_owner(self, taker: Taker) -> Iterator[Reason]:
        """An action is done by its owner; somebody else takes it over first."""
        session = object_session(self)
        by = self.done_by_id or taker.person
        if session is None or taker.history:
            return
        if self.owner_id is None:
            yield Reason(N_("Nobody owns it. Say who does: {field}."), {"field": "owner"}, field="owner")
        elif by is not None and by != self.owner_id:
            name = session.scalar(select(Person.name).where(Person.id == self.owner_id)) or ""
            yield Reason(N_("It is {name}'s to report it done. Who takes it over becomes its owner first."),
                         {"name": name}, field="done_by")  # fmt: skip

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor cancelled."""
        return cls.status.not_in(ACTION_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be done."""
        return cls.due_on

    @classmethod
    def overdue(cls) -> ColumnElement[bool]:
        """Not closed after its day."""
        return and_(cls.open(), cls.due_on < today_())

    @classmethod
    def to_verify(cls) -> ColumnElement[bool]:
        """Reported done."""
        return cls.status == "done"

    @classmethod
    def wanted(cls) -> ColumnElement[bool]:
        """Not cancelled."""
        return cls.status != "cancelled"

    @classmethod
    def verified(cls) -> ColumnElement[bool]:
        """Done, and seen to be."""
        return cls.status == "verified"

    @classmethod
    def left_behind(cls) -> ColumnElement[bool]:
        """Open, and nobody owns it, or its owner has left."""
        gone = select(Person.id).where(or_(Person.leaves_on < today_(), Person.deleted_at.is_not(None)))
        return and_(cls.open(), or_(cls.owner_id.is_(None), cls.owner_id.in_(gone)))

    @classmethod
    def reopened_once(cls) -> ColumnElement[bool]:
        """Open again, after it was reported done."""
        return and_(cls.open(), cls.reopened > 0)


@entailed_by(Action)
def side_of_owner(action: Action, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """An action is on the side of its owner where nobody says otherwise."""
    if "owner_id" in changed and "side" not in changed and action.owner_id:
        owner = at_hand(session, Person, action.owner_id)
        if owner is not None and owner.side and owner.side != action.side:
            action.side = owner.side
            yield action
