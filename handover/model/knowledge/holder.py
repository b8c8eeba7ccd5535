"""Holders: who knows an item today, and whether anybody else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Problem, Row, choice, link
from handover.model.dialect import days_after, days_between, today_
from handover.model.knowledge.levels import LEVEL
from handover.model.people import Person, must_name


def of_person(row: Any, attr: str) -> ColumnElement[Any]:  # Any: a model that names a person, and what is asked
    """What the person of a row says, as a part of a query of the rows."""
    return select(getattr(Person, attr)).where(Person.id == row.person_id).correlate(row).scalar_subquery()


def left(row: Any) -> ColumnElement[bool]:  # Any: as above
    """Whether the person of a row has left, today among the days on which he has."""
    return func.coalesce(of_person(row, "leaves_on") <= today_(), False)


class KnowledgeHolder(Row):
    """Somebody who knows an item. Until when he is there is said of the person, not here."""

    __tablename__ = "knowledge_holder"
    prefix: ClassVar[str] = "HLD"
    part_of: ClassVar[str] = "item_id"
    outlives_lock: ClassVar[bool] = True

    item_id: Mapped[str] = link("knowledge_item")
    person_id: Mapped[str] = link("person")
    level: Mapped[str | None] = choice(LEVEL)
    sole: Mapped[bool | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def available_until(self) -> dt.date | None:
        """The day on which he leaves."""
        raise AttributeError("available_until is computed in SQL")

    @available_until.inplace.expression
    @classmethod
    def _available_until(cls) -> ColumnElement[dt.date]:
        return of_person(cls, "leaves_on")

    @hybrid_property
    def days_left(self) -> int | None:
        """Days until he leaves, negative after that."""
        raise AttributeError("days_left is computed in SQL")

    @days_left.inplace.expression
    @classmethod
    def _days_left(cls) -> ColumnElement[int]:
        return days_between(today_(), of_person(cls, "leaves_on"))

    @hybrid_property
    def attrition(self) -> int | None:
        """How likely he is to leave, 1 to 5, as graded of the person."""
        raise AttributeError("attrition is computed in SQL")

    @attrition.inplace.expression
    @classmethod
    def _attrition(cls) -> ColumnElement[int]:
        return cast(of_person(cls, "retention_risk"), Integer)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A holder is somebody, of an item."""
        yield from must_name(values, "item", "person")

    @classmethod
    def leaving(cls) -> ColumnElement[bool]:
        """Leaves within four weeks, or has left."""
        return func.coalesce(of_person(cls, "leaves_on") <= days_after(today_(), 28), False)

    @classmethod
    def alone(cls) -> ColumnElement[bool]:
        """The only one who knows it: said so, or nobody else is named and nothing is said."""
        other = cls.__table__.alias("another_holder")
        others = (
            select(other.c.id)
            .where(other.c.item_id == cls.item_id, other.c.id != cls.id, other.c.deleted_at.is_(None))
            .correlate(cls)
            .exists()
        )
        return or_(cls.sole.is_(True), and_(cls.sole.is_(None), ~others))
