"""What blocks the handover: per system, every open thing in its way.

A chapter takes part when its model says which rows are ``blocking``; those with a link to a system are listed under it,
the others under the project as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, literal, null, select

from handover.clock import today
from handover.model.dialect import day
from handover.model.system import System
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.query import Linked, linked
from handover.registers.things import Item
from handover.values.moments import day_of


@dataclass(slots=True)
class Blocked:
    """A system, or the project as a whole where ``system`` is None, with what stands in its way.

    Attributes:
        custody: the code of who has custody of the system.
        due: when it is to be handed over.
        open: how many open things, by register key.
        overdue: how many of them are past their date.
    """

    system: Linked | None
    custody: str = ""
    due: dt.date | None = None
    open: dict[str, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def total(self) -> int:
        """All open things."""
        return sum(self.open.values())


def blocked(connection: Connection, project_id: str) -> list[Blocked]:
    """All systems of a project in their order, those with nothing in their way too; last what blocks all of it."""
    query = select(System.id, System.ref, System.code, System.name, System.custody, System.planned_rfo).where(
        System.project_id == project_id, System.deleted_at.is_(None)
    )
    found: dict[str | None, Blocked] = {}
    for s in connection.execute(query.order_by(System.code)):
        found[s.id] = Blocked(Linked(s.id, s.ref, f"{s.code} {s.name}"), s.custody, s.planned_rfo)
    whole = Blocked(None)
    for register in _registers():
        system = _system(register)
        late = func.coalesce(func.sum(_late(register)), 0)
        chosen = select(system, func.count(), late).select_from(register.model).where(*_standing(register, project_id))
        for key, n, overdue in connection.execute(chosen.group_by(system)):
            place = found.get(key, whole)
            place.open[register.key] = place.open.get(register.key, 0) + n
            place.overdue += overdue
    return [*found.values(), *([whole] if whole.total else [])]


def standing(connection: Connection, project_id: str, system_id: str | None, limit: int = 500) -> list[Item]:
    """What stands in the way of a system, or of the project as a whole, the longest overdue first."""
    found: list[Item] = []
    for register in _registers():
        system = _system(register)
        due = _column(register, register.due)
        owner = _column(register, register.owner)
        query = select(register.model.id, owner, due).where(*_standing(register, project_id))
        query = query.where(system == system_id) if system_id else query.where(system.is_(None))
        got = connection.execute(query.order_by(due.asc().nulls_last()).limit(limit)).all()
        names = linked(connection, register.table.name, (r[0] for r in got))
        target = register[register.owner].target if register.owner else ""
        people = linked(connection, target, (r[1] for r in got)) if target else {}
        found += [Item(register, names[r[0]], people.get(r[1] or ""), day_of(r[2]) if r[2] else None) for r in got]
    return sorted(found, key=lambda i: (i.due or dt.date.max, i.register.key, i.row.ref))[:limit]


def _registers() -> Iterator[Register]:
    return (r for r in registers() if hasattr(r.model, "blocking"))


def _standing(register: Register, project_id: str) -> tuple[ColumnElement[bool], ...]:
    model = register.model
    blocking: ColumnElement[bool] = getattr(model, "blocking")()  # noqa: B009 - chapters without it take no part
    return model.project_id == project_id, model.deleted_at.is_(None), blocking


def _system(register: Register) -> ColumnElement[Any]:
    return _column(register, "system" if "system" in register else "")


def _column(register: Register, key: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(register.model, register[key].attr) if key else null()
    return column


def _late(register: Register) -> ColumnElement[int]:
    if not register.due:
        return literal(0)
    return cast(day(_column(register, register.due)) < today(), Integer)
