"""The leads of a group or a system: who holds which authority on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.model.entailed import at_hand
from handover.model.group import Member
from handover.model.system import System

#: The roles in which a lead sits, each with the attribute of a system that names its like.
_OF_SYSTEM = {"tech_lead": "engineering_lead_id", "ops_lead": "operations_lead_id"}


def holders(session: Session, role: str, group_id: str | None, system_id: str | None, day: dt.date) -> frozenset[str]:
    """The people who hold an authority on a day: the group's lead, and that of the system or of what it is part of.

    Args:
        role: ``tech_lead`` or ``ops_lead``.
    """
    found = {seat.person_id for seat in seats(session, group_id) if seat.role == role and sits(seat, day)}
    lead = next((person for each in upwards(session, system_id) if (person := getattr(each, _OF_SYSTEM[role]))), None)
    return frozenset(found | ({lead} if lead else set()))


def seats(session: Session, group_id: str | None) -> list[Member]:
    """The seats of a group, with those that the act adds and without those in the bin."""
    if not group_id:
        return []
    stored = session.scalars(select(Member).where(Member.group_id == group_id)).all()
    added = [row for row in session.new if isinstance(row, Member) and row.group_id == group_id]
    return [row for row in (*stored, *added) if row.deleted_at is None]


def sits(seat: Any, day: dt.date) -> bool:  # Any: a seat, or a row with its days
    """Whether a seat is taken on a day."""
    return (seat.from_on is None or seat.from_on <= day) and (seat.to_on is None or seat.to_on >= day)


def upwards(session: Session, system_id: str | None) -> Iterator[System]:
    """A system and those that it is part of, from the ground up."""
    seen: set[str] = set()
    while system_id and system_id not in seen:
        seen.add(system_id)
        system = at_hand(session, System, system_id)
        if system is None:
            return
        yield system
        system_id = system.parent_id
