"""Rows that belong to a row, such as the members of a group: how many there are, and what holds of their owner."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from handover.errors import Reason
from handover.model import locks
from handover.model.steps import life_of
from handover.registers.declare import Column, Field, Register
from handover.registers.kinds import Kind

#: What a part tells of its owner besides its name; no register shows it.
_OWNER_STATE = "owner_state"


class Owner(NamedTuple):
    """The row that a part belongs to."""

    register: Register
    id: str


def count_of(owner: Register, part: Register) -> Field:
    """A column of the owner that counts its parts, in the query of the owners itself."""
    column = Column(part.key, part.name, 10, False, kind=Kind.INTEGER)
    counted = (
        select(func.count())
        .where(getattr(part.model, part.model.part_of) == owner.model.id, part.model.deleted_at.is_(None))
        .correlate(owner.model)
        .scalar_subquery()
    )
    return Field(
        column,
        part.key,
        part.key,
        Kind.INTEGER,
        10,
        None,
        "",
        True,
        False,
        0,
        owner.model,
        asked=counted,
        counts=part.key,
    )


def owner_state(part: Register, owner: Register) -> Field | None:
    """The state of the owner as a column of its parts, None where owners have no lifecycle."""
    found = life_of(owner.model)
    if found is None:
        return None
    other = aliased(owner.model)
    asked = select(getattr(other, found[0])).where(other.id == getattr(part.model, part.model.part_of))
    column = Column(_OWNER_STATE, "", 10, False)
    return Field(column, _OWNER_STATE, _OWNER_STATE, Kind.TEXT, 10, None, "", True, False, 0, part.model,
                 asked=asked.correlate(part.model).scalar_subquery())  # fmt: skip


def owner_of(connection: Connection, part: Register, owner: Register, row_id: str) -> Owner | None:
    """The row that a part belongs to, None where the part is gone."""
    named = select(getattr(part.model, part.model.part_of)).where(part.model.id == row_id)
    key = connection.execute(named).scalar()
    return Owner(owner, key) if key else None


def closed(connection: Connection, owner: Register, row_id: str) -> Reason | None:
    """Why nothing can be added to, changed in or taken from the parts of a row; None where nothing is against it."""
    found = life_of(owner.model)
    state = [getattr(owner.model, found[0])] if found else []
    wanted = select(owner.model.ref, owner.model.deleted_at, *state).where(owner.model.id == row_id)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    return locks.of_parts(owner.model, row[0], row[2] if found else None, binned=row[1] is not None)
