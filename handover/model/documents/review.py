"""Reviews of a revision: who is asked for an answer, what the answer is, and the comments that must be closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.clock import today
from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model import locks
from handover.model.base import Due, Problem, Row, choice, link, model_of, state
from handover.model.dialect import days_between, today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.picks.pick import Pick, pick
from handover.model.vocabulary import Option, Vocabulary

REVIEW_ROLE = Vocabulary(
    (
        Option("approver", "Approver", "info", ("approver", "批准人", "审批人", "approval")),
        Option("reviewer", "Reviewer", "neutral", ("reviewer", "审查人", "review", "comment")),
    )
)

REVIEW_STATUS = Lifecycle(
    (
        Option("asked", "Asked", "info", ("open", "pending", "待审")),
        Option("answered", "Answered", "ok", ("returned", "已返回", "closed")),
        Option("withdrawn", "Withdrawn", "neutral", ("撤回",)),
    ),
    steps=(
        Step("answer", N_("Answer"), ("asked",), "answered", asks=("return_code",), on="answered_on",
             after=("asked_on",), may=("comments", "resubmit_due")),
        Step("reopen", N_("Take the answer back"), ("answered",), "asked", wipes=("answered_on", "return_code")),
        Step("withdraw", N_("Withdraw"), ("asked",), "withdrawn"),
    ),
    closed=frozenset({"answered", "withdrawn"}),
)  # fmt: skip

COMMENT_STATUS = Lifecycle(
    (
        Option("open", "Open", "warning", ("未关闭",)),
        Option("answered", "Answered", "info", ("已回复", "responded", "replied")),
        Option("closed", "Closed", "ok", ("已关闭", "accepted")),
    ),
    steps=(
        Step("respond", N_("Respond"), ("open",), "answered", asks=("response",), by="responded_by",
             on="responded_on", after=("raised_on",)),
        Step("close", N_("Close"), ("answered",), "closed", by="closed_by", asks=("closed_by",), on="closed_on",
             after=("responded_on",), needs="not_its_reviewer"),
        Step("reopen", N_("Not resolved"), ("answered", "closed"), "open",
             wipes=("closed_by", "closed_on"), counts="reopened"),
    ),
    closed=frozenset({"closed"}),
    locked=frozenset({"closed"}),
)  # fmt: skip


#: What a comment says; the rest is how it is resolved.
_SAID = ("revision_id", "page", "text", "reviewer_id", "deleted_at")


class Review(Due, Row):
    """Somebody who is asked to review a revision, and the answer."""

    __tablename__ = "review"
    prefix: ClassVar[str] = "RVW"
    part_of: ClassVar[str] = "revision_id"

    revision_id: Mapped[str] = link("revision")
    number: Mapped[int | None]
    reviewer_id: Mapped[str | None] = link("person")
    role: Mapped[str] = choice(REVIEW_ROLE, "reviewer")
    status: Mapped[str] = state(REVIEW_STATUS)
    asked_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    answered_on: Mapped[dt.date | None]
    return_code_id: Mapped[str | None] = pick("return_code")
    resubmit_due: Mapped[dt.date | None]
    comments: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A review has a reviewer; its answer comes after it was asked for."""
        yield from must_have(values, "reviewer_id")
        asked, answered = values.get("asked_on"), values.get("answered_on")
        if asked and answered and answered < asked:
            yield Problem("answered_on", N_("Answered before it was asked for."))

    @hybrid_property
    def turn_round(self) -> int | None:
        """Days from when it was asked for until it was answered, or until today while it waits."""
        until = self.answered_on or (today() if self.status == REVIEW_STATUS.initial else None)
        return (until - self.asked_on).days if until is not None and self.asked_on is not None else None

    @turn_round.inplace.expression
    @classmethod
    def _turn_round(cls) -> ColumnElement[int]:
        waiting = case((cls.status == REVIEW_STATUS.initial, today_()), else_=None)
        return days_between(cls.asked_on, func.coalesce(cls.answered_on, waiting))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet answered."""
        return cls.status == "asked"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when the answer is asked for."""
        return cls.due_on


