"""What a certificate lists as exceptions: rows that are open and don't stand in the way, each with owner and date.

A model takes part when it has a method ``reserved`` that says which rows, and names in ``reserved_as`` its attributes
for what it is, for who owes it and until when: open punch items that don't block, waivers, conditions. Its system is
its ``system_id``, or what its method ``reserved_system`` says.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal, or_, select
from sqlalchemy.orm import Session

from handover.model.base import Base, Row
from handover.model.standing import below

#: Characters of an exception that tell what it is.
_LONGEST = 2000


class ReservedRow(NamedTuple):
    """A row that a certificate lists as an exception."""

    table: str
    id: str
    ref: str
    text: str
    system_id: str
    owner_id: str | None
    due_on: dt.date | None


def reserving() -> list[type[Row]]:
    """The models whose rows can be exceptions of a certificate, in the order of their tables."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted((m for m in models if hasattr(m, "reserved")), key=lambda m: str(m.__tablename__))


def reserved_in(session: Session, system_id: str) -> list[ReservedRow]:
    """The exceptions that a certificate of a system has now, those of what is below it among them."""
    tree = below(system_id)
    found: list[ReservedRow] = []
    for model in reserving():
        rows = session.execute(_reserved(model).where(_system_of(model).in_(select(tree.c.id)))).all()
        for table, key, ref, text, system, owner, due in rows:
            found.append(ReservedRow(table, key, ref, str(text)[:_LONGEST], system, owner, due))
    return sorted(found, key=lambda row: (row.table, row.ref))


def still_reserved(
    lines: Any,
) -> ColumnElement[bool]:  # Any: the model of exceptions, with ``about_table`` and ``about_id``
    """Whether the row that an exception is of is still open."""
    found: list[ColumnElement[bool]] = []
    for model in reserving():
        if model.__tablename__ == lines.__tablename__:  # one that was carried over from an earlier certificate
            table = Base.metadata.tables[str(model.__tablename__)].alias()
            is_open = and_(table.c.done_on.is_(None), table.c.deleted_at.is_(None))
            found.append(exists(select(table.c.id).where(table.c.id == lines.about_id, is_open)).is_(True))
            continue
        here: Any = model  # Any: it has ``reserved``, that is why it takes part
        inside = select(here.id).where(here.deleted_at.is_(None), here.reserved())
        found.append(and_(lines.about_table == model.__tablename__, lines.about_id.in_(inside)))
    return or_(false(), *found)


def _reserved(model: Any) -> Select[Any]:  # Any: a model that takes part
    text, owner, due = model.reserved_as
    columns = (literal(model.__tablename__), model.id, model.ref, getattr(model, text), _system_of(model),
               getattr(model, owner), getattr(model, due))  # fmt: skip
    return select(*columns).where(model.deleted_at.is_(None), model.reserved())


def _system_of(model: Any) -> Any:  # Any: as above
    asked = getattr(model, "reserved_system", None)
    return asked() if asked is not None else model.system_id
