"""The overview of a project: what there is, what is overdue, what comes next; each number with the rows it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.clock import today
from handover.model.project import Project
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.query import Linked, Query, count, keys, linked, rows
from handover.values.moments import day_of


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open thing: which row, by whom, until when."""

    register: Register
    row: Linked
    owner: Linked | None
    due: dt.date | None

    @property
    def overdue_days(self) -> int:
        """Days since it was due, 0 when it isn't overdue."""
        return max(0, (today() - self.due).days) if self.due else 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a register a view shows, of all that it has; ``view`` is empty for all."""

    register: Register
    view: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview page shows. ``days`` is to the handover, negative after it, None without a date."""

    project: str
    handover_on: dt.date | None
    days: int | None
    counts: tuple[Count, ...]
    overdue: tuple[OpenItem, ...]
    due_soon: tuple[OpenItem, ...]

    @property
    def empty(self) -> bool:
        """Nothing has been entered yet."""
        return not any(c.of for c in self.counts)


def overview(connection: Connection, project_id: str, limit: int = 10) -> Overview:
    """What a project has, what is late in it and what comes in two weeks, at most ``limit`` rows of each."""
    counts = []
    for register in registers():
        total = count(connection, register, project_id, Query())
        counts.append(Count(register, "", total, total))
        for view in register.views:
            n = count(connection, register, project_id, Query(view=view.key)) if total else 0
            counts.append(Count(register, view.key, n, total))
    handover = connection.execute(
        select(Project.name, Project.actual_handover, Project.forecast_handover, Project.planned_handover).where(
            Project.id == project_id
        )
    ).one()
    on = handover[1] or handover[2] or handover[3]
    days = (on - today()).days if on else None
    late, soon = (tuple(_items(connection, project_id, view, limit)) for view in ("overdue", "due_soon"))
    return Overview(handover[0], on, days, tuple(counts), late, soon)


def items(connection: Connection, register: Register, project_id: str, query: Query, limit: int) -> list[OpenItem]:
    """The rows of a query as things to do, the earliest due first."""
    sort = ((register.due, False),) if register.due else ()
    numbers = keys(connection, register, project_id, Query(query.text, (), query.view, query.where, sort), limit)
    fields = [register[f] for f in (register.owner, register.due) if f]
    found = rows(connection, register, numbers, fields)
    names = linked(connection, register.table.name, (r.id for r in found))
    result = []
    for row in found:
        values = dict(zip((f.field for f in fields), row.values, strict=True))
        due = values.get(register.due)
        result.append(OpenItem(register, names[row.id], values.get(register.owner), day_of(due) if due else None))
    return result


def late_numbers(connection: Connection, register: Register, project_id: str) -> frozenset[int]:
    """The row numbers of what is overdue in a register; empty where nothing in it can be."""
    if not register.due or not any(v.key == "overdue" for v in register.views):
        return frozenset()
    return frozenset(keys(connection, register, project_id, Query(view="overdue")))


def _items(connection: Connection, project_id: str, view: str, limit: int) -> list[OpenItem]:
    found: list[OpenItem] = []
    for register in registers():
        if any(v.key == view for v in register.views):
            found += items(connection, register, project_id, Query(view=view), limit)
    return sorted(found, key=lambda i: (i.due or dt.date.max, i.row.ref))[:limit]