class Comment(Due, Row):
    """A comment on a revision. A response is no resolution: only who raised it closes it.

    It is answered and closed when the next revision has come, too, and stands against approving that one until then;
    what it says doesn't change any more once its revision is accepted or superseded.
    """

    __tablename__ = "comment"
    prefix: ClassVar[str] = "CMT"
    part_of: ClassVar[str] = "revision_id"
    outlives_lock: ClassVar[bool] = True
    guarded_by_hand: ClassVar[frozenset[str]] = frozenset(_SAID)
    comes_without_state: ClassVar[bool] = True  # a response isn't lost since somebody else than its reviewer closed it

    revision_id: Mapped[str] = link("revision")
    number: Mapped[int | None]
    page: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = state(COMMENT_STATUS)
    reviewer_id: Mapped[str | None] = link("person")
    raised_on: Mapped[dt.date | None]
    response: Mapped[str | None] = mapped_column(Text)
    responded_by_id: Mapped[str | None] = link("person")
    responded_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    closed_by_id: Mapped[str | None] = link("person")
    closed_on: Mapped[dt.date | None]
    reopened: Mapped[int | None]

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A comment says something."""
        yield from must_have(values, "text")

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:
        """A response that comes in a sheet answers an open comment."""
        answers = "response" in changed and "status" not in changed and bool(values.get("response"))
        return {"status": "answered"} if answers and values.get("status") == COMMENT_STATUS.initial else {}

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not closed yet."""
        return cls.status != "closed"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be resolved."""
        return cls.due_on

    @classmethod
    def to_close(cls) -> ColumnElement[bool]:
        """Answered, and waiting for its reviewer."""
        return cls.status == "answered"

    def against_change(self, before: Mapping[str, Any], taker: Any) -> Iterator[Reason]:  # Any: column values, a Taker
        """What was said of a revision that is accepted or superseded stays as it is, and nothing is added to it."""
        session = object_session(self)
        said = [attr for attr in _SAID if before.get(attr) != getattr(self, attr)] if before else ["text"]
        if session is None or taker.history or not said:
            return
        owner = session.get(model_of("revision"), self.revision_id)
        reason = locks.of_part(owner) if owner is not None and owner.deleted_at is None else None
        if reason is not None:
            yield reason

    def not_its_reviewer(self, taker: Any) -> Iterator[Reason]:  # Any: a Taker
        """Only who raised it closes it; nobody has to, where nobody is known. A sheet that comes back says by whom."""
        by = self.closed_by_id or taker.person
        if self.reviewer_id is not None and by != self.reviewer_id and (by is not None or taker.history):
            yield Reason(N_("Only who raised a comment closes it."), field="closed_by")


def standing_against_approval(session: Session, revision_id: str, earlier: Sequence[str] = ()) -> Iterator[Reason]:
    """Why a revision can't be approved: approvers who haven't accepted it, and comments that aren't closed.

    Args:
        earlier: the revisions before it, whose comments it must resolve.
    """
    meaning = select(Pick.meaning).where(Pick.id == Review.return_code_id).correlate(Review).scalar_subquery()
    asked = select(Review.id, Review.ref, Review.status, meaning).where(
        Review.revision_id == revision_id, Review.deleted_at.is_(None), Review.role == "approver",
        Review.status != "withdrawn",
    )  # fmt: skip
    waiting, against = [], []
    for key, ref, status, meant in session.execute(asked.order_by(Review.number)):
        if status != "answered":
            waiting.append((key, ref))
        elif meant not in ("accept", "accept_with_comments"):
            against.append((key, ref))
    open_ = session.execute(
        select(Comment.id, Comment.ref).where(
            Comment.revision_id.in_([revision_id, *earlier]), Comment.deleted_at.is_(None), Comment.status != "closed"
        )
    ).all()
    for table, rows, (one, many) in (
        ("review", waiting, NN_("{n} approver hasn't answered yet: {refs}.",
                                "{n} approvers haven't answered yet: {refs}.")),
        ("review", against, NN_("{n} approver hasn't accepted it: {refs}.",
                                "{n} approvers haven't accepted it: {refs}.")),
        ("comment", open_, NN_("{n} comment isn't closed: {refs}.", "{n} comments aren't closed: {refs}.")),
    ):  # fmt: skip
        if rows:
            refs = ", ".join(ref for _, ref in rows)
            yield Reason(one, {"refs": refs}, many, len(rows), rows=tuple((table, key) for key, _ in rows))
