"""How much each adds to working together: what counts for how much, whether it is shown, and objections to it.

No point is typed by hand. A score follows from rows of the store and from what is published here; who disagrees says
so, and an objection that is upheld leaves the row out for that person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

SCORE_ACT = Vocabulary(
    (
        Option("action", NC_("score", "Action done in time"), aliases=("action", "行动项按期完成")),
        Option("action_verified", NC_("score", "Action verified for another"), aliases=("行动项验证",)),
        Option("meeting", NC_("score", "Meeting attended"), aliases=("meeting", "出席会议")),
        Option("minutes", NC_("score", "Minutes issued within a day"), aliases=("minutes", "纪要及时签发")),
        Option("session_given", NC_("score", "Transfer session given"), aliases=("授课", "传授")),
        Option("session_received", NC_("score", "Transfer session attended"), aliases=("受训", "参加传授")),
        Option("verification", NC_("score", "Knowledge verified"), aliases=("verification", "知识验证")),
        Option("document", NC_("score", "Document accepted the first time"), aliases=("document", "一次通过")),
        Option("comment", NC_("score", "Comment answered in time"), aliases=("comment", "意见按期回复")),
        Option("punch", NC_("score", "Punch item cleared in time"), aliases=("punch", "尾项按期消除")),
        Option("lesson", NC_("score", "Lesson applied"), aliases=("lesson", "经验落实")),
    )
)

SCORE_SHOWN = Vocabulary(
    (
        Option("off", NC_("score", "Not shown")),
        Option("sides", NC_("score", "By side and group only")),
        Option("people", NC_("score", "By person, too")),
    )
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an act counts: points for each, and at most so many a person and month."""

    points: float
    most: float


#: What acts count where a project says nothing else.
USUAL_WORTH: Mapping[str, Worth] = {
    "action": Worth(3.0, 15.0),
    "action_verified": Worth(1.0, 5.0),
    "meeting": Worth(1.0, 5.0),
    "minutes": Worth(2.0, 8.0),
    "session_given": Worth(4.0, 16.0),
    "session_received": Worth(2.0, 8.0),
    "verification": Worth(2.0, 8.0),
    "document": Worth(2.0, 20.0),
    "comment": Worth(1.0, 10.0),
    "punch": Worth(2.0, 16.0),
    "lesson": Worth(5.0, 10.0),
}

OBJECTION_STATUS = Lifecycle(
    (
        Option("open", NC_("score", "Raised"), "warning", ("open", "raised", "已提出")),
        Option("upheld", NC_("score", "Upheld, not counted"), "ok", ("upheld", "成立")),
        Option("rejected", NC_("score", "Not upheld"), "neutral", ("rejected", "不成立")),
    ),
    steps=(
        Step("uphold", NC_("score", "Uphold"), ("open",), "upheld", asks=("answer", "answered_by"), by="answered_by",
             on="answered_on", after=("raised_on",), by_other_than=("raised_by",), needs="names_a_row"),
        Step("reject", NC_("score", "Not uphold"), ("open",), "rejected", asks=("answer", "answered_by"),
             by="answered_by", on="answered_on", after=("raised_on",), by_other_than=("raised_by",)),
        Step("reopen", N_("Reopen"), ("upheld", "rejected"), "open", wipes=("answer", "answered_by", "answered_on")),
    ),
    closed=frozenset({"upheld", "rejected"}),
    locked=frozenset({"upheld", "rejected"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class ScoreRule(Row):
    """What one kind of act counts in this project, in place of what is usual."""

    __tablename__ = "score_rule"
    prefix: ClassVar[str] = "SCR"

    act: Mapped[str | None] = choice(SCORE_ACT)
    points: Mapped[float | None]
    most: Mapped[float | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says which act, and numbers that make sense."""
        yield from must_have(values, "act", "points")
        for key in ("points", "most"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))
        points, most = values.get("points"), values.get("most")
        if points is not None and most is not None and most < points:
            yield Problem("most", N_("At most so many points a month: no fewer than one act counts."))

    def against_change(self, _before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Each act has one rule."""
        session = object_session(self)
        if session is None or taker.history or self.deleted_at is not None:
            return
        other = select(ScoreRule.ref).where(ScoreRule.project_id == self.project_id, ScoreRule.act == self.act,
                                            ScoreRule.deleted_at.is_(None), ScoreRule.id != self.id)  # fmt: skip
        if (ref := session.scalar(other.limit(1))) is not None:
            yield Reason(N_("{ref} says already what this counts."), {"ref": ref}, field="act")


class ScoreObjection(Row):
    """Somebody disagrees with what was counted for a person in a month, and gets an answer.

    Attributes:
        about: the reference of the row that shouldn't count.
        month_on: any day of the month.
    """

    __tablename__ = "score_objection"
    prefix: ClassVar[str] = "SOB"

    person_id: Mapped[str] = link("person")
    month_on: Mapped[dt.date | None]
    about: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    raised_by_id: Mapped[str | None] = link("person")
    raised_on: Mapped[dt.date | None]
    status: Mapped[str] = state(OBJECTION_STATUS)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[str | None] = link("person")
    answered_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what is wrong, and whose score it is about."""
        yield from must_have(values, "text")
        yield from must_name(values, "person")

    def names_a_row(self, taker: Taker) -> Iterator[Reason]:
        """What is upheld leaves a row out, and says which; points are never typed."""
        if not taker.history and not (self.about or "").strip():
            yield Reason(N_("Say by its number which row shouldn't count: {field}."), {"field": "about"}, field="about")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not answered yet."""
        return cls.status == "open"
