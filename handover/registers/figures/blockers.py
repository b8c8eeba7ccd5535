"""What blocks the handover: per system, every open thing in its way.

A chapter takes part when its model says which rows are ``blocking``; those with a link to a system are listed under it,
the others under the project as a whole. ``handover.model.standing`` answers the same for the guard of one system.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    select,
    union_all,
)

from handover.clock import today
from handover.model.dialect import day
from handover.model.standing import blocking, taking_part
from handover.model.system import System
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.figures.things import OpenItem, things, things_beside
from handover.registers.linked import Linked
from handover.store import row_numbers


@dataclass(slots=True)
class Blocked:
    """A system, or the project as a whole where ``system`` is None, with what stands in its way.

    Attributes:
        custody: the code of who has custody of the system.
        due: when it is to be handed over.
        open: how many open things of its own, by register key.
        overdue: how many of them are past their date.
        below: how many open things stand in what is below it, which stand in its way as well.
    """

    system: Linked | None
    custody: str = ""
    due: dt.date | None = None
    open: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    below: int = 0

    @property
    def total(self) -> int:
        """All open things of its own."""
        return sum(self.open.values())


def blocked(connection: Connection, project_id: str) -> list[Blocked]:
    """All systems of a project in their order, those with nothing in their way too; last what blocks all of it."""
    query = select(System).where(System.project_id == project_id, System.deleted_at.is_(None)).order_by(System.code)
    systems = connection.execute(query).all()
    found: dict[str | None, Blocked] = {
        s.id: Blocked(Linked(s.id, s.ref, f"{s.code} {s.name}"), s.custody, s.forecast_rfo or s.planned_rfo)
        for s in systems
    }
    whole = Blocked(None)
    counts = [_counts(each, project_id) for each in _registers()]
    for key, system, n, overdue in connection.execute(union_all(*counts)) if counts else ():
        place = found.get(system, whole)
        place.open[key] = place.open.get(key, 0) + n
        place.overdue += overdue
    _roll_up(found, {s.id: s.parent_id for s in systems})
    return [*found.values(), *([whole] if whole.total else [])]


def standing(connection: Connection, project_id: str, system_id: str | None, limit: int = 500) -> list[OpenItem]:
    """What stands in the way of a system itself, or of the project as a whole, the longest overdue first."""
    wanted: Iterable[tuple[Register, ColumnElement[bool]]] = (
        (each, and_(_blocking(each), _system(each) == system_id if system_id else _system(each).is_(None)))
        for each in _registers()
    )
    return things(connection, wanted, project_id, limit)


def standing_everywhere(connection: Connection, project_id: str, limit: int) -> dict[str | None, list[OpenItem]]:
    """What stands in the way of each system, by its key, and under None of the project as a whole, in one statement."""
    wanted = ((each, _blocking(each)) for each in _registers())
    known = set(connection.execute(select(System.id).where(System.project_id == project_id,
                                                           System.deleted_at.is_(None))).scalars())  # fmt: skip
    found: dict[str | None, list[OpenItem]] = {}
    for item, system in things_beside(connection, wanted, project_id, limit, _system):
        found.setdefault(system if system in known else None, []).append(item)
    return found


def rows_in_the_way(connection: Connection, register: Register, numbers: Sequence[int]) -> set[int]:
    """Those of some row numbers whose rows stand in the way; none where no row of the register ever does."""
    if not numbers or register.model not in taking_part():
        return set()
    number = row_numbers.row_number(register.table)
    chosen = (number.in_(list(numbers)), register.model.deleted_at.is_(None), _blocking(register))
    return {row[0] for row in connection.execute(select(number).select_from(register.model).where(*chosen))}


def _roll_up(found: dict[str | None, Blocked], parents: dict[str, str | None]) -> None:
    for system, place in found.items():
        seen, above = {system}, parents.get(system or "")
        while above in found and above not in seen:
            found[above].below += place.total
            seen.add(above)
            above = parents.get(above or "")


def _registers() -> list[Register]:
    models = set(taking_part())
    return [each for each in registers() if each.model in models]


def _counts(each: Register, project_id: str) -> Select[Any]:
    model, system = each.model, _system(each)
    late = case((day(_column(each, each.due)) < today(), 1), else_=0)
    return (
        select(literal(each.key), system.label("system"), func.count(), func.coalesce(func.sum(late), 0))
        .select_from(model)
        .where(model.project_id == project_id, model.deleted_at.is_(None), _blocking(each))
        .group_by(system)
    )


def _blocking(each: Register) -> ColumnElement[bool]:
    return blocking(each.model)


def _system(each: Register) -> ColumnElement[Any]:
    return _column(each, "system" if "system" in each else "")


def _column(each: Register, key: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(each.model, each[key].attr) if key else null()
    return column
