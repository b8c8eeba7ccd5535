"""What must be delivered: which type of document, of which systems, by when and in which status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link
from handover.model.dialect import today_
from handover.model.documents.states import DOCUMENT_PURPOSE
from handover.model.milestone import Milestone
from handover.model.people import SIDE, must_have
from handover.model.picks.pick import Pick, means, pick
from handover.model.system import System


class Requirement(Row):
    """A type of document that must be delivered for a milestone in a status.

    It is asked of the system that it names; else of each system of its type; of each system of the top level where it
    names no type either. A type that means the project as a whole asks for it once, of no system.
    """

    __tablename__ = "requirement"
    prefix: ClassVar[str] = "REQ"

    system_id: Mapped[str | None] = link("system")
    system_type_id: Mapped[str | None] = pick("system_type")
    doc_type_id: Mapped[str | None] = pick("document_type")
    discipline_id: Mapped[str | None] = pick("discipline")
    required_for_id: Mapped[str | None] = link("milestone")
    required_status: Mapped[str | None] = choice(DOCUMENT_PURPOSE)
    mandatory: Mapped[bool | None] = mapped_column(default=True)
    paper: Mapped[bool | None]
    translated: Mapped[bool | None]
    copies: Mapped[int | None]
    side: Mapped[str | None] = choice(SIDE)
    due_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says which type of document is asked for, of one system or of a type of systems."""
        if not values.get("doc_type_id"):
            yield from must_have({"doc_type": None}, "doc_type")
        if values.get("system_id") and values.get("system_type_id"):
            yield Problem("system_type", N_("It is asked of one system or of a type of systems, not of both."))
        if (values.get("copies") or 0) < 0:
            yield Problem("copies", N_("This number can't be negative."))

    @classmethod
    def come(cls) -> ColumnElement[bool]:
        """Its day is past, or its milestone is reached or due."""
        come = select(Milestone.id).where(
            Milestone.deleted_at.is_(None), or_(Milestone.reached(), Milestone.scheduled_on <= today_())
        )
        return or_(cls.due_on < today_(), cls.required_for_id.in_(come))

    @classmethod
    def of_systems(cls) -> ColumnElement[bool]:
        """Asked of systems, of one or of several."""
        return cls.system_type_id.is_(None) | ~means(cls.system_type_id, "project")

    @classmethod
    def of_project(cls) -> ColumnElement[bool]:
        """Asked of the project as a whole."""
        return means(cls.system_type_id, "project")


def asked_of(document: Any) -> ColumnElement[bool]:  # Any: the model of documents, or an alias of it
    """Which requirements ask for a document: of its type and system, and of its discipline where both name one."""
    top = select(System.id).where(System.parent_id.is_(None), or_(System.level == "system", System.level.is_(None)))
    type_ = (
        select(System.system_type_id).where(System.id == document.system_id).correlate_except(System).scalar_subquery()
    )
    whole = select(Pick.id).where(Pick.list == "system_type", Pick.meaning == "project")
    of_system = and_(
        Requirement.system_id.is_(None),
        or_(
            and_(Requirement.system_type_id.is_(None), document.system_id.in_(top)),
            and_(document.system_id.is_(None), Requirement.system_type_id.in_(whole)),
            Requirement.system_type_id == type_,
        ),
    )
    return and_(
        Requirement.doc_type_id == document.doc_type_id,  # of the same project, as every entry of a list is
        Requirement.deleted_at.is_(None),
        or_(
            Requirement.discipline_id.is_(None),
            document.discipline_id.is_(None),
            Requirement.discipline_id == document.discipline_id,
        ),
        or_(Requirement.system_id == document.system_id, of_system),
    )
