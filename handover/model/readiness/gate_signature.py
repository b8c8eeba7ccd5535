"""Signatures under a gate's review: who is named to sign, what each signs for, in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import NotLawful, Reason
from handover.i18n import N_, NC_
from handover.model.base import Base, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, must_name
from handover.model.picks.pick import pick
from handover.model.placed import SignsInTurn
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

VOTE = Vocabulary(
    (
        Option("go", NC_("gate", "Go"), "ok", ("go", "放行", "同意")),
        Option("conditional_go", NC_("gate", "Go on conditions"), "warning", ("conditional", "有条件放行")),
        Option("no_go", NC_("gate", "No go"), "danger", ("no go", "不放行", "不同意")),
    )
)

SIGNATURE_STATUS = Lifecycle(
    (
        Option("waiting", NC_("signature", "Not signed yet"), "neutral", ("未签",)),
        Option("signed", NC_("signature", "Signed"), "ok", ("signed", "已签")),
    ),
    steps=(
        Step("sign", NC_("signature", "Sign"), ("waiting",), "signed", asks=("person", "vote"), may=("remark",),
             by="person", on="signed_on", needs="turn_wanting"),
        Step("withdraw", NC_("signature", "Take the signature back"), ("signed",), "waiting",
             wipes=("vote", "signed_on", "remark"), needs="later_ones"),
    ),
    closed=frozenset({"signed"}),
    locked=frozenset({"signed"}),
)  # fmt: skip


class GateSignature(SignsInTurn, Row):
    """A line under a review: who signs, in which place, and for which decision."""

    __tablename__ = "gate_signature"
    prefix: ClassVar[str] = "GSG"
    part_of: ClassVar[str] = "review_id"
    #: A list of the past brings signatures under decisions; by hand nothing is changed under one, see below.
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset(
        {"review_id", "sign_seq", "role_id", "person_id", "side", "vote", "signed_on", "remark"}
    )

    review_id: Mapped[str] = mapped_column(String(32), ForeignKey("gate_review.id"), index=True)
    sign_seq: Mapped[int | None]
    role_id: Mapped[str | None] = pick("signing_role")
    person_id: Mapped[str | None] = link("person")
    side: Mapped[str | None] = choice(SIDE)
    status: Mapped[str] = state(SIGNATURE_STATUS)
    vote: Mapped[str | None] = choice(VOTE)
    signed_on: Mapped[dt.date | None]
    remark: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is of a review, and of a person or a role."""
        yield from must_name(values, "review")
        if not (values.get("person_id") or values.get("role_id")):
            yield Problem("person", N_("Name the person who signs, or the role."))

    def against_change(self, _before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Under a decision nothing is signed, changed or added."""
        session = object_session(self)
        if session is None or taker.history or self.deleted_at is not None:
            return
        if self._review_state(session) not in (None, "planned", "open"):
            yield Reason(N_("The review is decided: its signatures can't be changed."))

    def refuse_bin(self) -> None:
        """A signature under a decision stays."""
        session = object_session(self)
        if session is not None and self._review_state(session) not in (None, "planned", "open", "void"):
            raise NotLawful(N_("{ref} stands under a decision; it can't be deleted."), ref=self.ref)

    def _review_state(self, session: Session) -> str | None:
        """The state of its review before this act; None for one that the act adds."""
        reviews = Base.metadata.tables["gate_review"].c  # by its name: the model of reviews asks this module
        found: str | None = session.execute(select(reviews.status).where(reviews.id == self.review_id)).scalar()
        return found

    def turn_wanting(self, taker: Taker) -> Iterator[Reason]:
        """A review is signed while it is under review, and each in his turn."""
        session = object_session(self)
        if session is None or taker.history:
            return
        if self._review_state(session) != "open":
            yield Reason(N_("The review isn't open: it is signed while the gate is under review."))
        earlier = [each for each in signatures_of(session, self.review_id)
                   if each is not self and each.place < self.place and each.status != "signed"]  # fmt: skip
        if earlier:
            refs = ", ".join(each.ref for each in earlier)
            yield Reason(N_("Signatures come in their order; these come first: {refs}."), {"refs": refs})

    def later_ones(self, taker: Taker) -> Iterator[Reason]:
        """Who signed first takes it back after those who signed upon it."""
        session = object_session(self)
        if session is None or taker.history:
            return
        later = [each for each in signatures_of(session, self.review_id)
                 if each is not self and each.place > self.place and each.status == "signed"]  # fmt: skip
        if later:
            refs = ", ".join(each.ref for each in later)
            yield Reason(N_("Others have signed after this one: {refs}. They take theirs back first."), {"refs": refs})

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not signed yet."""
        return cls.status.not_in(SIGNATURE_STATUS.closed)


def signatures_of(session: Session, review_id: str) -> list[GateSignature]:
    """The lines under a review in their order, as the act has them so far."""
    stored = session.scalars(select(GateSignature).where(GateSignature.review_id == review_id)).all()
    added = [row for row in session.new if isinstance(row, GateSignature) and row.review_id == review_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (row.place, row.id))
