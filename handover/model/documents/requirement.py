"""What must be delivered: which type of document, of which systems, by when and in which status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, Text, and_, case, literal, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, outerjoin

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
    names no type either. A type that means the project as a whole asks for it once, of no system. Documents of what is
    below a system count for it unless what is below is asked for such documents itself.
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


#: So many systems, one below the other, are looked at: system, subsystem, package and tag.
LEVELS = 4


class Asking:
    """Which requirements ask for a document, in SQL: of its type and system, and of its discipline where both name one.

    Where its own system isn't asked for a document of its type, the nearest system above that is asked counts. The
    systems are joined before the requirements, so that they are looked up once a document.

    Args:
        document: the model of documents, or an alias of it.
    """

    def __init__(self, document: Any) -> None:  # Any: as above
        self._document = document
        self._systems: list[Any] = [aliased(System) for _ in range(LEVELS)]  # Any: aliases

    def joined(self, start: Any) -> Any:  # Any: what a query is read from
        """The systems of the document beside what a query is read from, the nearest first."""
        own, *above = self._systems
        found = outerjoin(start, own, own.id == self._document.system_id)
        for below, each in pairwise((own, *above)):
            found = outerjoin(found, each, and_(each.id == below.parent_id, each.deleted_at.is_(None)))
        return found

    @property
    def condition(self) -> ColumnElement[bool]:
        """What a requirement meets that asks for the document."""
        whole = select(Pick.id).where(Pick.list == "system_type", Pick.meaning == "project")
        of_project = and_(
            self._document.system_id.is_(None), Requirement.system_id.is_(None), Requirement.system_type_id.in_(whole)
        )
        return and_(_type_asked(Requirement, self._document), or_(of_project, *(asks for _, asks in self._asking())))

    def of_system(self, what: Callable[[Any], Any]) -> Any:  # Any: an alias of the systems, and columns of it
        """Something of the system of which a requirement asks for the document; nothing where it asks of none."""
        return case(*((asks, what(system)) for system, asks in self._asking()), else_=None)

    def select(self, what: Any, *conditions: ColumnElement[bool]) -> Select[Any]:  # Any: columns, or aggregates
        """A query of what asks for the document of the query around it."""
        once = select(literal(1).label("one")).subquery()
        read = self.joined(once).join(Requirement, self.condition)
        return select(what).select_from(read).where(*conditions).correlate(self._document)

    def _asking(self) -> Iterator[tuple[Any, ColumnElement[bool]]]:  # Any: an alias
        """Each system with whether a requirement asks for the document of it: nearer ones ask for no such type."""
        nearer: list[Any] = []
        for system in self._systems:
            asks = _asked_of_system(Requirement, system)
            if nearer:
                another = aliased(Requirement)
                asked = select(another.id).where(
                    _type_asked(another, self._document), or_(*(_asked_of_system(another, each) for each in nearer))
                )
                asks = and_(asks, ~asked.correlate(self._document, *nearer).exists())
            yield system, asks
            nearer.append(system)


def _type_asked(requirement: Any, document: Any) -> ColumnElement[bool]:  # Any: models, or aliases of them
    """Whether a requirement is of a document's type, and of its discipline where both name one."""
    return and_(
        requirement.doc_type_id == document.doc_type_id,  # of the same project, as every entry of a list is
        requirement.deleted_at.is_(None),
        or_(
            requirement.discipline_id.is_(None),
            document.discipline_id.is_(None),
            requirement.discipline_id == document.discipline_id,
        ),
    )


def _asked_of_system(requirement: Any, system: Any) -> ColumnElement[bool]:  # Any: as above
    """Whether a requirement asks something of a system: of it by name, of its type, or of all of the top level."""
    top = and_(system.parent_id.is_(None), or_(system.level == "system", system.level.is_(None)))
    of_type = or_(
        and_(requirement.system_type_id.is_(None), system.id.is_not(None), top),
        requirement.system_type_id == system.system_type_id,
    )
    return or_(requirement.system_id == system.id, and_(requirement.system_id.is_(None), of_type))
