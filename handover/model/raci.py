"""RACI: what is to be delivered, who takes part in it, and who does, decides, is asked and is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link
from handover.model.dialect import within
from handover.model.people import SIDE, must_have, must_name
from handover.model.vocabulary import Option, Vocabulary

RACI = Vocabulary(
    (
        Option("R", "Responsible: does the work", "ok", ("R", "responsible", "负责", "负责执行", "执行")),
        Option("A", "Accountable: decides", "danger", ("A", "accountable", "approves", "批准", "最终批准", "问责")),
        Option("C", "Consulted before", "info", ("C", "consulted", "咨询", "征求意见", "会商")),
        Option("I", "Informed after", "neutral", ("I", "informed", "知会", "通知")),
    )
)

DELIVERABLE_STATUS = Vocabulary(
    (
        Option("owed", "Owed"),
        Option("due_soon", "Due in two weeks", "warning"),
        Option("overdue", "Overdue", "danger"),
        Option("delivered", "Delivered", "ok"),
    )
)


class Deliverable(Due, Row):
    """Something that the project owes to operations, or one group to another, until a day."""

    __tablename__ = "deliverable"
    prefix: ClassVar[str] = "DLV"
    not_copied: ClassVar[frozenset[str]] = frozenset({"code", "done_on"})

    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    group_id: Mapped[str | None] = link("working_group")
    system_id: Mapped[str | None] = link("system")
    milestone_id: Mapped[str | None] = link("milestone")
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def status(self) -> str:
        """Computed on the user's day; see DELIVERABLE_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        return case(
            (cls.done_on.is_not(None), "delivered"),
            (cls.overdue(), "overdue"),
            (within(cls.due_day(), 14), "due_soon"),
            else_="owed",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A deliverable says what it is."""
        return must_have(values, "name")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not delivered yet."""
        return cls.done_on.is_(None)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be delivered."""
        return cls.due_on

    @classmethod
    def unsettled(cls) -> ColumnElement[bool]:
        """Open, and not exactly one decides or nobody does the work."""
        return and_(cls.open(), or_(cls._held_by("A") != 1, cls._held_by("R") == 0))

    @classmethod
    def _held_by(cls, letter: str) -> ColumnElement[int]:
        """How many take part in it with a letter."""
        return (
            select(func.count(RaciEntry.party_id.distinct()))
            .where(RaciEntry.deliverable_id == cls.id, RaciEntry.letter == letter, RaciEntry.deleted_at.is_(None))
            .correlate(cls)
            .scalar_subquery()
        )


class RaciParty(Row):
    """Who takes part: a role, which a person or an organisation may stand behind.

    ``most`` is for how many open deliverables it can be R or A before it counts as overloaded.
    """

    __tablename__ = "raci_party"
    prefix: ClassVar[str] = "PTY"

    name: Mapped[str] = mapped_column(String(100))
    side: Mapped[str | None] = choice(SIDE)
    person_id: Mapped[str | None] = link("person")
    organisation_id: Mapped[str | None] = link("organisation")
    most: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A party has a name, and carries one deliverable at least."""
        yield from must_have(values, "name")
        if values.get("most") is not None and values["most"] < 1:
            yield Problem("most", N_("This number is at least 1."))


class RaciEntry(Row):
    """One letter of a party for a deliverable; a party may have several, such as R and A."""

    __tablename__ = "raci"
    prefix: ClassVar[str] = "RAC"
    part_of: ClassVar[str] = "deliverable_id"

    deliverable_id: Mapped[str] = mapped_column(String(32), ForeignKey("deliverable.id"), index=True)
    party_id: Mapped[str] = mapped_column(String(32), ForeignKey("raci_party.id"), index=True)
    letter: Mapped[str] = choice(RACI)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An entry names its deliverable, its party and its letter."""
        yield from must_name(values, "deliverable", "party")
        yield from must_have(values, "letter")


class SystemRaci(Row):
    """One letter of a party for a system: who does and who decides on it until it is handed over."""

    __tablename__ = "system_raci"
    prefix: ClassVar[str] = "RAS"

    system_id: Mapped[str] = mapped_column(String(32), ForeignKey("system.id"), index=True)
    party_id: Mapped[str] = mapped_column(String(32), ForeignKey("raci_party.id"), index=True)
    letter: Mapped[str] = choice(RACI)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An entry names its system, its party and its letter."""
        yield from must_have(values, "letter")
        yield from must_name(values, "system", "party")


class MilestoneRaci(Row):
    """One letter of a party for a milestone: who brings it about and who declares it reached."""

    __tablename__ = "milestone_raci"
    prefix: ClassVar[str] = "RAM"

    milestone_id: Mapped[str] = mapped_column(String(32), ForeignKey("milestone.id"), index=True)
    party_id: Mapped[str] = mapped_column(String(32), ForeignKey("raci_party.id"), index=True)
    letter: Mapped[str] = choice(RACI)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An entry names its milestone, its party and its letter."""
        yield from must_have(values, "letter")
        yield from must_name(values, "milestone", "party")
