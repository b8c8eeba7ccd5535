"""Knowledge items: what operations must know, as the holder and the receiver who is least far have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, case, cast, func, not_, null, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import days_after, days_between, greater, today_
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.levels import (
    ABOUT,
    CRITICAL,
    GAP_STATUS,
    KNOWLEDGE_TYPE,
    LEVEL,
    SUBSTANCE,
    VERIFICATION,
)
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.people import RISK_LEVEL, Person, must_have
from handover.model.picks.pick import pick
from handover.model.steps import Taker


class KnowledgeItem(Due, Row):
    """Something that operations must know, as its first holder and the receiver who is least far have it.

    The gap is the target level less the *verified* level: what the receiver says of himself never closes it. What is
    said here of holder and receiver is said of their own rows, see ``model.knowledge.in_step``; ``holder_until`` and
    ``attrition`` are the person's.
    """

    __tablename__ = "knowledge_item"
    prefix: ClassVar[str] = "KNW"
    #: What its holder and its receiver have, too, and what those who were verified were verified of: a change of many
    #: at once passes there row by row.
    guarded: ClassVar[frozenset[str]] = frozenset(
        {
            "holder_id", "sole_holder", "holder_until", "attrition", "receiver_id", "method_id", "baseline_level",
            "current_level", "verified_level", "verified_by_id", "verified_on", "verification", "valid_until",
            "evidence", "due_on", "accepted_because", "target_level", *SUBSTANCE,
        }
    )  # fmt: skip
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} critical knowledge item of {system} is not verified yet: {refs}.",
        "{n} critical knowledge items of {system} are not verified yet: {refs}.",
    )

    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = choice(KNOWLEDGE_TYPE)
    about: Mapped[str | None] = choice(ABOUT)
    system_id: Mapped[str | None] = link("system")
    criticality: Mapped[str | None] = choice(CRITICAL)
    rarity: Mapped[str | None] = choice(CRITICAL)
    attrition: Mapped[str | None] = choice(RISK_LEVEL)
    consequence: Mapped[str | None] = mapped_column(Text)
    documented: Mapped[bool | None]
    document_id: Mapped[str | None] = link("document")
    written: Mapped[str | None] = mapped_column(Text)
    holder_id: Mapped[str | None] = link("person")
    sole_holder: Mapped[bool | None]
    holder_until: Mapped[dt.date | None]
    receiver_id: Mapped[str | None] = link("person")
    method_id: Mapped[str | None] = pick("transfer_method")
    baseline_level: Mapped[str | None] = choice(LEVEL)
    current_level: Mapped[str | None] = choice(LEVEL)
    target_level: Mapped[str | None] = choice(LEVEL, "3")
    verified_level: Mapped[str | None] = choice(LEVEL)
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    verification: Mapped[str | None] = choice(VERIFICATION)
    valid_until: Mapped[dt.date | None]
    evidence: Mapped[str | None] = mapped_column(String(300))
    due_on: Mapped[dt.date | None]
    required_for_id: Mapped[str | None] = link("milestone")
    status: Mapped[str] = state(GAP_STATUS)
    accepted_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def gap(self) -> int:
        """Levels still missing: target less verified, at least 0."""
        return max(0, int(self.target_level or 3) - int(self.verified_level or 0))

    @gap.inplace.expression
    @classmethod
    def _gap(cls) -> ColumnElement[int]:
        target = func.coalesce(cast(cls.target_level, Integer), 3)
        verified = func.coalesce(cast(cls.verified_level, Integer), 0)
        return greater(0, target - verified)

    @hybrid_property
    def loss_risk(self) -> int | None:
        """Risk of losing the knowledge, 1 to 25: attrition factor times position factor.

        Source: TVA's method as adopted by the IAEA (STI/PUB/1248): total = attrition risk x position risk. In SQL a
        holder of whom only the leaving day is known is graded by it.
        """
        if self.attrition is None or self.criticality is None:
            return None
        return int(self.attrition) * int(self.criticality)

    @loss_risk.inplace.expression
    @classmethod
    def _loss_risk(cls) -> ColumnElement[int]:
        return func.coalesce(cast(cls.attrition, Integer), cls._leaving_grade()) * cast(cls.criticality, Integer)

    @classmethod
    def _leaving_grade(cls) -> ColumnElement[int | None]:
        """The attrition factor that follows from the day on which the last holder leaves, where nobody graded it."""
        ends = cls.known_until
        years = ((5, 1), (4, 3), (3, 4), (2, 5))
        within = [(ends <= days_after(today_(), 365 * n), grade) for grade, n in years]
        return case(*within, (ends.is_not(None), 1), else_=null())

    @hybrid_property
    def scarcity_risk(self) -> int | None:
        """Risk of losing the knowledge as transfer practice tells it, 1 to 25: criticality times scarcity."""
        if self.rarity is None or self.criticality is None:
            return None
        return int(self.rarity) * int(self.criticality)

    @scarcity_risk.inplace.expression
    @classmethod
    def _scarcity_risk(cls) -> ColumnElement[int]:
        return cast(cls.rarity, Integer) * cast(cls.criticality, Integer)

    @hybrid_property
    def known_until(self) -> dt.date | None:
        """The day on which the last of its holders leaves; None while one of them stays."""
        raise AttributeError("known_until is computed in SQL")

    @known_until.inplace.expression
    @classmethod
    def _known_until(cls) -> ColumnElement[dt.date | None]:
        of_item = (KnowledgeHolder.item_id == cls.id, KnowledgeHolder.deleted_at.is_(None))
        holders = select(Person.leaves_on).join(KnowledgeHolder, KnowledgeHolder.person_id == Person.id).where(*of_item)
        stays = holders.where(Person.leaves_on.is_(None)).correlate(cls).exists()
        last = holders.with_only_columns(func.max(Person.leaves_on)).correlate(cls).scalar_subquery()
        return case((stays, None), else_=last)

    @hybrid_property
    def days_left(self) -> int | None:
        """Days until the last of its holders leaves, negative after that; None while one of them stays."""
        raise AttributeError("days_left is computed in SQL")

    @days_left.inplace.expression
    @classmethod
    def _days_left(cls) -> ColumnElement[int]:
        return days_between(today_(), cls.known_until)

    @hybrid_property
    def lapsed(self) -> bool:
        """It was verified, and no longer counts for one of its receivers."""
        raise AttributeError("lapsed is computed in SQL")

    @lapsed.inplace.expression
    @classmethod
    def _lapsed(cls) -> ColumnElement[bool]:
        return cls.lapses()

    @classmethod
    def lapses(cls) -> ColumnElement[bool]:
        """Verified, and that ran out, or one of those who were verified has left."""
        of_item = (KnowledgeReceiver.item_id == cls.id, KnowledgeReceiver.deleted_at.is_(None))
        gone = select(KnowledgeReceiver.id).where(*of_item, KnowledgeReceiver.lapses()).correlate(cls).exists()
        ran_out = func.coalesce(cls.valid_until < today_(), False)
        return and_(cls.status == "verified", or_(ran_out, gone))

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A knowledge item needs a title; nobody verifies himself; verified means at the target level by somebody."""
        yield from must_have(values, "title")
        verifier = values.get("verified_by_id")
        if verifier and verifier == values.get("receiver_id"):
            yield Problem("verified_by", N_("The receiver can't verify his or her own level."))
        if values.get("verified_level") and not verifier:
            yield Problem("verified_by", N_("A verified level needs the person who verified it."))
        if values.get("status") == "verified":
            yield from cls._unverified(values)
        if values.get("status") == "accepted_gap":
            yield from (
                Problem("accepted_because", N_("An accepted gap needs its reason and measure."))
                for _ in must_have(values, "accepted_because")
            )

    @classmethod
    def _unverified(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        if int(values.get("verified_level") or 0) < int(values.get("target_level") or 3):
            yield Problem("verified_level", N_("Verified needs a verified level that reaches the target level."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """A gap that was accepted was accepted of the item as it stood."""
        accepted = before.get("status") == self.status == "accepted_gap"
        told = sorted(attr for attr in (*SUBSTANCE, "target_level") if before.get(attr) != getattr(self, attr))
        if accepted and told and not taker.history:
            said = {"ref": self.ref, "state": GAP_STATUS["accepted_gap"]}
            yield Reason(N_("{ref} is “{state}” and can't be changed. Take its last step back, or supersede it."), said,
                         field=told[0].removesuffix("_id"))  # fmt: skip

    def unverified(self, _taker: Taker) -> Iterator[Reason]:
        """What it lacks to be verified: a level that somebody else than the receiver verified."""
        levels = {"verified_level": self.verified_level, "target_level": self.target_level}
        for problem in self._unverified(levels):
            yield Reason(problem.message, field=problem.field)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor accepted as a gap; what was verified and no longer counts is open again."""
        return or_(cls.status.not_in(GAP_STATUS.closed), cls.lapses())

    @classmethod
    def closed(cls) -> ColumnElement[bool]:
        """Verified, which still counts, or accepted as a gap."""
        return and_(cls.status.in_(GAP_STATUS.closed), not_(cls.lapses()))

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When operations must know it."""
        return cls.due_on

    @classmethod
    def critical(cls) -> ColumnElement[bool]:
        """Open and of criticality 4 or 5."""
        return and_(cls.open(), cls.criticality.in_(("4", "5")))

    @classmethod
    def expired(cls) -> ColumnElement[bool]:
        """Was verified once, and no longer counts."""
        return or_(cls.status == "expired", cls.lapses())

    @classmethod
    def unreceived(cls) -> ColumnElement[bool]:
        """Open, and nobody is to learn it."""
        return and_(cls.open(), cls.receiver_id.is_(None))

    @classmethod
    def at_risk(cls) -> ColumnElement[bool]:
        """Critical without a receiver, or known to nobody any more within four weeks."""
        soon = days_after(today_(), 28)
        return and_(
            cls.open(),
            or_(
                and_(cls.criticality.in_(("4", "5")), cls.receiver_id.is_(None)),
                and_(cls.sole_holder.is_(True), cls.holder_until <= soon),
                cls.known_until <= soon,
            ),
        )

    @classmethod
    def outlived(cls) -> ColumnElement[bool]:
        """Open, and its last holder leaves before the day until which it is to be passed on, if there is one."""
        never = and_(cls.due_on.is_(None), cls.known_until.is_not(None))
        return and_(cls.open(), or_(cls.known_until < cls.due_on, never))

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Critical knowledge that operations doesn't have yet."""
        return cls.critical()
