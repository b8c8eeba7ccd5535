"""Conditions of a gate's pass: what is still to be done, by whom and until when; the pass holds only so long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import NotLawful, Reason
from handover.i18n import N_, NC_
from handover.model.base import Base, Due, Problem, Row, link, state
from handover.model.dialect import today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option

CONDITION_STATUS = Lifecycle(
    (
        Option("open", NC_("condition", "Open"), "warning", ("open", "未完成", "未关闭")),
        Option("fulfilled", NC_("condition", "Fulfilled"), "ok", ("done", "closed", "fulfilled", "已落实", "已关闭")),
    ),
    steps=(
        Step("fulfil", NC_("condition", "Fulfilled"), ("open",), "fulfilled", asks=("evidence", "confirmed_by"),
             by="confirmed_by", on="fulfilled_on", by_other_than=("owner",)),
        Step("reopen", NC_("condition", "Reopen"), ("fulfilled",), "open", wipes=("confirmed_by", "fulfilled_on")),
    ),
    closed=frozenset({"fulfilled"}),
    locked=frozenset({"fulfilled"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip

#: What was decided on and isn't changed afterwards: a new review says it anew.
_DECIDED_ON = ("review_id", "title", "due_on")


class GateCondition(Due, Row):
    """A condition on which a gate was passed; when its day is over and it isn't fulfilled, the pass lapses.

    Attributes:
        criterion_id: the criterion that it stands for.
        residual_risk: what is accepted until it is fulfilled.
        confirmed_by_id: who saw that it is fulfilled; not its owner.
    """

    __tablename__ = "gate_condition"
    prefix: ClassVar[str] = "CND"
    part_of: ClassVar[str] = "review_id"
    #: The decision is final; its conditions are fulfilled after it.
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset({*_DECIDED_ON, "owner_id"})

    #: In a certificate it is an exception.
    reserved_as: ClassVar[tuple[str, str, str]] = ("title", "owner_id", "due_on")

    review_id: Mapped[str] = mapped_column(String(32), ForeignKey("gate_review.id"), index=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(500))
    criterion_id: Mapped[str | None] = link("criterion")
    residual_risk: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(CONDITION_STATUS)
    evidence: Mapped[str | None] = mapped_column(Text)
    confirmed_by_id: Mapped[str | None] = link("person")
    fulfilled_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A condition is of a review, and says what is to be done, by whom and until when."""
        yield from must_name(values, "review")
        yield from must_have(values, "title")
        if not values.get("owner_id"):
            yield Problem("owner", N_("A condition has an owner."))
        if not values.get("due_on"):
            yield Problem("due_on", N_("A condition has a day: when it is over, the pass lapses."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """On what was decided nothing is added, reworded or put off: that takes a new review."""
        if taker.history or self.deleted_at is not None or not self._decided(before.get("review_id") or self.review_id):
            return
        if not before:
            yield Reason(N_("The review is decided: another condition takes a new review."), field="review")
            return
        for attr in _DECIDED_ON:
            if before.get(attr) != getattr(self, attr):
                field = attr.removesuffix("_id")
                message = N_("The pass was given on this condition as it stands. A new review changes it.")
                yield Reason(message, field=field)

    def refuse_bin(self) -> None:
        """A condition on which a gate was decided stays."""
        if self._decided(self.review_id):
            raise NotLawful(N_("{ref} is a condition on which a gate was passed; it can't be deleted."), ref=self.ref)

    def _decided(self, review_id: str) -> bool:
        """Whether its review was decided before this act."""
        session = object_session(self)
        if session is None:
            return False
        reviews = Base.metadata.tables["gate_review"].c  # by its name: the model of reviews asks this module
        found = session.execute(select(reviews.status).where(reviews.id == review_id)).scalar()
        return found not in (None, "planned", "open")

    @classmethod
    def of_decisions(cls) -> ColumnElement[bool]:
        """Of a review that passed its gate on conditions."""
        reviews = Base.metadata.tables["gate_review"].c
        return cls.review_id.in_(select(reviews.id).where(reviews.status == "conditional_go"))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not fulfilled yet."""
        return cls.status.not_in(CONDITION_STATUS.closed)

    @classmethod
    def reserved(cls) -> ColumnElement[bool]:
        """What a certificate lists as an exception: conditions that aren't fulfilled yet."""
        return cls.open()

    @classmethod
    def reserved_system(cls) -> Any:  # Any: a subquery of one column
        """The system of the criterion that it stands for; none where it is one of the project as a whole."""
        criterion = Base.metadata.tables["criterion"].c
        return select(criterion.system_id).where(criterion.id == cls.criterion_id).scalar_subquery()

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be fulfilled."""
        return cls.due_on

    @classmethod
    def ran_out(cls) -> ColumnElement[bool]:
        """Its day was over before it was fulfilled; who fulfils it later doesn't give the pass back."""
        late = and_(cls.fulfilled_on.is_not(None), cls.fulfilled_on > cls.due_on)
        return func.coalesce(or_(and_(cls.open(), cls.due_on < today_()), late), False)
