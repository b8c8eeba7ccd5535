"""Receivers: who must know an item, how far each has come, and whether that was verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, case, cast, func, null, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Base, Due, Problem, Row, choice, link, model_of, state
from handover.model.dialect import greater, holds, today_
from handover.model.entailed import at_hand
from handover.model.knowledge.holder import left, of_person
from handover.model.knowledge.levels import GAP_STATUS, LEVEL, RECEIVER_STATUS, SUBSTANCE, VERIFICATION
from handover.model.people import must_have, must_name
from handover.model.picks.pick import pick
from handover.model.steps import Taker

#: The target where neither receiver nor item says one: works alone.
USUAL_TARGET = "3"


def revised_since(receiver: Any) -> ColumnElement[bool]:  # Any: receivers, also under another name
    """Whether the document of an item has a revision that was accepted after the receiver was verified, or stands for
    an operating procedure of which a revision came into force after that."""
    items = Base.metadata.tables["knowledge_item"].alias("item_as_written")
    revisions, procedures = Base.metadata.tables["revision"], Base.metadata.tables["operating_procedure"]

    def later(written: Any, since: Any) -> ColumnElement[bool]:  # Any: a table, and a column of days
        newer = select(written.c.id).join(items, items.c.document_id == written.c.document_id)
        here = items.c.id == receiver.item_id, written.c.deleted_at.is_(None), since > receiver.verified_on
        return newer.where(*here).correlate(receiver).exists()

    return or_(later(revisions, revisions.c.accepted_on), later(procedures, procedures.c.in_force_on))


def _expired_with_item(receiver: Any) -> ColumnElement[bool]:  # Any: as above
    """Whether a receiver who is expired became so because the item was changed, as the change log tells: in the act
    in which he expired last, the item came to say something else."""
    log = Base.metadata.tables["change"]
    his, of_item = log.alias("expiry"), log.alias("change_of_item")
    expired = holds(his.c.fields, '"status":["verified","expired"]')
    last = select(func.max(his.c.act_id)).where(his.c.row_id == receiver.id, expired).correlate(receiver)
    said = or_(*(holds(of_item.c.fields, f'"{attr}":[') for attr in {*SUBSTANCE, "target_level"}))
    return (
        select(of_item.c.id)
        .where(of_item.c.row_id == receiver.item_id, of_item.c.act_id == last.scalar_subquery(), said)
        .correlate(receiver)
        .exists()
    )


class KnowledgeReceiver(Due, Row):
    """Somebody who must know an item, with the state of his gap.

    Attributes:
        target_level: empty for that of the item.
        current_level: what he says of himself; ``provisional_level`` what a session brought him to.
        verified_level: that of the last verification that he passed; it alone closes the gap.
    """

    __tablename__ = "knowledge_receiver"
    prefix: ClassVar[str] = "RCV"
    part_of: ClassVar[str] = "item_id"
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset(
        {
            "person_id", "method_id", "baseline_level", "current_level", "verified_level", "verified_by_id",
            "verified_on", "verification", "valid_until", "evidence", "due_on", "accepted_because", "deleted_at",
        }
    )  # fmt: skip

    item_id: Mapped[str] = link("knowledge_item")
    person_id: Mapped[str] = link("person")
    method_id: Mapped[str | None] = pick("transfer_method")
    baseline_level: Mapped[str | None] = choice(LEVEL)
    current_level: Mapped[str | None] = choice(LEVEL)
    provisional_level: Mapped[str | None] = choice(LEVEL)
    target_level: Mapped[str | None] = choice(LEVEL)
    verified_level: Mapped[str | None] = choice(LEVEL)
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    verification: Mapped[str | None] = choice(VERIFICATION)
    valid_until: Mapped[dt.date | None]
    evidence: Mapped[str | None] = mapped_column(String(300))
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(RECEIVER_STATUS)
    accepted_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def shift(self) -> str | None:
        """The shift that the person works in."""
        raise AttributeError("shift is computed in SQL")

    @shift.inplace.expression
    @classmethod
    def _shift(cls) -> ColumnElement[str]:
        return of_person(cls, "shift")

    @hybrid_property
    def gap(self) -> int:
        """Levels still missing: target less verified, at least 0; a verification that no longer counts is none."""
        raise AttributeError("gap is computed in SQL")

    @gap.inplace.expression
    @classmethod
    def _gap(cls) -> ColumnElement[int]:
        items = Base.metadata.tables["knowledge_item"].c
        of_item = select(items.target_level).where(items.id == cls.item_id).correlate(cls).scalar_subquery()
        target = cast(func.coalesce(cls.target_level, of_item, USUAL_TARGET), Integer)
        verified = case((cls.lapses(), 0), else_=func.coalesce(cast(cls.verified_level, Integer), 0))
        return greater(0, target - verified)

    @hybrid_property
    def lapsed(self) -> str | None:
        """Why a verified level no longer counts; see ``levels.LAPSED``."""
        raise AttributeError("lapsed is computed in SQL")

    @lapsed.inplace.expression
    @classmethod
    def _lapsed(cls) -> ColumnElement[str | None]:
        verified = cls.status == "verified"
        return case(
            (and_(verified, left(cls)), "left"),
            (and_(verified, cls._ran_out()), "ran_out"),
            (and_(verified, revised_since(cls)), "changed"),
            (and_(cls.status == "expired", _expired_with_item(cls)), "item_changed"),
            else_=null(),
        )

    @classmethod
    def _ran_out(cls) -> ColumnElement[bool]:
        return func.coalesce(cls.valid_until < today_(), False)

    @classmethod
    def lapses(cls) -> ColumnElement[bool]:
        """Was verified, and that ran out, he has left, or what is written changed: it no longer counts from then on."""
        return and_(cls.status == "verified", or_(cls._ran_out(), left(cls), revised_since(cls)))

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Nobody verifies himself; verified means at a level by somebody; an accepted gap has its reason."""
        yield from must_name(values, "item", "person")
        verifier = values.get("verified_by_id")
        if verifier and verifier == values.get("person_id"):
            yield Problem("verified_by", N_("The receiver can't verify his or her own level."))
        if values.get("status") == "verified" and not values.get("verified_level"):
            yield Problem("verified_level", N_("Verified needs a verified level that reaches the target level."))
        if values.get("status") == "accepted_gap":
            for _ in must_have(values, "accepted_because"):
                yield Problem("accepted_because", N_("An accepted gap needs its reason and measure."))

    def unverified(self, _taker: Taker) -> Iterator[Reason]:
        """What is missing to be verified: a level that reaches the target."""
        if int(self.verified_level or 0) < self.wanted_level():
            yield Reason(N_("Verified needs a verified level that reaches the target level."), field="verified_level")

    def wanted_level(self) -> int:
        """The level to be reached, the item's where none is said here."""
        if self.target_level is not None:
            return int(self.target_level)
        session = object_session(self)
        if session is None:
            return int(USUAL_TARGET)
        item = at_hand(session, model_of("knowledge_item"), self.item_id)
        return int((item.target_level if item is not None else None) or USUAL_TARGET)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor accepted as a gap; what no longer counts is open again."""
        return or_(cls.status.not_in(GAP_STATUS.closed), cls.lapses())

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When he must know it."""
        return cls.due_on

    @classmethod
    def to_verify(cls) -> ColumnElement[bool]:
        """Demonstrated, and not yet verified."""
        return cls.status == "demonstrated"

    @classmethod
    def expired(cls) -> ColumnElement[bool]:
        """Was verified once, and no longer counts."""
        return or_(cls.status == "expired", cls.lapses())

    @classmethod
    def counted(cls) -> ColumnElement[bool]:
        """Has a verified level that counts."""
        return and_(cls.deleted_at.is_(None), cls.verified_level.is_not(None), ~cls._ran_out(), ~left(cls),
                    ~revised_since(cls))  # fmt: skip
