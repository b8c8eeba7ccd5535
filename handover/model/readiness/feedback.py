"""What operators say about the plant before it is theirs, what is answered, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import NC_, NN_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.readiness.areas import AREA
from handover.model.vocabulary import Option, Vocabulary

FEEDBACK_WEIGHT = Vocabulary(
    (
        Option("danger", NC_("feedback", "Dangerous"), "danger", ("danger", "safety", "安全隐患")),
        Option("hinders", NC_("feedback", "Hinders the work"), "warning", ("hinders", "影响操作")),
        Option("wish", NC_("feedback", "Would help"), "neutral", ("wish", "suggestion", "建议")),
    )
)

FEEDBACK_STATUS = Lifecycle(
    (
        Option("new", NC_("feedback", "New"), "warning", ("new", "新建", "待答复")),
        Option("accepted", NC_("feedback", "Taken up"), "info", ("accepted", "采纳", "处理中")),
        Option("done", NC_("feedback", "Done"), "ok", ("done", "closed", "已落实", "已关闭")),
        Option("declined", NC_("feedback", "Not taken up"), "neutral", ("declined", "rejected", "不采纳")),
    ),
    steps=(
        Step("accept", NC_("feedback", "Take it up"), ("new",), "accepted", asks=("owner", "due_on"), may=("answer",)),
        Step("decline", NC_("feedback", "Don't take it up"), ("new", "accepted"), "declined", asks=("answer",),
             by="answered_by", on="answered_on"),
        Step("finish", NC_("feedback", "Done"), ("accepted",), "done", asks=("answer",), by="answered_by",
             on="answered_on"),
        Step("reopen", NC_("feedback", "Reopen"), ("done", "declined"), "accepted",
             wipes=("answered_by", "answered_on")),
    ),
    closed=frozenset({"done", "declined"}),
    locked=frozenset({"done", "declined"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class OperatorFeedback(Due, Row):
    """What an operator found when learning or trying the plant, with its answer and what it became."""

    __tablename__ = "operator_feedback"
    prefix: ClassVar[str] = "FBK"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} danger that operators told of in {system} is open: {refs}.",
        "{n} dangers that operators told of in {system} are open: {refs}.",
    )

    remark: Mapped[str] = mapped_column(Text)
    said_on: Mapped[dt.date | None]
    said_by_id: Mapped[str | None] = link("person")
    shift: Mapped[str | None] = mapped_column(String(60))
    system_id: Mapped[str | None] = link("system")
    area: Mapped[str | None] = choice(AREA)
    weight: Mapped[str | None] = choice(FEEDBACK_WEIGHT)
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(FEEDBACK_STATUS)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[str | None] = link("person")
    answered_on: Mapped[dt.date | None]
    action_id: Mapped[str | None] = link("action")
    punch_id: Mapped[str | None] = link("punch")
    sop_id: Mapped[str | None] = link("operating_procedure")
    criterion_id: Mapped[str | None] = link("criterion")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Something is said."""
        yield from must_have(values, "remark")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither done nor declined."""
        return cls.status.not_in(FEEDBACK_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be done."""
        return cls.due_on

    @classmethod
    def unanswered(cls) -> ColumnElement[bool]:
        """New, and nobody has said what becomes of it."""
        return cls.status == "new"

    @classmethod
    def dangers(cls) -> ColumnElement[bool]:
        """Open, and dangerous."""
        return and_(cls.open(), cls.weight == "danger")

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Open, and dangerous."""
        return cls.dangers()
