"""Verifications: the proof, by somebody else than the receiver, of what a receiver can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link
from handover.model.entailed import at_hand
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.levels import LEVEL, VERIFICATION
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.people import Person, must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

RESULT = Vocabulary(
    (
        Option("passed", "Passed", "ok", ("pass", "合格", "通过")),
        Option("failed", "Failed", "danger", ("fail", "不合格", "未通过")),
    )
)


class LevelVerification(Row):
    """What a receiver was found to be able to do: by whom, how, and until when it counts.

    Attributes:
        level: that was shown; empty where it failed and nothing was shown.
        witness_id: who else was there; needed where the verifier is a holder of the item himself.
        score, pass_mark: in points, where there was a test.
        next_step: what follows where it failed.
    """

    __tablename__ = "level_verification"
    prefix: ClassVar[str] = "VRF"
    part_of: ClassVar[str] = "receiver_id"
    outlives_lock: ClassVar[bool] = True

    receiver_id: Mapped[str] = link("knowledge_receiver")
    verified_on: Mapped[dt.date | None]
    method: Mapped[str | None] = choice(VERIFICATION)
    verifier_id: Mapped[str | None] = link("person")
    witness_id: Mapped[str | None] = link("person")
    questions: Mapped[str | None] = mapped_column(Text)
    score: Mapped[float | None]
    pass_mark: Mapped[float | None]
    result: Mapped[str] = choice(RESULT, "passed")
    level: Mapped[str | None] = choice(LEVEL)
    valid_until: Mapped[dt.date | None]
    evidence: Mapped[str | None] = mapped_column(String(300))
    next_step: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is of somebody and by somebody; a test below its pass mark is failed, and a pass has a level."""
        yield from must_name(values, "receiver")
        score, mark, passed = values.get("score"), values.get("pass_mark"), values.get("result") != "failed"
        if passed and not values.get("level"):
            yield Problem("level", N_("Say which level was shown."))
        if passed and score is not None and mark is not None and score < mark:
            yield Problem("result", N_("The score is below the pass mark: it is failed."))
        if values.get("witness_id") and values.get("witness_id") == values.get("verifier_id"):
            yield Problem("witness", N_("The witness is somebody else than the verifier."))
        on, until = values.get("verified_on"), values.get("valid_until")
        if on and until and until < on:
            yield Problem("valid_until", N_("It would run out before the day of the verification."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """The verifier is somebody, not the receiver, not the holder alone, and able to do it himself."""
        session = object_session(self)
        receiver = at_hand(session, KnowledgeReceiver, self.receiver_id) if session is not None else None
        if session is None or receiver is None:
            return
        if receiver.person_id in (self.verifier_id, self.witness_id):
            yield Reason(N_("The receiver can't verify his or her own level."), field="verifier")
        told = {
            attr for attr in ("verifier_id", "witness_id", "level", "result") if before.get(attr) != getattr(self, attr)
        }
        if taker.history or not told:
            return
        if self.verifier_id is None:
            yield Reason(N_("Say who verified it."), field="verifier")
            return
        yield from self._not_the_holder_alone(session, receiver)
        yield from self._above_the_verifier(session, receiver)

    def _not_the_holder_alone(self, session: Session, receiver: KnowledgeReceiver) -> Iterator[Reason]:
        if self.witness_id is None and _holding(session, receiver.item_id, self.verifier_id) is not None:
            values = {"name": _name(session, self.verifier_id)}
            yield Reason(N_("{name} holds this knowledge: somebody else must be there, named as the witness."), values,
                         field="witness")  # fmt: skip

    def _above_the_verifier(self, session: Session, receiver: KnowledgeReceiver) -> Iterator[Reason]:
        able = _able(session, receiver.item_id, self.verifier_id)
        if able is not None and self.level is not None and int(self.level) > int(able):
            values = {"name": _name(session, self.verifier_id), "level": LEVEL[able]}
            yield Reason(N_("{name} is at “{level}” and can't verify more than that."), values, field="level")

    @classmethod
    def failures(cls) -> ColumnElement[bool]:
        """Failed."""
        return cls.result == "failed"


def verifications_of(session: Session, receiver_id: str) -> list[LevelVerification]:
    """The verifications of a receiver in their order, those that this act adds included and those in the bin not."""
    stored = session.scalars(select(LevelVerification).where(LevelVerification.receiver_id == receiver_id)).all()
    added = [r for r in session.new if isinstance(r, LevelVerification) and r.receiver_id == receiver_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (row.verified_on or dt.date.min, row.id))


def _holding(session: Session, item_id: str, person_id: str | None) -> KnowledgeHolder | None:
    held = KnowledgeHolder.item_id == item_id, KnowledgeHolder.person_id == person_id
    return session.scalars(select(KnowledgeHolder).where(*held, KnowledgeHolder.deleted_at.is_(None)).limit(1)).first()


def _able(session: Session, item_id: str, person_id: str | None) -> str | None:
    """The level of a person in an item, as far as it is on record; None where nothing is."""
    holder = _holding(session, item_id, person_id)
    if holder is not None:
        return holder.level
    received = KnowledgeReceiver.item_id == item_id, KnowledgeReceiver.person_id == person_id
    living = KnowledgeReceiver.deleted_at.is_(None)
    return session.scalar(select(KnowledgeReceiver.verified_level).where(*received, living).limit(1))


def _name(session: Session, person_id: str | None) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""
